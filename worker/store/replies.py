"""What is said in answer to an example without a label: a text, or which of its options."""

from __future__ import annotations

from annex.contract.enums import Verdict

from common.errors import InvalidRequest


class BadWritten(InvalidRequest):
    """An accepted answer without words, or words that nobody was asked for."""

    code = "answer.bad_written"
    title = "The written text does not fit the task"
    what_to_do = "Write something, or reject or ignore the example."


class BadPicked(InvalidRequest):
    """An option that the example does not have, or a verdict that does not go with one."""

    code = "answer.bad_picked"
    title = "The picked option does not fit the example"
    what_to_do = "Reload the example and pick again."


def check_written(written: str | None, verdict: Verdict) -> str:
    """Return the text, empty when there is none. Raises: BadWritten (customer)."""
    if verdict is Verdict.ACCEPT and not (written or "").strip():
        raise BadWritten("An accepted answer has words.", field="written")
    return written or ""


def check_picked(picked: int | None, verdict: Verdict, options: int) -> int | None:
    """Return the place of the option that an accepted answer takes; others take none.

    Args: options: how many there are. Raises: BadPicked (customer).
    """
    if verdict is not Verdict.ACCEPT:
        if picked is not None:
            raise BadPicked("Only an accepted answer picks an option.", field="picked")
    elif picked is None or picked >= options:
        raise BadPicked("An accepted answer picks one of the options.", field="picked")
    return picked
