"""The embedded servers and our own processes: rows kept, roles weak, no orphans."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.servers import gone
from weerbaar.embedded import CannotStart, prepare_database, start_child, start_cluster
from weerbaar.embedded.programs import postgres_programs
from weerbaar.embedded.roles import APP, OWNER, connect

ROOT = Path(__file__).resolve().parent.parent

# --- the database ---------------------------------------------------------------------


def test_rows_survive_a_killed_server(base):
    cluster = start_cluster(base)
    prepare_database(cluster.socket, "weerbaar")
    with connect(cluster.socket, OWNER, "weerbaar") as owner:
        owner.execute("CREATE TABLE kept (number int)")
    with connect(cluster.socket, APP, "weerbaar") as app:
        app.execute("INSERT INTO kept SELECT generate_series(1, 500)")
    os.kill(cluster.child.process.pid, signal.SIGKILL)
    cluster.child.process.wait()

    again = start_cluster(base)
    prepare_database(again.socket, "weerbaar")
    with connect(again.socket, APP, "weerbaar") as app:
        assert app.execute("SELECT count(*) FROM kept").fetchone() == (500,)
    again.stop()
    assert not again.child.alive()


@pytest.mark.parametrize("role", [OWNER, APP])
def test_roles_have_no_power_over_the_server(base, role):
    cluster = start_cluster(base, throwaway=True)
    prepare_database(cluster.socket, "weerbaar")
    powers = "SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles"
    with connect(cluster.socket, role, "weerbaar") as connection:
        found = connection.execute(f"{powers} WHERE rolname = current_user")
        assert found.fetchone() == (False, False, False)
    cluster.stop()


def test_data_of_another_version_is_refused(base):
    start_cluster(base, throwaway=True).stop()
    (base / "pg" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match="PostgreSQL 9"):
        start_cluster(base, throwaway=True)


def test_missing_programs_are_told(monkeypatch, tmp_path):
    monkeypatch.setenv("WEERBAAR_PG_BIN", str(tmp_path))
    with pytest.raises(CannotStart, match="WEERBAAR_PG_BIN"):
        postgres_programs(other_account=False)


# --- children -------------------------------------------------------------------------

PARENT = """
import sys, time
from pathlib import Path
from weerbaar.embedded import start_child
child = start_child("x", ["sleep", "300"], log=None, env={"PATH": "/usr/bin:/bin"})
print(child.process.pid, flush=True)
time.sleep(300)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets the kernel do it")
def test_child_dies_with_a_killed_parent():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    os.kill(child, 0)  # it lives
    parent.kill()
    parent.communicate()
    assert gone(child)


def test_stubborn_child_is_stopped_with_its_own_children(tmp_path):
    script = "trap '' TERM; sleep 300 & echo $!; while :; do sleep 1; done"
    log = tmp_path / "log"
    env = {"PATH": os.environ["PATH"]}
    child = start_child("x", ["sh", "-c", script], log=log, env=env)
    while not log.read_text():
        time.sleep(0.02)
    grandchild = int(log.read_text())
    child.stop(patience=0.3)
    assert gone(child.process.pid)
    assert gone(grandchild)
