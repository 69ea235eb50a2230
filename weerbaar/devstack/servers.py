"""Database and queue of the stack, and the environment that leads programs to them."""

import os
from contextlib import ExitStack
from pathlib import Path

import psycopg

from weerbaar.devstack.progress import telling
from weerbaar.devstack.state import make_secrets
from weerbaar.embedded import (
    APP,
    DATABASES,
    OWNER,
    CannotStart,
    Child,
    plan_broker,
    prepare_database,
    start_cluster,
)
from weerbaar.embedded.postgres import given_from_outside

HOST = "127.0.0.1"
# PostgreSQL's own variables from outside would lead our programs to another server.
FOREIGN = ("PGPORT", "PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGOPTIONS", "PGSSLMODE")


def start_servers(
    base: Path, port: int, running: ExitStack
) -> tuple[dict[str, str], list[Child]]:
    """Start database and queue; give the environment of our programs, and both."""
    env = _environment(base, port)
    socket_folder, servers = None, []
    if given_from_outside():
        _check_outside(env)
    else:
        with telling("Database starten"):
            cluster = start_cluster(base)
            running.callback(cluster.stop)
            for name in DATABASES:
                prepare_database(cluster.socket, name)
        socket_folder = cluster.socket
        servers.append(cluster.child)
        env = {name: value for name, value in env.items() if name not in FOREIGN}
        main, erasure = DATABASES
        env |= {"PGHOST": str(socket_folder), "PGUSER": APP, "PGDATABASE": main}
        env |= {"ERASURE_PGDATABASE": erasure}
    with telling("Wachtrij starten"):
        broker = plan_broker(base, socket_folder)
        broker.start()
        running.callback(broker.stop)
    if broker.child:
        servers.append(broker.child)
    return env | {"BROKER_URL": broker.url}, servers


def _environment(base: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        **make_secrets(base),
        "WEERBAAR_STATE": str(base / "state"),
        "STATIC_ROOT": str(base / "static"),
        "SITE_ADDRESS": f"http://{HOST}:{port}",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
    }


def _check_outside(env: dict[str, str]) -> None:
    """A database server from the environment must let the owner in, to both."""
    main, erasure = DATABASES
    databases = [
        env.setdefault("PGDATABASE", main),
        env.setdefault("ERASURE_PGDATABASE", erasure),
    ]
    try:
        for database in databases:
            psycopg.connect(dbname=database, user=OWNER, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotStart(
            f"De database van PGHOST={env['PGHOST']} laat {OWNER} niet toe ({reason}): "
            "maak de rollen en de databases aan, of haal PGHOST uit de omgeving."
        ) from None
