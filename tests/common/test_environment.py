from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.environment import (
    REGISTRY,
    REQUIRED,
    EnvironmentProblem,
    Setting,
    parse_bool,
    parse_list,
    parse_origin,
)

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = ("api", "benchmarks", "common", "controlplane", "examples", "worker")


def declaring_modules() -> Iterator[str]:
    """Every module of ours that calls `declare`."""
    for room in ROOMS:
        for source in sorted((REPOSITORY / room).rglob("*.py")):
            if any(is_declaration(node) for node in ast.walk(ast.parse(source.read_text()))):
                yield ".".join(source.relative_to(REPOSITORY).with_suffix("").parts)


def is_declaration(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    return ast.unparse(node.func) in {"declare", "environment.declare"}


@pytest.fixture(scope="module")
def registry() -> dict[str, Setting[object]]:
    for module in declaring_modules():
        importlib.import_module(module)
    return REGISTRY


def test_the_walk_finds_the_planes_and_the_house() -> None:
    rooms = {module.partition(".")[0] for module in declaring_modules()}
    assert {"common", "controlplane", "worker"} <= rooms


def an_integer(default: object = REQUIRED, *, secret: bool = False) -> Setting[object]:
    return Setting("ANNEX_X", int, default, "A number for this test.", "jobs", secret)


def test_every_setting_declares_itself(registry: dict[str, Setting[object]]) -> None:
    assert len(registry) > 30
    for name, setting in registry.items():
        assert name.startswith("ANNEX_"), name
        assert setting.sentence.endswith("."), f"{name} needs a sentence"
        assert len(setting.sentence.split()) >= 4, f"{name} needs a sentence"
        assert setting.unit, f"{name} needs a unit"


def test_every_default_is_of_the_type_that_parsing_gives(
    registry: dict[str, Setting[object]],
) -> None:
    for name, setting in registry.items():
        if isinstance(setting.default, str) and setting.default:
            assert setting.parse(setting.default) == setting.default, name


def sources() -> Iterator[Path]:
    for plane in ("controlplane", "api", "worker", "common"):
        yield from (REPOSITORY / plane).rglob("*.py")


def names_read_directly(source: Path) -> list[str]:
    """ANNEX_* names that a file looks up in os.environ or with getenv."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_lookup, values = node.func.attr in {"get", "getenv"}, node.args[:1]
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            is_lookup, values = True, [node.slice]
        else:
            continue
        constants = [v.value for v in values if isinstance(v, ast.Constant)]
        names = [value for value in constants if isinstance(value, str)]
        found += [name for name in names if is_lookup and name.startswith("ANNEX_")]
    return found


def test_nobody_reads_our_variables_past_the_registry() -> None:
    past = {str(source): names for source in sources() if (names := names_read_directly(source))}
    assert past == {}


def test_reads_the_value() -> None:
    assert an_integer().read({"ANNEX_X": "7"}) == 7


def test_reads_a_file_without_its_last_newline(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("7\n")
    assert an_integer().read({"ANNEX_X_FILE": str(secret)}) == 7


def test_value_and_file_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="Both"):
        an_integer().read({"ANNEX_X": "7", "ANNEX_X_FILE": str(tmp_path)})


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        an_integer().read({"ANNEX_X_FILE": str(tmp_path / "missing")})
    assert caught.value.field == "ANNEX_X_FILE"


@pytest.mark.parametrize("environment", [{}, {"ANNEX_X": ""}])
def test_unset_and_empty_give_the_default(environment: dict[str, str]) -> None:
    assert an_integer(3).read(environment) == 3


def test_a_required_setting_says_what_it_is_for() -> None:
    with pytest.raises(EnvironmentProblem, match="A number for this test"):
        an_integer().read({})


def test_a_wrong_secret_is_not_repeated_anywhere() -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        an_integer(secret=True).read({"ANNEX_X": "hunter2"})
    assert "hunter2" not in repr(caught.value.to_problem())
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(("raw", "value"), [("Yes", True), ("1", True), ("off", False)])
def test_booleans(raw: str, value: bool) -> None:
    assert parse_bool(raw) is value


@pytest.mark.parametrize("raw", ["maybe", "2", " "])
def test_other_words_are_no_booleans(raw: str) -> None:
    with pytest.raises(ValueError, match="true or false"):
        parse_bool(raw)


def test_lists_lose_blanks() -> None:
    assert parse_list(" a, ,b ,") == ("a", "b")


def test_an_origin_loses_its_slash() -> None:
    assert parse_origin("https://annex.example.org/") == "https://annex.example.org"


@pytest.mark.parametrize("raw", ["annex.example.org", "ftp://x", "https://", "https://x/path"])
def test_other_addresses_are_no_origins(raw: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        parse_origin(raw)
