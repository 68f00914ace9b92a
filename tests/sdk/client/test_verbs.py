"""Every verb of the client is an operation of the API with its body and its answer, and back."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from annex.client import account, organization, project
from annex.client.calls import BASE, Call
from annex.client.nouns import Noun, endpoint, listing
from annex.client.types import Page

from tests.sdk.client.document import OPERATIONS, answer_of, body_of, row_of

ORGANIZATION = "/organizations/{organization}"
PROJECT = ORGANIZATION + "/projects/{project}"
BASES = {account: "", organization: ORGANIZATION, project: PROJECT}
GIVEN: dict[str, Any] = {
    "arguments": {},
    "labels": [],
    "predictor": {"kind": "rules", "id": "x"},
}
FOR_BROWSERS = {
    ("PATCH", "/api/v1/me"),
    ("POST", "/api/v1/organizations"),
    ("GET", "/api/v1/invitations/{token}"),
    ("POST", "/api/v1/invitations/{token}/accept"),
    ("GET", "/api/v1/device-logins/{user_code}"),
    ("POST", "/api/v1/device-logins/{user_code}/refuse"),
    ("POST", "/api/v1/organizations/{organization}/device-logins/{user_code}/approve"),
}
"""What the API refuses to tokens, or what only a browser's person does."""


class Verb(NamedTuple):
    """One verb, called with something for every argument it has."""

    name: str
    call: Call[Any]


def verbs() -> Iterator[Verb]:
    for room, base in BASES.items():
        for noun in vars(room).values():
            if isinstance(noun, type) and issubclass(noun, Noun) and noun is not Noun:
                yield from verbs_of(noun, base)


def verbs_of(noun: type[Noun[Any]], base: str) -> Iterator[Verb]:
    sender: Any = None
    for name, descriptor in vars(noun).items():
        if isinstance(descriptor, endpoint | listing):
            build = descriptor.build
            wanted = list(inspect.signature(build).parameters)[1:]
            arguments = {each: GIVEN.get(each, f"{{{each}}}") for each in wanted}
            yield Verb(f"{noun.__name__}.{name}", build(noun(sender, base), **arguments))


VERBS = list(verbs())


def operation_of(call: Call[Any]) -> tuple[str, str]:
    return call.method, BASE + call.path


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_is_an_operation(verb: Verb) -> None:
    operation = OPERATIONS[operation_of(verb.call)]
    assert set(verb.call.body or {}) == body_of(operation)
    parameters = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    assert set(verb.call.query) == parameters - {"cursor", "page_size"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_a_verb_gives_the_operations_answer(verb: Verb) -> None:
    component = answer_of(OPERATIONS[operation_of(verb.call)])
    if component is None:
        assert verb.call.answer is None
        return
    row = row_of(component)
    if row is None:
        assert verb.call.answer.__name__ == component
    else:
        generic = verb.call.answer.__pydantic_generic_metadata__
        assert (generic["origin"], generic["args"][0].__name__) == (Page, row)


def test_every_operation_has_a_verb() -> None:
    assert set(OPERATIONS) - {operation_of(verb.call) for verb in VERBS} == FOR_BROWSERS


def test_every_verb_says_what_it_does() -> None:
    assert len(VERBS) > 50
    for verb in VERBS:
        noun, name = verb.name.split(".")
        found = next(vars(room)[noun] for room in BASES if noun in vars(room))
        assert vars(found)[name].__doc__, verb.name
