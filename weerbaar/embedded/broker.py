"""Celery's broker: Valkey on a private unix socket, else the embedded PostgreSQL."""

import os
import socket as sockets
import time
from dataclasses import dataclass
from pathlib import Path

from weerbaar.embedded import folders, roles
from weerbaar.embedded.children import Child, start_child
from weerbaar.embedded.programs import valkey_program
from weerbaar.embedded.refusal import CannotStart

QUEUE_DATABASE = "weerbaar_queue"
SETTINGS = (
    *("--port", "0", "--unixsocketperm", "700", "--save", ""),
    # What was queued survives a crash; and a full memory refuses instead of forgetting.
    *("--appendonly", "yes", "--appendfsync", "everysec"),
    *("--maxmemory-policy", "noeviction", "--loglevel", "warning"),
)
PATIENCE = 10


@dataclass
class Broker:
    """Where Celery's broker will be, and the program that makes it so."""

    url: str
    program: Path | None = None
    folder: Path | None = None
    socket: Path | None = None
    child: Child | None = None

    def start(self) -> None:
        """Start the server, when it is one of ours; raises CannotStart."""
        if self.program is None or self.folder is None or self.socket is None:
            return
        self.folder.mkdir(exist_ok=True)
        command: list[str | Path] = [self.program, *SETTINGS]
        self.child = start_child(
            "de wachtrij",
            [*command, "--unixsocket", self.socket, "--dir", self.folder],
            log=self.folder / "valkey.log",
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"},
        )
        deadline = time.monotonic() + PATIENCE
        while not _answers(self.socket):
            if not self.child.alive() or time.monotonic() > deadline:
                reason = self.child.last_lines(1) or "hij antwoordt niet"
                self.child.stop()
                raise CannotStart(f"De wachtrij (Valkey) start niet: {reason}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it with what was queued on disk; without effect when it is not ours."""
        if self.child:
            self.child.stop()


def plan_broker(base: Path, postgres: Path | None) -> Broker:
    """Choose a broker, without starting it: its address is known at once.

    Order: `BROKER_URL`; Valkey or Redis; tables in the embedded PostgreSQL, whose
    socket folder is `postgres`. There a lost worker loses what it was doing, which the
    outbox sends again.
    """
    if given := os.environ.get("BROKER_URL"):
        return Broker(given)
    if program := valkey_program():
        folder = folders.socket_folder(base)
        folder.mkdir(parents=True, exist_ok=True)
        socket = folder / "valkey.sock"
        url = f"redis+socket://{socket}?virtual_host=0"
        return Broker(url, program, base / "valkey", socket)
    if postgres is None:
        raise CannotStart(
            "Geen Valkey of Redis gevonden: installeer valkey-server of redis-server, "
            "of zet BROKER_URL op het adres van een wachtrij."
        )
    roles.prepare_broker_database(postgres, QUEUE_DATABASE)
    return Broker(
        f"sqla+postgresql+psycopg://{QUEUE_DATABASE}@/{QUEUE_DATABASE}?host={postgres}"
    )


def _answers(path: Path) -> bool:
    try:
        with sockets.socket(sockets.AF_UNIX, sockets.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False
