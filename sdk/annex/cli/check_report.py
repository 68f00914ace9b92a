"""What `annex check` says: lines as a test runner writes them, JSON, JUnit XML.

Only the lines quote text, for whoever sits at this machine: pipelines keep JSON and XML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

import typer

from annex.cli.output import print_json
from annex.errors import BadInput


@dataclass(frozen=True)
class Check:
    """One thing that was checked; `quoted` is what only this terminal shows, text among it."""

    name: str
    group: str
    passed: bool
    expected: str
    found: str
    quoted: tuple[str, ...] = ()


def print_checks(checks: Sequence[Check], *, as_json: bool) -> None:
    """Print one line for each check, and what a failed one quotes."""
    if as_json:
        print_json([public(each) for each in checks])
        return
    for each in checks:
        mark = "ok  " if each.passed else "FAIL"
        typer.echo(f"{mark}  {each.name}: expected {each.expected}, found {each.found}")
        for line in () if each.passed else each.quoted:
            typer.echo(f"        {line}")
    passed = sum(each.passed for each in checks)
    typer.echo(f"{passed} passed, {len(checks) - passed} failed")


def public(check: Check) -> dict[str, object]:
    """Return a check without what it quotes."""
    return {key: value for key, value in asdict(check).items() if key != "quoted"}


def write_junit(checks: Sequence[Check], path: Path) -> None:
    """Write the checks as JUnit XML, without any text. Raises: BadInput."""
    failed = sum(not each.passed for each in checks)
    counts = {"tests": str(len(checks)), "failures": str(failed), "errors": "0"}
    root = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(root, "testsuite", {"name": "annex check", **counts})
    for each in checks:
        named = {"classname": each.group, "name": each.name}
        case = ElementTree.SubElement(suite, "testcase", named)
        if not each.passed:
            message = f"expected {each.expected}, found {each.found}"
            ElementTree.SubElement(case, "failure", {"message": message})
    try:
        ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
