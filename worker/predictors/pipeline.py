"""A trained spaCy pipeline as a predictor."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language

from worker.predictors.base import NamedSpan

BATCH_TEXTS = 256


class PipelinePredictor:
    """Marks the entities of a spaCy pipeline. Args: size_bytes: of its folder on disk."""

    def __init__(self, nlp: Language, *, size_bytes: int) -> None:
        self.nlp = nlp
        self.size_bytes = size_bytes

    def predict(self, texts: Iterable[str]) -> Iterator[list[NamedSpan]]:
        """Yield each text's entities."""
        for doc in self.nlp.pipe(texts, batch_size=BATCH_TEXTS):
            yield [NamedSpan(e.start_char, e.end_char, e.label_) for e in doc.ents]


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
