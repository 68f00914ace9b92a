"""Who is killed: the processes of the worker, found from the top down."""

from __future__ import annotations

from collections.abc import Callable

import psutil

from tests.chaos.world import World

Find = Callable[[World], psutil.Process | None]


def managed(name: str) -> Find:
    """Return how to find a process that the supervisor started."""
    return lambda world: psutil.Process(world.planes.supervisor.child(name).pid)


def find_server_child(world: World) -> psutil.Process | None:
    """Find the process of granian that serves requests."""
    children = psutil.Process(world.planes.supervisor.child("worker-web").pid).children()
    return children[0] if children else None


def find_job_process(world: World) -> psutil.Process | None:
    """Find the process of a running attempt."""
    for process_id in world.job_process_ids():
        process = psutil.Process(process_id)
        if "jobs" in process.cmdline():
            return process
    return None


def find_celery_child(world: World) -> psutil.Process | None:
    """Find the Celery child that supervises a running attempt."""
    job = find_job_process(world)
    return job.parent() if job else None


def find_beat(world: World) -> psutil.Process | None:
    """Find Celery's beat: the one child of the master that is not of the pool, as Celery says."""
    master = psutil.Process(world.planes.supervisor.child("worker-celery").pid)
    pool = set(world.celery_pool_ids())
    return next((child for child in master.children() if pool and child.pid not in pool), None)


VICTIMS: dict[str, Find] = {
    "job process": find_job_process,
    "Celery child": find_celery_child,
    "Celery beat": find_beat,
    "Celery master": managed("worker-celery"),
    "link": managed("link"),
    "annotation server's child": find_server_child,
    "annotation server": managed("worker-web"),
}


def kill(world: World, name: str) -> int | None:
    """Kill one with SIGKILL. Returns: its process id, or None when there is none just now."""
    try:
        process = VICTIMS[name](world)
        if process is None:
            return None
        process.kill()
    except psutil.NoSuchProcess:
        return None
    return int(process.pid)
