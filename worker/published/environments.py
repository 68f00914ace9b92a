"""Environments of installed packages: made on the local disk of whichever pod needs one."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import annex
from django.conf import settings

from worker.published import fence
from worker.published.models import Package
from worker.published.process import bare_environment, fenced_command
from worker.published.sdk import copy_sdk, sdk_digest
from worker.store.files import stored_files

INSTALL_SECONDS = 900
LOG_CHARACTERS = 20_000
MAKING = "making-"
HOUSE = Path(__file__).parents[2]
PYTHON = f"cp{sys.version_info.major}{sys.version_info.minor}"


class InstallFailed(Exception):
    """Installing or describing a package failed; `log` says how, and stays on the cluster."""

    def __init__(self, log: str) -> None:
        super().__init__("package.not_installable")
        self.log = log[-LOG_CHARACTERS:].replace("\0", "")


@dataclass(frozen=True)
class Environment:
    """An environment that is whole; `log` is empty when it had been made before."""

    folder: Path
    log: str = ""

    @property
    def command(self) -> list[str]:
        """The command line that serves one of its recipes."""
        return [str(self.folder / "bin" / "python"), "-I", "-m", "annex.recipes.process"]

    @property
    def readable(self) -> list[Path]:
        """What its processes read beside the interpreter's own library."""
        return [self.folder]


class OwnEnvironment(Environment):
    """The worker's own environment, in which built-in recipes run."""

    @property
    def command(self) -> list[str]:
        """The command line that serves one of the built-in recipes."""
        return [sys.executable, "-I", str(HOUSE / "worker" / "builtin" / "process.py")]

    @property
    def readable(self) -> list[Path]:
        """What is installed here, and the code of the worker: it holds no secret."""
        sdk = Path(annex.__file__).parents[1]
        return [self.folder, sdk, HOUSE / "worker", HOUSE / "common"]


def own_environment() -> Environment:
    """Return the worker's own environment."""
    return OwnEnvironment(Path(sys.prefix))


def environment_of(package: Package) -> Environment:
    """Return the package's environment on this machine, making it when there is none.

    Of several processes that want to make it one does, and the others wait. It is made aside and
    moved to its place when it is whole.
    Raises: InstallFailed.
    """
    folder = environments_root() / f"{package.digest}-{PYTHON}-{sdk_digest()}"
    if folder.is_dir():
        return Environment(folder)
    with locked(folder.with_suffix(".lock")):
        if folder.is_dir():
            return Environment(folder)
        aside = Path(tempfile.mkdtemp(prefix=MAKING, dir=folder.parent))
        try:
            log = install_into(aside, package)
            aside.replace(folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return Environment(folder, log)


def remove_abandoned_environments() -> None:
    """Remove what a process was making when it was killed."""
    longest_ago = time.time() - 2 * INSTALL_SECONDS
    for folder in environments_root().glob(f"{MAKING}*/"):
        if folder.stat().st_mtime < longest_ago:
            shutil.rmtree(folder, ignore_errors=True)


def environments_root() -> Path:
    """Return the folder of this machine's environments; it exists."""
    root = Path(settings.LOCAL_FOLDER).absolute() / "environments"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock that ends with the process at the latest."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def install_into(folder: Path, package: Package) -> str:
    """Make an environment and install the package's wheels into it, without any network.

    What it needs of `annex` is the worker's own and there before.

    Returns: what pip said. Raises: InstallFailed.
    """
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    copy_sdk(packages)
    house = folder / "wheels"
    house.mkdir()
    fetch_wheels(package, house)
    log = run_fenced(
        [
            *(sys.executable, "-I", "-m", "pip", "--python", str(folder / "bin" / "python")),
            *("--isolated", "--disable-pip-version-check", "--no-input", "--no-cache-dir"),
            # Only wheels: building from sources would run code before there is a fence for it.
            *("install", "--no-index", "--find-links", str(house), "--only-binary", ":all:"),
            f"{package.name}=={package.version}",
        ],
        folder=folder,
        readable=[Path(sys.prefix)],
        limits={"NOFILE": 1024, "CORE": 0, "CPU": INSTALL_SECONDS},
    )
    shutil.rmtree(house)
    return log


def fetch_wheels(package: Package, house: Path) -> None:
    """Copy the package's wheels out of the store, under their own names."""
    for wheel in package.wheels.all():
        shutil.copyfile(stored_files().path(wheel.file_key), house / wheel.file_name)


def run_fenced(
    argv: list[str], *, folder: Path, readable: list[Path], limits: dict[str, int]
) -> str:
    """Run a program that may write to the folder, and to nothing else, and return what it said.

    Raises: InstallFailed with that, when it does not end well.
    """
    command = fenced_command(argv, readable=readable, writable=[folder], limits=limits)
    try:
        done = subprocess.run(
            command,
            env=bare_environment(folder),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=INSTALL_SECONDS,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise InstallFailed(f"Not done within {INSTALL_SECONDS} seconds.") from late
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode == fence.NOT_FENCED:
        raise InstallFailed(f"{said}ANNEX_RECIPES_UNFENCED=true runs recipes all the same.")
    if done.returncode != 0:
        raise InstallFailed(f"{said}\nEnded with status {done.returncode}.")
    return said
