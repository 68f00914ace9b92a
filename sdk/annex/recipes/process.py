"""The process that a recipe runs in: `python -m annex.recipes.process PACKAGE IN OUT`.

It reads one line at a time from the descriptor IN and answers each on OUT. What the recipe prints
goes to standard output, which the worker keeps as its log.
"""

from __future__ import annotations

import itertools
import os
import sys
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, get_type_hints
from uuid import UUID

from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.published import RecipeKind
from annex.recipes.arguments import Asset, Dataset, Label, Model, Secret, Text
from annex.recipes.components import Answer, Example, Job, Relation, Resume, Span, Task
from annex.recipes.convert import arguments_for
from annex.recipes.describe import describe_package, import_recipes, recipe_modules
from annex.recipes.registry import Recipe, find_recipe

KEPT_CHARACTERS = 50_000


def main() -> None:
    """Serve one recipe until told to stop, or until the worker's end of the pipe closes."""
    package, read, write = sys.argv[1:4]
    with os.fdopen(int(read), "rb") as asks, os.fdopen(int(write), "wb") as says:
        serve(package, asks, says)


def serve(package: str, asks: BinaryIO, says: BinaryIO) -> None:
    """Answer each ask of a pipe. An exception of the recipe is an answer, and the last one."""
    served = Served(package, lambda said: _send(says, said))
    for line in asks:
        ask = p.ASKS.validate_json(line)
        try:
            said = served.answer(ask)
        except Exception as error:
            _send(says, _failure(error, package))
            return
        _send(says, said)
        if isinstance(ask, p.Stop):
            return


class Served:
    """One started recipe."""

    def __init__(self, package: str, send: Any) -> None:
        self.package = package
        self._send = send
        self.task = Task(stream=())
        self.stream: Iterator[Example] = iter(())

    def answer(self, ask: p.Ask) -> p.Say:
        """Do what is asked. Raises: whatever the recipe raises."""
        match ask:
            case p.Describe():
                return p.Described(package=describe_package(self.package))
            case p.Start():
                return self._start(ask)
            case p.Draw(count=count):
                return self._draw(count)
            case p.Check(answer=answer):
                return self._check(answer)
            case p.Route(example=example, annotators=annotators):
                return self._route(example, annotators)
            case p.Update(answers=answers):
                return self._update(answers)
            case p.Measure():
                figures = self.task.metrics() if self.task.metrics else {}
                return p.Measured(figures=dict(figures))
            case p.Stop():
                return self._stop()

    def _start(self, ask: p.Start) -> p.Say:
        import_recipes(self.package)
        recipe = find_recipe(ask.recipe, ask.version)
        arguments = arguments_for(recipe.function, ask.arguments, _Resolver(ask.provided))
        if recipe.description.kind is RecipeKind.JOB:
            return self._run(recipe, arguments)
        self.task = recipe.function(**arguments)
        if self.task.on_start:
            self.task.on_start()
        self.stream = iterate(self.task, Resume(ask.taken, ask.state))
        return p.Started(components=_components_of(self.task))

    def _run(self, recipe: Recipe, arguments: dict[str, Any]) -> p.Say:
        output = Path.cwd() / p.OUTPUT_FOLDER
        output.mkdir(exist_ok=True)
        job = Job(lambda done, total: self._send(p.Progressed(done=done, total=total)), output)
        hints = get_type_hints(recipe.function)
        told = {name: job for name, hint in hints.items() if hint is Job}
        recipe.function(**arguments, **told)
        return p.Finished()

    def _draw(self, count: int) -> p.Drawn:
        examples = list(itertools.islice(self.stream, count))
        return p.Drawn(examples=[_line(each) for each in examples], ended=len(examples) < count)

    def _check(self, line: p.AnswerLine) -> p.Checked:
        answer = _answer(line)
        refusal = self.task.validate_answer(answer) if self.task.validate_answer else None
        if refusal is not None:
            return p.Checked(refusal=refusal[:500])
        saved = self.task.before_save(answer) if self.task.before_save else answer
        return p.Checked(answer=_answer_line(saved))

    def _route(self, line: p.ExampleLine, annotators: list[UUID]) -> p.Routed:
        if self.task.task_router is None:
            return p.Routed(annotators=None)
        example = Example(line.text, line.meta, line.state)
        return p.Routed(annotators=list(self.task.task_router(example, annotators)))

    def _update(self, lines: list[p.AnswerLine]) -> p.Finished:
        if self.task.update:
            self.task.update([_answer(line) for line in lines])
        return p.Finished()

    def _stop(self) -> p.Finished:
        if self.task.on_finish:
            self.task.on_finish()
        return p.Finished()


def iterate(task: Task, resume: Resume) -> Iterator[Example]:
    """Return a task's examples from where it stopped."""
    if callable(task.stream):
        return iter(task.stream(resume))
    return itertools.islice(iter(task.stream), resume.taken, None)


class _Resolver:
    """Finds what an id among the arguments stands for, within what the worker provided."""

    def __init__(self, provided: p.Provided) -> None:
        self.provided = provided

    def __call__(self, resource: f.Resource | None, key: UUID) -> Any:
        given = self.provided
        match resource:
            case None:
                return Text(given.texts[key])
            case f.Resource.ASSET:
                return Asset(key, Path(given.assets[key]))
            case f.Resource.MODEL:
                return Model(key, Path(given.models[key]))
            case f.Resource.DATASET:
                return Dataset(key, Path(given.datasets[key]))
            case f.Resource.LABEL:
                return Label(key, given.labels[key])
            case f.Resource.SECRET:
                return Secret(given.secrets[key])
        raise LookupError(f"nothing was provided for {resource}")


def _components_of(task: Task) -> list[Any]:
    has = {
        "update": task.update,
        "check": task.validate_answer or task.before_save,
        "route": task.task_router,
        "measure": task.metrics,
    }
    return [name for name, component in has.items() if component]


def _line(example: Example) -> p.ExampleLine:
    return p.ExampleLine(text=example.text, meta=dict(example.meta), state=example.state)


def _answer(line: p.AnswerLine) -> Answer:
    spans = [Span(span.start, span.end, span.label) for span in line.spans]
    relations = None
    if line.relations is not None:
        relations = [Relation(each.head, each.child, each.label) for each in line.relations]
    return Answer(
        line.text, line.verdict.value, spans, line.choices, line.annotator, relations=relations
    )


def _answer_line(answer: Answer) -> p.AnswerLine:
    relations = answer.relations
    return p.AnswerLine.model_validate(
        {
            "text": answer.text,
            "verdict": answer.verdict,
            "spans": [vars(span) for span in answer.spans],
            "choices": list(answer.choices),
            "annotator": answer.annotator,
            "relations": None if relations is None else [vars(each) for each in relations],
        }
    )


def _failure(error: Exception, package: str) -> p.Failed:
    """Return what happened, and where in the package's own code."""
    text = "".join(traceback.format_exception(error))
    file, line = _place_of(error, package)
    return p.Failed(
        message=f"{type(error).__name__}: {error}"[:KEPT_CHARACTERS],
        traceback=text[-KEPT_CHARACTERS:],
        file=file[-500:],
        line=line,
    )


def _place_of(error: Exception, package: str) -> tuple[str, int]:
    """Return file and line: what cannot be parsed, the package's innermost call, or else any."""
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    frames = list(traceback.walk_tb(error.__traceback__))
    own = [each for each in frames if _module_of(each[0]) in _modules_within(package)]
    frame, line = (own or frames)[-1]
    return frame.f_code.co_filename, line


def _module_of(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _modules_within(package: str) -> set[str]:
    try:
        return {name.partition(".")[0] for name in recipe_modules(package)}
    except (LookupError, PackageNotFoundError):
        return set()


def _send(says: BinaryIO, said: p.Say) -> None:
    says.write(said.model_dump_json().encode() + b"\n")
    says.flush()


if __name__ == "__main__":
    main()
