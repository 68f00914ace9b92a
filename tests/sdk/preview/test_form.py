"""The form judges by the validator of cluster and control plane, in its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex.contract.published import RecipePackage
from annex.contract.values import check_values
from annex.preview.form import command_for
from annex.preview.shapes import Typed
from annex.recipes.flags import parse_flags

from tests.sdk.preview.workshop import VALUES, Visitor


def _errors(said: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {error["field"]: error["message"] for error in said["errors"]}


def test_a_form_begins_with_defaults_and_the_sample(own: Visitor) -> None:
    recipes = {recipe["key"]: recipe for recipe in own.state()["recipes"]}
    assert list(recipes) == ["works.count.v1", "works.mark.v2", "works.pick.v1"]
    typed = recipes["works.pick.v1"]["typed"]
    assert typed["labels"] == ["Yes", "No"]
    assert typed["values"] == {
        "source": "sample.jsonl",
        "limit": {"kind": "by_count", "most": 30},
        "wanted": [],
        "seed": None,
    }


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"source": "sample.jsonl"}, "question", "This is required."),
        (VALUES | {"source": "none.jsonl"}, "source", "There is no such file."),
        (VALUES | {"limit": {"kind": "by_count", "most": "0"}}, "limit.most", "greater than"),
        (VALUES | {"limit": {"kind": "by_mood"}}, "limit", "There is no such variant."),
        (VALUES | {"seed": "x"}, "seed", "valid integer"),
        (VALUES | {"wanted": ["Good", "Ugly"]}, "wanted.1", "not one of the task's labels"),
        (VALUES | {"wanted": ["Good"] * 4}, "wanted", "at most 3"),
        (VALUES | {"other": 1}, "other", "There is no such argument."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    visitor: Visitor, values: dict[str, object], field: str, said: str
) -> None:
    started = visitor.start(values=values)
    assert list(_errors(started)) == [field]
    assert said in _errors(started)[field]
    assert started["screen"] is None
    # What was typed is kept for whoever opens the form again.
    assert visitor.state()["recipes"][2]["typed"]["values"] == values


def test_a_task_needs_labels_and_a_job_has_no_screen(visitor: Visitor) -> None:
    assert _errors(visitor.start(labels=[" "])) == {"labels": "Give at least one label."}
    said = visitor.start("works.count.v1", values={"upto": "3"})
    assert "no screen" in _errors(said)[""]
    assert said["command"].endswith("works.count --upto=3")


def test_the_command_gives_the_same_values(visitor: Visitor) -> None:
    package = RecipePackage.model_validate(
        {
            "name": "works",
            "version": "0.2.0",
            "recipes": [
                {key: value for key, value in recipe.items() if key not in ("key", "typed")}
                for recipe in visitor.state()["recipes"]
            ],
        }
    )
    recipe = package.recipes[2]
    values = {"question": 'it\'s "so"', "limit": {"kind": "by_length", "longest": "9"}}
    typed = Typed(recipe=recipe.name, values={**values, "seed": None, "wanted": []})
    command = command_for(recipe, typed, "works")
    assert command == (
        "annex recipes test works works.pick --question='it'\"'\"'s \"so\"' "
        "--limit.kind=by_length --limit.longest=9"
    )
    flags = ["--question", 'it\'s "so"', "--limit.kind=by_length", "--limit.longest=9"]
    assert parse_flags(recipe.fields, flags) == values
    limit = [field for field in recipe.fields if field.name == "limit"]
    checked = check_values(limit, {"limit": values["limit"]})
    assert checked["limit"] == {"kind": "by_length", "longest": 9}


def test_files_are_looked_for_in_the_packages_folder(visitor: Visitor, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_text("far away\n")
    visitor.start(values=VALUES | {"source": str(elsewhere)})
    assert visitor.batch(1)["examples"][0]["text"] == "far away"
