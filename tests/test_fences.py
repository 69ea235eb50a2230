"""The fences around the tests themselves: their role is weak, and nothing gets out."""

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.loopback import LeftTheMachine, stays_here
from weerbaar.embedded import APP

ROOT = Path(__file__).resolve().parent.parent
# An address of the block that is reserved for documentation: nobody lives there.
ELSEWHERE = "192.0.2.1"


def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_application():
    assert ask("SELECT current_user") == APP
    assert ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == 0
    assert ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") > 0
    assert ask(
        "SELECT pg_get_userbyid(datdba) <> current_user FROM pg_database "
        "WHERE datname = current_database()"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (number int)",
        "CREATE TEMPORARY TABLE mine (number int)",
        "DROP TABLE django_session",
        "ALTER TABLE django_session ADD COLUMN mine int",
        "CREATE ROLE mine",
    ],
)
def test_application_cannot_change_the_rules(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_connecting_elsewhere_is_refused():
    with socket.socket() as outside, pytest.raises(LeftTheMachine):
        outside.connect((ELSEWHERE, 80))
    with socket.socket() as outside, pytest.raises(LeftTheMachine):
        outside.connect_ex((ELSEWHERE, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as out, pytest.raises(LeftTheMachine):
        out.sendto(b"x", (ELSEWHERE, 53))
    with pytest.raises(LeftTheMachine):
        socket.getaddrinfo("weerbaar.example", 443)


def test_urllib_is_refused_too():
    with pytest.raises(LeftTheMachine):
        urllib.request.urlopen(f"http://{ELSEWHERE}/", timeout=1)


def test_worker_process_is_fenced_too():
    command = ["-m", "tests.worker", "-b", f"redis://{ELSEWHERE}", "inspect", "ping"]
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=30
    )
    assert done.returncode != 0
    assert f"socket.getaddrinfo of {ELSEWHERE}" in done.stderr, "our own refusal"


def test_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), 1) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("host", "stays"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        (b"127.8.8.8", True),
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("::ffff:192.0.2.1", False),
    ],
)
def test_only_loopback_stays_here(host, stays):
    assert stays_here(host) is stays


def test_browser_finds_nothing_elsewhere(chromium):
    context = chromium.new_context()
    page = context.new_page()
    with pytest.raises(Exception, match="ERR_"):
        page.goto("http://weerbaar.example/", timeout=5_000)
    with pytest.raises(Exception, match="ERR_"):
        page.goto(f"http://{ELSEWHERE}/", timeout=5_000)
    context.close()
