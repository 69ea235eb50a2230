"""The servers and processes together: start in order, watch, stop in reverse."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from weerbaar.devstack.progress import Stop, say, seconds, telling
from weerbaar.devstack.servers import HOST, start_servers
from weerbaar.devstack.state import ROOT, made_whole
from weerbaar.embedded import OWNER, CannotStart, Child, start_child

PATIENCE = 90
GUNICORN = (
    *("-k", "gthread", "-w", "2", "--threads", "4", "--graceful-timeout", "5"),
    *("--log-level", "warning", "--no-control-socket"),
)
WORKER = (
    *("worker", "-c", "2", "-l", "warning", "-n", "weerbaar@%h"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


def read_port(text: str) -> int:
    """The port to serve on; raises CannotStart for what is no port, or in use."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT={text} is geen poort: kies een getal, zoals 8001.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError:
            raise CannotStart(
                f"Poort {text} mag u niet gebruiken: kies een poort boven 1024, "
                "bijvoorbeeld make demo PORT=8001."
            ) from None
        except OSError:
            raise CannotStart(
                f"Poort {text} is al in gebruik: stop het andere programma, of kies "
                f"een andere, bijvoorbeeld make demo PORT={int(text) % 65535 + 1}."
            ) from None
    return int(text)


def run_stack(base: Path, port: int, *, reload: bool) -> None:
    """Serve until somebody stops us, or a process ends that should not."""
    begun = time.monotonic()
    with _stop_everything_after() as running:
        with made_whole(base):
            env, servers = start_servers(base, port, running)
            with telling("Tabellen bijwerken"):
                for app, database in (((), "default"), (("vault",), "erasure")):
                    options = (*app, "-v0", "--database", database)
                    _manage(base, "migrate", env | {"PGUSER": OWNER}, *options)
            with telling("Voorbeeldgegevens maken"):
                who = _manage(base, "seed_demo", env, optional=True)
        programs = _start_programs(base, port, env, running, reload=reload)
        with telling("Website starten"):
            _wait_until_ready(port, programs)
        _welcome(base, port, who, time.monotonic() - begun)
        _watch(servers + programs)


@contextmanager
def _stop_everything_after() -> Iterator[ExitStack]:
    """Turn signals into Stop; while stopping, nothing can interrupt that."""
    running = ExitStack()
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # not under nohup
        signals.append(signal.SIGHUP)
    for number in signals:
        signal.signal(number, _raise_stop)
    try:
        yield running
    except Stop:
        pass
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        with telling("Stoppen"):
            running.close()


def _raise_stop(*_: object) -> None:
    raise Stop


def _manage(
    base: Path, command: str, env: dict[str, str], *options: str, optional: bool = False
) -> str:
    """Run a command of manage.py; give what it printed. Raises CannotStart."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", command, *options],
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        printed, errors = process.communicate()
    except BaseException:
        process.kill()
        process.wait()
        raise
    log = base / "log" / f"{command}.log"
    log.write_text(printed + errors, encoding="utf-8")
    if process.returncode == 0:
        return printed.strip()
    if optional and f"Unknown command: '{command}'" in errors:
        return ""
    reason = (errors.strip().splitlines() or ["zonder uitleg"])[-1]
    raise CannotStart(f"{command} is niet gelukt: {reason} (alles staat in {log})")


def _start_programs(
    base: Path, port: int, env: dict[str, str], running: ExitStack, *, reload: bool
) -> list[Child]:
    address, python = f"{HOST}:{port}", sys.executable
    serve = [python, "-m", "gunicorn", "weerbaar.wsgi", "-b", address, *GUNICORN]
    if reload:
        serve = [python, "manage.py", "runserver", address]
    celery = [python, "-m", "celery", "-q", "-A", "weerbaar.celery"]
    schedule = ["-s", str(base / "beat" / "schedule"), "--pidfile="]
    programs = [
        ("de website", serve, None if reload else "web.log"),
        ("de achtergrondtaken", [*celery, *WORKER], "worker.log"),
        ("de klok", [*celery, "beat", "-l", "warning", *schedule], "beat.log"),
    ]
    children = []
    for name, command, log in programs:
        path = base / "log" / log if log else None
        if path:
            path.unlink(missing_ok=True)
        child = start_child(name, command, log=path, env=env, cwd=ROOT)
        running.callback(child.stop)
        children.append(child)
    return children


def _wait_until_ready(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _ready(port):
        _refuse_dead(children)
        if time.monotonic() > deadline:
            raise CannotStart(
                f"De website antwoordt niet binnen {PATIENCE} seconden: "
                f"zie {children[0].log}."
            )
        time.sleep(0.1)


def _ready(port: int) -> bool:
    """Whether the site says that it can work; asked without any proxy between."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _refuse_dead(children: list[Child]) -> None:
    for child in children:
        if not child.alive():
            raise CannotStart(
                f"Onverwacht gestopt: {child.name}. Daarom stopt alles.\n"
                f"{child.last_lines()}".rstrip()
            )


def _welcome(base: Path, port: int, who: str, duration: float) -> None:
    say(f"\nWeerbaar draait na {seconds(duration)}: http://{HOST}:{port}/")
    if who:
        say(f"\n{who}\n")
    say(f"Gegevens, mail en logboeken: {base}")
    say("Stoppen: Ctrl-C")


def _watch(children: list[Child]) -> None:
    while True:
        _refuse_dead(children)
        time.sleep(0.3)
