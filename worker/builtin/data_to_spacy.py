"""`data-to-spacy`: answers as spaCy's own training files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from annex.recipes import Answer, Dataset, Ge, Job, Labels, Le, Len, job_recipe

from worker.builtin.sources import Seed, accepted

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Code = Literal["en", "de", "fr", "es", "it", "nl", "pt", "ja", "zh", "xx"]


@job_recipe("data-to-spacy", version=1)
def data_to_spacy(
    *,
    sources: Annotated[list[Dataset], Len(1, 32)],
    held_share: Annotated[float, Ge(0), Le(0.9)] = 0.2,
    language: Code = "en",
    overlapping: bool = False,
    seed: Seed = 0,
    labels: Labels,
    job: Job,
) -> None:
    """Write training files for spaCy.

    Leaves `train.spacy` and `dev.spacy`: of each text the last accepted answer, its marks as
    entities and its labels as categories. `spacy train` takes both.

    Args:
        sources: Whose answers are written.
        held_share: The part of the texts that goes to `dev.spacy`, chosen by chance.
        language: Whose tokens the texts are cut into; a token at whose inside a mark ends is cut.
        overlapping: Writes marks as the span group `sc`, where they may overlap, not as entities.
        seed: Decides which texts are held.
    """
    import spacy

    nlp = spacy.blank(language)
    texts = list(gold(sources))
    random.Random(seed).shuffle(texts)  # noqa: S311  an order, not a secret
    held = round(held_share * len(texts))
    for name, part in (("dev", texts[:held]), ("train", texts[held:])):
        docs = [doc_of(nlp, answer, labels, overlapping=overlapping) for answer in part]
        write_docs(job.output / f"{name}.spacy", docs)
    job.progress(len(texts), len(texts))


def gold(sources: Iterable[Dataset]) -> Iterator[Answer]:
    """Yield the last accepted answer of each text; of one in several datasets the last one's."""
    found: dict[str, Answer] = {}
    for source in sources:
        for each in source.read():
            if answers := accepted(each):
                found[each.text] = answers[-1]
    yield from found.values()


def doc_of(nlp: Language, answer: Answer, labels: Labels, *, overlapping: bool) -> Doc:
    """Return an answer as a document: its marks with labels by name, and its categories."""
    from worker.store.formats.spacy_out import doc_with

    names = {key: name for name, key in labels.items()}
    marks = [(span.start, span.end, names[span.label]) for span in answer.spans]
    doc, spans = doc_with(nlp, answer.text, marks)
    if overlapping:
        doc.spans["sc"] = spans
    else:
        doc.set_ents(spans)
    if answer.choices:
        doc.cats = {name: float(key in answer.choices) for name, key in labels.items()}
    return doc


def write_docs(path: Path, docs: Iterable[Doc]) -> None:
    """Write documents to a file that `spacy train` takes."""
    from spacy.tokens import DocBin

    DocBin(docs=docs).to_disk(path)
