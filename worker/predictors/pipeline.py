"""A trained spaCy pipeline as a predictor."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import spacy
from annex.contract.enums import Component
from spacy.language import Language
from spacy.tokens import Doc, Token

from worker.predictors.base import Annotation, Arc, NamedSpan
from worker.predictors.uncertainty import uncertainties

BATCH_TEXTS = 256
SPANS_KEY = "sc"
"""Where spaCy keeps marks that may overlap."""
ROOT = "ROOT"
"""The label that spaCy gives to every token which hangs from nothing."""
ROOT_LABEL = "annex_root_label"
"""Where a pipeline's meta says how that is called; empty where nobody has said."""
SENTENCE_LABEL = "annex_sentence_label"
"""Where a pipeline's meta says how sentences are called: for spaCy they have no name."""
LIKELY = 0.5
"""From this score on, a label that need not be the only one is chosen."""


class PipelinePredictor:
    """Says what a spaCy pipeline finds in texts. Args: size_bytes: of its folder on disk."""

    def __init__(self, nlp: Language, *, size_bytes: int) -> None:
        self.nlp = nlp
        self.size_bytes = size_bytes
        self.component = next(part for part in Component if nlp.has_pipe(part.value))
        self._annotation_of = annotator_of(nlp, self.component)

    def predict(self, texts: Iterable[str]) -> Iterator[Annotation]:
        """Yield each text's marks, or its labels."""
        return map(self._annotation_of, self.nlp.pipe(texts, batch_size=BATCH_TEXTS))

    def doubts(self, texts: Iterable[str]) -> Iterator[float]:
        """Yield how unsure it is of each text, from 0 (sure) to 1."""
        return uncertainties(self.nlp, texts)


def entities_of(doc: Doc) -> Annotation:
    """Return the entities of a document."""
    return Annotation([NamedSpan(e.start_char, e.end_char, e.label_) for e in doc.ents])


def spans_of(doc: Doc) -> Annotation:
    """Return the marks of a document that may overlap."""
    found = (NamedSpan(s.start_char, s.end_char, s.label_) for s in doc.spans[SPANS_KEY])
    return Annotation(sorted(found))


def tags_of(doc: Doc) -> Annotation:
    """Return the tagged tokens of a document, space left out."""
    return Annotation(
        [NamedSpan(t.idx, t.idx + len(t), t.tag_) for t in doc if t.tag_ and not t.is_space]
    )


def sentences_of(doc: Doc, label: str = "") -> Annotation:
    """Return the sentences of a document without the space around them."""
    words = [[token for token in sentence if not token.is_space] for sentence in doc.sents]
    return Annotation(
        [NamedSpan(each[0].idx, each[-1].idx + len(each[-1]), label) for each in words if each]
    )


def arcs_of(doc: Doc, root: str = "") -> Annotation:
    """Return what the tokens of a document hang from, space left out. Args: root: its label."""
    arcs = (arc_of(token, root) for token in doc if token.dep_ and not token.is_space)
    return Annotation(arcs=[arc for arc in arcs if arc.label])


def arc_of(token: Token, root: str) -> Arc:
    """Return what a token hangs from."""
    head = token.head
    label = root if head.i == token.i else token.dep_
    return Arc(token.idx, token.idx + len(token), head.idx, head.idx + len(head), label)


def best_label_of(doc: Doc) -> Annotation:
    """Return the label of a document that its pipeline is surest of."""
    return Annotation((), [max(doc.cats, key=lambda label: doc.cats[label])], doc.cats)


def likely_labels_of(doc: Doc) -> Annotation:
    """Return the labels of a document that are more likely than not."""
    return Annotation((), [name for name, score in doc.cats.items() if score >= LIKELY], doc.cats)


ANNOTATIONS: Final[dict[Component, Callable[[Doc], Annotation]]] = {
    Component.NER: entities_of,
    Component.SPANCAT: spans_of,
    Component.TAGGER: tags_of,
    Component.SENTER: sentences_of,
    Component.PARSER: arcs_of,
    Component.TEXTCAT: best_label_of,
    Component.TEXTCAT_MULTILABEL: likely_labels_of,
}


def annotator_of(nlp: Language, component: Component) -> Callable[[Doc], Annotation]:
    """Return what reads the component's annotation off a document of the pipeline."""
    if component is Component.SENTER:
        return partial(sentences_of, label=nlp.meta.get(SENTENCE_LABEL, ""))
    if component is Component.PARSER:
        return partial(arcs_of, root=nlp.meta.get(ROOT_LABEL, ""))
    return ANNOTATIONS[component]


def labels_given(nlp: Language, component: Component) -> Sequence[str]:
    """Return the names of the labels that the pipeline gives."""
    if component is Component.SENTER:
        return [nlp.meta.get(SENTENCE_LABEL, "")]
    names: Sequence[str] = nlp.pipe_labels[component.value]
    if component is Component.PARSER:
        return [*names, nlp.meta.get(ROOT_LABEL, "")]
    return names


def load_folder(folder: Path) -> PipelinePredictor:
    """Load a pipeline's folder, as training writes it."""
    return PipelinePredictor(spacy.load(folder), size_bytes=folder_bytes(folder))


def load_archive(archive: Path) -> PipelinePredictor:
    """Load a pipeline from the zip file that the store keeps."""
    with tempfile.TemporaryDirectory(prefix="annex-model-") as name:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(name)
        return load_folder(Path(name))


def write_archive(folder: Path, archive: Path) -> None:
    """Pack a pipeline's folder into one zip file, the same bytes for the same content."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for path in files_in(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            packed.writestr(entry, path.read_bytes())


def files_in(folder: Path) -> list[Path]:
    """Return all files below a folder, in a stable order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def folder_bytes(folder: Path) -> int:
    """Return what a folder's files take together."""
    return sum(path.stat().st_size for path in files_in(folder))
