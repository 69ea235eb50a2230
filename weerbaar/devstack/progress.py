"""Lines that tell what is going on, each with its seconds."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(BaseException):
    """Somebody asked us to stop: Ctrl-C, or a signal."""


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say what starts; when it is done, how long it took. A failure ends the line."""
    begun = time.monotonic()
    print(f"{what} ... ", end="", flush=True)
    try:
        yield
    except Stop:
        say("afgebroken")
        raise
    except BaseException:
        say("niet gelukt")
        raise
    print(seconds(time.monotonic() - begun), flush=True)


def seconds(duration: float) -> str:
    """A duration in Dutch: 1,2 s."""
    return f"{duration:.1f} s".replace(".", ",")


def say(text: str) -> None:
    """One line, at once, also when the terminal is a file."""
    print(text, flush=True)


def complain(text: str) -> None:
    """The one sentence of a refusal."""
    sys.stdout.flush()
    print(text, file=sys.stderr, flush=True)
