"""The two commands and the servers they bring: they start, refuse, stop and keep."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.packages import missing_packages
from weerbaar.devstack import state
from weerbaar.embedded import CannotStart, prepare_database, start_child, start_cluster
from weerbaar.embedded.programs import postgres_programs
from weerbaar.embedded.roles import APP, OWNER, connect

ROOT = Path(__file__).resolve().parent.parent
TARGETS = (
    *("demo", "demo-reset", "run", "test", "check", "bench", "messages"),
    *("lock", "screenshots", "css", "fix", "help"),
)


@pytest.fixture
def base(tmp_path_factory):
    """A folder for a cluster, which the server's own account can enter."""
    parent = Path(os.environ["WEERBAAR_TEST_FOLDER"])
    folder = parent / tmp_path_factory.mktemp("stack").name
    folder.mkdir(mode=0o711)
    return folder


def devstack(command, base, **env):
    """Run the stack's command to its end, as a person at the terminal would."""
    return subprocess.run(
        [sys.executable, "-m", "weerbaar.devstack", command],
        cwd=ROOT,
        env={**outside(), "WEERBAAR_RUN": str(base), **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def outside():
    """The environment without what the test plugin put in it."""
    ours = ("PG", "WEERBAAR_", "BROKER_", "SECRET_", "RECEIPT_", "STATIC_")
    return {k: v for k, v in os.environ.items() if not k.startswith(ours)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def assert_one_sentence(done, *words):
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


# --- the locks ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["run", "dev", "uv"])
def test_lock_has_hashes_and_names_no_host(name):
    lock = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", lock)
    pinned = re.findall(r"^[A-Za-z0-9][^\s=]*==\S+", lock, re.MULTILINE)
    assert pinned
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_package_lock_names_no_host():
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


def test_node_and_its_packages_are_there(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    assert answer.stdout.startswith("v")
    assert missing_packages() == []


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_target_and_help_tells_it(target):
    dry = subprocess.run(
        ["make", "-n", target], cwd=ROOT, capture_output=True, text=True
    )
    assert dry.returncode == 0, dry.stderr
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)
    assert re.search(rf"^make {target} ", told.stdout, re.MULTILINE)


def test_build_calls_the_test_command():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "make test" in (ROOT / ".ci" / "run").read_text()


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


def gone(process, patience=10.0):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


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


# --- the command ----------------------------------------------------------------------


def test_busy_port_is_refused_in_one_sentence(base):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = devstack("demo", base, PORT=str(port))
    assert_one_sentence(done, f"Poort {port} is al in gebruik", "PORT=")
    assert not (base / "pg").exists()


def test_text_as_port_is_refused_in_one_sentence(base):
    assert_one_sentence(devstack("demo", base, PORT="acht"), "PORT=acht")


def test_second_start_is_refused_while_the_first_runs(base):
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in ("demo", "run", "reset"):
            done = devstack(command, base, PORT=str(free_port()))
            assert_one_sentence(done, "draait hier al", "Ctrl-C")


def test_missing_database_program_is_refused_in_one_sentence(base):
    done = devstack("demo", base, PORT=str(free_port()), WEERBAAR_PG_BIN="/nonexistent")
    assert_one_sentence(done, "WEERBAAR_PG_BIN")


def test_full_disk_is_refused_before_anything_is_made(base, monkeypatch):
    monkeypatch.setenv("WEERBAAR_RUN", str(base))
    monkeypatch.setattr(state, "NEEDED", 1 << 60)
    with pytest.raises(CannotStart, match="schijf is vol"):
        state.prepare_folder()
    assert list(base.iterdir()) == []


def test_folder_that_cannot_be_made_is_refused_in_one_sentence(base):
    (base / "file").touch()
    done = devstack("demo", base / "file" / "run", PORT=str(free_port()))
    assert_one_sentence(done)


def test_secrets_are_made_once_and_are_private(base, monkeypatch):
    monkeypatch.setenv("WEERBAAR_RUN", str(base))
    state.prepare_folder()
    first = {k: Path(v).read_text() for k, v in state.make_secrets(base).items()}
    again = {k: Path(v).read_text() for k, v in state.make_secrets(base).items()}
    assert first == again
    assert len(set(first.values())) == len(state.SECRETS)
    for path in state.make_secrets(base).values():
        assert Path(path).stat().st_mode & 0o777 == 0o600


def test_broken_off_first_start_begins_anew(base, monkeypatch):
    monkeypatch.setenv("WEERBAAR_RUN", str(base))
    state.prepare_folder()

    def break_off():
        with state.made_whole(base):
            (base / "pg").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    with state.made_whole(base):
        assert not (base / "pg").exists()
        (base / "pg").mkdir()
    with state.made_whole(base):
        assert (base / "pg").exists(), "a whole database is kept"


def test_reset_removes_everything_and_can_be_repeated(base):
    run = base / "run"
    run.mkdir()
    (run / "pg").mkdir()
    done = devstack("reset", run)
    assert (done.returncode, done.stderr) == (0, "")
    assert "gewist" in done.stdout
    assert not run.exists()
    again = devstack("reset", run)
    assert again.returncode == 0
    assert "geen gegevens" in again.stdout
