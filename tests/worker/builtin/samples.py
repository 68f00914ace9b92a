"""What built-in recipes are tried with: a dataset, models, patterns, and arguments for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import spacy
from annex.contract import process as p
from annex.contract.builtin import built_in_recipes
from annex.contract.enums import JobRecipe
from annex.contract.fields import ResourceType
from annex.contract.published import RecipeDescription, RecipeKind
from annex.contract.references import references_in
from annex.contract.values import check_values
from spacy.training import Example

LABELS = {"BRAND": UUID(int=1), "SIZE": UUID(int=2)}
ANNOTATORS = [UUID(int=11), UUID(int=12)]
BRANDS = ("Acme", "Bolt", "Crane")
WORDS = {f"{row} {brand} coats in size {row % 7}": brand for row, brand in enumerate(BRANDS * 15)}
"""45 texts, and the word in each that is a brand."""

TASKS = [name for name, each in built_in_recipes().items() if each.kind is RecipeKind.TASK]
JOBS = [
    name
    for name, each in built_in_recipes().items()
    if each.kind is RecipeKind.JOB and name not in set(JobRecipe)
]
"""Those that run in a process of their own."""
PLAIN = {"held_share": 0.5}
"""Values of arguments that have no default, or are tried with another."""


class Bench:
    """A folder with all that an argument may name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, full_name: str, **given: Any) -> p.Start:
        """Return the ask that starts a recipe with something behind each of its ids."""
        recipe = built_in_recipes()[full_name]
        arguments = check_values(recipe.fields, arguments_of(recipe) | given)
        provided: dict[str, dict[UUID, str]] = {}
        for each in references_in(recipe.fields, arguments):
            kind = each.kind
            place, make = (
                MAKERS[kind.resource.value] if isinstance(kind, ResourceType) else ("texts", text)
            )
            of = kind.of if isinstance(kind, ResourceType) else []
            provided.setdefault(place, {})[each.id] = make(self.folder, of)
        return p.Start(
            recipe=recipe.name,
            version=recipe.version,
            arguments=arguments,
            provided=p.Provided.model_validate(provided),
            labels={key: name for name, key in LABELS.items()},
        )


def arguments_of(recipe: RecipeDescription) -> dict[str, Any]:
    """Return an id for whatever may name one, so that each is tried."""
    found: dict[str, Any] = {}
    for number, each in enumerate(recipe.fields, start=100):
        kind = each.type.model_dump()
        if "resource" in json.dumps(kind) or kind["kind"] == "text":
            key = str(UUID(int=number))
            found[each.name] = [key] if kind["kind"] == "list" else key
        if each.name in PLAIN:
            found[each.name] = PLAIN[each.name]
    return found


def dataset(folder: Path, _of: list[str]) -> str:
    """Write a dataset: of each three texts one is marked alike by two people, one by one, one by
    nobody.
    """
    path = folder / "dataset.jsonl"
    if not path.exists():
        rows = [row_of(number, text, word) for number, (text, word) in enumerate(WORDS.items())]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def row_of(number: int, text: str, word: str) -> dict[str, Any]:
    start = text.index(word)
    span = {"start": start, "end": start + len(word), "label": str(LABELS["BRAND"])}
    answers = [
        {
            "verdict": "accept",
            "spans": [span],
            "choices": [str(LABELS["SIZE"])],
            "annotator": str(annotator),
        }
        for annotator in ANNOTATORS[: 2 - number % 3]
    ]
    return {"text": text, "meta": {"row": number}, "answers": answers}


def asset(folder: Path, of: list[str]) -> str:
    """Write patterns, or two files of outputs."""
    if "patterns" in of:
        path = folder / "patterns.jsonl"
        rows: list[dict[str, Any]] = [{"label": "BRAND", "pattern": "Acme"}]
    else:
        path = folder / "outputs.jsonl"
        rows = [{"text": text, "output": word} for text, word in WORDS.items()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def model(folder: Path, of: list[str]) -> str:
    """Write a pipeline of the first kind that is asked for; made once, it says something."""
    kind = of[0].replace("-", "_")
    path = folder / f"model-{kind}"
    if not path.exists():
        nlp = spacy.blank("en")
        pipe = nlp.add_pipe(kind)
        for name in LABELS:
            pipe.add_label(name)  # type: ignore[attr-defined]
        nlp.initialize(partial(_gold, nlp), sgd=None)
        path.mkdir()
        nlp.to_disk(path)
    return str(path)


def _gold(nlp: Any) -> list[Example]:
    return [
        Example.from_dict(
            nlp.make_doc(text),
            {
                "entities": [(text.index(word), text.index(word) + len(word), "BRAND")],
                "cats": {"BRAND": 1.0, "SIZE": 0.0},
                "spans": {"sc": [(text.index(word), text.index(word) + len(word), "BRAND")]},
            },
        )
        for text, word in list(WORDS.items())[:5]
    ]


def text(_folder: Path, _of: list[str]) -> str:
    return "What do you think of it?"


def label(_folder: Path, _of: list[str]) -> str:
    return "BRAND"


MAKERS: dict[str, tuple[str, Callable[[Path, list[str]], str]]] = {
    "dataset": ("datasets", dataset),
    "asset": ("assets", asset),
    "model": ("models", model),
    "label": ("labels", label),
}
