"""Comments on examples: who writes them, who sees them, what becomes of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from annex.contract.enums import Role

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from tests.worker.annotate.test_query_counts import count
from tests.worker.cast import sign_in
from worker.comments.models import Comment
from worker.people.models import AccessRow, What

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Annotator:
    return join(stage_with(TEXTS, overlap=4), "Ada")


def held(person: Annotator) -> str:
    """Return the id of the first example that the person holds."""
    return str(person.batch(size=1)["examples"][0]["id"])


def say(person: Annotator, example: str, text: str, comment: UUID | None = None) -> Any:
    where = person.url(f"/examples/{example}/comments/{comment or uuid4()}")
    return person.client.put(where, {"text": text}, content_type="application/json")


def heard(person: Annotator, example: str) -> list[str]:
    """Return what a person reads, after checking that each count they get agrees."""
    url = person.url(f"/examples/{example}")
    comments = person.client.get(f"{url}/comments").json()["comments"]
    in_batch = {row["id"]: row["comments"] for row in person.batch(size=5)["examples"]}
    assert in_batch[example] == person.client.get(url).json()["comments"] == len(comments)
    return [row["text"] for row in comments]


def with_role(ada: Annotator, name: str, role: Role) -> Annotator:
    """Put somebody of another role on Ada's task."""
    subject = ada.stage.person(name, role, on_task=True)
    return Annotator(sign_in(subject, {ada.stage.project.id: role}), ada.stage, subject)


def test_a_comment_is_for_everyone_on_the_task_and_saved_once(ada: Annotator) -> None:
    example, comment, ben = held(ada), uuid4(), join(ada.stage, "Ben")
    first = say(ada, example, "  Is this a field?\n", comment)
    again = say(ada, example, "Is this a field?", comment)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert say(ben, example, "Yes.").status_code == 201
    shown = ben.client.get(ben.url(f"/examples/{example}/comments")).json()["comments"]
    assert [(row["author"], row["mine"], row["text"]) for row in shown] == [
        ("Ada", False, "Is this a field?"),
        ("Ben", True, "Yes."),
    ]
    row = AccessRow.objects.get(what=What.COMMENTS_READ)
    assert (row.subject, row.noun_id, row.count) == (ben.subject.id, ada.stage.task.id, 2)


@pytest.mark.parametrize(
    ("role", "blind", "hears"),
    [
        (Role.ANNOTATOR, False, ["of Ada", "of Rev", "of Dev"]),
        (Role.ANNOTATOR, True, ["of Rev", "of Dev", "of Eve"]),
        (Role.REVIEWER, True, ["of Ada", "of Rev", "of Dev"]),
        (Role.DEVELOPER, True, ["of Ada", "of Rev", "of Dev"]),
    ],
)
def test_a_blind_task_hides_what_other_annotators_say(
    ada: Annotator, role: Role, blind: bool, hears: list[str]
) -> None:
    ada.stage.task.blind = blind
    ada.stage.task.save()
    example, eve = held(ada), with_role(ada, "Eve", role)
    people = [ada, with_role(ada, "Rev", Role.REVIEWER), with_role(ada, "Dev", Role.DEVELOPER), eve]
    for name, person in zip(("Ada", "Rev", "Dev", "Eve"), people, strict=True):
        assert say(person, example, f"of {name}").status_code == 201
    assert heard(eve, example) == [*hears, *({"of Eve"} - set(hears))]


def test_only_ones_own_comment_can_be_deleted_or_overwritten(ada: Annotator) -> None:
    example, comment = held(ada), uuid4()
    say(ada, example, "Mine.", comment)
    where = f"/examples/{example}/comments/{comment}"
    dev = with_role(ada, "Dev", Role.DEVELOPER)
    assert dev.client.delete(dev.url(where)).status_code == 404
    for person, text in ((dev, "Mine."), (ada, "Changed.")):
        refused = say(person, example, text, comment)
        assert (refused.status_code, refused.json()["code"]) == (409, "comment.id_taken")
    assert heard(dev, example) == ["Mine."]
    assert ada.client.delete(ada.url(where)).status_code == 204
    assert ada.client.delete(ada.url(where)).status_code == 404
    assert heard(dev, example) == []


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001, "nul \x00"])
def test_what_is_no_comment_is_refused_and_nothing_stored(ada: Annotator, text: str) -> None:
    refused = say(ada, held(ada), text)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "text")
    assert not Comment.objects.exists()


def test_comments_cost_a_batch_no_statement(ada: Annotator) -> None:
    rows = ada.batch(size=5)["examples"]
    before = count(lambda: ada.batch(size=5))
    for row in rows:
        for number in range(3):
            say(ada, row["id"], f"Comment {number}.")
    assert [row["comments"] for row in ada.batch(size=5)["examples"]] == [3] * 5
    assert count(lambda: ada.batch(size=5)) == before


@pytest.mark.parametrize("gone", ["dataset", "project"])
def test_comments_go_with_their_dataset_and_their_project(ada: Annotator, gone: str) -> None:
    say(ada, held(ada), "About a text.")
    getattr(ada.stage, gone).delete()
    assert not Comment.objects.exists()
