"""No socket of the tests leaves this machine."""

import ipaddress
import sys
from typing import Any

WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg"}
RESOLVING = {"socket.getaddrinfo", "socket.gethostbyname"}


class LeftTheMachine(RuntimeError):
    """A test, or the code under test, wanted to talk to another machine."""


def stays_here(host: object) -> bool:
    """Whether an address is loopback; names other than localhost are not."""
    if host in (None, "", "localhost"):
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event in WATCHED:
        # A unix socket's address is a path; an internet address is a tuple.
        address = args[1]
        if isinstance(address, tuple) and not stays_here(address[0]):
            raise LeftTheMachine(f"{event} to {address[0]}")
    elif event in RESOLVING and not stays_here(args[0]):
        raise LeftTheMachine(f"{event} of {args[0]}")


def stay_on_this_machine() -> None:
    """Refuse from now on; the interpreter's audit hook also sees C callers."""
    sys.addaudithook(_watch)
