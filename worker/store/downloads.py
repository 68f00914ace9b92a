"""Handing files to people, each time with a row in the cluster's own log."""

from __future__ import annotations

import re
from base64 import b64encode

from django.http import FileResponse

from worker.people.access_log import note_access
from worker.people.authentication import Caller
from worker.people.models import What
from worker.store.files import stored_files
from worker.store.models import Artefact

UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def download_artefact(artefact: Artefact, *, caller: Caller, count: int) -> FileResponse:
    """Return the artefact as a download that no browser opens in place.

    Args:     count: examples or files taken out, for the log.
    Raises:   FileMissing (customer).      Effects: one access row.
    """
    stream = stored_files().open(artefact.file_key)
    is_export = artefact.kind == Artefact.Kind.EXPORT
    what = What.EXPORT_DOWNLOADED if is_export else What.MODEL_DOWNLOADED
    note_access(
        what,
        subject=caller.subject_id,
        noun=artefact.id,
        count=count,
        by_script=caller.by_script,
    )
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=safe_name(artefact.file_name),
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Repr-Digest"] = representation_digest(artefact.sha256)
    return response


def representation_digest(sha256: str) -> str:
    """Return a hexadecimal digest as the header says it, so that whoever downloads can check.

    Source: RFC 9530 section 3.
    """
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"


def safe_name(name: str) -> str:
    """Return the name without what a file system or a header could take for more than a name."""
    return UNSAFE.sub("_", name).strip(". ")[-200:] or "download"
