"""Tries a recipe without a screen: its first examples, and whether its stream keeps its word.

What a cluster relies on is checked as a cluster would: the process is killed somewhere, another
goes on from there, and a third begins again.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annex.contract import process as p
from annex.contract.published import RecipeDescription, RecipeKind, RecipePackage
from annex.contract.values import BadValues
from annex.preview.bench import START_SECONDS, key_of
from annex.preview.faults import Fault, Faulty, fault_of
from annex.preview.form import judge_values
from annex.preview.source import Source
from annex.recipes.flags import NotAFlag, parse_flags
from annex.recipes.local import LocalProcess, RecipeFailed

Lines = list[p.ExampleLine]


class NoSuchRecipe(LookupError):
    """The package has no recipe of that name."""


def try_recipe(folder: Path, name: str, words: list[str], count: int) -> Iterator[str]:
    """Run a recipe with flags and yield what there is to say of it, line by line.

    Args:   count: examples to draw; `--count` among the words wins, unless the recipe has its own.
    Raises: NoSuchRecipe, NotAFlag, BadValues; Faulty, by the recipe or its package.
    """
    trial = Trial(folder)
    try:
        recipe = trial.find(name)
        words, count = _take_count(recipe, words, count)
        values = parse_flags(recipe.fields, words)
        judged = judge_values(recipe, values, (Path.cwd(), trial.source.folder))
        if judged.errors:
            raise BadValues(judged.errors)
        run = trial.run_job if recipe.kind is RecipeKind.JOB else trial.run_task
        yield from run(judged.start, count)
    finally:
        trial.source.close()


class Trial:
    """One package on trial."""

    def __init__(self, folder: Path) -> None:
        self.source = Source(folder)
        try:
            self.name = self.source.read()
        except Faulty:
            self.source.close()
            raise

    def find(self, name: str) -> RecipeDescription:
        """Return the newest recipe of a name, or of a name with version. Raises: NoSuchRecipe."""
        package = self._describe()
        found = [each for each in package.recipes if name in (each.name, key_of(each))]
        if not found:
            names = ", ".join(key_of(each) for each in package.recipes)
            raise NoSuchRecipe(f"{package.name} has no recipe {name}; it has {names}.")
        return max(found, key=lambda each: each.version)

    def run_task(self, start: p.Start, count: int) -> Iterator[str]:
        """Draw the first examples, then again with a kill between, then again."""
        drawn = self._draw(start, count)
        yield from _numbered(drawn)
        if len(drawn) < count:
            yield f"The stream ends after {len(drawn)}."
        # Before the first or after the last, nothing would be gone on with.
        place = random.randint(min(1, len(drawn)), max(len(drawn) - 1, min(1, len(drawn))))  # noqa: S311 - no secret
        self._check_again(start, drawn, place)
        yield f"Killed after {place}, the stream goes on with the next."
        _check_same(drawn, self._draw(start, count), "A second run gives other examples")
        yield "A second run gives the same."

    def run_job(self, start: p.Start, _: int) -> Iterator[str]:
        """Run a job to its end."""
        with self._process() as process:
            for said in process.follow(start):
                if isinstance(said, p.Progressed):
                    yield f"{said.done} of {'?' if said.total is None else said.total}"
        yield "Done."

    def _check_again(self, start: p.Start, drawn: Lines, place: int) -> None:
        before = self._draw(start, place) if place else []
        state = before[-1].state if before else None
        resumed = start.model_copy(update={"taken": len(before), "state": state})
        after = self._draw(resumed, len(drawn) - place) if place < len(drawn) else []
        said = f"Killed after {place}, the stream does not go on with the next"
        _check_same(drawn, [*before, *after], said)

    def _describe(self) -> RecipePackage:
        with self._process() as process:
            return process.ask_for(p.Describe(), p.Described, START_SECONDS).package

    def _draw(self, start: p.Start, count: int) -> Lines:
        with self._process() as process:
            process.ask(start, START_SECONDS)
            return process.ask_for(p.Draw(count=count), p.Drawn, START_SECONDS).examples

    @contextmanager
    def _process(self) -> Iterator[LocalProcess]:
        try:
            with self.source.process(self.name) as process:
                yield process
        except RecipeFailed as failed:
            raise Faulty(fault_of(failed)) from None


def _take_count(recipe: RecipeDescription, words: list[str], count: int) -> tuple[list[str], int]:
    """Return the words without `--count`, and its value."""
    is_own = any(field.name == "count" for field in recipe.fields)
    for at, word in enumerate(words):
        flag, equals, value = word.partition("=")
        if flag == "--count" and not is_own:
            given = value if equals else "".join(words[at + 1 : at + 2])
            if not given.isdigit() or not 1 <= int(given) <= p.MAX_BATCH:
                raise NotAFlag(f"--count takes a number from 1 to {p.MAX_BATCH}.")
            return words[:at] + words[at + (1 if equals else 2) :], int(given)
    return words, count


def _numbered(lines: Lines) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        meta = f"  {json.dumps(line.meta, ensure_ascii=False)}" if line.meta else ""
        yield f"{number:>4}  {json.dumps(line.text, ensure_ascii=False)}{meta}"


def _check_same(expected: Lines, found: Lines, said: str) -> None:
    for number, line in enumerate(expected, start=1):
        other = found[number - 1] if number <= len(found) else None
        if other is None or (other.text, other.meta) != (line.text, line.meta):
            was = "nothing" if other is None else json.dumps(other.text, ensure_ascii=False)
            first = json.dumps(line.text, ensure_ascii=False)
            raise Faulty(Fault(f"{said}: example {number} was {first}, then {was}."))
