"""Small answered datasets for trainings of a few steps."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime

from annex.contract.enums import Verdict

from tests.worker.cast import Stage
from worker.store.models import Answer, Example

CITIES = ("Oslo", "Lima", "Cairo", "Quito", "Tokyo", "Paris")
FILLS = ("We flew to {} in May.", "In {} it rained.", "She left {} and wept.", "{} is far away.")


def city_texts(count: int, seed: int = 0) -> list[tuple[str, int, int]]:
    """Return (text, start, end) of sentences that each name one city; all texts differ."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        city = dice.choice(CITIES)
        before = f"Note {seed}-{number}: " + dice.choice(FILLS).split("{}")[0]
        rows.append((f"{before}{city} was named.", len(before), len(before) + len(city)))
    return rows


def answer_cities(
    stage: Stage, count: int, *, held_back: bool = False, verdict: Verdict = Verdict.ACCEPT
) -> list[Example]:
    """Bring city sentences into a dataset of the stage, each answered with its city marked."""
    rows = city_texts(count, seed=1 if held_back else 0)
    examples = stage.examples([text for text, _, _ in rows], held_back=held_back)
    label = str(stage.labels[0].id)
    for example, (_, start, end) in zip(examples, rows, strict=True):
        Answer.objects.create(
            id=uuid.uuid4(),
            example=example,
            task_id=None,
            annotator=uuid.UUID(int=7),
            verdict=verdict.value,
            spans=[{"start": start, "end": end, "label": label}],
            answered_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
    return examples
