"""Importing files, on a real database, through the recipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from annex.contract.enums import FailureCode, JobRecipe

from tests.worker.cast import Stage
from tests.worker.store.conftest import JSONL, give_file, make_context
from worker.jobs.context import JobContext
from worker.jobs.errors import AttemptFenced, JobCancelled, JobFailure
from worker.jobs.models import Attempt
from worker.link.models import OutboxEvent
from worker.recipes import import_
from worker.store.answers import IMPORT_ANNOTATOR
from worker.store.imports.publish import Target, publish
from worker.store.models import Answer, BadRow, Example, ImportRun

Run = Callable[..., JobContext]


def jsonl(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def texts(dataset: Any) -> list[str]:
    return list(Example.objects.visible_in([dataset.id]).values_list("text", flat=True))


def test_rows_arrive_in_file_order_with_their_meta(stage: Stage, run_import: Run) -> None:
    give_file(
        stage,
        jsonl({"text": "b", "meta": {"n": 1}, "tokens": [], "_input_hash": 5}, {"text": "a"}),
        {**JSONL, "meta_columns": ["meta"]},
    )
    run_import()
    assert texts(stage.dataset) == ["b", "a"]
    assert Example.objects.get(text="b").meta == {"n": 1}
    assert not Answer.objects.exists()


def test_answers_of_the_file_are_kept_with_label_ids(stage: Stage, run_import: Run) -> None:
    give_file(
        stage,
        jsonl(
            {"text": "set Size", "spans": [{"start": 4, "end": 8, "label": "FIELD"}]},
            {"text": "no", "spans": [], "answer": "reject"},
            {"text": "open"},
        ),
    )
    run_import()
    accepted = Answer.objects.get(example__text="set Size")
    assert accepted.spans == [{"start": 4, "end": 8, "label": str(stage.labels[0].id)}]
    assert (accepted.verdict, accepted.annotator, accepted.task_id) == (
        "accept",
        IMPORT_ANNOTATOR,
        None,
    )
    assert Answer.objects.get(example__text="no").verdict == "reject"
    assert not Answer.objects.filter(example__text="open").exists()


def test_the_totals_are_told(stage: Stage, run_import: Run) -> None:
    give_file(stage, jsonl({"text": "a", "answer": "accept"}, {"text": "b"}, {"text": "c"}))
    run_import()
    body = OutboxEvent.objects.get(key=f"dataset.changed:dataset:{stage.dataset.id}").body
    assert (body["examples"], body["accepted"], body["rejected"]) == (3, 1, 0)


BAD_ROWS = [
    ("row.bad_json", "{not json}"),
    ("row.not_an_object", '["text"]'),
    ("text.missing", '{"body": "x"}'),
    ("text.not_a_string", '{"text": 5}'),
    ("text.empty", '{"text": " \\n "}'),
    ("text.nul", '{"text": "a\\u0000b"}'),
    ("text.too_long", json.dumps({"text": "x" * 1_000_001})),
    ("meta.nul", '{"text": "x", "meta": {"a": ["\\u0000"]}}'),
    ("answer.unknown", '{"text": "x", "answer": "maybe"}'),
    ("span.not_a_list", '{"text": "x", "spans": {}}'),
    ("span.not_an_object", '{"text": "x", "spans": [[0, 1]]}'),
    ("span.label_missing", '{"text": "x", "spans": [{"start": 0, "end": 1}]}'),
    ("span.not_a_number", '{"text": "x", "spans": [{"start": "0", "end": 1, "label": "FIELD"}]}'),
    ("span.reversed", '{"text": "xyz", "spans": [{"start": 2, "end": 1, "label": "FIELD"}]}'),
    ("span.empty", '{"text": "xyz", "spans": [{"start": 1, "end": 1, "label": "FIELD"}]}'),
    ("span.outside_text", '{"text": "xyz", "spans": [{"start": 1, "end": 4, "label": "FIELD"}]}'),
    ("span.outside_text", '{"text": "xyz", "spans": [{"start": -1, "end": 2, "label": "FIELD"}]}'),
    (
        "span.overlapping",
        '{"text": "xyz", "spans": [{"start": 0, "end": 2, "label": "FIELD"},'
        ' {"start": 1, "end": 3, "label": "VALUE"}]}',
    ),
    ("label.unregistered", '{"text": "xyz", "spans": [{"start": 0, "end": 2, "label": "NEW"}]}'),
]


@pytest.mark.parametrize(("code", "line"), BAD_ROWS)
def test_a_bad_row_refuses_the_file_and_leaves_nothing(
    code: str, line: str, stage: Stage, run_import: Run
) -> None:
    give_file(stage, '{"text": "good"}\n\n' + line + "\n", {**JSONL, "meta_columns": ["meta"]})
    with pytest.raises(JobFailure) as raised:
        run_import()
    only_labels = code == "label.unregistered"
    assert raised.value.code == (
        FailureCode.UNREGISTERED_LABELS if only_labels else FailureCode.BAD_ROWS
    )
    assert raised.value.affected == 1
    assert list(BadRow.objects.values_list("line", "code")) == [(3, code)]
    assert not Example.objects.exists()


def test_bad_rows_are_left_out_when_so_planned(stage: Stage, run_import: Run) -> None:
    give_file(
        stage,
        '{"text": "a"}\n{oops\n{"text": "b", "spans": [{"start": 0, "end": 1, "label": "NEW"}]}\n'
        '{"text": "c"}\n',
        {**JSONL, "on_bad_rows": "skip"},
    )
    run_import()
    assert texts(stage.dataset) == ["a", "c"]
    run = ImportRun.objects.get()
    assert (run.rows, run.bad_rows, run.unregistered) == (2, 2, 1)


def test_listed_problems_are_capped_and_counted(stage: Stage, run_import: Run) -> None:
    give_file(stage, "{oops\n" * 1200)
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.affected == 1200
    assert BadRow.objects.count() == 1000
    assert ImportRun.objects.get().bad_rows == 1200


def test_an_empty_file_is_refused(stage: Stage, run_import: Run) -> None:
    give_file(stage, "\n\n")
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code == FailureCode.NO_EXAMPLES


def test_a_file_that_is_gone_is_said_to_be_gone(stage: Stage, run_import: Run) -> None:
    give_file(stage, '{"text": "a"}')
    stage.asset.file_key = "uploads/none"
    stage.asset.save()
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code == FailureCode.SOURCE_MISSING


def test_a_dataset_of_another_project_is_refused(
    stage: Stage, run_import: Run, tmp_path: Path
) -> None:
    give_file(stage, '{"text": "a"}')
    other = type(stage.dataset).objects.create(
        id=stage.task.id, project_id=stage.task.id, name="x", role="training"
    )
    stage.dataset = other
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code == FailureCode.BAD_ARGUMENTS


def test_repeats_are_left_out_and_an_answered_copy_is_kept(stage: Stage, run_import: Run) -> None:
    give_file(stage, jsonl({"text": "a"}, {"text": "a", "answer": "accept"}, {"text": "b"}))
    run_import()
    assert sorted(texts(stage.dataset)) == ["a", "b"]
    assert Answer.objects.get().example.text == "a"
    assert ImportRun.objects.get().duplicates == 1


def test_importing_the_same_file_again_adds_nothing(stage: Stage, run_import: Run) -> None:
    give_file(
        stage, jsonl(*({"text": f"row {n} {'abc'[n % 3] * n}"} for n in range(40))), hold_back=10
    )
    run_import()
    before = set(Example.objects.values_list("id", "dataset_id"))
    run_import()
    assert set(Example.objects.values_list("id", "dataset_id")) == before


def test_held_back_inputs_have_no_near_duplicate_on_the_other_side(
    stage: Stage, run_import: Run
) -> None:
    rows = [{"text": f"{'x' * (n // 2)}q {n if n % 2 else 'Q'}"} for n in range(60)]
    rows += [{"text": f"Item {n} is  {'w' * (n % 20)} HERE"} for n in range(100)]
    give_file(stage, jsonl(*rows), hold_back=30)
    run_import()
    folds = {
        dataset: set(Example.objects.visible_in([dataset.id]).values_list("fold_key", flat=True))
        for dataset in (stage.dataset, stage.evaluation)
    }
    assert folds[stage.dataset]
    assert not folds[stage.dataset] & folds[stage.evaluation]
    assert Example.objects.visible_in([stage.evaluation.id]).count() == 30


def test_a_later_file_brings_no_near_duplicate_of_what_is_held_back(
    stage: Stage, run_import: Run
) -> None:
    give_file(stage, jsonl(*({"text": f"{'y' * n}"} for n in range(1, 21))), hold_back=20)
    run_import()
    give_file(stage, jsonl({"text": "YY Y"}, {"text": "new"}), hold_back=20)
    run_import()
    assert texts(stage.dataset) == ["new"]


def test_a_run_that_has_shown_its_rows_is_not_repeated(stage: Stage, run_import: Run) -> None:
    give_file(stage, jsonl({"text": "a"}))
    context = run_import()
    run_import(context)
    assert (ImportRun.objects.count(), Example.objects.count()) == (1, 1)


def test_what_an_interrupted_run_left_is_removed(
    stage: Stage, run_import: Run, tmp_path: Path
) -> None:
    give_file(stage, jsonl({"text": "a"}))
    context = make_context(stage, JobRecipe.IMPORT, tmp_path)
    ImportRun.objects.create(asset=stage.asset, job=context.job)
    run_import(context)
    assert list(ImportRun.objects.values_list("state", flat=True)) == ["visible"]


def test_a_run_that_lost_its_attempt_shows_nothing(
    stage: Stage, run_import: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_file(stage, jsonl({"text": "a"}))
    context = make_context(stage, JobRecipe.IMPORT, tmp_path)

    def publish_and_lose(target: Target) -> int:
        added = publish(target)
        Attempt.objects.filter(id=context.attempt.id).update(run=2)
        return added

    monkeypatch.setattr(import_, "publish", publish_and_lose)
    with pytest.raises(AttemptFenced):
        run_import(context)
    assert not Example.objects.exists()


def test_a_cancelled_run_leaves_nothing(stage: Stage, run_import: Run, tmp_path: Path) -> None:
    give_file(stage, jsonl({"text": "a"}))
    made = make_context(stage, JobRecipe.IMPORT, tmp_path)
    context = JobContext(made.attempt, tmp_path, is_cancelled=lambda: True)
    with pytest.raises(JobCancelled):
        run_import(context)
    assert not Example.objects.exists()


def test_csv_keeps_line_ends_inside_quotes(stage: Stage, run_import: Run) -> None:
    give_file(
        stage,
        "\ufefftext;spans;who\r\n"
        '"two\r\nlines; é";"[{""start"":0,""end"":3,""label"":""FIELD""}]";me\r\n',
        {
            "format": "csv",
            "delimiter": ";",
            "spans_column": "spans",
            "meta_columns": ["who"],
        },
    )
    run_import()
    example = Example.objects.get()
    assert (example.text, example.meta) == ("two\r\nlines; é", {"who": "me"})
    spans = Answer.objects.get().spans
    assert spans is not None
    assert spans[0]["end"] == 3


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("row.wrong_width", b"text,b\nx\n"),
        ("row.bad_csv", b'text,b\n"x"y,1\n'),
        ("span.bad_json", b"text,spans\nx,[oops\n"),
        ("text.bad_encoding", b"text,b\n\xff\xfe,1\n"),
    ],
)
def test_bad_csv_rows_are_named(code: str, body: bytes, stage: Stage, run_import: Run) -> None:
    give_file(stage, body, {"format": "csv", "spans_column": "spans"})
    with pytest.raises(JobFailure):
        run_import()
    assert list(BadRow.objects.values_list("line", "code")) == [(2, code)]


def test_txt_splits_at_line_feeds_only(stage: Stage, run_import: Run) -> None:
    give_file(stage, "\ufeffone\u2028still one\r\n\r\ntwo\x0bstill two\n", {"format": "txt"})
    run_import()
    assert texts(stage.dataset) == ["one\u2028still one", "two\x0bstill two"]


def test_broken_utf_16_is_refused_as_a_whole(stage: Stage, run_import: Run) -> None:
    give_file(stage, b"\x00", {"format": "txt", "encoding": "utf-16"})
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code == FailureCode.UNREADABLE_FORMAT


def csv_with_bad_rows(rows: int) -> tuple[str, dict[int, str]]:
    """Return a CSV of so many rows, and three of its lines that no row can be read from."""
    lines = [f"text {n},FIELD" for n in range(rows)]
    bad = {17: ("one,two,three", "row.wrong_width"), 5000: ('"never closed,FIELD', "row.bad_csv"),
           rows - 1: (" ,FIELD", "text.empty")}  # fmt: skip
    for place, (line, _) in bad.items():
        lines[place] = line
    return "text,label\n" + "\n".join(lines) + "\n", {n + 2: code for n, (_, code) in bad.items()}


def test_three_bad_rows_of_ten_thousand_refuse_the_file(stage: Stage, run_import: Run) -> None:
    body, bad = csv_with_bad_rows(10_000)
    give_file(stage, body, {"format": "csv", "choices_column": "label"})
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert (raised.value.code, raised.value.affected) == (FailureCode.BAD_ROWS, 3)
    assert not Example.objects.exists()
    assert dict(BadRow.objects.values_list("line", "code")) == bad


def test_three_bad_rows_of_ten_thousand_can_be_left_out(stage: Stage, run_import: Run) -> None:
    body, bad = csv_with_bad_rows(10_000)
    plan = {"format": "csv", "choices_column": "label", "on_bad_rows": "skip"}
    give_file(stage, body, plan)
    run_import()
    assert Example.objects.visible_in([stage.dataset.id]).count() == 9_997
    assert Answer.objects.count() == 9_997
    assert dict(BadRow.objects.values_list("line", "code")) == bad
    told = json.dumps(list(OutboxEvent.objects.values_list("body", flat=True)))
    assert not any(word in told for word in ("5002", "text 1", "never closed", "bad_csv"))


@pytest.mark.parametrize("kind", ["parquet", "spacy", "json"])
def test_a_file_that_is_not_its_format_fails_the_job(
    kind: str, stage: Stage, run_import: Run
) -> None:
    give_file(stage, '{"text": "a"}\n', {"format": kind, "on_bad_rows": "skip"})
    with pytest.raises(JobFailure) as raised:
        run_import()
    assert raised.value.code == FailureCode.UNREADABLE_FORMAT
    assert not Example.objects.exists()
