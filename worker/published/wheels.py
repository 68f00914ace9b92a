"""Reading wheels as they are uploaded, without running anything of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from configparser import ConfigParser
from configparser import Error as BadEntryPoints
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from annex.contract.leaves import SemanticVersion
from annex.contract.published import PackageName
from pydantic import TypeAdapter, ValidationError

from worker.published.errors import BadWheels

GROUP = "annex.recipes"
FILE_NAME = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._]*)-(?P<version>[A-Za-z0-9][A-Za-z0-9._!+]*)"
    r"(-[0-9][^-]*)?-[A-Za-z0-9._]+-[A-Za-z0-9._]+-[A-Za-z0-9._]+\.whl"
)
CHUNK_BYTES = 1024 * 1024
ENTRY_POINTS_BYTES = 64 * 1024
MAX_WHEELS = 200
MAX_NAME_CHARACTERS = 255

_NAME: TypeAdapter[str] = TypeAdapter(PackageName)
_VERSION: TypeAdapter[str] = TypeAdapter(SemanticVersion)


@dataclass(frozen=True)
class ReadWheel:
    """One uploaded wheel; `has_recipes` when it names modules of recipes."""

    file_name: str
    stream: BinaryIO
    sha256: str
    name: str
    version: str
    has_recipes: bool


def read_wheel(file_name: str, stream: BinaryIO) -> ReadWheel:
    """Return what a wheel says of itself. Raises: BadWheels."""
    parts = FILE_NAME.fullmatch(file_name)
    if parts is None or len(file_name) > MAX_NAME_CHARACTERS:
        raise BadWheels("One of the files has not the name of a wheel.", field="wheels")
    name = re.sub(r"[-_.]+", "-", parts["name"]).lower()
    digest = sha256()
    stream.seek(0)
    while chunk := stream.read(CHUNK_BYTES):
        digest.update(chunk)
    has_recipes = names_recipes(stream)
    stream.seek(0)
    return ReadWheel(file_name, stream, digest.hexdigest(), name, parts["version"], has_recipes)


def names_recipes(stream: BinaryIO) -> bool:
    """Say whether a wheel names modules of recipes. Raises: BadWheels."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as wheel:
            found = [n for n in wheel.namelist() if n.endswith(".dist-info/entry_points.txt")]
            if not found:
                return False
            with wheel.open(found[0]) as entry:
                text = entry.read(ENTRY_POINTS_BYTES).decode()
        points = ConfigParser(delimiters=("=",), interpolation=None)
        points.read_string(text)
    except (zipfile.BadZipFile, BadEntryPoints, UnicodeDecodeError, NotImplementedError):
        raise BadWheels("One of the files is not a whole wheel.", field="wheels") from None
    return points.has_section(GROUP)


def package_among(wheels: Sequence[ReadWheel], name: str | None) -> tuple[str, str]:
    """Return name and version of the package that the wheels are there for.

    Args:   name: says which it is, where several of them have recipes.
    Raises: BadWheels.
    """
    if not 0 < len(wheels) <= MAX_WHEELS:
        raise BadWheels(f"Send 1 to {MAX_WHEELS} wheels.", field="wheels")
    if len({wheel.file_name for wheel in wheels}) < len(wheels):
        raise BadWheels("A wheel is there twice.", field="wheels")
    wanted = [w for w in wheels if w.has_recipes and name in (None, w.name)]
    if len(wanted) != 1:
        raise BadWheels(
            f'Exactly one wheel must name modules under the entry point group "{GROUP}".',
            field="name" if name else "wheels",
        )
    try:
        return _NAME.validate_python(wanted[0].name), _VERSION.validate_python(wanted[0].version)
    except ValidationError:
        raise BadWheels(
            "The package's name must be lower case with dashes, its version like 1.2.3.",
            field="wheels",
        ) from None


def digest_of_wheels(files: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 over file names and their digests, in the order of the names."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(files))
    return sha256(lines.encode()).hexdigest()
