"""`annex` answers at once: nothing heavy is imported before a command needs it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
from annex.cli.groups import load
from annex.cli.table import COMMANDS

HEAVY = ("httpx", "pydantic", "rich", "cryptography", "joserfc", "asyncio")
PROBE = """
import sys
from annex.cli.main import main
code = main(sys.argv[1:])
print("heavy:", *sorted({name.partition(".")[0] for name in sys.modules} & set(%r)))
sys.exit(code)
"""


def heavy_after(*argv: str) -> list[str]:
    """Return which heavy packages a command line has imported by its end."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE % (HEAVY,), *argv], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].removeprefix("heavy:").split()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_heavy(option: str) -> None:
    assert heavy_after(option) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_imports_nothing_heavy_of_ours(name: str) -> None:
    """Typer reads a command's parameters with pydantic; that much is not ours to choose."""
    assert set(heavy_after(name, "--help")) <= {"pydantic"}


def test_the_probe_does_see_what_is_heavy() -> None:
    import_module("annex.client")
    assert {"httpx", "pydantic"} <= {name.partition(".")[0] for name in sys.modules}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_the_table_leads_to_a_command_with_help(name: str) -> None:
    command = load(name)
    assert command.help
    for verb in getattr(command, "commands", {}).values():
        assert verb.help, f"{name} {verb.name}"
