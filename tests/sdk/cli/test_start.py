"""`annex` answers at once: nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from annex.cli.groups import load
from annex.cli.table import COMMANDS

PAGE = Path(__file__).parents[3] / "docs" / "cli.md"
HEAVY = ("httpx", "pydantic", "rich", "cryptography", "joserfc", "asyncio")
PROBE = """
import sys
from annex.cli.main import main
for words in sys.argv[1:]:
    assert main(words.split()) == 0, words
print("heavy:", *sorted({name.partition(".")[0] for name in sys.modules} & set(%r)))
"""


def heavy_after(*lines: str) -> list[str]:
    """Return which heavy packages have been imported after these command lines."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE % (HEAVY,), *lines], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].removeprefix("heavy:").split()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    assert heavy_after(option) == []


def test_the_help_of_every_command_imports_nothing_heavy_of_ours() -> None:
    """Typer reads a command's parameters with pydantic; that much is not ours to choose."""
    assert set(heavy_after(*(f"{name} --help" for name in COMMANDS))) <= {"pydantic"}


def test_the_probe_does_see_what_is_heavy() -> None:
    import_module("annex.client")
    assert {"httpx", "pydantic"} <= {name.partition(".")[0] for name in sys.modules}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_the_table_leads_to_a_command_with_help(name: str) -> None:
    command = load(name)
    assert command.help
    for verb in getattr(command, "commands", {}).values():
        assert verb.help, f"{name} {verb.name}"


def verbs() -> dict[str, set[str]]:
    """Return the options of every verb, by `noun verb`."""
    found = {}
    for name in COMMANDS:
        for verb, command in getattr(load(name), "commands", {}).items():
            found[f"{name} {verb}"] = {option for each in command.params for option in each.opts}
    return found


def test_every_list_and_show_prints_json() -> None:
    without = [
        name
        for name, options in verbs().items()
        if name.split()[1] in {"list", "show"} and "--json" not in options
    ]
    assert without == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("annex pro", ["projects"]), ("annex projects l", ["list"]), ("annex logi", ["login"])],
)
def test_the_shell_completes_commands(typed: str, offered: list[str]) -> None:
    asked = {"_ANNEX_COMPLETE": "complete_bash", "COMP_WORDS": typed}
    environment = {**os.environ, **asked, "COMP_CWORD": str(len(typed.split()) - 1)}
    program = "from annex.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == offered


WITHOUT_EXISTS_OK = {"tokens create"}
"""A secret is shown once: what is there already could not be shown again."""


def test_every_create_takes_what_exists() -> None:
    creates = {name: options for name, options in verbs().items() if name.endswith(" create")}
    assert len(creates) >= 5
    without = {name for name, options in creates.items() if "--exists-ok" not in options}
    assert without == WITHOUT_EXISTS_OK


def test_the_page_names_every_noun_and_verb() -> None:
    rows = dict(re.findall(r"^\| (.+?) \| (.+) \|$", PAGE.read_text(), re.MULTILINE))
    told = {
        f"{noun} {verb}"
        for nouns, row in rows.items()
        for noun in re.findall(r"`(\w+)`", nouns)
        for verb in re.findall(r"`(\w+)", row)
    }
    assert set(verbs()) <= told
