"""From labelled texts to spaCy's examples."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Final

from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import filter_spans

from worker.predictors.base import NamedSpan
from worker.predictors.pipeline import SPANS_KEY
from worker.training.config import INCORRECT_SPANS
from worker.training.texts import LabelledText
from worker.training.trees import parsed, tree_of

MAX_TOKENS = 1000
MAX_SPAN_TOKENS = 12
"""Each more is a run to look at for each token of each text."""
COVERED_PERCENT = 99
"""Of a training's marks: those few that are longer would make all texts slow."""


def to_examples(
    nlp: Language, texts: Iterable[LabelledText], component: Component, labels: Collection[str]
) -> Iterator[Example]:
    """Yield one example for each text that the component can learn from.

    Args: labels: all that texts are classified by.
    """
    choices = partial(choice_examples, labels=labels)
    yield from PART_EXAMPLES.get(component, choices)(nlp, texts)


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
    """Return the spans made of whole tokens, and the tokens under the others; none overlap: of
    those that do, the longest is taken.
    """
    found = [(span, doc.char_span(span.start, span.end, label=span.label)) for span in spans]
    aligned = filter_spans(whole for _, whole in found if whole is not None)
    taken = {token.i for whole in aligned for token in whole}
    masked = {
        token.i
        for span, whole in found
        if whole is None
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    }
    return aligned, [doc[i : i + 1] for i in sorted(masked - taken)]


def overlapping_examples(nlp: Language, texts: Iterable[LabelledText]) -> Iterator[Example]:
    """Yield accepted texts with all their marks of whole tokens."""
    for labelled in texts:
        if not labelled.rejected:
            predicted = nlp.make_doc(labelled.text)
            reference = predicted.copy()
            reference.spans[SPANS_KEY] = whole_spans(reference, labelled.spans)
            yield Example(predicted, reference)


def tag_examples(nlp: Language, texts: Iterable[LabelledText]) -> Iterator[Example]:
    """Yield accepted texts with the tags of their tokens; nothing is learnt of the others."""
    for labelled in texts:
        if not labelled.rejected:
            predicted = nlp.make_doc(labelled.text)
            reference = predicted.copy()
            for span in whole_spans(reference, labelled.spans):
                if len(span) == 1:
                    span[0].tag_ = span.label_
            yield Example(predicted, reference)


def sentence_examples(nlp: Language, texts: Iterable[LabelledText]) -> Iterator[Example]:
    """Yield the parts of accepted texts whose sentences follow each other.

    Parts, because spaCy reads a token of which nothing is known as one that starts no sentence.
    """
    for labelled in texts:
        if not labelled.rejected:
            doc = nlp.make_doc(labelled.text)
            for part in neighbours(filter_spans(whole_spans(doc, labelled.spans))):
                yield sentence_example(doc, part)


def sentence_example(doc: Doc, sentences: list[Span]) -> Example:
    """Return the part of a text that the sentences take up."""
    first, last = sentences[0].start, sentences[-1].end
    predicted = doc[first:last].as_doc()
    reference = predicted.copy()
    starts = {sentence.start - first for sentence in sentences}
    for token in reference:
        token.is_sent_start = token.i in starts
    return Example(predicted, reference)


def neighbours(sentences: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield runs of sentences with nothing but space between them, from the first on."""
    run: list[Span] = []
    for sentence in sentences:
        if run and not all(token.is_space for token in sentence.doc[run[-1].end : sentence.start]):
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def whole_spans(doc: Doc, spans: Iterable[NamedSpan]) -> list[Span]:
    """Return the spans made of whole tokens."""
    found = (doc.char_span(span.start, span.end, label=span.label) for span in spans)
    return [span for span in found if span is not None]


def arc_examples(nlp: Language, texts: Iterable[LabelledText]) -> Iterator[Example]:
    """Yield accepted texts with what is known of the tokens that theirs hang from.

    Where sentences begin is known only if everything is.
    """
    for labelled in texts:
        predicted = nlp.make_doc(labelled.text)
        arcs = tree_of(predicted, labelled.arcs)
        if arcs and not labelled.rejected:
            yield Example(predicted, parsed(predicted, arcs))


PART_EXAMPLES: Final[
    dict[Component, Callable[[Language, Iterable[LabelledText]], Iterator[Example]]]
] = {
    Component.NER: span_examples,
    Component.SPANCAT: overlapping_examples,
    Component.TAGGER: tag_examples,
    Component.SENTER: sentence_examples,
    Component.PARSER: arc_examples,
}


def learnable_labels(
    nlp: Language, texts: Iterable[LabelledText], component: Component
) -> set[str]:
    """Return the labels of all that the component can learn of parts of accepted texts."""
    found: set[str] = set()
    for labelled in texts:
        if not labelled.rejected:
            doc = nlp.make_doc(labelled.text)
            found.update(label for _, label in tree_of(doc, labelled.arcs).values())
            whole = whole_spans(doc, labelled.spans)
            found.update(
                span.label_ for span in whole if component is not Component.TAGGER or len(span) == 1
            )
    return found


def longest_span(nlp: Language, texts: Iterable[LabelledText]) -> int:
    """Return how many tokens nearly all of the marks have at most, 1 to MAX_SPAN_TOKENS."""
    lengths = sorted(
        len(span)
        for labelled in texts
        if labelled.spans and not labelled.rejected
        for span in whole_spans(nlp.make_doc(labelled.text), labelled.spans)
    )
    if not lengths:
        return 1
    return min(MAX_SPAN_TOKENS, lengths[(len(lengths) - 1) * COVERED_PERCENT // 100])


def count_masked(nlp: Language, texts: Iterable[LabelledText], component: Component) -> int:
    """Return how many gold spans the component cannot learn: those that do not end with a token
    of the pipeline's tokeniser, and those with more tokens than it looks at. Of arcs, those that
    do not join tokens to a tree.
    """
    if component is Component.PARSER:
        return sum(
            len(labelled.arcs) - len(tree_of(nlp.make_doc(labelled.text), labelled.arcs))
            for labelled in texts
        )
    most = MOST_TOKENS[component](nlp) if component in MOST_TOKENS else None
    return sum(
        whole is None or (most is not None and len(whole) > most)
        for labelled in texts
        for doc in [nlp.make_doc(labelled.text)]
        for span in labelled.spans
        for whole in [doc.char_span(span.start, span.end)]
    )


def longest_looked_at(nlp: Language) -> int:
    """Return how many tokens a pipeline for marks that may overlap looks at together."""
    return int(nlp.config["components"][Component.SPANCAT.value]["suggester"]["max_size"])


MOST_TOKENS: Final[dict[Component, Callable[[Language], int]]] = {
    Component.SPANCAT: longest_looked_at,
    Component.TAGGER: lambda nlp: 1,
}
