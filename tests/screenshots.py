"""The pictures of the README, taken from a demo of their own: `make screenshots`."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import FLAGS, HOW_TO_GET, find_chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@contextmanager
def demo() -> Iterator[str]:
    """A fresh demo on a free port, until the pictures are taken."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="weerbaar-pictures-")
    Path(folder).chmod(0o711)
    env = {**os.environ, "WEERBAAR_RUN": folder, "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "weerbaar.devstack", "demo"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        for line in process.stdout:
            print(line, end="")
            if "Ctrl-C" in line:
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def shoot(page: Page, name: str) -> None:
    """One picture of what is on the page, from the top."""
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    print(f"docs/pictures/{name}.png")


def visitor(browser: Browser, address: str, size: dict[str, int]) -> Page:
    context = browser.new_context(base_url=address, locale="nl-NL", viewport=size)
    return context.new_page()


def sign_in(page: Page, name: str) -> None:
    """The button of a member of the cast."""
    page.goto("/demo/")
    page.get_by_role("button", name=name).click()


def take(browser: Browser, address: str) -> None:
    """Reporter on a telephone, handler and network at a desk."""
    anna = visitor(browser, address, NARROW)
    anna.goto("/melden/")
    shoot(anna, "melden")
    anna.goto("/melden/vooraf/")
    anna.locator("main form button").first.click()
    shoot(anna, "stap")
    bram = visitor(browser, address, WIDE)
    sign_in(bram, "Bram")
    bram.goto("/zaken/?tab=team")
    shoot(bram, "zaken")
    bram.locator("main table a").first.click()
    shoot(bram, "zaak")
    femke = visitor(browser, address, WIDE)
    sign_in(femke, "Femke")
    femke.goto("/cijfers/")
    shoot(femke, "cijfers")


def main() -> int:
    """Start, look, stop."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        path = find_chromium(playwright.chromium.executable_path)
        if path is None:
            print(HOW_TO_GET, file=sys.stderr)
            return 1
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        take(browser, address)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
