"""From labelled texts to spaCy's examples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans

from worker.predictors.base import NamedSpan
from worker.training.config import INCORRECT_SPANS
from worker.training.texts import LabelledText

MAX_TOKENS = 1000


def to_examples(
    nlp: Language, texts: Iterable[LabelledText], component: Component, labels: Collection[str]
) -> Iterator[Example]:
    """Yield one example for each text that the component can learn from.

    Args: labels: all that texts are classified by.
    """
    make = span_examples if component.marks_spans else partial(choice_examples, labels=labels)
    yield from make(nlp, texts)


def choice_examples(
    nlp: Language, texts: Iterable[LabelledText], labels: Collection[str]
) -> Iterator[Example]:
    """Yield texts with the truth of each label. Of a rejected label only that one is known; a text
    with several rejected labels does not say which of them is wrong. Long texts teach with their
    beginning; a pipeline reads them whole.
    """
    for labelled in texts:
        if labelled.is_gold:
            predicted = beginning(nlp.make_doc(labelled.text))
            reference = predicted.copy()
            asked = labelled.choices if labelled.rejected else labels
            chosen = () if labelled.rejected else labelled.choices
            reference.cats = {label: float(label in chosen) for label in asked}
            yield Example(predicted, reference)


def beginning(doc: Doc) -> Doc:
    """Return the first tokens of a text: one of 50,000 would cost what a hundred others do."""
    return doc if len(doc) <= MAX_TOKENS else doc[:MAX_TOKENS].as_doc()


def span_examples(nlp: Language, texts: Iterable[LabelledText]) -> Iterator[Example]:
    """Yield texts with their entities. A rejected text with several spans is left out: it does
    not say which of them is wrong.
    """
    for labelled in texts:
        predicted = nlp.make_doc(labelled.text)
        reference = predicted.copy()
        if not labelled.rejected:
            set_gold(reference, labelled.spans)
        elif len(labelled.spans) == 1:
            set_incorrect(reference, labelled.spans)
        else:
            continue
        yield Example(predicted, reference)


def set_gold(doc: Doc, spans: Iterable[NamedSpan]) -> None:
    """Set the document's entities. Tokens under a span that does not end with a token are marked
    missing, so that the model learns nothing wrong about them.
    """
    aligned, masked = align(doc, spans)
    doc.set_ents(aligned, missing=masked, default="outside")


def set_incorrect(doc: Doc, spans: Iterable[NamedSpan]) -> None:
    """Say of the spans that they are wrong, and of the rest of the document nothing."""
    aligned, _ = align(doc, spans)
    doc.set_ents([], default="missing")
    doc.spans[INCORRECT_SPANS] = aligned


def align(doc: Doc, spans: Iterable[NamedSpan]) -> tuple[list[Span], list[Span]]:
    """Return the spans made of whole tokens, and the tokens under the others; none overlap."""
    found = [(span, doc.char_span(span.start, span.end, label=span.label)) for span in spans]
    # Where marks overlap, an entity recognizer learns the longest of them.
    aligned = filter_spans([whole for _, whole in found if whole is not None])
    taken = {token.i for whole in aligned for token in whole}
    masked = {
        token.i
        for span, whole in found
        if whole is None
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    }
    return aligned, [doc[i : i + 1] for i in sorted(masked - taken)]


def count_masked(nlp: Language, texts: Iterable[LabelledText]) -> int:
    """Return how many gold spans do not end with a token of the pipeline's tokeniser."""
    return sum(
        doc.char_span(span.start, span.end) is None
        for labelled in texts
        for doc in [nlp.make_doc(labelled.text)]
        for span in labelled.spans
    )
