"""The command line of the stack: what was asked, and one sentence when it cannot."""

import errno
import os
import sys

from weerbaar.devstack.progress import complain, say
from weerbaar.devstack.stack import read_port, run_stack
from weerbaar.devstack.state import only_one, prepare_folder, reset
from weerbaar.embedded import CannotStart

USAGE = "Gebruik: python -m weerbaar.devstack demo|run|reset"


def main(arguments: list[str]) -> int:
    """Do what is asked; 0 when done or stopped on request, 1 when it cannot be done."""
    if arguments not in (["demo"], ["run"], ["reset"]):
        complain(USAGE)
        return 1
    try:
        _do(arguments[0])
    except CannotStart as refusal:
        complain(str(refusal))
        return 1
    except OSError as error:
        complain(_sentence(error))
        return 1
    return 0


def _do(command: str) -> None:
    if command == "reset":
        say(reset())
        return
    os.environ.setdefault("WEERBAAR_ENV", "development" if command == "run" else "demo")
    port = os.environ.get("PORT") or "8000"
    base = prepare_folder()
    with only_one(base, f"poort {port}"):
        run_stack(base, read_port(port), reload=command == "run")


def _sentence(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"De schijf is vol{where}: maak ruimte vrij en begin opnieuw."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Geen toegang{where}: controleer van wie deze map is."
    return f"Weerbaar kan niet starten: {error}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
