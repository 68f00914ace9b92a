"""The demo's last words follow the board, also when the rules win."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.demo.report import broken_promises, readable_size, verdict, write_board

Row = dict[str, Any]


def scored(kind: str, f: float, examples: int) -> Row:
    label = {"name": "FIELD", "precision": 70.04, "recall": 60.0, "f": 64.6, "support": 40}
    hidden = {"name": "RARE", "precision": None, "recall": None, "f": None, "support": None}
    return {
        "predictor": {"kind": kind, "id": "0", "name": kind},
        "kind": kind,
        "precision": 66.172,
        "recall": 58.08,
        "f": f,
        "words_per_second": 65_428.4,
        "size_bytes": 512,
        "training_examples": examples,
        "per_label": [{**label, "suppressed": False}, {**hidden, "suppressed": True}],
    }


def test_board_json_holds_points_of_a_hundred_with_rules_first(tmp_path: Path) -> None:
    path = tmp_path / "board.json"
    write_board(path, {"rows": [scored("model", 75.34, 1200), scored("rules", 61.86, 0)]})
    rules, model = json.loads(path.read_text())
    assert (rules["kind"], rules["f"], rules["precision"]) == ("rules", 61.9, 66.2)
    assert (model["f"], model["examples"], model["words_per_second"]) == (75.3, 1200, 65428)
    assert model["per_label"]["FIELD"]["precision"] == 70.0
    assert model["per_label"]["RARE"] == {"suppressed": True}


@pytest.mark.parametrize(("model", "winner"), [(75.0, "The model is"), (40.0, "The rules are")])
def test_the_better_choice_is_named(model: float, winner: str) -> None:
    rows = [{"kind": "rules", "f": 61.9}, {"kind": "model", "f": model}]
    assert verdict(rows).startswith(winner)


def test_sizes_read_as_people_say_them() -> None:
    assert (readable_size(512), readable_size(6_300_000)) == ("0.5 kB", "6.3 MB")


@pytest.mark.parametrize(
    ("rules", "model", "size_bytes", "broken"),
    [
        (61.9, 75.3, 6_300_000, []),
        (55.9, 75.3, 6_300_000, ["rules at F 55.9, not 56"]),
        (61.9, 69.9, 6_300_000, ["a model at F 69.9, not 70"]),
        (68.0, 75.3, 6_300_000, ["7.3 points ahead, not 8"]),
        (61.9, 75.3, 12_000_000, ["a model of 12.0 MB"]),
    ],
)
def test_a_promise_that_is_not_kept_is_named(
    rules: float, model: float, size_bytes: int, broken: list[str]
) -> None:
    rows = [
        scored("rules", rules, 0),
        scored("model", 40.0, 300) | {"size_bytes": size_bytes},
        scored("model", model, 1200) | {"size_bytes": size_bytes},
    ]
    told = broken_promises({"rows": rows, "sets": [{}, {}]})
    assert [one for one in told if one not in broken] == [] == [b for b in broken if b not in told]


def test_one_held_back_set_is_one_too_few() -> None:
    rows = [scored("rules", 61.9, 0), scored("model", 75.3, 1200)]
    assert broken_promises({"rows": rows, "sets": [{}]}) == ["verdicts on 1 held-back sets, not 2"]
