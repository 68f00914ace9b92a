"""How a recipe fails, and the record of it, which stays on the cluster."""

from __future__ import annotations

from django.db import models


class FailureKind(models.TextChoices):
    """What happened to a recipe's process."""

    RAISED = "recipe.raised", "The recipe raised an error"
    EXITED = "recipe.exited", "The recipe's process ended"
    TIMED_OUT = "recipe.timed_out", "The recipe did not answer in time"
    GARBAGE = "recipe.garbage", "The recipe's process answered what is no answer"
    TOO_LONG = "recipe.too_long", "The recipe's process said more than may be said at once"
    BAD_EXAMPLE = "recipe.bad_example", "The recipe gave an example that cannot be stored"
    BAD_ANSWER = "recipe.bad_answer", "The recipe gave an answer that cannot be saved"
    UNFENCED = "recipe.unfenced", "This machine cannot fence a recipe in"


class RecipeFailed(Exception):
    """A recipe did not do what it was asked.

    Its text is the kind alone, because it may end in a log. `message`, `traceback` and `output`
    may quote customers' text.
    """

    def __init__(
        self, kind: FailureKind, *, message: str = "", traceback: str = "", output: str = ""
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.message = message
        self.traceback = traceback
        self.output = output
