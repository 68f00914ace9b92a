"""Nothing enters without a reason, and everything comes from the public registries."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENT = re.compile(r'^    "(?P<name>[A-Za-z0-9_.-]+)(?:\[[^\]]*\])?[^"]*",(?P<rest>.*)$')


@pytest.mark.parametrize("project", ["pyproject.toml", "sdk/pyproject.toml"])
def test_every_python_dependency_has_its_reason(project: str) -> None:
    text = (REPOSITORY / project).read_text().partition("[tool.uv]")[0]
    lines = [match for line in text.splitlines() if (match := REQUIREMENT.match(line))]
    assert len(lines) >= 6
    without = [m["name"] for m in lines if not re.match(r"\s+# \w+", m["rest"])]
    assert without == []


def test_the_sdk_stays_light() -> None:
    text = (REPOSITORY / "sdk/pyproject.toml").read_text()
    names = {m["name"] for line in text.splitlines() if (m := REQUIREMENT.match(line))}
    light = {"pydantic", "httpx", "typer", "rich", "joserfc", "cryptography", "docstring-parser"}
    assert names == light | {"pip"}


def test_the_lock_names_public_hosts_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (REPOSITORY / "uv.lock").read_text()))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_every_javascript_dependency_has_its_row() -> None:
    frontend = REPOSITORY / "frontend"
    table = (frontend / "DEPENDENCIES.md").read_text()
    explained = set(re.findall(r"`([^`]+)`", table))
    for manifest in (frontend / "package.json", *sorted(frontend.glob("*/package.json"))):
        package = json.loads(manifest.read_text())
        used = {*package.get("dependencies", {}), *package.get("devDependencies", {})}
        ours = {name for name in used if name.startswith("@annex/")}
        assert used - ours <= explained, f"{manifest} uses what DEPENDENCIES.md does not explain"
