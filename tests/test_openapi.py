"""The description of the API: current, public, and clean for the official linter."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.packages import find_node
from weerbaar.web.management.commands.openapi import document

ROOT = Path(settings.ROOT)


def test_description_is_current() -> None:
    call_command("openapi", "--check")


@pytest.mark.django_db
def test_description_is_public_and_readable_from_everywhere() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("application/json")
    assert answer["API-Version"] == settings.API_VERSION
    assert answer.json()["info"]["version"] == settings.API_VERSION
    assert answer.json()["openapi"].startswith("3.1")


def lint(file: Path) -> list[dict[str, object]]:
    """What the official rules and our own find."""
    node = find_node()
    assert node, "install Node 20 or newer, or run make test, which brings it"
    program = ROOT / "node_modules/@stoplight/spectral-cli/dist/index.js"
    rules = ROOT / "tests/standards/own-api-rules.yaml"
    done = subprocess.run(
        [
            node,
            program,
            "lint",
            "-q",
            "-r",
            rules,
            "-f",
            "json",
            "--fail-severity=error",
            file,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip(), done.stderr
    return [f for f in json.loads(done.stdout) if f["severity"] == 0]


def test_official_rules_find_no_error(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    file.write_text(document(), encoding="utf-8")

    found = lint(file)

    assert [(f["code"], f["path"]) for f in found] == []


def test_the_linter_would_find_a_fault(tmp_path: Path) -> None:
    broken = json.loads(document())
    broken["paths"]["/bad_path/"] = {"get": {"responses": {"200": {"description": ""}}}}
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(broken), encoding="utf-8")

    assert lint(file)
