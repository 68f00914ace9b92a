"""Labels chosen for a whole text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from annex.contract.enums import Verdict

from common.errors import InvalidRequest


class BadChoices(InvalidRequest):
    """Labels that the task does not have, twice the same, or more or fewer than it asks for."""

    code = "answer.bad_choices"
    title = "The chosen labels do not fit the task"
    what_to_do = "Reload the example and choose again."


def check_choices(
    choices: Sequence[UUID], labels: Collection[UUID], *, verdict: Verdict, exclusive: bool
) -> list[UUID]:
    """Return the choices sorted; all are labels of the task, none is there twice.

    Args: exclusive: exactly one label is right, so an accepted answer names it.
    Raises: BadChoices (customer).
    """
    if not set(choices) <= set(labels):
        raise BadChoices("A chosen label is not one of this task's.", field="choices")
    if len(set(choices)) < len(choices):
        raise BadChoices("A label was chosen twice.", field="choices")
    if exclusive and len(choices) > 1:
        raise BadChoices("This task takes one label a text.", field="choices")
    if exclusive and not choices and verdict is Verdict.ACCEPT:
        raise BadChoices("An accepted answer names the one label that is right.", field="choices")
    return sorted(choices)
