"""Edited rules against spaCy's bare matcher: `python -m benchmarks.rules_trial`.

A thousand phrases on as many held-back and other texts as a trial reads. The bare matcher finds the
same phrases in the same texts twice, as the edited and the saved rules do.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Figure, finish
from benchmarks.import_rate import import_rows, timed
from benchmarks.store_ground import real_rows, worker_database

if TYPE_CHECKING:
    from worker.store.models import Asset

Pattern = dict[str, Any]
RULES = 1_000
HIGH_SECONDS = 1.0


def measure(count: int = RULES) -> list[Figure]:
    """Return the seconds of a trial beside the bare matcher's."""
    with worker_database() as folder:
        asset, texts = lay_out(folder)
        patterns = phrases_of(texts, count)
        from worker.store.patterns import write_patterns
        from worker.workbench.rules import try_rules

        write_patterns(asset, dict(enumerate(patterns[1:], start=1)))
        edited = dict(enumerate(patterns, start=1))
        ours = timed(lambda: try_rules(asset, edited))
        bare = timed(lambda: bare_matches(patterns, texts))
    what = f"trial of {len(patterns):,} rules on {len(texts):,} texts"
    return [
        Figure(what, ours, "s", bare, "bare matcher"),
        Figure(what, ours, "s", high=HIGH_SECONDS, goal=True),
    ]


def lay_out(folder: Path) -> tuple[Asset, list[str]]:
    """Import texts, hold back what a trial measures on; return an asset for rules and the texts."""
    from worker.workbench.rules import MAX_MEASURED, MAX_SAMPLED

    rows = real_rows(MAX_MEASURED + MAX_SAMPLED)
    import_rows(rows, folder)
    from worker.store.models import Asset, Dataset, Example

    held = Dataset.objects.get(role="evaluation")
    chosen = Example.objects.order_by("id").values_list("id", flat=True)[:MAX_MEASURED]
    Example.objects.filter(id__in=list(chosen)).update(dataset=held)
    asset = Asset.objects.get()
    asset.kind = "patterns"
    asset.save()
    return asset, [row["text"] for row in rows]


def phrases_of(texts: list[str], count: int) -> list[Pattern]:
    """Return as many different words of the texts as rules."""
    words = sorted({word for text in texts for word in text.split() if word.isalpha()})
    return [{"label": "FIELD", "pattern": word} for word in words[:count]]


def bare_matches(patterns: list[Pattern], texts: list[str]) -> None:
    """Find the phrases in the texts, twice, and do nothing with them."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    for _ in range(2):
        matcher = PhraseMatcher(nlp.vocab)
        matcher.add("FIELD", [nlp.make_doc(each["pattern"]) for each in patterns])
        for doc in nlp.pipe(texts):
            matcher(doc)


if __name__ == "__main__":
    sys.exit(finish(measure(int(sys.argv[1]) if len(sys.argv) > 1 else RULES)))
