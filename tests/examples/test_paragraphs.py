"""The demo's text: gold spans cut the right words, and no near-duplicate stands on both sides."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from examples.demo.gold import HELD_BACK, RULES, TO_ANNOTATE, UNSEEN, file_material, write_rows
from examples.demo.paragraphs import (
    LABELS,
    SERVICES,
    Paragraph,
    ParagraphParser,
    demo_paragraphs,
    folded,
    names_of,
    paragraphs_of,
    unseen_paragraphs,
)

SERVICE = {
    "operations": {"ListThings": {}},
    "shapes": {
        "Thing": {"type": "structure", "members": {"ThingName": {}, "State": {}}},
        "State": {"type": "string", "enum": ["ACTIVE", "State"]},
    },
    "documentation": "<p>Call <code>ListThings</code> once a day &amp; read\n "
    "<code>ThingName</code>.</p>"
    "<ul><li><p>Wait until <code>ACTIVE</code> shows for a good long while.</p></li></ul>"
    "<p>No mark in this paragraph, so nothing to learn here either.</p>",
}


@cache
def both_sides() -> tuple[list[Paragraph], list[Paragraph]]:
    return demo_paragraphs(TO_ANNOTATE, HELD_BACK)


def test_marks_become_spans_in_plain_text() -> None:
    found = [
        [(paragraph.text[start:end], label) for start, end, label in paragraph.spans]
        for paragraph in paragraphs_of("things", SERVICE)
    ]
    assert found == [[("ListThings", "OPERATION"), ("ThingName", "FIELD")], [("ACTIVE", "VALUE")]]


def test_entities_and_white_space_are_read_as_a_browser_reads_them() -> None:
    parser = ParagraphParser()
    parser.feed("<p>a &lt;b&gt;\n\n  <code>c d</code> e</p>")
    assert parser.blocks == [("a <b> c d e", [(6, 9)])]


def test_a_field_outranks_a_value_of_the_same_name() -> None:
    assert names_of(SERVICE)["State"] == "FIELD"


def test_both_sides_are_as_large_as_promised_and_share_no_folded_text() -> None:
    to_annotate, held_back = both_sides()
    assert (len(to_annotate), len(held_back)) == (TO_ANNOTATE, HELD_BACK)
    texts = [folded(paragraph.text) for paragraph in to_annotate + held_back]
    assert len(set(texts)) == len(texts)


def test_every_label_and_service_is_there() -> None:
    to_annotate, held_back = both_sides()
    for side in (to_annotate, held_back):
        assert {label for p in side for _, _, label in p.spans} == set(LABELS)
    assert len({paragraph.service for paragraph in to_annotate}) == SERVICES


def test_committed_rules_name_only_the_labels_of_the_demo() -> None:
    rules = [json.loads(line) for line in RULES.read_text().splitlines()]
    assert {rule["label"] for rule in rules} == set(LABELS)


def test_given_files_keep_their_sides_apart(tmp_path: Path) -> None:
    span = {"start": 0, "end": 2, "label": "A"}
    data = write_rows(
        tmp_path / "train.jsonl",
        [
            {"text": "ab 1", "spans": [span, {**span, "label": "B"}]},
            {"text": "AB 2", "spans": []},
            {"text": "other", "answer": "reject"},
            {"text": "kept", "answer": "accept"},
        ],
    )
    evaluation = write_rows(tmp_path / "eval.jsonl", [{"text": "ab 3", "spans": [span]}])
    material = file_material(data, evaluation, ("A",), None)
    assert [row["text"] for row in material.rows] == ["kept"]
    assert material.held_back[0]["spans"] == [span]
    assert (material.answers, material.rules) == (1, [])


def test_unseen_paragraphs_are_of_other_services_and_share_no_text() -> None:
    seen = [paragraph for side in both_sides() for paragraph in side]
    unseen = unseen_paragraphs(UNSEEN)
    assert len(unseen) == UNSEEN
    assert {one.service for one in unseen}.isdisjoint({one.service for one in seen})
    assert {folded(one.text) for one in unseen}.isdisjoint({folded(one.text) for one in seen})
