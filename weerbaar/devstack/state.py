"""What the stack keeps between two runs, in one folder: data, secrets, mail, logs."""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from weerbaar.embedded import CannotStart, claim_folder, reachable

ROOT = Path(__file__).resolve().parents[2]
NEEDED = 500 * 1024 * 1024
SECRETS = ("secret_key", "receipt_pepper")


def state_folder() -> Path:
    """Where everything is kept: `.run/`, or a folder that PostgreSQL can enter.

    As root the server runs under another account, which cannot walk through a closed
    home; we never open somebody's home for it.
    """
    if given := os.environ.get("WEERBAAR_RUN"):
        return Path(given).absolute()
    if os.geteuid() == 0 and not reachable(ROOT):
        key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
        return Path("/var/tmp") / f"weerbaar-run-{key}"  # noqa: S108
    return ROOT / ".run"


def prepare_folder() -> Path:
    """Make the state folder; refuse a full disk while there is nothing to break."""
    base = claim_folder(state_folder(), mode=0o711 if os.geteuid() == 0 else 0o700)
    free = shutil.disk_usage(base).free
    if free < NEEDED:
        raise CannotStart(
            f"De schijf is vol: er is {free // 1024**2} MB vrij bij {base} en er is "
            f"{NEEDED // 1024**2} MB nodig. Maak ruimte vrij en begin opnieuw."
        )
    for name in ("state", "secrets", "log", "static", "beat"):
        claim_folder(base / name)
    return base


def make_secrets(base: Path) -> dict[str, str]:
    """Make each secret once, readable by its owner only; give the files' names."""
    names = {}
    for name in SECRETS:
        path = base / "secrets" / name
        if not path.exists():
            _write_private(path, secrets.token_urlsafe(48))
        names[f"{name.upper()}_FILE"] = str(path)
    return names


@contextmanager
def made_whole(base: Path) -> Iterator[None]:
    """Fill a new database in one go: what was broken off starts anew next time."""
    unfinished = base / "unfinished"
    if unfinished.exists():
        for name in ("pg", "state"):
            shutil.rmtree(base / name, ignore_errors=True)
        claim_folder(base / "state")
    if not (base / "pg").exists():
        unfinished.touch()
    yield
    unfinished.unlink(missing_ok=True)


def _write_private(path: Path, content: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content)
    unfinished.rename(path)


@contextmanager
def only_one(base: Path, doing: str) -> Iterator[None]:
    """Hold the state folder for ourselves; the kernel lets go of it when we end."""
    with (base / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "een ander proces"
            raise CannotStart(
                f"Weerbaar draait hier al ({holder}): stop dat eerst met Ctrl-C."
            ) from None
        lock.truncate(0)
        lock.write(f"proces {os.getpid()}, {doing}")
        lock.flush()
        yield


def reset() -> str:
    """Remove the state folder with all data; give the sentence that says so."""
    base = state_folder()
    if not base.exists():
        return "Er waren geen gegevens om te wissen. Beginnen: make demo"
    with only_one(claim_folder(base, mode=base.stat().st_mode & 0o777), "wissen"):
        shutil.rmtree(base)
    return f"Alle gegevens in {base} zijn gewist. Opnieuw beginnen: make demo"
