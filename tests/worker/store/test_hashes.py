"""What counts as the same text, and as nearly the same."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from worker.store import hashes


@given(
    st.text(st.characters(max_codepoint=127)) | st.text(string.digits + string.whitespace + "aA")
)
def test_the_quick_way_for_ascii_folds_as_the_general_one(text: str) -> None:
    assert hashes._folded_ascii(text) == hashes._folded(text)


def test_case_digits_and_spaces_make_no_difference() -> None:
    assert hashes.fold_key("Set  Size to 10") == hashes.fold_key("set size TO 2048")
    assert hashes.fold_key("Stra\u00dfe 1") == hashes.fold_key("STRASSE 22")
    assert hashes.fold_key("set size to 10") != hashes.fold_key("set sizes to 10")
