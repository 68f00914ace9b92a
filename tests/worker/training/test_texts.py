"""How texts are parted, and how marks become spaCy's entities."""

from __future__ import annotations

import pytest
import spacy
from annex.contract.enums import Component

from worker.predictors.base import NamedSpan
from worker.training.config import INCORRECT_SPANS
from worker.training.examples import MAX_TOKENS, choice_examples, count_masked, span_examples
from worker.training.texts import LabelledText, nested_subset, split_for_stopping


def texts_with(*labels: str | None) -> list[LabelledText]:
    return [
        LabelledText(f"text {n}", () if label is None else (NamedSpan(0, 4, label),))
        for n, label in enumerate(labels)
    ]


def test_split_draws_each_label_in_proportion_and_nothing_twice() -> None:
    texts = texts_with(*["A"] * 60, *["B"] * 20, *[None] * 20)
    learn, stop = split_for_stopping(texts, seed=1, share=0.1)
    drawn = [text.spans[0].label if text.spans else None for text in stop]
    assert sorted(drawn, key=str) == ["A"] * 6 + ["B"] * 2 + [None] * 2
    assert {t.text for t in learn}.isdisjoint(t.text for t in stop)
    assert len(learn) + len(stop) == 100


def test_split_is_seeded_and_takes_no_rejected_text() -> None:
    texts = [*texts_with(*["A"] * 30), LabelledText("no", (NamedSpan(0, 2, "A"),), rejected=True)]
    first, again = (split_for_stopping(texts, seed=2, share=0.1) for _ in range(2))
    other = split_for_stopping(texts, seed=3, share=0.1)
    assert first == again != other
    assert not any(text.rejected for text in first[1])
    assert texts[-1] in first[0]


def test_smaller_share_is_part_of_the_larger() -> None:
    texts = texts_with(*["A"] * 40)
    shares = [nested_subset(texts, fraction, 9) for fraction in (0.25, 0.5, 1.0)]
    assert [len(share) for share in shares] == [10, 20, 40]
    assert set(shares[0]) < set(shares[1]) < set(shares[2])


@pytest.mark.parametrize("text", ["東京都に住む", "don't split", "a\r\nb 🙂c"])
def test_span_within_a_token_is_masked_and_counted(text: str) -> None:
    nlp = spacy.blank("en")
    labelled = LabelledText(text, (NamedSpan(1, 2, "A"),))
    whole = nlp.make_doc(text).char_span(1, 2) is not None
    (example,) = span_examples(nlp, [labelled])
    assert count_masked(nlp, [labelled], Component.NER) == (0 if whole else 1)
    touched = example.reference.char_span(1, 2, alignment_mode="expand")
    assert touched is not None
    assert [t.ent_iob_ for t in touched] == (["B"] if whole else [""] * len(touched))


def test_rejected_text_says_what_is_wrong_only_with_one_span() -> None:
    nlp = spacy.blank("en")
    one = LabelledText("Oslo is far", (NamedSpan(0, 4, "A"),), rejected=True)
    two = LabelledText("a b", (NamedSpan(0, 1, "A"), NamedSpan(2, 3, "A")), rejected=True)
    (example,) = span_examples(nlp, [one, two])
    assert [span.text for span in example.reference.spans[INCORRECT_SPANS]] == ["Oslo"]
    assert not example.reference.ents
    assert all(token.ent_iob_ == "" for token in example.reference)


def test_a_long_text_teaches_labels_with_its_beginning() -> None:
    nlp = spacy.blank("en")
    long, short = "far " * (MAX_TOKENS + 5), "Oslo is far"
    texts = [LabelledText(text, choices=("A",)) for text in (long, short)]
    first, second = choice_examples(nlp, texts, ["A", "B"])
    assert [len(first.predicted), len(first.reference)] == [MAX_TOKENS, MAX_TOKENS]
    assert first.reference.cats == {"A": 1.0, "B": 0.0}
    assert second.predicted.text == short
