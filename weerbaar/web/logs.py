"""Lines of the log: what went wrong and where, never with whose words (SEC-5)."""

import logging
import time
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

Fault = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)


class Wordless(logging.Formatter):
    """A line, and of a fault its kind and the places in the code that it came by.

    The text of an exception is left out, for it may quote what somebody typed ("invalid
    literal …", "Key (email)=(…)"), and so is the source, which may hold an example.
    Moments are in UTC (ASVS 16.2.2); a line break in a line cannot begin another.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def format(self, record: logging.LogRecord) -> str:
        """One record; what another formatter made of its fault is not taken over."""
        told = logging.makeLogRecord(record.__dict__)
        told.exc_text = None
        told.args = _without_fault(record.args)
        text = told.getMessage() + _by_whom(getattr(record, "request", None))
        told.msg, told.args = _on_one_line(text), None
        return super().format(told)

    def formatException(self, ei: Fault) -> str:
        """The kinds and places, the newest fault first."""
        return "\n".join(_places(ei[1]))


def _by_whom(request: Any) -> str:
    """The id of somebody with an account, where the request found out already.

    Never asks the database: it may be the reason of the line.
    """
    user: Any = getattr(request, "_cached_user", None)
    return f" by {user.pk}" if user and user.is_authenticated else ""


def _on_one_line(text: str) -> str:
    """Line breaks and other signs that steer a terminal, as they are spelled."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _without_fault(arguments: Any) -> Any:
    """What a line is filled with, an exception by its kind alone.

    Celery gives its lines a mapping, in which `exc` is the exception in words.
    """
    if isinstance(arguments, dict):
        told = {name: _kind_of(value) for name, value in arguments.items()}
        return told | ({"exc": "(left out)"} if "exc" in told else {})
    if isinstance(arguments, tuple):
        return tuple(_kind_of(value) for value in arguments)
    return arguments


def _kind_of(value: Any) -> Any:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _places(fault: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield f"{type(fault).__module__}.{type(fault).__qualname__}"
        for frame in traceback.extract_tb(fault.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        fault = fault.__cause__ or fault.__context__
