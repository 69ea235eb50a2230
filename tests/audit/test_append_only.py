"""Events, leaves and checkpoints are only added to: the database refuses all else."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.audit.rewriting import Connection, as_role
from weerbaar.embedded.roles import APP, OWNER, SUPERUSER, prepare_database

ROOT = Path(__file__).resolve().parent.parent.parent
TABLES = ["audit_event", "audit_leaf", "audit_checkpoint"]
ROWS = {
    "audit_event": (
        "INSERT INTO audit_event"
        " (kind, subject_type, subject_id, actor_kind, at, facts)"
        " VALUES ('case.opened', 'cases.case', '1', 'system', now(), '{}')"
    ),
    "audit_leaf": "INSERT INTO audit_leaf VALUES (0, 1, 'hash')",
    "audit_checkpoint": "INSERT INTO audit_checkpoint VALUES (1, 'note', now())",
}
CHANGES = {
    "audit_event": "UPDATE audit_event SET kind = 'case.close'",
    "audit_leaf": "UPDATE audit_leaf SET event_id = 2",
    "audit_checkpoint": "UPDATE audit_checkpoint SET note = 'another'",
}


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    """A database as production has it: made by the migrations, eased by no fixture."""
    name = "strict_weerbaar"
    prepare_database(Path(os.environ["PGHOST"]), name)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env={**os.environ, "PGDATABASE": name, "PGUSER": OWNER},
        check=True,
    )
    with as_role(APP, name) as app:
        for insert in ROWS.values():
            app.execute(insert)
    yield name
    with as_role(SUPERUSER, "postgres") as superuser:
        superuser.execute(f"DROP DATABASE {name}")


def attempts(table: str) -> list[str]:
    """All that would take something away, also where it would touch no row."""
    return [
        CHANGES[table],
        f"DELETE FROM {table}",  # noqa: S608
        f"DELETE FROM {table} WHERE false",  # noqa: S608
        f"TRUNCATE {table}",
        f"TRUNCATE {table} CASCADE",
    ]


def refused(connection: Connection, statement: str) -> type[Exception] | None:
    try:
        connection.execute(statement)
    except psycopg.Error as error:
        return type(error)
    return None


@pytest.mark.parametrize("table", TABLES)
def test_application_has_no_such_privilege(strict: str, table: str) -> None:
    with as_role(APP, strict) as app:
        found = {refused(app, attempt) for attempt in attempts(table)}

    assert found == {psycopg.errors.InsufficientPrivilege}


@pytest.mark.parametrize("table", TABLES)
def test_owner_is_refused_too(strict: str, table: str) -> None:
    with as_role(OWNER, strict) as owner:
        found = {refused(owner, attempt) for attempt in attempts(table)}

    assert found == {psycopg.errors.RestrictViolation}


@pytest.mark.parametrize("table", TABLES)
def test_superuser_without_ordinary_triggers_is_refused_too(
    strict: str, table: str
) -> None:
    """As when a replica or a restore applies rows: the guard always stands."""
    with as_role(SUPERUSER, strict) as superuser:
        superuser.execute("SET session_replication_role = replica")
        found = {refused(superuser, attempt) for attempt in attempts(table)}

    assert found == {psycopg.errors.RestrictViolation}


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_still_there(strict: str, table: str) -> None:
    with as_role(APP, strict) as app:
        found = app.execute(f"SELECT count(*) FROM {table}")  # noqa: S608

        assert found.fetchone() == (1,)


def test_every_event_waits_for_its_place(strict: str) -> None:
    with as_role(APP, strict) as app:
        assert (
            app.execute("SELECT event_id FROM audit_waiting").fetchall()
            == app.execute("SELECT id FROM audit_event").fetchall()
        )


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_tests_ease_emptying_alone(table: str) -> None:
    """The fixture that lets tests empty tables leaves the rest as production has it."""
    with as_role(OWNER) as owner:
        states = dict(
            owner.execute(
                "SELECT tgname, tgenabled::text FROM pg_trigger"
                " WHERE tgrelid = %s::regclass AND tgname LIKE %s",
                [table, f"{table}_%o%"],
            ).fetchall()
        )

    assert states[f"{table}_append_only"] == "A"
    assert states[f"{table}_no_truncate"] == "D"
