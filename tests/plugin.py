"""pytest plugin: a throw-away PostgreSQL, in memory where there is room.

It sets the environment before Django reads it. `PGHOST` from outside wins: then that
server is used and nothing is started (docs/adr/0006).

Several processes (`-n`): each has its own servers and folder, and the one that hands
the tests out has none.
"""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.loopback import stay_on_this_machine
from weerbaar.embedded import APP, DATABASES, CannotStart, plan_broker, start_cluster
from weerbaar.embedded.roles import prepare_database

PREFIX = "weerbaar-test-"
ROOM = 1 << 30
SHARED_MEMORY = Path("/dev/shm")
# What this process set itself, told to the processes that it starts.
MADE = "WEERBAAR_TEST_MADE"
_cleaners: list[Callable[[], object]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers before pytest-django loads the settings."""
    for name in os.environ.pop(MADE, "").split():
        os.environ.pop(name, None)
    given = dict(os.environ)
    try:
        prepare(servers=not _hands_out(early_config))
    except CannotStart as refusal:
        stop_all()
        pytest.exit(str(refusal), returncode=1)
    ours = [name for name in os.environ if name not in given]
    os.environ[MADE] = " ".join(ours)
    stay_on_this_machine()


def pytest_unconfigure() -> None:
    """Stop what we started."""
    stop_all()


def stop_all() -> None:
    """Stop and remove everything, the youngest first."""
    while _cleaners:
        _cleaners.pop()()


def _hands_out(config: pytest.Config) -> bool:
    """Whether other processes run the tests; with a debugger they do not."""
    options = config.known_args_namespace
    at_work = "PYTEST_XDIST_WORKER" in os.environ
    return bool(options.numprocesses) and not (at_work or options.usepdb)


def prepare(*, servers: bool) -> None:
    base = _fresh_folder()
    _cleaners.append(lambda: shutil.rmtree(base, ignore_errors=True))
    socket = None
    if servers and not os.environ.get("PGHOST"):
        cluster = start_cluster(base, throwaway=True)
        _cleaners.append(cluster.stop)
        socket = cluster.socket
        for name in DATABASES:
            prepare_database(socket, name)
        for name in ("PGPORT", "PGPASSWORD", "PGSERVICE", "PGOPTIONS"):
            os.environ.pop(name, None)
        os.environ.update(PGHOST=str(socket), PGDATABASE="weerbaar", PGUSER=APP)
    broker = plan_broker(base, socket).url if servers else "memory://"
    (base / "static").mkdir()
    os.environ.update(
        WEERBAAR_ENV="test",
        WEERBAAR_TEST_FOLDER=str(base),
        WEERBAAR_STATE=str(base / "state"),
        STATIC_ROOT=str(base / "static"),
        SECRET_KEY=secrets.token_urlsafe(48),
        RECEIPT_PEPPER=secrets.token_urlsafe(32),
        BROKER_URL=broker,
        AUDIT_WITNESSES="een@getuige.example,twee@getuige.example",
    )
    (base / "state").mkdir(mode=0o700)


def _fresh_folder() -> Path:
    """A folder of this run: in memory when a gigabyte is free, else the usual place."""
    in_memory = (
        os.access(SHARED_MEMORY, os.W_OK)
        and shutil.disk_usage(SHARED_MEMORY).free > ROOM
    )
    parent = SHARED_MEMORY if in_memory else Path(tempfile.gettempdir())
    _sweep(parent)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=parent))
    # The server's own account must pass through; what is inside is closed by itself.
    made.chmod(0o711)
    return made


def _sweep(parent: Path) -> None:
    """Remove what a run left that was killed; its server died with it."""
    for folder in parent.glob(f"{PREFIX}*"):
        process = folder.name.removeprefix(PREFIX).partition("-")[0]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    if sys.platform == "linux":
        return Path(f"/proc/{process}").exists()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
