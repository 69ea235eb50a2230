"""What all tests share: the database, the worker, the browser and the cast."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.db.models.signals import pre_migrate
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

from tests.plugin import MADE
from weerbaar.embedded import APP, OWNER, PRIVILEGES

pytest_plugins = [
    "tests.browser",
    "tests.cast",
    "tests.nightly",
    "tests.servers",
    "tests.journey.house",
    "tests.journey.staging",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who uses the database, uses both: every case has an erasure key."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        options = {"databases": "__all__", **(mark.kwargs if mark else {})}
        if mark or "db" in item.fixturenames:
            item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Migrate as the owner of the tables; test as the role of the application."""
    verbosity = max(request.config.option.verbose, 0)
    with django_db_blocker.unblock():
        sign_in_as(OWNER)
        pre_migrate.connect(state_privileges, dispatch_uid="privileges")
        databases = setup_databases(
            verbosity=verbosity, interactive=False, serialized_aliases=set()
        )
        allow_flush()
        sign_in_as(APP)
    yield
    with django_db_blocker.unblock():
        sign_in_as(OWNER)
        # Our own server goes as a whole, whoever may still be connected to it.
        if "PGHOST" not in os.environ[MADE].split():
            teardown_databases(databases, verbosity=verbosity)


def sign_in_as(role: str) -> None:
    """Connect to both databases as another role from the next query on."""
    for one in connections.all():
        one.close()
        one.settings_dict["USER"] = role


def state_privileges(using: str, **_: object) -> None:
    """Before the first table is made: what the application's role will be allowed."""
    with connections[using].cursor() as cursor:
        cursor.execute(PRIVILEGES)


def allow_flush() -> None:
    """Let transactional tests empty the tables, which the application itself cannot.

    The owner takes the guard against emptying off here, and nowhere else; that against
    changing and removing rows stays (tests/audit/test_append_only.py).
    """
    for one in connections.all():
        with one.cursor() as cursor:
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {APP}")
    with connection.cursor() as cursor:
        for table in (
            "audit_event",
            "audit_leaf",
            "audit_checkpoint",
            "contributions_contribution",
            "contributions_pooledcontribution",
            "network_attestation",
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
