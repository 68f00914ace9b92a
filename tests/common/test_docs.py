"""What the pages say about each other is true: links lead somewhere, no decision is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DECISIONS = REPOSITORY / "docs" / "decisions"
PAGES = sorted([REPOSITORY / "README.md", *(REPOSITORY / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://)([^)#\s]+)")
SECTION = re.compile(r"docs/protocol\.md section (\d+)")
PYTHON = [
    source
    for room in ("api", "common", "controlplane", "sdk", "worker")
    for source in (REPOSITORY / room).rglob("*.py")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_pages_were_found() -> None:
    names = {page.name for page in PAGES}
    assert {"README.md", "architecture.md", "protocol.md", "threat-model.md"} <= names


def test_every_decision_is_in_the_index_under_its_own_title() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    pages = sorted(DECISIONS.glob("2*.md"))
    titles = {page.name: page.read_text(encoding="utf-8").splitlines()[0] for page in pages}
    listed = {name: f"# {title}" for title, name in re.findall(r"\[(.+?)\]\((.+?)\)", index)}
    assert listed == titles


def test_sections_that_the_code_cites_exist() -> None:
    protocol = (REPOSITORY / "docs" / "protocol.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^## (\d+)\.", protocol, flags=re.MULTILINE))
    cited = {number for s in PYTHON for number in SECTION.findall(s.read_text(encoding="utf-8"))}
    assert cited
    assert cited <= sections
