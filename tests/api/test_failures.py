"""Every failure has its words."""

from __future__ import annotations

import pytest
from annex.contract.enums import FailureCode

from api.v1.failures import PROSE


@pytest.mark.parametrize("code", FailureCode)
def test_a_failure_says_what_happened_and_what_to_do(code: FailureCode) -> None:
    prose = PROSE[code]
    assert prose.title[0].isupper()
    assert not prose.title.endswith(".")
    assert prose.what_to_do.endswith(".")
