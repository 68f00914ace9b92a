"""A module whose name is a marker: MARK_inner_docstring."""

# MARK_comment
WORD = "MARK_code"
