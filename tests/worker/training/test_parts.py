"""What overlapping marks, tags and sentences are learnt from, and what is counted of them."""

from __future__ import annotations

import pytest
import spacy
from annex.contract.enums import Component

from worker.predictors.base import Annotation, Arc, NamedSpan
from worker.training.examples import (
    MAX_SPAN_TOKENS,
    arc_examples,
    count_masked,
    longest_span,
    sentence_examples,
    span_examples,
    tag_examples,
)
from worker.training.mistakes import Kind, mistakes_in
from worker.training.outcomes import outcomes_of
from worker.training.predictions import marks_from
from worker.training.scoring import score_outcomes
from worker.training.texts import LabelledText
from worker.training.trees import is_sayable, tree_of

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


def place(text: str, word: str) -> tuple[int, int]:
    return text.index(word), text.index(word) + len(word)


def arc(text: str, child: str, head: str, label: str) -> Arc:
    return Arc(*place(text, child), *place(text, head), label)


def test_what_hangs_from_what_is_learnt_of_whole_tokens_without_circles() -> None:
    text = "Birds sing here today"
    arcs = (
        arc(text, "Birds", "sing", "subject"),
        arc(text, "sing", "sing", "root"),
        arc(text, "here", "today", "when"),
        arc(text, "today", "here", "where"),  # a circle
        arc(text, "Birds", "today", "subject"),  # a second head
        arc(text, "here today", "sing", "when"),  # two tokens
    )
    doc = NLP.make_doc(text)
    assert tree_of(doc, arcs) == {0: (1, "subject"), 1: (1, "ROOT"), 2: (3, "when")}
    assert count_masked(NLP, [LabelledText(text, arcs=arcs)], Component.PARSER) == 3
    (example,) = arc_examples(NLP, [LabelledText(text, arcs=arcs)])
    assert [(t.head.i, t.dep_) for t in example.reference][:2] == [(1, "subject"), (1, "ROOT")]
    assert not example.reference[3].has_head()


@pytest.mark.parametrize("label", ["root", "Root", "a||b"])
def test_labels_that_a_parser_reads_as_its_own_are_left_out(label: str) -> None:
    text = "Birds sing"
    assert not is_sayable(label)
    assert tree_of(NLP.make_doc(text), [arc(text, "Birds", "sing", label)]) == {}


def test_where_sentences_begin_is_known_only_if_everything_is() -> None:
    text = "It rains. He sleeps."
    whole = [
        arc(text, "It", "rains", "subject"), arc(text, "rains", "rains", "root"),
        Arc(8, 9, 3, 8, "point"), arc(text, "He", "sleeps", "subject"),
        arc(text, "sleeps", "sleeps", "root"), Arc(19, 20, 13, 19, "point"),
    ]  # fmt: skip
    (example,) = arc_examples(NLP, [LabelledText(text, arcs=tuple(whole))])
    assert [sentence.text for sentence in example.reference.sents] == ["It rains.", "He sleeps."]
    (partial,) = arc_examples(NLP, [LabelledText(text, arcs=tuple(whole[:4]))])
    assert not partial.reference.has_annotation("SENT_START")


def test_arcs_count_where_the_gold_has_some_and_are_wrong_in_their_head_or_label() -> None:
    text = "Birds sing here today"
    gold = LabelledText(
        text, arcs=(arc(text, "Birds", "sing", "subject"), arc(text, "here", "sing", "where"))
    )
    said = Annotation(
        arcs=[
            arc(text, "Birds", "sing", "object"),
            arc(text, "here", "today", "where"),
            arc(text, "today", "sing", "when"),
        ]
    )
    (outcome,) = outcomes_of([gold], [said], Component.PARSER)
    assert (outcome.right, outcome.wrong, outcome.missed) == (0, 2, 2)
    kinds = [mistake.kind for mistake in mistakes_in(outcome, Component.PARSER)]
    assert kinds == [Kind.LABEL, Kind.BOUNDARY]
    assert marks_from([list(mark) for mark in outcome.gold]) == outcome.gold


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
