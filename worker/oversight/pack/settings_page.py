"""Every environment variable of the worker."""

from __future__ import annotations

from typing import Any

from common import server
from common.environment import REQUIRED, Setting
from worker.oversight.pack.table import table
from worker.settings import environment


def worker_settings() -> list[Setting[Any]]:
    """Return what the worker's processes read, in the order of declaration."""
    declared = [*vars(environment).values(), *vars(server).values()]
    return [setting for setting in declared if isinstance(setting, Setting)]


def settings_page() -> str:
    """Return the settings as a table; values in force are not in it, defaults are."""
    rows = [
        (f"`{s.name}`", s.sentence, s.unit, _default(s), "**yes**" if s.secret else "no")
        for s in worker_settings()
    ]
    head = ("variable", "what it is", "unit", "default", "secret?")
    return f"""# Settings

Each can also be given as `NAME_FILE`, the path of a file that holds the value; use that for
secrets. Of the rest of the environment only boto3 reads, and only where buckets are configured
without keys.

{table(head, rows)}"""


def _default(setting: Setting[Any]) -> str:
    if setting.default is REQUIRED:
        return "required"
    if setting.default in (None, (), {}):
        return "none"
    return f"`{setting.default}`"
