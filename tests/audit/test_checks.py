"""Who puts it into production hears that the history needs people outside."""

from typing import Any

import pytest
from django.core.checks import run_checks

from weerbaar.audit.notes import Signer
from weerbaar.vault.core import Secret


def said() -> set[str | None]:
    found = run_checks(include_deployment_checks=True)
    return {m.id for m in found if str(m.id).startswith("audit.")}


@pytest.mark.parametrize(
    "witnesses", [[], ["een@getuige.example"], ["een@getuige.example"] * 2]
)
def test_fewer_than_two_witnesses_are_told(settings: Any, witnesses) -> None:
    settings.AUDIT_WITNESSES = witnesses

    assert said() == {"audit.W001"}


def test_pinned_key_that_cannot_be_read_is_told(settings: Any) -> None:
    settings.AUDIT_VERIFIER = "melden.example/logboek+0a1b2c3d"

    assert said() == {"audit.W002"}


def test_two_witnesses_and_a_pinned_key_are_enough(settings: Any) -> None:
    settings.AUDIT_VERIFIER = str(Signer("a.example/logboek", Secret.new()).verifier)

    assert said() == set()
