"""Who is on a case: assigning, handing over, deputising; a recused person never."""

from datetime import date, timedelta

import pytest

from cases import services
from cases.models import Assignment, Case, StatementKind
from cases.permissions import may_handle
from tests.cases.asking import doing
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault.core import NoAccess
from weerbaar.vault.models import Grant
from weerbaar.web.refusals import NotAllowed


@pytest.fixture
def case(open_report, bram, sanne, daan) -> Case:
    made, _words = open_report(recused=[str(daan.pk)])
    return made


def test_assigning_makes_an_owner_and_keeps_the_others(
    case, bram, sanne, keyring_of, now
) -> None:
    services.assign(case, sanne, **doing(bram, keyring_of, now))

    assert [a.user for a in services.people_on(case)] == [sanne]
    assert may_handle(case, bram)
    assert {c.owner for c in case.commitments.open()} == {sanne}


def test_handing_over_takes_access_away_at_once(
    case, bram, sanne, keyring_of, now
) -> None:
    services.hand_over(case, sanne, note="Bel eerst.", **doing(bram, keyring_of, now))

    assert not may_handle(case, bram)
    assert not Case.objects.visible_to(bram).exists()
    with pytest.raises(NoAccess):
        services.header_of(case, keyring_of(bram))
    with pytest.raises(NotAllowed):
        services.write_note(case, "Nog iets.", **doing(bram, keyring_of, now))
    notes = services.read_thread(case, [StatementKind.HANDOVER], keyring_of(sanne))
    assert [o.text for o in notes] == ["Bel eerst."]
    assert Event.objects.filter(kind=Kind.CASE_HANDED_OVER).get().facts == {
        "person": str(sanne.pk)
    }


def test_handing_over_without_a_note_changes_nothing(
    case, bram, sanne, keyring_of, now
) -> None:
    with pytest.raises(services.WordsMissing):
        services.hand_over(case, sanne, note=" ", **doing(bram, keyring_of, now))

    assert may_handle(case, bram)
    assert not Assignment.objects.exists()


def test_a_deputy_stands_in_until_a_day_and_keeps_what_intake_gave(
    case, bram, sanne, keyring_of, now
) -> None:
    until = date(2026, 5, 20)
    services.assign(case, bram, **doing(bram, keyring_of, now))
    services.deputise(case, sanne, until=until, **doing(bram, keyring_of, now))

    assert [(a.user, a.capacity) for a in services.people_on(case)] == [
        (bram, "owner"),
        (sanne, "deputy"),
    ]
    assert services.expire_deputies(now=now + timedelta(days=8)) == 0
    assert services.expire_deputies(now=now + timedelta(days=9)) == 1
    assert services.expire_deputies(now=now + timedelta(days=9)) == 0
    assert [a.user for a in services.people_on(case)] == [bram]
    assert may_handle(case, sanne)


def test_access_that_came_with_deputising_goes_with_it(
    case, bram, sanne, keyring_of, now
) -> None:
    Grant.objects.filter(key_id=case.case_key_id, holder_id=sanne.key_id).delete()
    services.deputise(
        case, sanne, until=date(2026, 5, 20), **doing(bram, keyring_of, now)
    )
    assert may_handle(case, sanne)

    services.end_deputy(case, sanne, by=bram, now=now)

    assert not may_handle(case, sanne)
    with pytest.raises(services.NoDeputy):
        services.end_deputy(case, sanne, by=bram, now=now)


def test_deputising_a_second_time_moves_the_day(
    case, bram, sanne, keyring_of, now
) -> None:
    for until in (date(2026, 5, 20), date(2026, 6, 1)):
        services.deputise(case, sanne, until=until, **doing(bram, keyring_of, now))

    assert [a.until for a in services.people_on(case)] == [date(2026, 6, 1)]


def test_a_day_that_passed_and_an_owner_are_refused_as_deputy(
    case, bram, sanne, keyring_of, now
) -> None:
    services.assign(case, sanne, **doing(bram, keyring_of, now))

    with pytest.raises(services.DayPassed):
        services.deputise(
            case, sanne, until=date(2026, 5, 11), **doing(bram, keyring_of, now)
        )
    with pytest.raises(services.AlreadyOwner):
        services.deputise(
            case, sanne, until=date(2026, 5, 20), **doing(bram, keyring_of, now)
        )


def test_only_who_may_have_it_is_offered(
    case, bram, sanne, daan, chris, keyring_of, now
) -> None:
    found = services.colleagues(case, keyring_of(bram), by=bram, today=now.date())

    assert found == [sanne]


def test_the_recused_cannot_be_given_the_case_by_mistake(
    case, bram, daan, keyring_of, now
) -> None:
    who = doing(bram, keyring_of, now)

    with pytest.raises(services.Recused):
        services.assign(case, daan, **who)
    with pytest.raises(services.Recused):
        services.hand_over(case, daan, note="Voor u.", **who)
    with pytest.raises(services.Recused):
        services.deputise(case, daan, until=date(2026, 5, 20), **who)

    assert not Grant.objects.filter(holder_id=daan.key_id).exists()
    assert not Assignment.objects.exists()
    assert may_handle(case, bram)


def test_another_municipality_and_other_roles_cannot_receive_it(
    case, bram, chris, esma, gijs, keyring_of, now
) -> None:
    for stranger in (chris, esma, gijs):
        with pytest.raises(services.NoVault):
            services.assign(case, stranger, **doing(bram, keyring_of, now))


def test_a_stranger_assigns_nothing(case, chris, sanne, keyring_of, now) -> None:
    with pytest.raises(NotAllowed):
        services.assign(case, sanne, **doing(chris, keyring_of, now))
