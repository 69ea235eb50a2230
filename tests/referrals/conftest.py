"""What the tests of the referrals share: a case, its reporter, and a desk."""

from collections.abc import Callable
from typing import Any

import pytest

from intake.services import enter
from referrals.models import Partner
from referrals.services import load_partners
from tests.referrals.stage import Stage


@pytest.fixture
def partners(ondersteuningsteam: Any) -> Callable[..., Partner]:
    """A partner by its code; the support team has a desk here."""
    load_partners()
    desks = Partner.objects.filter(code="support_team_nwb")
    desks.update(organisation=ondersteuningsteam)

    def find(code: str, region: str = "") -> Partner:
        return Partner.objects.get(code=code, region=region)

    return find


@pytest.fixture
def stage(partners, open_report, bram, esma, keyring_of, now) -> Stage:
    """Anna's case with Bram on it, and Esma at the desk of the support team."""
    case, code = open_report(
        wish="call_me", occurred="2026-05-10", contact={"phone": "06-12345678"}
    )
    access = enter(code, now=now)
    return Stage(
        case=case,
        handler=bram,
        keyring=keyring_of(bram),
        reporter=access.by,
        reporter_keyring=access.keyring,
        desk=esma,
        desk_keyring=keyring_of(esma),
        find=partners,
        now=now,
    )
