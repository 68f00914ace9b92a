"""Commands in: what is understood, what is refused, and who carries it out.

Rooms register a handler per command body. A handler runs in the worker's Celery, never in the link
process, inside one transaction with the inbox row, and may run again after a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from annex.contract.enums import JobRecipe
from annex.contract.inbound import ChangeLabels, ConfigSnapshot, JobCancel, JobOffer, SessionRevoke
from annex.contract.leaves import Message
from annex.contract.recipes import ARGUMENTS_OF
from django.conf import settings
from pydantic import ValidationError

B = TypeVar("B", bound=Message)
Handler = Callable[[UUID, Any], None]
LostHandler = Callable[[UUID, int], None]

BODIES: dict[str, type[Message]] = {
    "job.offer": JobOffer,
    "job.cancel": JobCancel,
    "config.snapshot": ConfigSnapshot,
    "session.revoke": SessionRevoke,
    "labels.change": ChangeLabels,
}
"""Every command this worker understands. None deletes data or raises a role."""

_handlers: dict[type[Message], Handler] = {}
_lost_handlers: list[LostHandler] = []


class CommandRefused(Exception):
    """The command will not be carried out here, now or later. Carries no text: it is reported."""


class CommandUnsupported(Exception):
    """The worker does not know the command's type."""


def handles(
    body: type[B],
) -> Callable[[Callable[[UUID, B], None]], Callable[[UUID, B], None]]:
    """Register `def handle(command_id, body) -> None` for one command body; call it from `ready()`.

    A `JobOffer` arrives after it was claimed: its `epoch` is the granted one.
    A handler raises CommandRefused for what it will never do.
    """

    def register(handler: Callable[[UUID, B], None]) -> Callable[[UUID, B], None]:
        _handlers[body] = handler
        return handler

    return register


def on_lease_lost(handler: LostHandler) -> LostHandler:
    """Register `def stop(job, epoch) -> None`, called when a strict lease is gone."""
    if handler not in _lost_handlers:
        _lost_handlers.append(handler)
    return handler


def parse_body(body: dict[str, Any]) -> Message:
    """Return the typed body.

    Raises: CommandUnsupported for an unknown type; CommandRefused for a known type with anything
        the contract does not name, or a recipe that this cluster does not run.
    """
    model = BODIES.get(str(body.get("type", "")))
    if model is None:
        raise CommandUnsupported
    try:
        parsed = model.model_validate(body)
    except ValidationError:
        # `from None`: the chained error would quote the refused values into a log.
        raise CommandRefused from None
    if isinstance(parsed, JobOffer):
        _check_offer(parsed)
    return parsed


def _check_offer(offer: JobOffer) -> None:
    if not is_allowed(offer.recipe):
        raise CommandRefused
    try:
        ARGUMENTS_OF[offer.recipe].model_validate(offer.arguments)
    except ValidationError:
        raise CommandRefused from None


def is_allowed(recipe: JobRecipe) -> bool:
    """Say whether the administrator lets this cluster run the recipe."""
    return not settings.ALLOWED_RECIPES or recipe.value in settings.ALLOWED_RECIPES


def allowed_recipes() -> list[JobRecipe]:
    """Return the recipes that are offered to the control plane as runnable here."""
    return [recipe for recipe in JobRecipe if is_allowed(recipe)]


def run_handler(command_id: UUID, body: Message) -> None:
    """Call the registered handler. Raises: CommandUnsupported when no room has registered one."""
    handler = _handlers.get(type(body))
    if handler is None:
        raise CommandUnsupported
    handler(command_id, body)


def run_lost_handlers(job: UUID, epoch: int) -> None:
    """Tell every room that works on the job to stop."""
    for handler in _lost_handlers:
        handler(job, epoch)
