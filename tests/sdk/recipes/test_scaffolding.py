"""What `annex recipes init` writes builds, and describes itself the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from annex.recipes.scaffolding import BadPackageName, write_package
from annex.recipes.wheels import (
    BuildFailed,
    build_wheelhouse,
    describe_wheelhouse,
    read_wheel,
)


def test_a_new_package_builds_and_describes_itself(tmp_path: Path) -> None:
    folder = tmp_path / "polite-words"
    written = write_package(folder)
    assert [path.name for path in written][:2] == ["README.md", "recipes.py"]
    house = build_wheelhouse(folder, _folder(tmp_path / "wheels"))
    assert (house.name, house.version, len(house.wheels)) == ("polite-words", "0.1.0", 1)
    package = describe_wheelhouse(house, tmp_path / "site")
    assert [recipe.name for recipe in package.recipes] == ["polite.pick"]
    assert [field.name for field in package.recipes[0].fields] == ["source", "question", "length"]


def test_a_package_brings_what_it_needs_but_not_annex(tmp_path: Path) -> None:
    folder = tmp_path / "polite"
    write_package(folder)
    needed = tmp_path / "needed"
    write_package(needed)
    about = folder / "pyproject.toml"
    needs = f'dependencies = ["annex", "needed @ {needed.as_uri()}"]'
    about.write_text(
        about.read_text().replace('dependencies = ["annex"]', needs)
        + "\n[tool.hatch.metadata]\nallow-direct-references = true\n"
    )
    with_annex = needed / "pyproject.toml"
    with_annex.write_text(with_annex.read_text().replace('dependencies = ["annex"]', ""))
    house = build_wheelhouse(folder, _folder(tmp_path / "wheels"))
    assert [read_wheel(wheel)[0] for wheel in house.wheels] == ["polite", "needed"]


def test_a_package_that_breaks_when_imported_says_why(tmp_path: Path) -> None:
    write_package(tmp_path / "polite")
    (tmp_path / "polite" / "polite" / "recipes.py").write_text("raise RuntimeError('at import')\n")
    house = build_wheelhouse(tmp_path / "polite", _folder(tmp_path / "wheels"))
    with pytest.raises(BuildFailed) as failed:
        describe_wheelhouse(house, tmp_path / "site")
    assert "at import" in failed.value.output


def test_a_package_that_does_not_build_says_why(tmp_path: Path) -> None:
    write_package(tmp_path / "polite")
    (tmp_path / "polite" / "pyproject.toml").write_text("[project\n")
    with pytest.raises(BuildFailed) as failed:
        build_wheelhouse(tmp_path / "polite", _folder(tmp_path / "wheels"))
    assert "TOMLDecodeError" in failed.value.output


@pytest.mark.parametrize("name", ["Polite", "1st", "po_lite", "p" * 60])
def test_a_name_that_no_package_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadPackageName):
        write_package(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "polite").mkdir()
    (tmp_path / "polite" / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError):
        write_package(tmp_path / "polite")
    assert [path.name for path in (tmp_path / "polite").iterdir()] == ["mine.txt"]


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
