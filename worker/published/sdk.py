"""The worker's own `annex`, put into each environment with all that it needs.

So a recipe's process speaks the worker's own protocol, whatever the laptop had that published it.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import annex

SDK = "annex"
NAME = re.compile(r"[A-Za-z0-9._-]+")
COMPILED = "__pycache__"


@cache
def sdk_digest() -> str:
    """Return a digest of the worker's own `annex`, which names environments apart."""
    package = Path(annex.__file__).parent
    digest = sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def copy_sdk(packages: Path) -> None:
    """Copy `annex` and what it needs, as it is installed here, into a folder of packages."""
    for found in sdk_distributions():
        is_sdk = found.metadata["Name"] == SDK
        for file in found.files or ():
            is_ours = is_sdk and not file.parts[0].endswith(".dist-info")
            if is_ours or ".." in file.parts or COMPILED in file.parts:
                continue  # ours may be a link to its source; programs are none of a recipe's needs
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(str(found.locate_file(file))), target)
    source = Path(annex.__file__).parent
    shutil.copytree(source, packages / SDK, ignore=shutil.ignore_patterns(COMPILED))


def sdk_distributions() -> list[Distribution]:
    """Return `annex` and the installed distributions that it needs, each once."""
    found: dict[str, Distribution] = {}
    wanted = [SDK]
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for other systems or other versions of Python
        wanted += [_name_of(need) for need in found[name].requires or () if "extra ==" not in need]
    return list(found.values())


def _name_of(requirement: str) -> str:
    match = NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""
