"""Labels of whole texts in files: every shape in, the same labels out."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import orjson
import pytest
import spacy
from spacy.tokens import DocBin

from tests.worker.cast import Stage
from tests.worker.store.conftest import give_file
from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.store.files import stored_files
from worker.store.formats.detect import guess_plan
from worker.store.models import Answer, Artefact, Example

Run = Callable[..., JobContext]
ROWS: list[tuple[dict[str, Any], str | None, list[str] | None]] = [
    ({"label": "FIELD"}, "accept", ["FIELD"]),
    ({"label": "FIELD", "answer": "reject"}, "reject", ["FIELD"]),
    ({"label": "", "answer": ""}, None, None),
    ({"accept": ["VALUE", "FIELD"]}, "accept", ["FIELD", "VALUE"]),
    ({"accept": []}, "accept", []),
    ({"accept": ["FIELD"], "answer": "ignore"}, "ignore", ["FIELD"]),
    ({"cats": {"FIELD": 1, "VALUE": 0}}, "accept", ["FIELD"]),
    ({"cats": {"FIELD": 0.2, "VALUE": 0.9}}, "accept", ["VALUE"]),
    ({"label": '["FIELD"]'}, "accept", ["FIELD"]),
]


def import_rows(stage: Stage, run_import: Run, rows: list[dict[str, Any]]) -> None:
    body = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    plan = guess_plan(BytesIO(body), "x.jsonl").model_dump(mode="json")
    give_file(stage, body, plan)
    run_import()


def names(stage: Stage, answer: Answer) -> list[str] | None:
    by_id = {label.id: label.name for label in stage.labels}
    return None if answer.choices is None else sorted(by_id[label] for label in answer.choices)


@pytest.mark.parametrize(("row", "verdict", "chosen"), ROWS)
def test_every_shape_of_labels_is_read(
    stage: Stage,
    run_import: Run,
    row: dict[str, Any],
    verdict: str | None,
    chosen: list[str] | None,
) -> None:
    import_rows(stage, run_import, [{"text": "a text"} | row])
    answer = Answer.objects.first()
    found = (answer.verdict, names(stage, answer)) if answer else (None, None)
    assert (Example.objects.count(), *found) == (1, verdict, chosen)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ({"label": "NEW"}, "label.unregistered"),
        ({"label": 3}, "choice.not_a_label"),
        ({"accept": ["FIELD", 3]}, "choice.not_a_label"),
        ({"cats": {"FIELD": "yes"}}, "choice.not_a_number"),
    ],
)
def test_labels_that_cannot_be_read_refuse_the_file(
    stage: Stage, run_import: Run, cell: dict[str, Any], code: str
) -> None:
    with pytest.raises(JobFailure):
        import_rows(stage, run_import, [{"text": "a text"} | cell])
    assert stage.asset.import_runs.get().problems.get().code == code
    assert Example.objects.count() == 0


def test_spans_and_labels_of_one_text_come_back(
    stage: Stage, run_import: Run, run_export: Run
) -> None:
    span = {"start": 0, "end": 1, "label": "VALUE"}
    rows: list[dict[str, Any]] = [
        {"text": "a", "spans": [span], "accept": ["FIELD"], "answer": "accept"},
        {"text": "b", "spans": [], "accept": [], "answer": "accept"},
    ]
    import_rows(stage, run_import, rows)
    run_export()
    written = stored_files().open(Artefact.objects.get().file_key).read().splitlines()
    assert [{key: json.loads(line)[key] for key in rows[0]} for line in written] == rows


def test_spacy_export_holds_every_truth_that_is_known(
    stage: Stage, run_import: Run, run_export: Run
) -> None:
    rows = [
        {"text": "a", "label": "FIELD", "answer": "accept"},
        {"text": "b", "label": "VALUE", "answer": "reject"},
        {"text": "c", "label": "VALUE", "answer": "accept"},
        {"text": "d", "label": "VALUE", "answer": "ignore"},
    ]
    import_rows(stage, run_import, rows)
    run_export(format="spacy")
    artefact = Artefact.objects.get()
    found = DocBin().from_bytes(stored_files().open(artefact.file_key).read())
    cats = [doc.cats for doc in found.get_docs(spacy.blank("xx").vocab)]
    assert cats == [{"FIELD": 1, "VALUE": 0}, {"VALUE": 0}, {"FIELD": 0, "VALUE": 1}]
    assert artefact.details["not_expressible"] == 1
