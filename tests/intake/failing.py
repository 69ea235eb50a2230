"""Real faults of the database, at the table that a test names."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from django.db import connection

from weerbaar.embedded import OWNER

Failing = Callable[[str, str], AbstractContextManager[None]]


def _owner() -> "psycopg.Connection[tuple[object, ...]]":
    here = connection.settings_dict
    return psycopg.connect(
        host=here["HOST"], dbname=here["NAME"], user=OWNER, autocommit=True
    )


@pytest.fixture
def failing(transactional_db: None) -> Failing:
    """Let PostgreSQL do something else when a table is written to.

    `with failing("outbox_message", "RAISE EXCEPTION 'oops';"): ...`
    """

    @contextmanager
    def at(table: str, what: str) -> Iterator[None]:
        with _owner() as database:
            database.execute(
                "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql"
                f" AS $$ BEGIN {what} RETURN NEW; END $$"
            )
            database.execute(
                f"CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION fail()"
            )
        try:
            yield
        finally:
            # What was cut off is opened anew, as at the next request.
            connection.close()
            with _owner() as database:
                database.execute("DROP FUNCTION fail CASCADE")

    return at
