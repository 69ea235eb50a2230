"""Two roles: one owns the tables and migrates, the other one is the application."""

from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "weerbaar_owner"
APP = "weerbaar_app"
SUPERUSER = "postgres"
# Everything, and the erasure keys apart.
DATABASES = ("weerbaar", "weerbaar_erasure")
# CREATEDB, for the owner makes the tests' database; neither of them is a superuser.
ATTRIBUTES = {
    OWNER: "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
    APP: "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION",
}
PRIVILEGES = (Path(__file__).parent / "privileges.sql").read_text(encoding="utf-8")


def prepare_database(socket: Path, database: str) -> None:
    """Make the roles and an empty database of the owner; safe to run again."""
    with connect(socket, SUPERUSER) as connection:
        for role in ATTRIBUTES:
            _make_role(connection, role)
        made = _make_database(connection, database, OWNER)
    if made:
        with connect(socket, SUPERUSER, database) as connection:
            # Since PostgreSQL 15 the database's owner owns it; before, the superuser.
            connection.execute(
                sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER))
            )
        with connect(socket, OWNER, database) as connection:
            connection.execute(PRIVILEGES.encode())


def prepare_broker_database(socket: Path, name: str) -> None:
    """Make a role and database of its own for Celery's queue tables."""
    with connect(socket, SUPERUSER) as connection:
        _make_role(connection, name, ATTRIBUTES[APP])
        _make_database(connection, name, name)


def connect(
    socket: Path, user: str, database: str = "postgres"
) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection over the private socket, each statement its own transaction."""
    return psycopg.connect(
        host=str(socket), port=5432, user=user, dbname=database, autocommit=True
    )


def _make_role(
    connection: "psycopg.Connection[tuple[object, ...]]",
    role: str,
    attributes: str | None = None,
) -> None:
    known = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    verb = "ALTER" if connection.execute(known, [role]).fetchone() else "CREATE"
    connection.execute(
        sql.SQL(f"{verb} ROLE {{}} {attributes or ATTRIBUTES[role]}").format(
            sql.Identifier(role)
        )
    )


def _make_database(
    connection: "psycopg.Connection[tuple[object, ...]]", name: str, owner: str
) -> bool:
    known = "SELECT 1 FROM pg_database WHERE datname = %s"
    if connection.execute(known, [name]).fetchone():
        return False
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(owner)
        )
    )
    return True
