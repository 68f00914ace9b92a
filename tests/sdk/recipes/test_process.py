"""A recipe's process: draws lazily, resumes exactly after a kill, and says where it failed."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from annex.contract import fields as f
from annex.contract import process as p
from annex.contract.enums import Verdict
from annex.contract.published import RecipeDescription, RecipeKind, View
from annex.recipes.local import LocalProcess, RecipeFailed, start_locally
from pydantic import JsonValue

from tests.sdk.recipes.packages import write_installed

SOURCE = '''
import random
from annex.recipes import Answer, Example, Ge, Job, Resume, Task, Text, job_recipe, task_recipe
from typing import Annotated

@task_recipe("counting.plain", view="choices")
def plain(*, seed: int = 0) -> Task:
    """Count, in an order that the seed decides."""
    def numbers():
        shuffled = random.Random(seed)
        while True:
            yield Example(f"text {shuffled.randrange(10**9)}")
    return Task(stream=numbers())

@task_recipe("counting.resumed", view="choices", metrics=["seen"])
def resumed(*, prompt: Text, last: Annotated[int, Ge(1)] = 1000) -> Task:
    """Count from where it stopped."""
    seen = []
    def numbers(resume: Resume):
        for number in range(resume.state or 0, last):
            yield Example(f"{prompt} {number}", state=number + 1)
    return Task(
        stream=numbers,
        update=seen.extend,
        validate_answer=lambda answer: "Too short." if len(answer.text) < 3 else None,
        before_save=lambda answer: Answer(answer.text, "reject"),
        task_router=lambda example, annotators: annotators[:1],
        metrics=lambda: {"seen": len(seen)},
    )

@task_recipe("counting.broken", view="choices")
def broken() -> Task:
    """Raise at the third example."""
    def numbers():
        yield Example("one")
        yield Example("two")
        raise RuntimeError("what the patient said")
    return Task(stream=numbers())

@task_recipe("counting.misled", view="choices")
def misled() -> Task:
    """Raise within somebody else's code."""
    import json
    return Task(stream=map(json.loads, [json.loads("no JSON")]))

@task_recipe("counting.hanging", view="choices")
def hanging() -> Task:
    """Never come back."""
    while True:
        pass

@task_recipe("counting.dying", view="choices")
def dying() -> Task:
    """End the process."""
    import os
    os._exit(7)

@job_recipe("counting.job")
def job(*, job: Job, upto: int) -> None:
    """Count and say so."""
    for number in range(upto):
        job.progress(number + 1, upto)
'''


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PYTHONPATH", "")
    write_installed(tmp_path / "site", "counting-recipes", SOURCE)
    return "counting-recipes"


def _start(recipe: str, **arguments: JsonValue) -> p.Start:
    prompt = uuid4()
    if recipe == "counting.resumed":
        arguments["prompt"] = str(prompt)
    return p.Start(
        recipe=recipe,
        version=1,
        arguments=arguments,
        provided=p.Provided(texts={prompt: "Number"}),
    )


@pytest.mark.parametrize("recipe", ["counting.plain", "counting.resumed"])
def test_a_stream_goes_on_after_a_kill_without_repeating_or_skipping(
    package: str, recipe: str
) -> None:
    start = _start(recipe)
    with LocalProcess(package) as whole:
        expected = [line.text for line in whole.draw(start, 120)]
    found: list[p.ExampleLine] = []
    for count in (1, 49, 70):
        place = {"taken": len(found), "state": found[-1].state if found else None}
        with LocalProcess(package) as process:
            found += process.draw(start.model_copy(update=place), count)
    assert [line.text for line in found] == expected
    assert len(set(expected)) == 120


def test_the_seed_decides_the_order(package: str) -> None:
    def drawn(seed: int) -> list[str]:
        with LocalProcess(package) as process:
            return [line.text for line in process.draw(_start("counting.plain", seed=seed), 5)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_task_answers_all_that_it_is_asked(package: str) -> None:
    annotators = [uuid4(), uuid4()]
    answer = p.AnswerLine(text="Number 1", verdict=Verdict.ACCEPT)
    with LocalProcess(package) as process:
        started = process.ask(_start("counting.resumed", last=2))
        assert started == p.Started(components=["update", "check", "route", "measure"])
        drawn = process.ask(p.Draw(count=5))
        assert isinstance(drawn, p.Drawn)
        assert ([line.text for line in drawn.examples], drawn.ended) == (
            ["Number 0", "Number 1"],
            True,
        )
        routed = process.ask(p.Route(example=drawn.examples[0], annotators=annotators))
        assert routed == p.Routed(annotators=annotators[:1])
        short = answer.model_copy(update={"text": "x"})
        assert process.ask(p.Check(answer=short)) == p.Checked(refusal="Too short.")
        checked = process.ask(p.Check(answer=answer))
        assert checked == p.Checked(answer=answer.model_copy(update={"verdict": Verdict.REJECT}))
        assert process.ask(p.Update(answers=[answer, answer])) == p.Finished()
        assert process.ask(p.Measure()) == p.Measured(figures={"seen": 2.0})
        assert process.ask(p.Stop()) == p.Finished()


def test_a_job_says_how_far_it_is(package: str) -> None:
    with LocalProcess(package) as process:
        told = list(process.follow(_start("counting.job", upto=2)))
    assert told == [p.Progressed(done=1, total=2), p.Progressed(done=2, total=2), p.Finished()]


def test_an_exception_names_file_and_line(package: str) -> None:
    with LocalProcess(package) as process, pytest.raises(RecipeFailed) as failed:
        list(process.draw(_start("counting.broken"), 3))
    said = failed.value.said
    assert said.message == "RuntimeError: what the patient said"
    assert Path(said.file).name == "counting_recipes.py"
    assert SOURCE.strip().splitlines()[said.line - 2].strip().startswith("raise RuntimeError")
    assert "RuntimeError" in said.traceback


def test_a_process_that_dies_says_so(package: str) -> None:
    with LocalProcess(package) as process, pytest.raises(RecipeFailed, match="status 7"):
        process.ask(_start("counting.dying"))


def test_what_is_asked_of_a_dead_process_says_so_too(package: str) -> None:
    with LocalProcess(package) as process:
        for _ in range(2):
            with pytest.raises(RecipeFailed, match="status 7"):
                process.ask(_start("counting.dying"))


def test_a_process_that_hangs_is_ended(package: str) -> None:
    with LocalProcess(package) as process, pytest.raises(RecipeFailed, match=r"within 0\.5 s"):
        process.ask(_start("counting.hanging"), seconds=0.5)


def test_an_exception_in_a_library_is_placed_in_the_recipe(package: str) -> None:
    with LocalProcess(package) as process, pytest.raises(RecipeFailed) as failed:
        process.ask(_start("counting.misled"))
    assert Path(failed.value.said.file).name == "counting_recipes.py"
    assert "no JSON" in SOURCE.splitlines()[failed.value.said.line - 1]


def test_a_module_that_cannot_be_read_names_file_and_line(tmp_path: Path) -> None:
    write_installed(tmp_path / "bad", "bad-recipes", "first = 1\nsecond = = 2\n")
    with LocalProcess("bad-recipes") as process, pytest.raises(RecipeFailed) as failed:
        process.ask(p.Describe())
    assert (Path(failed.value.said.file).name, failed.value.said.line) == ("bad_recipes.py", 2)


def test_a_process_describes_its_package(package: str) -> None:
    with LocalProcess(package) as process:
        said = process.ask(p.Describe())
    assert isinstance(said, p.Described)
    assert (said.package.name, said.package.version) == (package, "0.1.0")
    assert "counting.job" in [recipe.name for recipe in said.package.recipes]


def test_a_label_that_has_an_id_keeps_it() -> None:
    field = f.Field(name="wanted", title="Wanted", type=f.ResourceType(resource=f.Resource.LABEL))
    recipe = RecipeDescription(
        name="a.b", version=1, kind=RecipeKind.TASK, title="A", view=View.SPANS, fields=[field]
    )
    known = uuid4()
    start = start_locally(recipe, {"wanted": "PERSON"}, {"PERSON": known})
    assert start.arguments == {"wanted": str(known)}
    assert start.provided.labels == {known: "PERSON"}
