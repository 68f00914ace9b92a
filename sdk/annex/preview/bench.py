"""The recipe at work: its process, the form as it stands, the task that was started from it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import RLock, Thread
from typing import TypeVar

from annex.contract import process as p
from annex.contract.published import RecipeDescription, RecipeKind, RecipePackage
from annex.contract.values import FieldError
from annex.preview.desk import Desk
from annex.preview.faults import Fault, Faulty, fault_of
from annex.preview.form import FIRST_LABELS, Checked, check_form, first_values
from annex.preview.news import News
from annex.preview.problems import failed, not_found
from annex.preview.shapes import Typed
from annex.preview.source import Source
from annex.recipes.local import LocalProcess, RecipeFailed

ASK_SECONDS = 10.0
START_SECONDS = 60.0
"""Importing what a recipe needs may take its time; a save does not wait for it."""
GOODBYE_SECONDS = 1.0

S = TypeVar("S", bound=p.Say)
T = TypeVar("T")


class Bench:
    """One package at work. Every method may be called from any thread.

    Args: seconds: how long a recipe may take over one answer or example; then it is ended.
    """

    def __init__(self, folder: Path, seconds: float = ASK_SECONDS) -> None:
        self.source = Source(folder)
        self.news = News()
        self.package: RecipePackage | None = None
        self.fault: Fault | None = None
        self.typed: Typed | None = None
        self.desk: Desk | None = None
        self._seconds = seconds
        self._files: list[Path] = []
        self._lock = RLock()
        self._process: LocalProcess | None = None
        self._spare: tuple[str, LocalProcess] | None = None
        self._is_over = False

    def close(self) -> None:
        """End the processes and take temporary files away."""
        self.news.close()
        self._hurry()
        with self._lock:
            for process in (self._process, self._spare and self._spare[1]):
                if process:
                    _dismiss(process)
            self._process = self._spare = self.desk = None
            self._is_over = True
            self.source.close()

    def reload(self) -> None:
        """Read the package as it is now, and start again what was started, from its beginning."""
        self._hurry()
        with self._lock:
            if self._is_over:
                return
            self._end()
            try:
                self.fault = None
                self._describe()
                if self.typed and self._has(self.typed.recipe):
                    self._begin(self.check(self.typed))
            except Faulty as faulty:
                self._fail(faulty.fault)
            self.news.announce()
        self._keep_spare()

    def check(self, typed: Typed) -> Checked:
        """Judge the form and keep what is typed. Raises: Problem."""
        with self._lock:
            recipe = self.find(typed.recipe)
            self.typed = typed
            return check_form(recipe, typed, self.source.folder)

    def start(self, typed: Typed) -> list[FieldError]:
        """Start the recipe with what is typed; return what is wrong with it instead.

        A fault of the recipe is kept and announced. Raises: Problem.
        """
        with self._lock:
            checked = self.check(typed)
            if self.find(typed.recipe).kind is RecipeKind.JOB:
                return [FieldError("", "A job has no screen: run it with the command below.")]
            if checked.errors:
                return checked.errors
            self._end()
            self.fault = None
            try:
                self._process = self._take(self.source.read())
                self._begin(checked)
            except Faulty as faulty:
                self._fail(faulty.fault)
            self.news.announce()
        self._keep_spare()
        return []

    def work(self, task: str, do: Callable[[Desk], T]) -> T:
        """Do something at the started task's desk. Raises: Problem, also when the recipe fails."""
        with self._lock:
            if self.fault:
                raise failed()
            if self.desk is None or str(self.desk.id) != task:
                raise not_found()
            try:
                return do(self.desk)
            except Faulty as faulty:
                self._fail(faulty.fault)
                self.news.announce()
                raise failed() from None

    def find(self, key: str) -> RecipeDescription:
        """Return a recipe by name and version, `polite.pick.v1`. Raises: Problem."""
        for recipe in self.package.recipes if self.package else []:
            if key_of(recipe) == key:
                return recipe
        raise not_found()

    def look(self, at: Callable[[Bench], T]) -> T:
        """Read several things at once, none of them half changed."""
        with self._lock:
            return at(self)

    def typed_for(self, recipe: RecipeDescription) -> Typed:
        """Return what is typed for a recipe, or what its form begins with."""
        key = key_of(recipe)
        if self.typed and self.typed.recipe == key:
            return self.typed
        values = first_values(recipe, self.source.sample)
        return Typed(recipe=key, values=values, labels=FIRST_LABELS[recipe.view])

    def files(self) -> list[Path]:
        """Return the files that the started recipe reads."""
        return self._files

    def _has(self, key: str) -> bool:
        return self.package is not None and key in map(key_of, self.package.recipes)

    def _hurry(self) -> None:
        """End the process that another thread may be waiting for, which so gives up the lock."""
        if (process := self._process) is not None:
            process.kill()

    def _describe(self) -> None:
        name = self.source.read()
        self._process = self._take(name)
        self.package = self._ask(p.Describe(), p.Described).package

    def _begin(self, checked: Checked) -> None:
        """Start a checked form in the process that is there. Raises: Faulty."""
        self._files = checked.files
        typed, package = self.typed, self.package
        if checked.errors or typed is None or package is None:
            return
        recipe = self.find(typed.recipe)
        if recipe.kind is RecipeKind.JOB:
            return
        components = self._ask(checked.start, p.Started).components
        desk = Desk(
            recipe,
            package.name,
            checked.labels,
            frozenset(components),
            self._ask,
            exclusive=typed.exclusive,
        )
        desk.draw(1)
        self.desk = desk

    def _ask(self, ask: p.Ask, kind: type[S]) -> S:
        process = self._process
        if process is None:
            raise failed()
        is_start = isinstance(ask, p.Describe | p.Start)
        seconds = max(self._seconds, START_SECONDS) if is_start else self._seconds
        try:
            return process.ask_for(ask, kind, seconds)
        except RecipeFailed as said:
            raise Faulty(fault_of(said)) from None

    def _fail(self, fault: Fault) -> None:
        self._end()
        self.fault = fault

    def _end(self) -> None:
        """Leave the process to finish in peace, for a moment."""
        process, self._process, self.desk = self._process, None, None
        if process is not None:
            Thread(target=_dismiss, args=(process,), daemon=True).start()

    def _take(self, name: str) -> LocalProcess:
        spare, self._spare = self._spare, None
        if spare and spare[0] == name:
            return spare[1]
        if spare:
            spare[1].close()
        return self.source.process(name)

    def _keep_spare(self) -> None:
        """Have a process ready that has imported all but the package: most of a start's time."""
        with self._lock:
            if self._spare is None and self.package and not self._is_over:
                self._spare = self.package.name, self.source.process(self.package.name)


def key_of(recipe: RecipeDescription) -> str:
    """Return what a recipe is called with its version: `polite.pick.v1`."""
    return f"{recipe.name}.v{recipe.version}"


def _dismiss(process: LocalProcess) -> None:
    with suppress(RecipeFailed):
        process.ask(p.Stop(), GOODBYE_SECONDS)
    process.close()
