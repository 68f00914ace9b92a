"""`terms.to-patterns`: accepted words become patterns of a label."""

from __future__ import annotations

import json

from annex.recipes import Dataset, Job, Label, job_recipe

from worker.builtin.sources import accepted


@job_recipe("terms.to-patterns", version=1)
def to_patterns(*, source: Dataset, label: Label, any_case: bool = True, job: Job) -> None:
    """Make patterns of accepted words.

    Each text that was accepted, a word or a few, becomes a pattern. Leaves `patterns.jsonl`, which
    an asset of patterns takes.

    Args:
        source: A dataset of words, as `mark` leaves it.
        label: What the patterns mark.
        any_case: Lets a pattern match in capitals and in small letters.
    """
    texts = dict.fromkeys(each.text.strip() for each in source.read() if accepted(each))
    with (job.output / "patterns.jsonl").open("w", encoding="utf-8") as file:
        for text in filter(None, texts):
            pattern = [{"LOWER": word.lower()} for word in words_of(text)] if any_case else text
            line = {"label": label.name, "pattern": pattern}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def words_of(text: str) -> list[str]:
    """Return a text's tokens, as those who match patterns cut it."""
    import spacy

    return [token.text for token in spacy.blank("en")(text) if not token.is_space]
