"""Folders that belong to us alone, and accounts that may enter them."""

import os
import pwd
import stat
import tempfile
from pathlib import Path

from weerbaar.embedded.refusal import CannotStart

# A unix socket's path may be 107 bytes on Linux and 103 on macOS, name included.
LONGEST_SOCKET_FOLDER = 80


def reachable(path: Path) -> bool:
    """Whether any account can walk to `path`: each folder above it can be passed."""
    return all(p.stat().st_mode & stat.S_IXOTH for p in (path, *path.parents))


def server_account(data: Path) -> tuple[int, int] | None:
    """The account that runs PostgreSQL, which refuses root; None: our own.

    Data that is already there keeps its owner. No account is made, ever.
    """
    if os.geteuid() != 0:
        return None
    if data.exists():
        found = data.stat()
        return found.st_uid, found.st_gid
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise CannotStart(
        "PostgreSQL draait niet als root en het account 'nobody' bestaat hier niet: "
        "start dit als gewone gebruiker."
    )


def claim_folder(path: Path, *, mode: int = 0o700) -> Path:
    """Make `path`, or accept it when it is a real folder of our own.

    In a shared place such as /var/tmp somebody else could have put it there first.
    """
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise CannotStart(
            f"De map {path} is van een andere gebruiker: verwijder die map, of start "
            "dit als die gebruiker."
        )
    path.chmod(mode)
    return path


def give_folder(path: Path, account: tuple[int, int] | None) -> Path:
    """Make `path` private to the account that runs the server."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    if account:
        os.chown(path, *account)
    return path


def socket_folder(base: Path) -> Path:
    """Where the sockets go: under `base`, or in the system's short temporary folder."""
    if len(os.fsencode(base / "sock")) <= LONGEST_SOCKET_FOLDER:
        return base / "sock"
    short = base / "sock-path"
    if short.exists() and Path(short.read_text()).is_dir():
        return Path(short.read_text())
    made = Path(tempfile.mkdtemp(prefix="weerbaar-", dir="/tmp"))
    short.write_text(str(made))
    return made
