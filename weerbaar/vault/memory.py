"""What a process does so that opened words stay in its memory and nowhere else.

A core dump writes memory to disk, and another program of the same account may read it
with a debugger. Both are closed at the start of everything that opens or signs
(crypto.md 3a); swap is closed by the units of docs/deploy.
"""

import ctypes
import resource
import sys

# linux/prctl.h
PR_SET_DUMPABLE = 4


def keep_memory_in() -> None:
    """No core dump of this process, nor of those it forks; on Linux no debugger either.

    Raises OSError when the system refuses: then the process should not start.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "The memory of this process stays open.")
