"""The console spells a recipe's flags as the command line does: one file of cases for both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from annex.recipes.flags import flags_for

CASES = Path(__file__).parents[3] / "frontend/console/src/features/recipes/flags.cases.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text()), ids=lambda case: str(case["flags"]))
def test_both_spell_the_same_flags(case: dict[str, Any]) -> None:
    assert flags_for(case["values"]) == case["flags"]
