"""The one typed reader of the environment.

Every setting of either plane is declared once with `declare`: a name, a parser, a default
(or `REQUIRED`), one sentence and a unit. Nothing else reads `ANNEX_*` variables. Each setting
also accepts `NAME_FILE`, the path of a file that holds the value, for mounted secrets.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from common.errors import AnnexError, Family

T = TypeVar("T")


class Required:
    """Marks a setting that has no default."""

    def __repr__(self) -> str:
        return "REQUIRED"


REQUIRED: Final = Required()


class EnvironmentProblem(AnnexError):
    """A setting is missing or unreadable. Never carries the value: it may be a secret."""

    code = "environment.invalid"
    family = Family.CUSTOMER
    status = 500
    title = "A setting of this installation is missing or wrong"
    what_to_do = "Set the named environment variable, or its _FILE form, and start again."


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One declared environment variable.

    `unit` says what the value is counted or written in: "seconds", "URL", "folder", "text".
    """

    name: str
    parse: Callable[[str], T]
    default: T | Required
    sentence: str
    unit: str
    secret: bool = False

    def read(self, environment: Mapping[str, str] | None = None) -> T:
        """Return the typed value.

        Raises: EnvironmentProblem (customer) when it is missing, doubled or does not parse.
        """
        raw = read_raw(self.name, os.environ if environment is None else environment)
        if raw is None:
            return self._default()
        try:
            return self.parse(raw)
        except ValueError as error:
            # `from None`: a chained ValueError would repeat the raw, perhaps secret, value.
            raise EnvironmentProblem(
                f"{self.name} cannot be read as {self.unit}.", field=self.name
            ) from (None if self.secret else error)

    def _default(self) -> T:
        if isinstance(self.default, Required):
            raise EnvironmentProblem(f"{self.name} is not set: {self.sentence}", field=self.name)
        return self.default


REGISTRY: dict[str, Setting[Any]] = {}


def declare(
    name: str,
    parse: Callable[[str], T],
    *,
    default: T | Required,
    sentence: str,
    unit: str,
    secret: bool = False,
) -> Setting[T]:
    """Register one setting and return it. A name can be declared once."""
    if name in REGISTRY:
        raise ValueError(f"{name} is declared twice")
    setting = Setting(name, parse, default, sentence, unit, secret)
    REGISTRY[name] = setting
    return setting


def read_raw(name: str, environment: Mapping[str, str]) -> str | None:
    """Return the text of NAME or of the file named by NAME_FILE; an empty value counts as unset."""
    direct, path = environment.get(name), environment.get(f"{name}_FILE")
    if direct and path:
        raise EnvironmentProblem(f"Both {name} and {name}_FILE are set.", field=name)
    if not path:
        return direct or None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise EnvironmentProblem(
            f"The file named by {name}_FILE cannot be read.", field=f"{name}_FILE"
        ) from error


def parse_bool(raw: str) -> bool:
    """Read true/false, yes/no, on/off, 1/0."""
    word = raw.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ValueError("expected true or false")


def parse_list(raw: str) -> tuple[str, ...]:
    """Read comma-separated words; blanks fall away."""
    return tuple(part.strip() for part in raw.split(",") if part.strip())


def parse_origin(raw: str) -> str:
    """Read `scheme://host[:port]` without a path or trailing slash."""
    origin = raw.strip().rstrip("/")
    scheme, separator, host = origin.partition("://")
    if scheme not in {"http", "https"} or not separator or not host or "/" in host:
        raise ValueError("expected an origin such as https://annex.example.org")
    return origin
