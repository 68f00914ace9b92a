"""What overlapping marks, tags and sentences are learnt from, and what is counted of them."""

from __future__ import annotations

import spacy
from annex.contract.enums import Component

from worker.predictors.base import Annotation, NamedSpan
from worker.training.examples import (
    MAX_SPAN_TOKENS,
    longest_span,
    sentence_examples,
    span_examples,
    tag_examples,
)
from worker.training.outcomes import outcomes_of
from worker.training.scoring import score_outcomes
from worker.training.texts import LabelledText

NLP = spacy.blank("en")


def test_longest_of_overlapping_marks_teaches_what_may_not_overlap() -> None:
    spans = (NamedSpan(0, 4, "A"), NamedSpan(0, 12, "B"))
    (example,) = span_examples(NLP, [LabelledText("Oslo harbour", spans)])
    assert [(e.text, e.label_) for e in example.reference.ents] == [("Oslo harbour", "B")]


def test_few_long_marks_do_not_make_all_texts_slow() -> None:
    short = [LabelledText("one two", (NamedSpan(0, 7, "A"),))] * 200
    text = "word " * 100
    long = LabelledText(text, (NamedSpan(0, len(text) - 1, "A"),))
    assert longest_span(NLP, [*short, long]) == 2
    assert longest_span(NLP, [long]) == MAX_SPAN_TOKENS
    assert longest_span(NLP, [LabelledText("none")]) == 1


def test_untagged_tokens_teach_nothing_and_count_for_nothing() -> None:
    gold = LabelledText("Birds sing here", (NamedSpan(0, 5, "NOUN"), NamedSpan(6, 10, "VERB")))
    (example,) = tag_examples(NLP, [gold])
    assert [token.tag_ for token in example.reference] == ["NOUN", "VERB", ""]
    said = Annotation([NamedSpan(0, 5, "NOUN"), NamedSpan(6, 10, "NOUN"), NamedSpan(11, 15, "ADV")])
    tally = score_outcomes(outcomes_of([gold], [said], Component.TAGGER)).overall
    assert (tally.right, tally.wrong, tally.missed) == (1, 1, 1)


def test_sentences_are_found_whatever_their_label() -> None:
    text = "It rains. He sleeps. Unmarked words"
    gold = LabelledText(text, (NamedSpan(0, 9, "A"), NamedSpan(10, 20, "B")))
    (example,) = sentence_examples(NLP, [gold])
    assert [sentence.text for sentence in example.reference.sents] == ["It rains.", "He sleeps."]
    said = Annotation([NamedSpan(0, 9, "B"), NamedSpan(10, 20, "B"), NamedSpan(21, 35, "B")])
    report = score_outcomes(outcomes_of([gold], [said], Component.SENTER))
    assert (report.overall.f, set(report.per_label)) == (1.0, {"A", "B"})


def test_sentences_with_words_between_teach_apart() -> None:
    gold = LabelledText("It rains. Hm He sleeps.", (NamedSpan(0, 9, "A"), NamedSpan(13, 23, "A")))
    texts = [example.reference.text.strip() for example in sentence_examples(NLP, [gold])]
    assert texts == ["It rains.", "He sleeps."]
