"""Fixtures with a real browser and Node: found, else installed, else a failure.

    def test_start_page(page, live):
        page.goto("/melden/")           # relative to the live server

`page` is a fresh Dutch-speaking visitor; `plain_page` the same with JavaScript off;
`visitor` makes more of them (`visitor(color_scheme="dark")`). `live` is the address of
a running server over the tests' database, with static files.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
    sync_playwright,
)

from tests.packages import find_node, missing_packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Every other name and address is answered "not found": nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENCE = 30_000
APT = ["apt-get", "install", "-y", "--no-install-recommends"]
HOW_TO_GET = (
    "No browser: install Chromium (Debian: apt-get install chromium; elsewhere: "
    ".venv/bin/python -m playwright install chromium), or set WEERBAAR_CHROMIUM to the "
    "path of Chromium or Chrome."
)


def find_chromium(own: str) -> str | None:
    """The browser named in the environment, else on PATH, else Playwright's own."""
    if given := os.environ.get("WEERBAAR_CHROMIUM"):
        return given if os.access(given, os.X_OK) else None
    installed = next(filter(None, map(shutil.which, NAMES)), None)
    return installed or (own if os.access(own, os.X_OK) else None)


def install_chromium() -> str | None:
    """Install the browser where we may: as root, on a system with apt."""
    given = "WEERBAAR_CHROMIUM" in os.environ
    if given or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=300"]
    with (Path(tempfile.gettempdir()) / "weerbaar-chromium.lock").open("w") as lock:
        # Of the processes that share the tests out, one installs; the others wait.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if found := shutil.which("chromium"):
            return found
        for command in (["apt-get", "update", "-q", *wait], [*APT, *wait, "chromium"]):
            subprocess.run(command, env=env, capture_output=True, check=False)
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, for all tests together; a test opens contexts in it."""
    # Playwright's own loop runs in this thread; the ORM would refuse beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        path = find_chromium(own) or install_chromium()
        if path is None:
            pytest.fail(HOW_TO_GET, pytrace=False)
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live(live_server: Any, transactional_db: None) -> str:
    """The address of a running server, without a slash at the end."""
    return str(live_server.url)


@pytest.fixture
def visitor(chromium: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """Make a fresh visitor: own cookies, Dutch, patience of ten seconds."""
    contexts: list[BrowserContext] = []

    def arrive(**options: Any) -> Page:
        settings = {"base_url": live, "locale": "nl-NL", **options}
        context = chromium.new_context(**settings)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    """A visitor with an everyday browser."""
    return visitor()


@pytest.fixture
def plain_page(visitor: Callable[..., Page]) -> Page:
    """A visitor whose browser runs no JavaScript."""
    return visitor(java_script_enabled=False)


@pytest.fixture(scope="session")
def node() -> Path:
    """The program `node`; the packages of package-lock.json are installed for it."""
    program = find_node()
    if program is None:
        pytest.fail("No Node: install Node 20 or newer.", pytrace=False)
    if missing := missing_packages():
        names = ", ".join(missing)
        pytest.fail(f"Not installed: {names}. Run make node_modules.", pytrace=False)
    return program
