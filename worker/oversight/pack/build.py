"""Put the pack together: a folder or a zip."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Final

from annex import ledger_verifier
from annex.contract.canonical import sha256_hex
from annex.contract.manifest import PROTOCOL, egress_manifest

from worker.link.version import WORKER_VERSION
from worker.oversight.pack.dependencies import dependencies_page
from worker.oversight.pack.egress import egress_page
from worker.oversight.pack.flows import flows_page
from worker.oversight.pack.settings_page import settings_page
from worker.oversight.pack.table import table

REPOSITORY: Final = Path(__file__).resolve().parents[3]
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The same content gives the same zip."""
WHAT: Final = {
    "egress.md": "every request and event, every field, what it can and what it cannot carry",
    "egress-manifest.json": "the same as JSON schemas; it is committed, so a review shows a change",
    "data-flows.md": "which process connects where, on which port, and whether text is in it",
    "threat-model.md": "who is not trusted with what, and which test holds it",
    "protocol.md": "how cluster and control plane talk",
    "settings.md": "every environment variable, secrets marked",
    "dependencies.md": "every package with its version and licence",
    "verify_ledger.py": "checks a downloaded ledger; read it before you run it",
}


def pack_files() -> dict[str, bytes]:
    """Return the files of the pack by name, made from the code that runs."""
    docs = REPOSITORY / "docs"
    manifest = json.dumps(egress_manifest(), indent=2, sort_keys=True) + "\n"
    files = {
        "egress.md": egress_page().encode(),
        "egress-manifest.json": manifest.encode(),
        "data-flows.md": flows_page().encode(),
        "threat-model.md": (docs / "threat-model.md").read_bytes(),
        "protocol.md": (docs / "protocol.md").read_bytes(),
        "settings.md": settings_page().encode(),
        "dependencies.md": dependencies_page(REPOSITORY).encode(),
        "verify_ledger.py": Path(ledger_verifier.__file__).read_bytes(),
    }
    return {"README.md": _readme(files)} | files


def write_pack(folder: Path) -> list[Path]:
    """Write the pack into a folder, made if need be, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in pack_files().items():
        paths.append(folder / name)
        paths[-1].write_bytes(content)
    return paths


def pack_zip() -> bytes:
    """Return the pack as one zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pack_files().items():
            archive.writestr(zipfile.ZipInfo(f"annex-approval-pack/{name}", ZIP_DATE), content)
    return stream.getvalue()


def _readme(files: dict[str, bytes]) -> bytes:
    rows = [(f"`{name}`", WHAT[name], f"`{sha256_hex(body)}`") for name, body in files.items()]
    return f"""# Approval pack of Annex

For whoever approves that Annex runs in your network. Made by `python -m worker pack <folder>` from
the code that is installed: worker {WORKER_VERSION}, protocol {PROTOCOL}. Make it again after an
upgrade and compare.

In short: the text stays on the cluster. One process dials out, to one host, and can only say ids,
enums, numbers and digests. Whatever it says is written to a ledger on the cluster first. Nobody
reads a text whom you have not approved on the cluster. You can cut the line at any moment.

{table(("file", "what it is", "SHA-256"), rows)}""".encode()
