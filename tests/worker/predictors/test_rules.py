"""Rules against spaCy's own EntityRuler, and what it does not have: regular expressions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.pipeline import EntityRuler

from worker.predictors.base import NamedSpan
from worker.predictors.rules import RulesPredictor
from worker.store.pattern_checks import BadPatterns, check_patterns, parse_patterns, refuse_bad
from worker.training.scoring import score_spans

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("ANNEX_SHARED_DATA", REPOSITORY.parent / "shared" / "data"))
BRANDS = SHARED / "ner_fashion_brands"

ROWS: list[dict[str, Any]] = [
    {"label": "PLACE", "pattern": "New York"},
    {"label": "PLACE", "pattern": "York"},
    {"label": "PAPER", "pattern": [{"LOWER": "york"}, {"LOWER": "times"}]},
    {"label": "PAPER", "pattern": [{"LOWER": "new"}, {"LOWER": "york"}, {"LOWER": "times"}]},
    {"label": "NUMBER", "pattern": [{"LIKE_NUM": True, "OP": "+"}]},
]
TEXTS = [
    "The New York Times wrote of New York and York.",
    "In York 12 13 people read the York Times.",
    "",
    "Nothing here 🙂 but 5 York.",
]


def rules(*rows: dict[str, Any]) -> RulesPredictor:
    return RulesPredictor(rows, size_bytes=1)


def ruler_spans(rows: list[dict[str, Any]], texts: list[str]) -> Iterator[list[NamedSpan]]:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    assert isinstance(ruler, EntityRuler)
    ruler.add_patterns(rows)
    for doc in nlp.pipe(texts):
        yield [NamedSpan(e.start_char, e.end_char, e.label_) for e in doc.ents]


def test_rules_mark_as_the_entity_ruler_does() -> None:
    assert [found.spans for found in rules(*ROWS).predict(TEXTS)] == list(ruler_spans(ROWS, TEXTS))


def test_longest_match_wins_and_offsets_count_code_points() -> None:
    ((spans, *_),) = rules(*ROWS).predict(["🙂 The New York Times"])
    assert spans == [NamedSpan(6, 20, "PAPER")]


def test_regex_may_end_within_a_token() -> None:
    ((spans, *_),) = rules({"label": "CODE", "regex": r"[A-Z]{2}-\d+"}).predict(
        ["xAB-12y and CD-3"]
    )
    assert spans == [NamedSpan(1, 6, "CODE"), NamedSpan(12, 16, "CODE")]


def test_regex_that_matches_nothing_long_marks_nothing() -> None:
    assert [found.spans for found in rules({"label": "X", "regex": "z*"}).predict(["abc"])] == [[]]


def check(text: str) -> None:
    refuse_bad(check_patterns(parse_patterns(text), {"A"}))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "Not JSON"),
        ("[]", "is an object"),
        ('{"pattern": "a"}', "label is not in"),
        ('{"label": "A"}', "either pattern or regex"),
        ('{"label": "A", "pattern": "a", "regex": "a"}', "either pattern or regex"),
        ('{"label": "A", "regex": "("}', "Not a regular expression"),
        ('{"label": "A", "regex": 1}', "regex is a text"),
        ('{"label": "A", "pattern": []}', "1 to 100 tokens"),
        ('{"label": "A", "pattern": [1]}', "Not a token pattern"),
        ('{"label": "A", "pattern": 1}', "a phrase or a list"),
    ],
)
def test_bad_line_is_named_in_the_text_as_pasted(line: str, words: str) -> None:
    with pytest.raises(BadPatterns, match=words) as caught:
        check(f'{{"label": "A", "pattern": "a"}}\n\n{line}')
    assert caught.value.line == 3


def test_good_lines_pass_with_windows_line_ends() -> None:
    check('{"label": "A", "pattern": "a"}\r\n{"label": "A", "regex": "b"}\r\n')


def test_token_pattern_that_spacy_refuses_is_named() -> None:
    with pytest.raises(BadPatterns) as caught:
        rules({"label": "A", "pattern": "a"}, {"label": "A", "pattern": [{"NO_SUCH": 1}]})
    assert caught.value.line == 2


@pytest.mark.skipif(not BRANDS.is_dir(), reason="needs ANNEX_SHARED_DATA: ner_fashion_brands")
def test_brand_patterns_reach_the_known_scores() -> None:
    rows = [json.loads(line) for line in (BRANDS / "test.jsonl").open(encoding="utf-8")]
    patterns = parse_patterns((BRANDS / "patterns.jsonl").read_text(encoding="utf-8"))
    predictor = RulesPredictor(list(patterns.values()), size_bytes=1)
    gold = [[NamedSpan(s["start"], s["end"], s["label"]) for s in r["spans"]] for r in rows]
    found = [said.spans for said in predictor.predict(r["text"] for r in rows)]
    overall = score_spans(gold, found).overall
    figures = [round(100 * x, 1) for x in (overall.precision, overall.recall, overall.f)]
    assert figures == [96.1, 30.7, 46.5]
