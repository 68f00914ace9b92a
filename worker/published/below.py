"""What every package's environment falls back on: the worker's own packages, `annex` before all."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import annex


def platform_paths() -> list[Path]:
    """Return the folders of the worker's own packages."""
    own = Path(annex.__path__[0]).parent
    return list(dict.fromkeys([own, Path(sysconfig.get_path("purelib"))]))


def lay_platform_below(environment: Path) -> None:
    """Let an environment find, behind what its package brings, what the worker has installed.

    A recipe's process has to speak the protocol of the worker that started it, so `annex` is never
    the package's own.
    """
    (packages,) = environment.glob("lib/python*/site-packages")
    lines = "".join(f"{path}\n" for path in platform_paths())
    (packages / "zz_platform.pth").write_text(lines, encoding="utf-8")
