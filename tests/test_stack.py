"""The two commands and the servers they bring: they start, refuse, stop and keep."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.packages import missing_packages
from tests.servers import gone
from weerbaar.devstack import state
from weerbaar.embedded import CannotStart, start_cluster
from weerbaar.embedded.roles import APP, connect

ROOT = Path(__file__).resolve().parent.parent
TARGETS = (
    *("demo", "demo-reset", "run", "test", "nightly", "check"),
    *("bench", "messages"),
    *("lock", "screenshots", "css", "fix", "help"),
)


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


@contextmanager
def demo(base, port):
    """A running demo, from the moment that it says how to stop it."""
    env = {**outside(), "WEERBAAR_RUN": str(base), "PORT": str(port)}
    command = [sys.executable, "-m", "weerbaar.devstack", "demo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        said = []
        for line in process.stdout:
            said.append(line.decode())
            if "Ctrl-C" in said[-1]:
                break
        else:
            pytest.fail("".join(said))
        yield process, "".join(said)
        process.kill()


def children_of(process):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True
    )
    return [int(pid) for pid in found.stdout.split()]


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


def test_demo_serves_stops_without_orphans_and_keeps_its_data(base):
    port = free_port()
    with demo(base, port) as (first, said):
        assert f"http://127.0.0.1:{port}/" in said
        answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
        assert answer.status == 200
        assert "demo" in answer.read().decode().lower()
        children = children_of(first.pid)
        assert len(children) >= 4, "database, queue, website, tasks and clock"
        first.send_signal(signal.SIGINT)
        assert first.wait(30) == 0
        assert all(gone(child) for child in children)
    with connect_to_demo(base) as cluster:
        people = cluster.execute("SELECT count(*) FROM accounts_user").fetchone()

    with demo(base, port) as (second, _):
        children = children_of(second.pid)
        second.kill()
        assert all(gone(child) for child in children), "also after a kill -9"
    with connect_to_demo(base) as cluster:
        again = cluster.execute("SELECT count(*) FROM accounts_user").fetchone()
    assert again == people
    assert people > (0,)


@contextmanager
def connect_to_demo(base):
    cluster = start_cluster(base)
    with connect(cluster.socket, APP, "weerbaar") as connection:
        yield connection
    cluster.stop()
