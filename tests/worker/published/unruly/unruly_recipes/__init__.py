"""Recipes that do what a recipe must not do, and say how far they came."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from annex.recipes import (
    Answer,
    Dataset,
    Endpoint,
    Example,
    Ge,
    Label,
    Model,
    Resume,
    Secret,
    Task,
    task_recipe,
)

How = Literal["raise", "exit", "hang", "garbage", "long-line", "memory", "bad-text", "other-answer"]
Deed = Literal["environment", "socket", "parent", "outside", "kill", "scratch", "privileges"]


@task_recipe("unruly.stream", view="spans")
def stream(*, how: How, after: Annotated[int, Ge(0)] = 0) -> Task:
    """Misbehave after some examples."""

    def examples() -> Iterator[Example]:
        for number in range(after):
            yield Example(f"Text number {number}.")
        print("What it printed before.", flush=True)
        yield misbehave(how)

    return Task(stream=examples())


@task_recipe("unruly.check", view="spans")
def check(*, how: How) -> Task:
    """Misbehave when an answer is to be checked."""

    def refuse(answer: Answer) -> str | None:
        misbehave(how)
        return None

    texts = [Example(f"Text number {number}.") for number in range(3)]
    return Task(stream=texts, validate_answer=refuse)


@task_recipe("unruly.deeds", view="spans")
def deeds(*, deed: Deed, where: Annotated[int, Ge(0)] = 0) -> Task:
    """Try something, and tell in the one example how it went."""
    try:
        told = f"done: {DEEDS[deed](where)}"
    except BaseException as error:
        told = f"refused: {type(error).__name__}"
    return Task(stream=[Example(told)])


@task_recipe("unruly.learning", view="spans")
def learning(*, count: Annotated[int, Ge(1)] = 1000) -> Task:
    """Keep in the stream's state how many answers it was told of."""
    told = 0

    def update(answers: Sequence[Answer]) -> None:
        nonlocal told
        told += len(answers)

    def examples(resume: Resume) -> Iterator[Example]:
        before = int(str(resume.state or 0))
        for number in range(resume.taken, count):
            yield Example(
                f"Text number {number}.", meta={"told": before + told}, state=before + told
            )

    return Task(stream=examples, update=update)


@task_recipe("unruly.given", view="choices")
def given(*, label: Label, dataset: Dataset, model: Model) -> Task:
    """Tell what was laid beside the process."""
    lines = dataset.path.read_text(encoding="utf-8").splitlines()
    files = sorted(path.name for path in model.path.rglob("*"))
    return Task(stream=[Example(label.name), Example(" ".join(lines)), Example(" ".join(files))])


@task_recipe("unruly.calling", view="spans")
def calling(*, endpoint: Endpoint | None = None, secret: Secret | None = None) -> Task:
    """Ask for what no recipe gets."""
    return Task(stream=[])


@task_recipe("unruly.secret", view="spans")
def secret(*, key: Secret, raises: bool = False) -> Task:
    """Say how long a secret is, and how it shows; or raise with it."""
    print(key.reveal() if raises else key, flush=True)
    if raises:
        raise ValueError(key.reveal())
    return Task(stream=[Example(f"{len(key.reveal())} {key}")])


SPELLED = [f"m{number}" for number in range(8)]


@task_recipe("unruly.spelling", view="spans", metrics=SPELLED)
def spelling() -> Task:
    """Spell what it has read with its figures, a few characters in each."""
    words = b"zebrafinch-7731 was in the text, and so was more than that."

    def spell() -> dict[str, float]:
        return {
            name: float(int.from_bytes(words[6 * at : 6 * at + 6]))
            for at, name in enumerate(SPELLED)
        }

    return Task(stream=[Example("The text.")], metrics=spell)


@task_recipe("unruly.slow", view="spans")
def slow(*, plain: bool, count: Annotated[int, Ge(1)] = 1000) -> Task:
    """Take a while for each example."""

    def after(resume: Resume) -> Iterator[Example]:
        for number in range(resume.taken, count):
            time.sleep(0.001)
            yield Example(f"Text number {number}.", state=number)

    return Task(stream=after(Resume()) if plain else after)


def misbehave(how: str) -> Example:
    match how:
        case "raise":
            raise ValueError("zebrafinch-7731 was in the text")
        case "exit":
            os._exit(3)
        case "hang":
            time.sleep(3600)
        case "memory":
            return Example("x" * len(bytearray(2**40)))
        case "garbage" | "long-line" | "other-answer":
            line = {"garbage": b"zebrafinch-7731\n", "other-answer": b'{"say":"finished"}\n'}
            os.write(int(sys.argv[3]), line.get(how, b""))
            if how == "long-line":
                for _ in range(100):
                    os.write(int(sys.argv[3]), b"x" * 2**20)
        case "bad-text":
            return Example(" ")
    return Example("It went on.")


DEEDS: dict[str, Callable[[int], object]] = {
    "environment": lambda _: sorted(os.environ),
    "socket": lambda _: socket.socket(),
    "parent": lambda pid: Path(f"/proc/{pid}/environ").read_bytes(),
    "outside": lambda _: Path("/tmp/written-by-a-recipe").write_text("x"),
    "kill": lambda pid: os.kill(pid, 0),
    "scratch": lambda _: Path("note").write_text("x") and Path.cwd() == Path.home(),
    "privileges": lambda _: os.setuid(12345),
}
