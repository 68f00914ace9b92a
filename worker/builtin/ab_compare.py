"""`ab.compare`: people choose the better of two outputs without knowing whose it is."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from annex.recipes import Asset, Example, Resume, Task, task_recipe

from worker.builtin.sources import Seed


@task_recipe("ab.compare", version=1, view="compare")
def compare(*, a: Asset, b: Asset, seed: Seed = 0) -> Task:
    """Choose the better of two outputs.

    Two files have outputs for the same texts, as JSON lines of `text` and `output`. People see both
    outputs in an order of chance and choose one, not knowing whose it is.

    Args:
        a: The outputs of one.
        b: Those of the other; texts that only one has are left out.
        seed: Decides which of two is shown first; `ab.results` needs the same.
    """
    theirs = outputs(b)
    pairs = [(text, [mine, theirs[text]]) for text, mine in outputs(a).items() if text in theirs]

    def stream(resume: Resume) -> Iterator[Example]:
        for text, both in pairs[resume.taken :]:
            yield Example(text, options=both[::-1] if is_turned(text, seed) else both)

    return Task(stream=stream)


def outputs(asset: Asset) -> dict[str, str]:
    """Return the output for each text of a file; of several for one text the last."""
    with asset.path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    return {line["text"]: line["output"] for line in lines}


def is_turned(text: str, seed: int) -> bool:
    """Say whether the second output of a text is shown first: the same in every process."""
    return random.Random(f"{seed} {text}").choice([True, False])  # noqa: S311  not a secret
