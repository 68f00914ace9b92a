"""What holds for every built-in recipe, whatever it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from annex.contract import process as p
from annex.contract.builtin import FILE, built_in_recipes
from annex.contract.fields import ListType
from annex.contract.published import BUILT_IN
from annex.contract.values import BadValues, check_values
from annex.recipes.flags import flags_for, parse_flags
from annex.recipes.local import LocalProcess
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sdk.recipes.field_trees import values_of
from tests.worker.builtin.samples import JOBS, TASKS, WORDS, Bench
from worker.builtin.manifest import manifest

RECIPES = built_in_recipes()
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("builtin"))


def test_the_file_that_the_control_plane_reads_is_of_these_recipes() -> None:
    assert FILE.read_text(encoding="utf-8") == manifest()


@pytest.mark.parametrize("name", RECIPES)
def test_every_argument_is_explained(name: str) -> None:
    recipe = RECIPES[name]
    assert recipe.help
    assert [field.name for field in recipe.fields if not field.help] == []


@pytest.mark.parametrize("name", RECIPES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_values_survive_being_typed_as_flags(name: str, data: st.DataObject) -> None:
    fields = RECIPES[name].fields
    values = check_values(fields, data.draw(values_of(fields)))
    assert check_values(fields, parse_flags(fields, flags_for(values))) == values


@pytest.mark.parametrize("name", RECIPES)
def test_a_value_that_does_not_fit_is_refused_alike_as_json_and_as_a_flag(name: str) -> None:
    for field in RECIPES[name].fields:
        # No pattern of ours lets a null character in, and no number or id is one.
        is_list = isinstance(field.type, ListType)
        as_json = refused(name, {field.name: ["\0"] if is_list else "\0"})
        flags = [f"--{field.name.replace('_', '-')}=\0"]
        as_flag = refused(name, parse_flags(RECIPES[name].fields, flags))
        assert as_json[field.name] == as_flag[field.name]


def refused(name: str, values: Any) -> dict[str, str]:
    """Return what is wrong, by the argument's own name: an item of a list is within its list."""
    with pytest.raises(BadValues) as bad:
        check_values(RECIPES[name].fields, values)
    return {each.field.partition(".")[0]: each.message for each in bad.value.errors}


@pytest.mark.parametrize("name", TASKS)
def test_a_stream_goes_on_where_a_killed_process_stopped(name: str, bench: Bench) -> None:
    start = bench.start(name)
    whole = list(drawn(start))
    assert len(whole) > 10
    taken = whole[:7]
    with LocalProcess(BUILT_IN, ROOT) as process:
        process.ask(start)
        process.ask(p.Draw(count=7))
        process.kill()
    rest = start.model_copy(update={"taken": len(taken), "state": taken[-1].state})
    assert [*taken, *drawn(rest)] == whole


@pytest.mark.parametrize("name", [name for name in TASKS if "seed" in str(RECIPES[name].fields)])
def test_a_seed_decides_the_order(name: str, bench: Bench) -> None:
    orders = [texts(bench.start(name, seed=seed)) for seed in (3, 3, 4)]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == sorted(orders[2])


def texts(start: p.Start) -> list[str]:
    return [line.text for line in drawn(start)]


def drawn(start: p.Start) -> Iterator[p.ExampleLine]:
    with LocalProcess(BUILT_IN, ROOT) as process:
        yield from process.draw(start, 1000)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_comes_to_its_end(name: str, bench: Bench, tmp_path: Path) -> None:
    with LocalProcess(BUILT_IN, tmp_path, {"PYTHONPATH": f"{ROOT}:{ROOT / 'sdk'}"}) as process:
        said = list(process.follow(bench.start(name)))
    assert isinstance(said[-1], p.Finished)
    assert [each for each in tmp_path.rglob("*") if each.is_file()]
    assert len(WORDS) == 45
