"""Celery's beat, kept alive.

The worker starts beat as a child process and never looks at it again: if that one child is killed,
nothing sweeps any more and nobody notices. This step looks, and starts another.
"""

from __future__ import annotations

from typing import Any, Final

import structlog
from celery import bootsteps
from celery.worker.components import Beat, Timer

log = structlog.get_logger(__name__)
LOOK_SECONDS: Final = 2.0


class BeatWatch(bootsteps.StartStopStep):
    """Part of a worker that was started with `--beat`."""

    requires = (Timer, Beat)

    def start(self, parent: Any) -> None:
        """Look at beat every few seconds."""
        if parent.beat is not None:
            parent.timer.call_repeatedly(LOOK_SECONDS, revive_beat, args=(parent,))


def revive_beat(worker: Any) -> None:
    """Start beat again if it has died."""
    if worker.beat.is_alive():
        return
    log.warning("beat has died and is started again")
    for step in worker.steps:
        if isinstance(step, Beat):
            # The step's own object is the one that a stop of the worker stops.
            step.obj = step.create(worker)
            step.obj.start()
