"""A house with something behind every operation."""

from typing import Any

import pytest
from django.utils import timezone

from referrals.models import Partner
from referrals.services import load_partners
from tests.api.world import World, begin_world


@pytest.fixture
def world(
    open_report: Any,
    bram: Any,
    sanne: Any,
    esma: Any,
    femke: Any,
    lotte: Any,
    olaf: Any,
    ondersteuningsteam: Any,
    keyring_of: Any,
) -> World:
    """Anna's case in the assessment, with a referral at the desk and check-ins."""
    load_partners()
    desks = Partner.objects.filter(code="support_team_nwb")
    desks.update(organisation=ondersteuningsteam)
    reported = open_report(
        wish="think_along",
        contact={"phone": "06-12345678"},
        identity={"name": "Anna de Wit"},
        anonymity="named",
        rereads=True,
        when=timezone.now(),
    )
    people = {"bram": bram, "esma": esma, "femke": femke}
    people |= {"lotte": lotte, "olaf": olaf}
    return begin_world(
        reported, people, keyring_of(bram), keyring_of(esma), keyring_of(femke)
    )
