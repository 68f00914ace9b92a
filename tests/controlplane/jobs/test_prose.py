"""Every failure and every recipe has its words."""

from __future__ import annotations

import pytest
from annex.contract.enums import FailureCode, JobRecipe

from controlplane.jobs.prose import FAILURES, RECIPE_TITLES


@pytest.mark.parametrize("code", FailureCode)
def test_a_failure_says_what_happened_and_what_to_do(code: FailureCode) -> None:
    prose = FAILURES[code]
    assert prose.title[0].isupper()
    assert not prose.title.endswith(".")
    assert prose.what_to_do.endswith(".")


def test_every_recipe_has_a_title() -> None:
    assert set(RECIPE_TITLES) == set(JobRecipe)
