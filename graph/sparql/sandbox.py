"""What a query worker gives up before it reads a query: new sockets, core files, memory without end."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

_ALLOW, _EPERM, _KILL = 0x7FFF0000, 0x00050001, 0x00000000  # SECCOMP_RET_ALLOW, _ERRNO|EPERM, _KILL
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # classic BPF, see linux/bpf_common.h
_X32 = 0x40000000  # second system call table of x86_64
_IO_URING_SETUP = 425
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # audit architecture, number of socket(2)


def forbid_sockets() -> bool:
    """Make socket(2) fail with EPERM in this thread and all that it starts later; False where Linux cannot do so."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    architecture, call = _CALLS[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, call),
        (_EQUAL, 1, 0, _IO_URING_SETUP),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]
    return _install(b"".join(struct.pack("HBBI", *step) for step in steps), len(steps))


def _install(code: bytes, steps: int) -> bool:
    """prctl(PR_SET_NO_NEW_PRIVS), then prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program)."""
    buffer = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("HP", steps, ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    if libc.prctl(38, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    return bool(libc.prctl(22, ctypes.c_ulong(2), ctypes.byref(program), zero, zero) == 0)


def limit_memory(more: int) -> None:
    """Let this process grow by `more` bytes and no further, and leave no core file; a lower limit that is set stays.

    macOS accepts RLIMIT_AS and ignores it: there a thread looks at the resident size ten times a second.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        set_before = (limit for limit in resource.getrlimit(resource.RLIMIT_AS) if limit != resource.RLIM_INFINITY)
        most = min(address_space() + more, *set_before, sys.maxsize)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    else:
        threading.Thread(target=_watch, args=(_peak() + more,), daemon=True).start()


def address_space() -> int:
    """Bytes of address space this process holds; 0 where the system does not say."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")


def available_memory() -> int:
    """Bytes of memory, with that on disk, that the system can give to whoever asks; all that it has where it is silent.

    What a container may take is not in it.
    """
    with suppress(OSError, KeyError, ValueError):
        lines = (line.split() for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines())
        sizes = {fields[0]: int(fields[1]) for fields in lines}
        return 1024 * (sizes["MemAvailable:"] + sizes["SwapFree:"])
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def be_killed_first() -> None:
    """Where the system runs out of memory and has to kill something, it is to be this process; Linux can be told so."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def _watch(most: int) -> None:
    while _peak() <= most:
        time.sleep(0.1)
    os.abort()
