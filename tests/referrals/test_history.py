"""Who could open a package, and until when, stands in the history."""

from typing import Any

import pytest

from referrals import services
from tests.referrals.stage import Stage
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault.models import Grant

pytestmark = pytest.mark.django_db


def told(kind: Kind) -> list[dict[str, Any]]:
    found = Event.objects.filter(kind=kind, subject_type="referrals.referral")
    return list(found.values_list("facts", flat=True))


def test_sending_names_who_can_open_the_package(stage: Stage) -> None:
    referral = stage.sent()

    rows = Grant.objects.filter(key=referral.package_key_id).order_by("pk")

    assert told(Kind.KEY_GRANTED) == [
        {
            "keys": [str(row.key_id) for row in rows],
            "holders": [str(row.holder_id) for row in rows],
            "digests": [row.digest for row in rows],
        }
    ]
    assert str(stage.desk.key_id) in told(Kind.KEY_GRANTED)[0]["holders"]


def test_withdrawing_names_who_no_longer_can(stage: Stage) -> None:
    referral = stage.sent()

    services.withdraw(referral, by=stage.handler, now=stage.now)

    assert [facts["holders"] for facts in told(Kind.KEY_REVOKED)] == [
        [str(stage.desk.key_id)]
    ]


def test_withdrawing_before_it_was_sent_takes_nothing_back(stage: Stage) -> None:
    referral = stage.propose()

    services.withdraw(referral, by=stage.handler, now=stage.now)

    assert told(Kind.KEY_REVOKED) == []
