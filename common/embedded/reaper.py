"""End the process groups named on standard input once it closes.

Run by path and by the standard library alone: it must start in milliseconds.
Lines are `+<group> <signal>` and `-<group>`.
"""

import contextlib
import os
import signal
import sys
import time

PATIENCE_SECONDS = 5.0


def read_groups() -> dict[int, int]:
    """Read until the writer is gone and return the groups that are left, with their signals."""
    groups: dict[int, int] = {}
    for line in sys.stdin:
        if line.startswith("+"):
            group, number = line[1:].split()
            groups[int(group)] = int(number)
        else:
            groups.pop(int(line[1:]), None)
    return groups


def send(group: int, number: int) -> bool:
    """Signal a group; return whether it still exists."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
        return True
    return False


def reap(groups: dict[int, int]) -> None:
    """Ask each group to end, in the reverse order of their start, then make it."""
    for group, number in reversed(groups.items()):
        send(group, number)
    deadline = time.monotonic() + PATIENCE_SECONDS
    left = set(groups)
    while left and time.monotonic() < deadline:
        left = {group for group in left if send(group, 0)}
        time.sleep(0.05)
    for group in left:
        send(group, signal.SIGKILL)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    reap(read_groups())
