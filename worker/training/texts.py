"""Labelled texts, and how they are parted: all of it seeded, none of it near a database."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from worker.predictors.base import Arc, NamedSpan


@dataclass(frozen=True)
class LabelledText:
    """One answered text. Rejected: the answer says that this is not right.

    `example` is the store's id of it, where it came from the store.
    """

    text: str
    spans: tuple[NamedSpan, ...] = ()
    rejected: bool = False
    choices: tuple[str, ...] = ()
    example: int | None = None
    arcs: tuple[Arc, ...] = ()

    @property
    def labels(self) -> list[str]:
        """The labels it carries, each once, sorted."""
        marked = {span.label for span in self.spans} | {arc.label for arc in self.arcs}
        return sorted(marked | set(self.choices))

    @property
    def is_gold(self) -> bool:
        """Whether it says what is right: a no to a single label does, a no to marks does not."""
        return not self.rejected or len(self.choices) == 1


def split_for_stopping(
    texts: Sequence[LabelledText], *, seed: int, share: float
) -> tuple[list[LabelledText], list[LabelledText]]:
    """Return (to learn from, to decide on when to stop): disjoint, seeded, alike in their labels.

    Texts are ordered by the labels they carry and drawn at even steps, so that each combination
    of labels is drawn in proportion. Rejected texts only teach, unless they choose between yes and
    no. At least one text is drawn.
    """
    accepted = [n for n, text in enumerate(texts) if text.is_gold]
    order = random.Random(seed).sample(accepted, len(accepted))  # noqa: S311  (not a secret)
    order.sort(key=lambda n: (texts[n].labels, texts[n].rejected))
    wanted = max(1, round(share * len(order)))
    step = len(order) / wanted
    drawn = {order[int(step * (n + 0.5))] for n in range(wanted)}
    learn = [text for n, text in enumerate(texts) if n not in drawn]
    return learn, [texts[n] for n in sorted(drawn)]


def nested_subset(texts: Sequence[LabelledText], fraction: float, seed: int) -> list[LabelledText]:
    """Return a share of the texts; for one seed, a smaller share is part of a larger one."""
    order = random.Random(seed).sample(range(len(texts)), len(texts))  # noqa: S311
    kept = order[: max(1, round(fraction * len(texts)))]
    return [texts[n] for n in sorted(kept)]
