"""What a published job leaves in its output folder becomes one file for its developers.

The folder is a stranger's: a link in it may point at the worker's own files, so no link is
followed and nothing but plain files is read.
"""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from annex.contract.enums import FailureCode

from worker.jobs.context import JobContext
from worker.jobs.errors import JobFailure
from worker.store.files import stored_files
from worker.store.models import Artefact

MAX_FILES = 1000
MAX_BYTES = 2 * 1024**3


def keep_output(context: JobContext, folder: Path, name: str) -> None:
    """Pack the folder's files and keep them under the job's id; nothing when there are none.

    Raises: JobFailure for more than may be kept.
    """
    archive = context.folder / "output.zip"
    count = pack(folder, archive)
    if count == 0:
        return
    key = output_key(context.job)
    with archive.open("rb") as stream:
        written = stored_files().put(key, stream)
    fields = {
        "project_id": context.project_id,
        "kind": Artefact.Kind.EXPORT,
        "file_key": key,
        "file_name": f"{name}.zip",
        "size_bytes": written.size_bytes,
        "sha256": written.sha256,
        "details": {"format": None, "examples": count, "not_expressible": 0},
    }
    with context.write():
        Artefact.objects.update_or_create(id=context.job, defaults=fields)


def remove_output(job: UUID) -> None:
    """Remove what a job that did not succeed has kept."""
    Artefact.objects.filter(id=job).delete()
    stored_files().delete(output_key(job))


def output_key(job: UUID) -> str:
    """Return where a job's output lies in the store."""
    return f"exports/{job}.zip"


def pack(folder: Path, archive: Path) -> int:
    """Pack the plain files below a folder; return how many there were. Raises: JobFailure."""
    count = size = 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, file in plain_files(folder):
            with file:
                count, size = count + 1, size + os.fstat(file.fileno()).st_size
                if count > MAX_FILES or size > MAX_BYTES:
                    detail = f"It gave more than {MAX_FILES:,} files or {MAX_BYTES:,} bytes."
                    raise JobFailure(FailureCode.RECIPE_FAILED, detail=detail)
                with packed.open(str(path), "w", force_zip64=True) as entry:
                    shutil.copyfileobj(file, entry)
    return count


def plain_files(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Yield each plain file below a folder, opened, with its path in it; by name."""
    for root, folders, names, descriptor in os.fwalk(folder, follow_symlinks=False):
        folders.sort()
        for name in sorted(names):
            file = _open_plain(name, descriptor)
            if file is not None:
                yield Path(root).relative_to(folder) / name, file


def _open_plain(name: str, folder: int) -> BinaryIO | None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(name, flags, dir_fd=folder)
    except OSError:
        return None  # a link, or gone by now
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    return os.fdopen(descriptor, "rb")
