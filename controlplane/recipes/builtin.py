"""The annotation recipes that every worker has, told as a catalogue shows them."""

from __future__ import annotations

from dataclasses import dataclass

from annex.contract.enums import TaskRecipe
from annex.contract.published import View


@dataclass(frozen=True)
class BuiltIn:
    """A built-in annotation recipe. All that it asks for stands in the task itself."""

    title: str
    help: str
    view: View


BUILT_IN: dict[str, BuiltIn] = {
    TaskRecipe.NER_MANUAL.value: BuiltIn(
        "Mark parts of texts", "People mark spans and give each a label.", View.SPANS
    ),
    TaskRecipe.TEXTCAT_MANUAL.value: BuiltIn(
        "Choose labels for texts",
        "People choose one label, or any number of them, for a whole text.",
        View.CHOICES,
    ),
}
