"""The benchmarks' text: the labelled paragraphs of botocore, which comes with our dependencies."""

from __future__ import annotations

import random

from examples.demo.paragraphs import distinct_paragraphs
from worker.predictors.base import NamedSpan
from worker.training.texts import LabelledText


def labelled_paragraphs(count: int, seed: int = 0) -> list[LabelledText]:
    """Return different paragraphs with gold spans, drawn with a seed."""
    drawn = random.Random(seed).sample(distinct_paragraphs(), count)
    return [LabelledText(p.text, tuple(NamedSpan(*span) for span in p.spans)) for p in drawn]
