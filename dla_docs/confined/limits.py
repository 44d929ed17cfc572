"""What bounds a process: memory, the size of a file, the life of those it starts.

The system holds these limits where it has them (Linux whole, macOS in part); where it has none,
on Windows, the time that `process.py` gives is the only bound.
"""

import ctypes
import os
import signal
import sys

if sys.platform != "win32":
    import resource

MEMORY = 2 << 30
"""Bytes that a confined process may hold, and pandoc which it starts: a document of the
demonstration takes 150 MB, its fonts and libraries included (measured)."""
COMMAND_MEMORY = 4 << 30
"""Bytes that the command itself may hold: ten thousand dossiers examined together take half."""
FILE = 1 << 30
"""Bytes of the largest file a confined process may write, in its scratch folder."""
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG, of <linux/prctl.h>."""


def bind(memory: int, file: int | None = None) -> None:
    """Limit this process and those it will start. A limit already narrower stays."""
    if sys.platform == "win32":
        return
    # DATA, not AS: what is only reserved, by the dozen of gigabytes in some programs, is no memory.
    wanted = {resource.RLIMIT_DATA: memory, resource.RLIMIT_CORE: 0}
    if file is not None:
        wanted[resource.RLIMIT_FSIZE] = file
    for kind, most in wanted.items():
        soft, hard = resource.getrlimit(kind)
        least = min(n for n in (most, soft, hard) if n != resource.RLIM_INFINITY)
        resource.setrlimit(kind, (least, hard))


def work_for(seconds: int) -> None:
    """Give this process some more seconds of computing, past which the system ends it.

    For the orphan that cannot see that its parent is dead, busy in one long computation.
    """
    if sys.platform == "win32":
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    if hard == resource.RLIM_INFINITY or until < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


# Loaded before any child is born: nothing may be looked for between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def at_birth() -> None:
    """`preexec_fn` of a child: where the system can (Linux), it dies with its parent."""
    if _LIBC is not None:
        _LIBC.prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if sys.platform != "win32":
        # That of its parent counts one job, and this child will do many.
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


AT_BIRTH = None if sys.platform == "win32" else at_birth
"""What `Popen` takes as `preexec_fn`: Windows knows none."""


def end_group() -> None:
    """Kill this process and those it started, where it leads a group of its own."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
