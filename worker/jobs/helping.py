"""Doing shards of an attempt that another process runs."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import UUID

import structlog
from annex.contract.enums import JobRecipe, JobState
from django.conf import settings

from worker.jobs.actions import claim_shard
from worker.jobs.errors import AttemptFenced
from worker.jobs.models import Attempt, Shard
from worker.jobs.process import leave_with_parent
from worker.jobs.recipes import find_recipe
from worker.jobs.remains import attempt_folder
from worker.jobs.shards import HeldShard, do_held, take_shard
from worker.jobs.supervisor import child_environment

log = structlog.get_logger(__name__)


def help_attempt(attempt_id: UUID) -> bool:
    """Take a shard and do it, and more, in a process of its own until none waits or a job does.

    Returns: whether shards still wait. Nothing is started where no slot is free or none waits.
    """
    held = claim_shard(attempt_id)
    if held is None:
        return False
    command = [sys.executable, "-m", "worker", "jobs", "help", str(held.shard.id)]
    process = subprocess.Popen(
        [*command, "--holder", str(held.shard.holder)],
        env=child_environment(),
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        status = _watch(process, held)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status != 0:
        log.warning("a process that helped a job has ended early", attempt=str(attempt_id))
    return status == 0 and attempt_id in attempts_to_help()


def _watch(process: subprocess.Popen[bytes], first: HeldShard) -> int:
    """Wait for the process and return its status; its first shard is kept while it gets ready."""
    while True:
        try:
            return process.wait(settings.JOB_HEARTBEAT_SECONDS)
        except subprocess.TimeoutExpired:
            first.beat()


def attempts_to_help() -> set[UUID]:
    """Return the running attempts with shards that nobody has taken."""
    waiting = Shard.objects.filter(state=Shard.State.WAITING, attempt__cancel_requested=False)
    running = waiting.filter(attempt__state=JobState.RUNNING.value)
    return set(running.values_list("attempt", flat=True).distinct())


def do_shards(shard_id: int, holder: UUID) -> None:
    """Be the process that does the shard that was taken for it, and then others."""
    leave_with_parent()
    shard = Shard.objects.filter(id=shard_id, holder=holder).select_related("attempt").first()
    if shard is None:
        return
    root = attempt_folder(shard.attempt)
    root.mkdir(parents=True, exist_ok=True)
    own_folder = tempfile.TemporaryDirectory(dir=root, ignore_cleanup_errors=True)
    with own_folder as folder:
        _do_all(HeldShard(shard), Path(folder))


def _do_all(first: HeldShard, folder: Path) -> None:
    attempt = first.shard.attempt
    get_ready = find_recipe(JobRecipe(attempt.recipe)).help
    if get_ready is None:
        return
    do = get_ready(attempt, folder)
    held: HeldShard | None = first
    while held is not None:
        # Lost while this process was starting, or to a faster one: there are others.
        with contextlib.suppress(AttemptFenced):
            do_held(held, do)
        if Attempt.objects.filter(state=JobState.HELD.value).exists():
            return  # another job waits for the slot
        held = take_shard(attempt.id, is_helped=True)
