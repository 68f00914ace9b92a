"""An installable wheel of a pipeline, made without a network, a build tool or a project's words.

A wheel is a zip file with a RECORD of digests. Source: packaging.python.org, binary distribution
format; the entry point is what `spacy.load(name)` looks for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from worker.predictors.pipeline import files_in

VERSION = "1.0.0"
INIT = '''"""A spaCy pipeline; load it with `spacy.load("{name}")`."""

from pathlib import Path

from spacy.util import load_model_from_path

__version__ = "{version}"


def load(**overrides):
    """Return the pipeline."""
    return load_model_from_path(Path(__file__).parent / "pipeline", **overrides)
'''
METADATA = """Metadata-Version: 2.1
Name: {distribution}
Version: {version}
Summary: A pipeline for spaCy.
Requires-Python: >=3.10
Requires-Dist: spacy>=3.8.7,<3.9
"""
WHEEL = """Wheel-Version: 1.0
Generator: annex
Root-Is-Purelib: true
Tag: py3-none-any
"""


@dataclass(frozen=True)
class Wheel:
    """Names of one wheel; none comes from the project."""

    model_id: UUID

    @property
    def name(self) -> str:
        """Return the importable name, also the one for `spacy.load`."""
        return f"annex_model_{self.model_id.hex[:8]}"

    @property
    def file_name(self) -> str:
        """Return the file's name as pip wants it."""
        return f"{self.name}-{VERSION}-py3-none-any.whl"

    @property
    def info(self) -> str:
        """Return the name of the metadata folder within."""
        return f"{self.name}-{VERSION}.dist-info"


def write_wheel(pipeline: Path, target: Path, wheel: Wheel, meta: dict[str, Any]) -> None:
    """Write a pipeline's folder as a wheel to `target`.

    Args: meta: joins the pipeline's own meta.json: config, seed, snapshot, scores.
    """
    inner = f"{wheel.name}/pipeline"
    full_meta = own_meta(pipeline, wheel) | meta
    content = {
        f"{wheel.name}/__init__.py": INIT.format(name=wheel.name, version=VERSION).encode(),
        f"{wheel.name}/meta.json": to_json(full_meta),
        **{
            f"{inner}/{path.relative_to(pipeline)}": path.read_bytes()
            for path in files_in(pipeline)
        },
        f"{inner}/meta.json": to_json(full_meta),
        f"{wheel.info}/METADATA": metadata(wheel).encode(),
        f"{wheel.info}/WHEEL": WHEEL.encode(),
        f"{wheel.info}/entry_points.txt": f"[spacy_models]\n{wheel.name} = {wheel.name}\n".encode(),
    }
    content[f"{wheel.info}/RECORD"] = record(content, f"{wheel.info}/RECORD").encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in content.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)


def own_meta(pipeline: Path, wheel: Wheel) -> dict[str, Any]:
    """Return the pipeline's meta.json under the wheel's name."""
    meta: dict[str, Any] = json.loads((pipeline / "meta.json").read_text(encoding="utf-8"))
    return meta | {"name": wheel.name, "version": VERSION}


def metadata(wheel: Wheel) -> str:
    """Return the METADATA file."""
    return METADATA.format(distribution=wheel.name, version=VERSION)


def record(content: dict[str, bytes], own_name: str) -> str:
    """Return the RECORD file: name, digest and length of every other file."""
    lines = []
    for name, data in content.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        lines.append(f"{name},sha256={digest},{len(data)}")
    return "\n".join([*lines, f"{own_name},,", ""])


def to_json(value: Any) -> bytes:
    """Return readable JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False).encode()
