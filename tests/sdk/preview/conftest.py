"""A package on the bench, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sdk.preview.workshop import Visitor, visiting, write_build, write_package


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_package(tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def visitor(folder: Path, built: Path) -> Iterator[Visitor]:
    with visiting(folder, built) as visitor:
        yield visitor


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A package for a test that changes it."""
    return write_package(tmp_path / "works")


@pytest.fixture
def own(own_folder: Path, built: Path) -> Iterator[Visitor]:
    """Somebody who looks at that package."""
    with visiting(own_folder, built) as visitor:
        yield visitor
