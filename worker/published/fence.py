"""Fences a process in, then becomes the program it was asked for.

The worker runs this file with a bare interpreter (`python -I -S fence.py PLAN`), so that nothing
has to happen between fork and exec in a process that may have threads. It is Linux's own
machinery throughout; none of it needs root, and none of it can be taken back by what runs inside:

- no new privileges, no capabilities, killed when its parent dies;
- Landlock: reads the interpreter, system libraries and what the plan names; writes its scratch
  folder alone. So neither the worker's files of secrets nor `/proc` of its processes can be read;
- seccomp: no socket of any kind, and nothing that reaches into other processes or the kernel;
- limits of memory, processor time, files and processes.

Imports the standard library only.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

NOT_FENCED: Final = 97
"""Exit status when the kernel lacks a part of the fence and the plan insists on it."""

SYSTEM: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
LOOKED_AT: Final = (
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
    *("/etc/localtime", "/usr/share/zoneinfo", "/sys/devices/system/cpu"),
    *("/proc/cpuinfo", "/proc/meminfo"),
    # What the standard library and pip ask of a system, and expect to be able to read.
    *("/etc/mime.types", "/etc/os-release", "/etc/debian_version", "/etc/lsb-release"),
    *("/etc/redhat-release", "/etc/alpine-release"),
)

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SIGKILL: Final = 9

_libc: Final = ctypes.CDLL(None, use_errno=True)


class NotFenced(OSError):
    """The kernel refused a part of the fence."""


def main() -> None:
    """Fence this process in as the plan says, and become its program."""
    plan: dict[str, Any] = json.loads(sys.argv[1])
    die_with_parent(plan["parent"])
    refused = fence_in(plan["readable"], plan["writable"])
    if refused and plan["insist"]:
        os.write(2, f"The kernel refused the fence: {'; '.join(refused)}\n".encode())
        os._exit(NOT_FENCED)
    limit(plan["limits"])
    os.execve(plan["argv"][0], plan["argv"], dict(os.environ))


def hide_memory() -> None:
    """Close this process's memory and environment to others of the same user."""
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends, also if that was just now."""
    _libc.prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(NOT_FENCED)


def fence_in(readable: Iterable[str], writable: Iterable[str]) -> list[str]:
    """Give up privileges, files and the network for good. Returns: what the kernel refused."""
    refused = []
    parts = (
        give_up_privileges,
        partial(restrict_files, list(readable), list(writable)),
        give_up_network,
    )
    for part in parts:
        try:
            part()
        except NotFenced as problem:
            refused.append(problem.strerror or "")
    return refused


def give_up_privileges() -> None:
    """Never have more rights than now, and now none beyond a plain user's. Raises: NotFenced."""
    _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    drop_capabilities()


def give_up_network() -> None:
    """Refuse sockets, or where that cannot be, move to where they lead nowhere."""
    try:
        refuse_calls()
    except NotFenced:
        leave_network()


def limit(limits: dict[str, int]) -> None:
    """Set both bounds of each limit, named as in `resource` without `RLIMIT_`."""
    for name, wanted in limits.items():
        number = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(number)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(number, (most, most))


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise NotFenced(number, f"{what}: {os.strerror(number)}")
    return result


def _call(number: int, *arguments: Any) -> int:
    return int(_libc.syscall(ctypes.c_long(number), *arguments))


# --- capabilities --------------------------------------------------------------------------------

CAPSET: Final = {"x86_64": 126, "aarch64": 91}
CAPABILITY_VERSION_3: Final = 0x20080522


def drop_capabilities() -> None:
    """Give up every capability; with no new privileges, exec brings none of them back."""
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    _checked(_call(CAPSET[_machine()], header, bytes(24)), "capset")


def _machine() -> str:
    machine = platform.machine()
    if machine not in CAPSET:
        raise NotFenced(0, f"there is no fence for {machine}")
    return machine


# --- files: Landlock -----------------------------------------------------------------------------

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
TRUNCATE, IOCTL_DEVICE = 1 << 14, 1 << 15
OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEVICE
READING: Final = EXECUTE | READ_FILE | READ_DIR
FILE_ACCESS_OF_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15}
"""How many kinds of access a version of Landlock knows; from 5 on there are 16."""
WITH_NETWORK, WITH_SCOPES = 4, 6
"""The versions that brought the next two."""
NETWORK: Final = 0b11
SCOPES: Final = 0b11
"""Abstract sockets and signals to processes outside."""


def restrict_files(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow reading and writing below the given paths only. Raises: NotFenced."""
    version = _checked(_call(CREATE_RULESET, None, 0, 1), "Landlock")
    handled = (1 << FILE_ACCESS_OF_VERSION.get(version, 16)) - 1
    # Each version of the attribute adds a field at its end: files, network, scopes.
    known = [handled]
    known += [NETWORK] if version >= WITH_NETWORK else []
    known += [SCOPES] if version >= WITH_SCOPES else []
    attribute = struct.pack(f"={len(known)}Q", *known)
    rules = _checked(_call(CREATE_RULESET, attribute, len(attribute), 0), "Landlock's rules")
    for path in (*SYSTEM, *LOOKED_AT, *readable):
        _allow(rules, path, READING & handled)
    _allow(rules, "/dev/null", (READ_FILE | WRITE_FILE) & handled)
    for path in writable:
        _allow(rules, path, handled)
    _checked(_call(RESTRICT_SELF, rules, 0), "Landlock's restriction")
    os.close(rules)


def _allow(rules: int, path: str, access: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there need not be allowed
    access = access if Path(path).is_dir() else access & OF_FILES
    rule = struct.pack("=Qi", access, place)
    _checked(_call(ADD_RULE, rules, 1, rule, 0), f"Landlock's rule for {path}")
    os.close(place)


# --- calls: seccomp ------------------------------------------------------------------------------

ARCHITECTURE: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
REFUSED: Final = {
    "x86_64": {
        "socket": 41, "ptrace": 101, "mount": 165, "unshare": 272, "perf_event_open": 298,
        "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "bpf": 321,
        "io_uring_setup": 425, "pidfd_getfd": 438,
    },
    "aarch64": {
        "mount": 40, "unshare": 97, "ptrace": 117, "socket": 198, "perf_event_open": 241,
        "setns": 268, "process_vm_readv": 270, "process_vm_writev": 271, "bpf": 280,
        "io_uring_setup": 425, "pidfd_getfd": 438,
    },
}  # fmt: skip
"""io_uring opens sockets of its own, hence among them. `socketpair` leads nowhere and is not."""
SECCOMP_MODE_FILTER: Final = 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
AT_NUMBER, AT_ARCHITECTURE = 0, 4
KILL, ALLOW, NOT_PERMITTED = 0x80000000, 0x7FFF0000, 0x00050001
X32: Final = 0x40000000
"""The bit of x86-64's second set of call numbers, which would get around a list of the first."""


def refuse_calls() -> None:
    """Make the refused calls fail with EPERM, here and in all children. Raises: NotFenced."""
    packed = b"".join(struct.pack("=HBBI", *each) for each in _program(_machine()))
    kept = ctypes.create_string_buffer(packed, len(packed))
    # struct sock_fprog: a length, padding to the pointer, the pointer.
    program = struct.pack("@HxxxxxxP", len(packed) // 8, ctypes.addressof(kept))
    done = _libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)
    _checked(done, "seccomp")


def _program(machine: str) -> list[tuple[int, int, int, int]]:
    """Return the filter: (operation, steps to skip if so, if not, operand)."""
    numbers = sorted(REFUSED[machine].values())
    tests = [(AT_LEAST, X32), *((EQUAL, number) for number in numbers)]
    checks = [(code, len(tests) - n, 0, operand) for n, (code, operand) in enumerate(tests)]
    return [
        (LOAD, 0, 0, AT_ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURE[machine]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, AT_NUMBER),
        *checks,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, NOT_PERMITTED),
    ]


NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def leave_network() -> None:
    """Move to a network of one's own with nothing in it, where seccomp is not to be had."""
    _checked(_libc.unshare(NEW_USER | NEW_NETWORK), "unshare")


if __name__ == "__main__":
    main()
