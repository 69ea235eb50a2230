"""The log's Secret lies in a file for its worker alone, and stays as it is."""

import ast
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from weerbaar.audit import keys
from weerbaar.audit.keys import KeyMissing
from weerbaar.audit.notes import Signer, Verifier

MAY_READ_KEY = {
    "weerbaar/audit/tasks.py",
    "weerbaar/audit/management/commands/audit_key.py",
    "weerbaar/audit/management/commands/verify_audit.py",
}


def test_key_is_for_the_worker_alone(log_key: Signer, settings: Any) -> None:
    path = settings.AUDIT_KEYS / "log.key"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.AUDIT_KEYS.stat().st_mode) == 0o700


def test_name_stays_with_the_key(log_key: Signer, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://elders.example"

    again = keys.read_log_key(make=True)

    assert again.verifier == log_key.verifier


@pytest.mark.parametrize("content", ["", "one", "a+b c", "name AAAA", "name é"])
def test_missing_or_spoiled_key_is_said(settings: Any, tmp_path: Path, content) -> None:
    settings.AUDIT_KEYS = tmp_path
    with pytest.raises(KeyMissing):
        keys.read_log_key()
    (tmp_path / "log.key").write_text(content)

    with pytest.raises(KeyMissing):
        keys.read_log_key()


def test_last_signed_is_kept(log_key: Signer) -> None:
    assert keys.last_signed() == ""

    keys.keep_signed("note — signed\n")

    assert keys.last_signed() == "note — signed\n"


def test_only_the_worker_reads_the_key(settings: Any) -> None:
    readers = set()
    for package in ("weerbaar", "cases", "intake", "referrals", "aftercare"):
        for file in (settings.ROOT / package).rglob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and (
                    node.module == "weerbaar.audit.keys"
                    or (
                        node.module == "weerbaar.audit"
                        and "keys" in {alias.name for alias in node.names}
                    )
                ):
                    readers.add(str(file.relative_to(settings.ROOT)))

    assert readers == MAY_READ_KEY


def test_command_prints_what_others_pin(
    log_key: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("audit_key")

    assert Verifier.read(capsys.readouterr().out) == log_key.verifier


def test_command_says_when_there_is_no_key(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_KEYS = tmp_path / "nowhere"

    with pytest.raises(CommandError, match="no key of the log"):
        call_command("audit_key")


def test_command_replaces_no_key(log_key: Signer) -> None:
    with pytest.raises(CommandError, match="a key already"):
        call_command("audit_key", begin="weerbaar.example/another")

    assert keys.read_log_key().verifier == log_key.verifier


def test_command_begins_a_log_of_one_word(settings: Any, tmp_path: Path) -> None:
    settings.AUDIT_KEYS = tmp_path / "audit"

    with pytest.raises(CommandError, match="no spaces"):
        call_command("audit_key", begin="two words")
