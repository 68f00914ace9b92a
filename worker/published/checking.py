"""Asking a task's recipe about an answer before it is saved.

A web process keeps the recipes of its tasks at hand, because starting one takes longer than an
annotator waits. What fails here costs nobody an answer: it is saved as it was given.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from uuid import UUID

from annex.contract import process as p
from django.conf import settings
from django.db.models import F, Func, Value

from common.errors import Conflict
from worker.projects.models import Task
from worker.published.environments import InstallFailed
from worker.published.errors import AnswerRefused
from worker.published.failures import FailureKind, RecipeFailed
from worker.published.models import RecipeFailure
from worker.published.recording import keep_failure
from worker.published.starting import StartedRecipe, start_recipe

CHECK_SECONDS = 2.0
START_SECONDS = 20.0
IDLE_SECONDS = 300.0
PAUSE_SECONDS = 30.0
"""After a failure, answers are saved unchecked for so long before the recipe is tried again."""
LOOK_SECONDS = 15.0


class Unchecked(Exception):
    """The recipe could not say anything about the answer; `ref` is the failure."""

    def __init__(self, ref: UUID) -> None:
        super().__init__(str(ref))
        self.ref = ref


@dataclass
class Checker:
    """The recipe of one task. Whoever holds `lock` may use the rest."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    recipe: StartedRecipe | None = None
    of: object = None
    used_at: float = 0.0
    failure: UUID | None = None
    failed_at: float = 0.0

    def ask(self, task: Task, line: p.AnswerLine) -> p.Checked:
        """Ask the recipe, which is started when there is none. Raises: as `start_recipe`."""
        if self.recipe is None or self.of != task.published:
            self.end()
            self.recipe, self.of = start_recipe(task), task.published
        self.used_at = time.monotonic()
        return self.recipe.process.ask(p.Check(answer=line), p.Checked, seconds=CHECK_SECONDS)

    def end(self) -> None:
        """End the recipe's process, if there is one."""
        recipe, self.recipe = self.recipe, None
        if recipe is not None:
            recipe.process.end()

    @property
    def patience_seconds(self) -> float:
        """Return how long to wait for others' answers; a recipe that starts takes its time."""
        return CHECK_SECONDS if self.recipe else START_SECONDS

    @property
    def is_pausing(self) -> bool:
        """Say whether it has failed a moment ago."""
        return self.failure is not None and time.monotonic() < self.failed_at + PAUSE_SECONDS


class Checkers:
    """The checkers of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_task: dict[UUID, Checker] = {}
        self._watch: threading.Thread | None = None

    def check(self, task: Task, line: p.AnswerLine) -> p.AnswerLine:
        """Return the answer to save in place of the given one.

        Raises: AnswerRefused (customer), in the recipe's own words; Unchecked.
        """
        checker = self._checker_of(task.id)
        if not checker.lock.acquire(timeout=checker.patience_seconds):
            late = RecipeFailed(FailureKind.TIMED_OUT, message="It was busy with other answers.")
            raise Unchecked(keep_failure(task, late).ref)
        try:
            said = self._ask(checker, task, line)
        finally:
            checker.lock.release()
        if said.refusal is not None:
            raise AnswerRefused(said.refusal, field="answer")
        return said.answer or line

    def end(self, *, idle_seconds: float = 0.0) -> None:
        """End the recipes that have not been asked for so long; those at work are left."""
        with self._lock:
            for task_id, checker in list(self._by_task.items()):
                is_idle = time.monotonic() - checker.used_at >= idle_seconds
                if is_idle and checker.lock.acquire(blocking=False):
                    checker.end()
                    del self._by_task[task_id]
                    checker.lock.release()

    def _ask(self, checker: Checker, task: Task, line: p.AnswerLine) -> p.Checked:
        if checker.failure is not None and checker.is_pausing:
            raise Unchecked(checker.failure)
        try:
            return checker.ask(task, line)
        except RecipeFailed as failed:
            failure = failed
        except InstallFailed as failed:
            failure = RecipeFailed(FailureKind.EXITED, message=failed.log)
        except Conflict as refused:
            failure = RecipeFailed(FailureKind.EXITED, message=refused.detail)
        checker.end()
        checker.failure, checker.failed_at = keep_failure(task, failure).ref, time.monotonic()
        raise Unchecked(checker.failure)

    def _checker_of(self, task_id: UUID) -> Checker:
        with self._lock:
            if task_id not in self._by_task:
                self._make_room()
            checker = self._by_task.setdefault(task_id, Checker())
            checker.used_at = time.monotonic()
            if self._watch is None or not self._watch.is_alive():
                self._watch = threading.Thread(target=self._end_idle, daemon=True, name="checkers")
                self._watch.start()
        return checker

    def _make_room(self) -> None:
        by_use = sorted(self._by_task.items(), key=lambda each: each[1].used_at)
        for task_id, checker in by_use[: 1 + len(by_use) - settings.RECIPE_CHECKERS]:
            if checker.lock.acquire(blocking=False):
                checker.end()
                del self._by_task[task_id]
                checker.lock.release()

    def _end_idle(self) -> None:
        while self._by_task:
            time.sleep(LOOK_SECONDS)
            self.end(idle_seconds=IDLE_SECONDS)


CHECKERS = Checkers()


def note_unchecked(ref: UUID, answer_id: UUID) -> None:
    """Note with a failure that an answer was saved as it was given."""
    added = Func(F("unchecked"), Value(answer_id), function="array_append")
    RecipeFailure.objects.filter(ref=ref).update(unchecked=added)
