"""What edited rules would find, before they are saved: hits by pattern, and the change of F."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annex.contract.enums import Component, DatasetRole

from worker.predictors.base import NamedSpan
from worker.predictors.rules import Candidate, RulesPredictor
from worker.store.answers import answers_for_training
from worker.store.assets import labels_by_name
from worker.store.models import Asset, Dataset, Example
from worker.store.pattern_checks import (
    Pattern,
    PatternProblem,
    check_patterns,
    pattern_problem,
    refuse_bad,
)
from worker.store.patterns import read_patterns
from worker.training.corpus import label_names, to_labelled_text
from worker.training.scoring import Tally, score_spans
from worker.training.texts import LabelledText

MAX_MEASURED = 600
MAX_SAMPLED = 300
"""Texts that a trial reads; with a thousand rules it stays within a second."""


@dataclass(frozen=True)
class Hits:
    """What one pattern marks. `right` and `measured` are of held-back texts with gold."""

    line: int
    measured: int
    right: int
    sampled: int


@dataclass(frozen=True)
class Trial:
    """Edited rules beside the saved ones, on the same held-back texts."""

    patterns: list[Hits]
    edited: Tally
    saved: Tally
    measured_texts: int
    sampled_texts: int


def try_rules(asset: Asset, patterns: Mapping[int, Pattern]) -> Trial:
    """Run edited rules of an asset. Raises: BadPatterns (customer), naming each bad line."""
    saved = read_patterns(asset)
    check_edited(patterns, saved, asset.project_id)
    gold, sample = held_back_texts(asset.project_id), sample_texts(asset.project_id)
    texts = [text.text for text in gold]
    edited = RulesPredictor(list(patterns.values()), size_bytes=0)
    found, sampled = list(edited.hits(texts)), list(edited.hits(sample))
    wanted = [text.spans for text in gold]
    before = [said.spans for said in RulesPredictor(saved, size_bytes=0).predict(texts)]
    return Trial(
        patterns=hits_by_line(list(patterns), found, wanted, sampled),
        edited=score_spans(wanted, [[hit.span for hit in hits] for hits in found]).overall,
        saved=score_spans(wanted, before).overall,
        measured_texts=len(gold),
        sampled_texts=len(sample),
    )


def check_edited(
    patterns: Mapping[int, Pattern], saved: Sequence[Pattern], project_id: UUID
) -> None:
    """Check what is new as if it were saved; what is saved has passed. Raises: BadPatterns."""
    names = labels_by_name(project_id)
    fresh = {line: pattern for line, pattern in patterns.items() if pattern not in saved}
    problems = check_patterns(fresh, names)
    unnamed = [
        PatternProblem(line, message)
        for line, pattern in patterns.items()
        if line not in fresh and (message := pattern_problem(pattern, names))
    ]
    refuse_bad([*problems, *unnamed])


def held_back_texts(project_id: UUID) -> list[LabelledText]:
    """Return held-back texts with gold marks, at most MAX_MEASURED, in the store's order."""
    held_back = Dataset.objects.filter(project_id=project_id, role=DatasetRole.EVALUATION.value)
    ids = list(held_back.values_list("id", flat=True))
    names = label_names(project_id)
    answers = answers_for_training(ids, Component.NER)[:MAX_MEASURED]
    texts = [to_labelled_text(answer, names, Component.NER) for answer in answers]
    return [text for text in texts if text.is_gold]


def sample_texts(project_id: UUID) -> list[str]:
    """Return texts that are to be annotated, at most MAX_SAMPLED."""
    training = Dataset.objects.filter(project_id=project_id, role=DatasetRole.TRAINING.value)
    ids = list(training.values_list("id", flat=True))
    examples = Example.objects.visible_in(ids).values_list("text", flat=True)
    return list(examples[:MAX_SAMPLED])


def hits_by_line(
    lines: Sequence[int],
    found: Iterable[Sequence[Candidate]],
    wanted: Iterable[Sequence[NamedSpan]],
    sampled: Iterable[Sequence[Candidate]],
) -> list[Hits]:
    """Count each pattern's marks. Args: lines: of the patterns as people count them."""
    measured, right = Counter[int](), Counter[int]()
    for hits, gold in zip(found, wanted, strict=True):
        measured.update(hit.line for hit in hits)
        right.update(hit.line for hit in hits if hit.span in gold)
    elsewhere = Counter(hit.line for hits in sampled for hit in hits)
    return [
        Hits(line, measured[place], right[place], elsewhere[place])
        for place, line in enumerate(lines, start=1)
    ]
