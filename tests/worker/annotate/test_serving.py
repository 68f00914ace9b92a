"""What the app gets: batches, drafts, history, and text as it was put in."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.worker.annotate.conftest import TEXTS, Annotator, join, stage_with
from worker.queue.filling import fill_queue
from worker.store.guidelines import write_guidelines
from worker.store.models import Answer, Asset, Example, Suggestion
from worker.store.tokens import token_edges


def test_task_describes_itself(ada: Annotator) -> None:
    task = ada.client.get(ada.url()).json()
    assert [label["name"] for label in task["labels"]] == ["FIELD", "VALUE"]
    assert (task["editable"], task["lease_seconds"], task["state"]) == (True, 900, "open")
    assert task["progress"]["examples"] == len(TEXTS)


def test_guidelines_come_with_the_task(ada: Annotator) -> None:
    assert ada.client.get(ada.url()).json()["guidelines"] is None
    asset = Asset.objects.create(
        id=uuid4(), project_id=ada.stage.project.id, name="how to", kind="guidelines"
    )
    write_guidelines(asset, "# Mark *fields*")
    ada.stage.task.guidelines_id = asset.id
    ada.stage.task.save()
    assert ada.client.get(ada.url()).json()["guidelines"] == {
        "version": 1,
        "markdown": "# Mark *fields*",
    }


def test_reload_gives_the_same_examples_with_drafts(ada: Annotator) -> None:
    first = ada.batch(size=3)["examples"]
    draft = {
        "spans": [ada.span(4, 16)],
        "choices": [],
        "relations": [],
        "flagged": True,
        "note": "sure?",
        "dismissed": [ada.span(0, 3)],
        "refused": [],
    }
    kept = ada.client.put(
        ada.url(f"/drafts/{first[1]['id']}"), draft, content_type="application/json"
    )
    assert kept.status_code == 204
    again = ada.batch(size=3)["examples"]
    assert [row["id"] for row in again] == [row["id"] for row in first]
    assert [row["draft"] for row in again] == [None, draft, None]


def test_batch_says_what_was_lost_and_when_all_is_done(ada: Annotator) -> None:
    held = [row["id"] for row in ada.batch(size=5)["examples"]]
    ben = join(ada.stage, "Ben")
    taken = ben.batch(size=5)
    assert len(taken["examples"]) == 3
    after = ada.batch(size=1, holding=held)
    assert sorted(after["lost"]) == sorted(row["id"] for row in taken["examples"])
    assert (after["exhausted"], after["examples"]) == (False, [])
    for row in taken["examples"]:
        assert ben.save(row["id"]).status_code == 201
    dry = ben.batch(size=1)
    assert len(dry["examples"]) == 1
    ben.save(dry["examples"][0]["id"])
    waiting = ben.batch(size=1)
    assert (waiting["exhausted"], waiting["retry_after_seconds"]) == (False, 10)
    assert ada.save(held[0]).status_code == 201
    done = ben.batch(size=1)
    assert (done["exhausted"], done["retry_after_seconds"]) == (True, None)


def test_suggestions_only_where_nothing_is_held_back(ada: Annotator) -> None:
    stage, rules = ada.stage, uuid4()
    (held_back,) = stage.examples(["Held back OutputConfig."], held_back=True)
    stage.task.suggestions_kind, stage.task.suggestions_id = "rules", rules
    stage.task.evaluation_share = 0.5
    stage.task.save()
    fill_queue(stage.task)
    spans = [ada.span(4, 16), {"start": 0, "end": 3, "label": str(uuid4())}]
    for example in Example.objects.all():
        Suggestion.objects.create(
            example=example, predictor_kind="rules", predictor_id=rules, spans=spans
        )
    rows = ada.batch(size=6)["examples"]
    assert [row["id"] for row in rows if row["held_back"]] == [str(held_back.uid)]
    for row in rows:
        assert row["suggestions"] == ([] if row["held_back"] else spans[:1])


def test_history_pages_newest_first_and_is_ones_own(ada: Annotator) -> None:
    stage = stage_with([f"text {n}" for n in range(35)])
    eve, ben = join(stage, "Eve"), join(stage, "Ben")
    saved = []
    for _ in range(7):
        for row in eve.batch(size=5)["examples"]:
            eve.save(row["id"], note="n")
            saved.append(row["id"])
    first = eve.client.get(eve.url("/history")).json()
    second = eve.client.get(eve.url("/history"), {"cursor": first["next"]}).json()
    shown = [row["example"] for row in first["results"] + second["results"]]
    assert shown == saved[::-1]
    assert (len(first["results"]), second["next"]) == (30, None)
    assert first["results"][0]["snippet"] == "text 34"
    assert ben.client.get(ben.url("/history")).json()["results"] == []
    refused = eve.client.get(eve.url("/history"), {"cursor": "x"})
    assert (refused.status_code, refused.json()["field"]) == (400, "cursor")


def test_example_shows_my_answer_and_nobody_elses(ada: Annotator) -> None:
    example = ada.batch(size=1)["examples"][0]["id"]
    ada.save(example, note="mine")
    mine = ada.client.get(ada.url(f"/examples/{example}")).json()
    assert (mine["answer"]["note"], mine["text"]) == ("mine", TEXTS[0])
    ben = join(ada.stage, "Ben")
    assert ben.client.get(ben.url(f"/examples/{example}")).json()["answer"] is None


def test_an_edit_can_go_on_from_the_time_worked_so_far(ada: Annotator) -> None:
    example = ada.batch(size=1)["examples"][0]["id"]
    ada.save(example, working_ms=4200)
    answer = ada.client.get(ada.url(f"/examples/{example}")).json()["answer"]
    (row,) = ada.client.get(ada.url("/history")).json()["results"]
    assert (answer["working_ms"], row["working_ms"]) == (4200, 4200)


def test_release_and_extend(ada: Annotator) -> None:
    held = [row["id"] for row in ada.batch(size=2)["examples"]]
    body = {"examples": [*held, str(uuid4())]}
    for verb in ("/extend", "/release"):
        answer = ada.client.post(ada.url(verb), body, content_type="application/json")
        assert answer.status_code == 204
    ben = join(ada.stage, "Ben")
    assert [row["id"] for row in ben.batch(size=2)["examples"]] == held
    draft = ada.client.put(ada.url(f"/drafts/{held[0]}"), {}, content_type="application/json")
    assert (draft.status_code, draft.json()["code"]) == (409, "lease.lost")


STRINGS = {
    "emoji": ("a 👩‍👩‍👧‍👦 family", 2, 9),
    "combining": ("cafe\u0301 noir", 0, 5),
    "crlf": ("one\r\ntwo\r\n", 5, 8),
    "arabic": ("مرحبا بالعالم", 6, 13),
    "hebrew": ("שלום עולם", 5, 9),
    "japanese": ("東京タワーに行く", 0, 5),
    "beyond the basic plane": ("\U0001d49c\U0001d4b7 𠮷野家", 3, 6),
    "blank ends": ("  padded\u00a0 ", 2, 8),
}


@pytest.mark.parametrize("name", STRINGS)
@pytest.mark.django_db
def test_text_and_offsets_round_trip(name: str) -> None:
    text, start, end = STRINGS[name]
    ada = join(stage_with([text]), "Ada")
    row = ada.batch()["examples"][0]
    assert row["text"] == text
    for left, right in row["tokens"]:
        assert text[left:right].strip() == text[left:right] != ""
    assert ada.save(row["id"], spans=[ada.span(start, end)]).status_code == 201
    read = ada.client.get(ada.url(f"/examples/{row['id']}")).json()["answer"]["spans"]
    assert text[read[0]["start"] : read[0]["end"]] == text[start:end]
    assert Answer.objects.get().spans == [ada.span(start, end)]
    over = ada.save(row["id"], spans=[ada.span(start, len(text) + 1)])
    assert over.status_code == 400


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Set it, please.", ["Set", "it", ",", "please", "."]),
        ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("か\u3099く", ["か\u3099", "く"]),
        ("cafe\u0301 x", ["cafe\u0301", "x"]),
        ("one\r\n two", ["one", "two"]),
        ("", []),
        (" \n", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [text[start:end] for start, end in token_edges(text)] == tokens


def test_emoji_and_marks_are_never_split() -> None:
    text = "ok 👩‍👩‍👧‍👦 ✔️ 👍🏽"
    pieces = [text[start:end] for start, end in token_edges(text)]
    assert "👩‍👩‍👧‍👦" in pieces
    assert not any(piece.startswith(("\u200d", "\ufe0f", "🏽")) for piece in pieces)
