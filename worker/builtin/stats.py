"""`stats`: what a dataset holds, in figures."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from annex.recipes import Answered, Dataset, Job, Labels, job_recipe

from worker.builtin.sources import count


@dataclass
class Counts:
    """Figures of a dataset, as far as it was read."""

    examples: int = 0
    answered: int = 0
    characters: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)

    def add(self, each: Answered, labels: Labels) -> None:
        """Count an example."""
        self.examples += 1
        self.answered += bool(each.answers)
        self.characters += len(each.text)
        for answer in each.answers:
            self.verdicts[answer.verdict] += 1
            self.annotators[str(answer.annotator)] += 1
            if answer.verdict == "accept":
                said = [*(span.label for span in answer.spans), *answer.choices]
                self.labels.update(labels.name_of(label) or str(label) for label in said)

    def told(self) -> dict[str, Any]:
        """Return the figures as JSON, the most frequent first."""
        return {
            "examples": self.examples,
            "answered": self.answered,
            "characters": self.characters,
            "verdicts": dict(self.verdicts.most_common()),
            "labels": dict(self.labels.most_common()),
            "annotators": dict(self.annotators.most_common()),
        }


@job_recipe("stats", version=1)
def stats(*, source: Dataset, labels: Labels, job: Job) -> None:
    """Count what a dataset holds.

    Leaves `stats.json`: examples, answers by verdict and by annotator, and how often each label
    is in an accepted answer. It is downloaded from the cluster.

    Args:
        source: What is counted.
    """
    counts, total = Counts(), count(source)
    for number, each in enumerate(source.read(), start=1):
        counts.add(each, labels)
        job.progress(number, total)
    told = json.dumps(counts.told(), indent=2, ensure_ascii=False)
    (job.output / "stats.json").write_text(told + "\n", encoding="utf-8")
