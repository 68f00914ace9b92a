"""Lines that a job adds are a stranger's: a bad one is refused in words, and nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from annex.contract.enums import JobRecipe
from annex.contract.published import RecipeKind

from tests.worker.builtin.test_running import told
from tests.worker.cast import Stage, make_stage
from tests.worker.store.conftest import make_context
from worker.published.adding import keep_added
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.recipes import accept_recipe
from worker.store.models import Answer, Example

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch-5520"
LABEL, OTHERS = "label of the project", str(uuid4())


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def answered(**parts: Any) -> dict[str, Any]:
    return {"text": f"{CANARY} alone.", "answers": [{"verdict": "accept", **parts}]}


def span(label: str, start: int = 0, end: int = 5) -> dict[str, Any]:
    return {"start": start, "end": end, "label": label}


def add(stage: Stage, folder: Path, *lines: dict[str, Any]) -> None:
    """Have a job add the lines to the stage's dataset."""
    folder /= "added"
    folder.mkdir()
    written = b"\n".join(map(orjson.dumps, lines))
    label = str(stage.labels[0].id).encode()
    (folder / f"{stage.dataset.id}.jsonl").write_bytes(written.replace(LABEL.encode(), label))
    arguments = {"sources": [str(stage.dataset.id)], "into": str(stage.dataset.id)}
    accepted = accept_recipe(told("merge.v1", arguments), RecipeKind.JOB)
    keep_added(make_context(stage, JobRecipe.PUBLISHED, folder), accepted, folder)


def test_an_example_is_kept_with_what_was_written_to_it(stage: Stage, tmp_path: Path) -> None:
    add(stage, tmp_path, answered(spans=[span(LABEL)], written="Zürich 👍🏽"))
    assert Example.objects.get().text == f"{CANARY} alone."
    assert Answer.objects.get().written == "Zürich 👍🏽"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no example": ({"words": CANARY}, "no example with answers"),
    "a NUL in the text": ({"text": f"{CANARY}\0"}, "NUL"),
    "a NUL in what was written": (answered(written=f"{CANARY}\0"), "NUL"),
    "a span beyond the text": (answered(spans=[span(LABEL, 0, 99)]), "does not fit its text"),
    "a label of elsewhere": (answered(spans=[span(OTHERS)]), "not of this project"),
    "a choice of elsewhere": (answered(choices=[OTHERS]), "not of this project"),
    "a relation of nothing": (
        answered(spans=[span(LABEL)], relations=[{"head": 0, "child": 7, "label": LABEL}]),
        "no two of its spans",
    ),
}


@pytest.mark.parametrize(("line", "words"), BAD.values(), ids=list(BAD))
def test_a_bad_line_ends_the_job_in_words_and_nothing_is_kept(
    stage: Stage, tmp_path: Path, line: dict[str, Any], words: str
) -> None:
    with pytest.raises(RecipeFailed) as refused:
        add(stage, tmp_path, answered() | {"text": "Fine."}, line)
    assert refused.value.kind is FailureKind.BAD_EXAMPLE
    assert words in refused.value.message
    assert CANARY not in f"{refused.value.message} {refused.value.traceback}"
    assert not Example.objects.exists()
    assert not Answer.objects.exists()
