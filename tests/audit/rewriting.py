"""Being the attacker: a connection that may do everything to the history."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from weerbaar.embedded.roles import SUPERUSER, connect

Connection = psycopg.Connection[tuple[object, ...]]


def as_role(role: str, database: str = "") -> Connection:
    """A connection of its own to the tests' database, or to another one."""
    return connect(
        Path(os.environ["PGHOST"]), role, database or connection.settings_dict["NAME"]
    )


@contextmanager
def triggers_off() -> Iterator[Connection]:
    """A superuser who took the guards off, and for whom no other trigger works."""
    with as_role(SUPERUSER) as superuser:
        superuser.execute("SET session_replication_role = replica")
        _guards(superuser, "DISABLE TRIGGER")
        try:
            yield superuser
        finally:
            _guards(superuser, "ENABLE ALWAYS TRIGGER")


def _guards(superuser: Connection, action: str) -> None:
    for table in ("audit_event", "audit_leaf", "audit_checkpoint"):
        superuser.execute(f"ALTER TABLE {table} {action} {table}_append_only")
