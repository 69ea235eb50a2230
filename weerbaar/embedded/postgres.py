"""A PostgreSQL cluster of our own on a private unix socket, without a network port."""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from weerbaar.embedded import folders, programs, roles
from weerbaar.embedded.children import Child, start_child
from weerbaar.embedded.refusal import CannotStart

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # A failing statement may carry what somebody wrote: it never goes to the log.
    "log_min_error_statement": "panic",
    "log_min_messages": "fatal",
}
# For a cluster that nobody misses: a crash may lose rows.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SERVER_ENV = {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
# After a kill -9 the old server's children take a second or two to notice.
PATIENCE = 30


@dataclass
class Cluster:
    """A running cluster: the folder of its socket and its process."""

    socket: Path
    child: Child

    def stop(self) -> None:
        """Stop now, with everything committed on disk."""
        self.child.stop()


def start_cluster(base: Path, *, throwaway: bool = False) -> Cluster:
    """Start the cluster under `base`, making it the first time.

    Works as root as well: the server then runs under an account that is already there.
    Raises CannotStart with a sentence when there is no PostgreSQL, or it will not run.
    """
    data, socket = base / "pg", folders.socket_folder(base)
    account = folders.server_account(data)
    binaries = programs.postgres_programs(other_account=account is not None)
    folders.give_folder(socket, account)
    if not data.exists():
        _make_data(data, binaries, account, throwaway=throwaway)
    _refuse_other_version(data, binaries)
    settings = {
        **SETTINGS,
        **(THROWAWAY if throwaway else {}),
        "unix_socket_directories": str(socket),
    }
    command: list[str | Path] = [binaries / "postgres", "-D", data]
    command += [f"--{name}={value}" for name, value in settings.items()]
    return Cluster(socket, _start(command, socket, base / "postgres.log", account))


def _make_data(
    data: Path, binaries: Path, account: tuple[int, int] | None, *, throwaway: bool
) -> None:
    """Make the cluster's files; a half-made cluster never gets the final name."""
    unfinished = data.with_name("pg.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    folders.give_folder(unfinished, account)
    command = [str(binaries / "initdb"), "-D", str(unfinished), "-U", roles.SUPERUSER]
    command += ["-A", "trust", "-E", "UTF8", *_locale(binaries)]
    done = subprocess.run(
        [*command, *(["--no-sync"] if throwaway else [])],
        cwd="/",
        env=SERVER_ENV,
        capture_output=True,
        text=True,
        user=account[0] if account else None,
        group=account[1] if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["initdb"])[-1]
        raise CannotStart(f"De database kan niet worden aangemaakt: {reason}")
    unfinished.rename(data)


def _locale(binaries: Path) -> list[str]:
    """Letters of every language have capitals, also without the system's locales."""
    if programs.postgres_version(binaries) >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=en_US.UTF-8"]


def _refuse_other_version(data: Path, binaries: Path) -> None:
    made_by = int((data / "PG_VERSION").read_text())
    found = programs.postgres_version(binaries)
    if made_by != found:
        raise CannotStart(
            f"De gegevens zijn van PostgreSQL {made_by} en hier draait {found}: kies "
            "de goede met WEERBAAR_PG_BIN, of wis de gegevens met make demo-reset."
        )


def _start(
    command: list[str | Path], socket: Path, log: Path, account: tuple[int, int] | None
) -> Child:
    deadline = time.monotonic() + PATIENCE
    while True:
        child = start_child(
            "de database",
            command,
            log=log,
            env=SERVER_ENV,
            account=account,
            # To PostgreSQL SIGINT means: now, and cleanly ("fast shutdown").
            stop_with=signal.SIGINT,
        )
        if _answers(child, socket, deadline):
            return child
        child.stop()
        if time.monotonic() > deadline:
            reason = child.last_lines(1) or "hij antwoordt niet"
            raise CannotStart(f"De database start niet: {reason}")
        time.sleep(0.3)


def _answers(child: Child, socket: Path, deadline: float) -> bool:
    """Wait until the server takes connections; False when it ended or took too long."""
    while child.alive() and time.monotonic() < deadline:
        # The socket of a server that was killed is still there: ask for our own one.
        if _lock_holder(socket) == child.process.pid:
            try:
                roles.connect(socket, roles.SUPERUSER).close()
            except psycopg.OperationalError:
                pass
            else:
                return True
        time.sleep(0.02)
    return False


def _lock_holder(socket: Path) -> int:
    """The process that PostgreSQL wrote into its socket's lock file."""
    try:
        return int((socket / ".s.PGSQL.5432.lock").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def given_from_outside() -> bool:
    """Whether the environment names a database server, so that we start none."""
    return bool(os.environ.get("PGHOST"))
