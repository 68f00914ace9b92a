"""Whether the kernel ended a process of this container for want of memory."""

from __future__ import annotations

from pathlib import Path

MEMORY_EVENTS = (
    Path("/sys/fs/cgroup/memory.events"),  # cgroup v2
    Path("/sys/fs/cgroup/memory/memory.oom_control"),  # cgroup v1
)


def count_memory_kills() -> int:
    """Return how many processes of this control group the kernel has killed, 0 if unknown."""
    for path in MEMORY_EVENTS:
        try:
            lines = path.read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        counts = dict(line.split(maxsplit=1) for line in lines if " " in line)
        return int(counts.get("oom_kill", 0))
    return 0
