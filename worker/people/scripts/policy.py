"""What the cluster's environment lets scripts do, and for whom."""

from __future__ import annotations

from enum import Enum

from annex.contract.enums import Role
from django.conf import settings

from common.errors import Forbidden
from worker.people.models import Subject
from worker.people.roles import reaches


class ScriptUse(Enum):
    """What a script does at an address that is open to it."""

    WORK = "brings data in, or asks for figures and states"
    TEXT = "takes text out"


class ScriptNotOpen(Forbidden):
    """A script token at an address, or with a method, that is for browsers alone."""

    code = "script.not_open"
    title = "Scripts cannot do this"
    what_to_do = "Open the page in a browser and sign in there."


class ScriptFromBrowser(Forbidden):
    """A script token that came with a cookie, or from a page in a browser."""

    code = "script.from_browser"
    title = "A script's token does not work in a browser"
    what_to_do = "Send it from a script, without cookies; in a browser, sign in."


class ScriptsNotAllowed(Forbidden):
    """The cluster's environment does not let this person's scripts do this."""

    code = "script.not_allowed"
    title = "Scripts may not do this here"
    what_to_do = "Use a browser, or ask whoever looks after the cluster."


def check_scripts_allowed(subject: Subject, use: ScriptUse = ScriptUse.WORK) -> None:
    """Refuse where the environment closes this to scripts. Raises: ScriptsNotAllowed."""
    approved = Role(subject.approved_role) if subject.approved_role else None
    if not lets_scripts_in(approved):
        raise ScriptsNotAllowed("This cluster lets in no scripts of people with your role.")
    if use is ScriptUse.TEXT and not settings.SCRIPT_DOWNLOADS:
        raise ScriptsNotAllowed("On this cluster, text is taken out with a browser alone.")


def lets_scripts_in(role: Role | None) -> bool:
    """Say whether people of a role may use scripts."""
    return settings.SCRIPT_ROLE is not None and reaches(role, settings.SCRIPT_ROLE)
