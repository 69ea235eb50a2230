"""Processes that we start and that never outlive us."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent(stop_with: signal.Signals) -> Callable[[], None] | None:
    """Have the kernel stop the child when we are gone, also after a kill -9 (Linux)."""
    if _libc is None:
        return None

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(stop_with))

    return ask_kernel


class LastWords(Exception):
    """A process ended that should have gone on; the text is the end of its log."""


@dataclass
class Child:
    """A process in a session of its own, so that Ctrl-C reaches only us."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stop_with: signal.Signals = signal.SIGTERM

    def alive(self) -> bool:
        return self.process.poll() is None

    def last_lines(self, count: int = 12) -> str:
        """The end of its log, for the person at the terminal."""
        with contextlib.suppress(OSError):
            return "\n".join(
                self.log.read_text(errors="replace").strip().splitlines()[-count:]
            )
        return ""

    def stop(self, *, patience: float = 10) -> None:
        """Ask it to stop; after `patience` seconds insist, its children included."""
        if self.alive():
            self.process.send_signal(self.stop_with)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start_child(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path | None,
    env: Mapping[str, str],
    cwd: Path = Path("/"),
    account: tuple[int, int] | None = None,
    stop_with: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start `command`, its output into `log` (None: our own terminal)."""
    output = log.open("ab") if log else None
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with_parent(stop_with),
            user=account[0] if account else None,
            group=account[1] if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        if output:
            output.close()
    return Child(name, process, log or Path(os.devnull), stop_with)
