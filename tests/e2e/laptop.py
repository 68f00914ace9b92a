"""A developer's machine: a folder, and `annex` signed in on both planes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from examples.demo.cluster import Cluster
from examples.demo.console import Console
from examples.demo.planes import Planes

BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Laptop:
    """A folder, and an environment in which `annex` knows both planes."""

    folder: Path
    environment: Mapping[str, str]

    def annex(self, *words: str, status: int = 0, said: str | None = None) -> str:
        """Run a command line and return what it printed. Args: said: its standard input."""
        done = subprocess.run(
            [str(BIN / "annex"), *words],
            cwd=self.folder,
            env=dict(self.environment),
            input=said,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + (done.stderr if status else "")

    def asked(self, *words: str) -> Any:
        """Run a command line with --json and return what it said."""
        return json.loads(self.annex(*words, "--json"))


def laptop_of(
    planes: Planes, console: Console, cluster: Cluster, folder: Path, **environment: str
) -> Laptop:
    """Sign in as scripts do where there is no browser: with a token of each plane.

    Args: environment: further variables, which go before the usual ones.
    """
    subject = cluster.get("/api/session")["subject"]
    token = console.post("tokens", {"name": f"laptop {uuid4()}", "role": "developer"})["secret"]
    known = {
        "ANNEX_CONFIG_DIR": str(folder / "config"),
        "ANNEX_HOST": planes.console_origin,
        "ANNEX_TOKEN": token,
        "ANNEX_CLUSTER": planes.worker_origin,
        "ANNEX_CLUSTER_TOKEN": planes.work("people", "script-token", "--subject", subject).strip(),
    }
    return Laptop(folder, {**os.environ, **known, **environment})
