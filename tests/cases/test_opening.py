"""Opening a case: who receives it, who never can, and what stands in clear."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases import services
from cases.header import Header
from cases.models import Case, Commitment, CommitmentKind, StatementKind
from tests.factories import STORY, root_secret
from weerbaar.accounts.actors import SYSTEM
from weerbaar.audit.kinds import Kind
from weerbaar.audit.kinds import Kind as EventKind
from weerbaar.audit.models import Event
from weerbaar.vault.core import NoAccess
from weerbaar.vault.models import Grant, Key
from weerbaar.web.refusals import NotAllowed

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def holders(case: Case) -> set[object]:
    return set(
        Grant.objects.filter(key_id=case.case_key_id).values_list(
            "holder_id", flat=True
        )
    )


def test_every_handler_who_is_not_recused_receives_it(
    open_report, bram, sanne, daan, chris, esma, femke, gijs
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])

    root = root_secret("lindeveen").public.id
    assert holders(case) == {bram.key_id, sanne.key_id, root}
    for handler in (bram, sanne):
        assert list(Case.objects.visible_to(handler)) == [case]
    for stranger in (daan, chris, esma, femke, gijs):
        assert not Case.objects.visible_to(stranger).exists()


def test_nothing_is_stored_when_nobody_may_read_it(lindeveen, bram, daan, now) -> None:
    keys = Key.objects.count()
    request = services.CaseRequest(
        organisation=lindeveen, header=Header(recused=[str(bram.pk), str(daan.pk)])
    )

    with pytest.raises(services.NobodyMayRead):
        services.open_case(request, by=SYSTEM, now=now)

    assert not Case.objects.exists()
    assert not Event.objects.filter(kind=EventKind.CASE_OPENED).exists()
    assert Key.objects.count() == keys


def test_a_handler_opens_header_story_and_contact(
    open_report, bram, keyring_of, now
) -> None:
    case, _words = open_report(wish="call_me", contact={"phone": "06-12345678"})
    keyring = keyring_of(bram)

    opened = services.read_report(case, by=bram, keyring=keyring, now=now)

    assert opened is not None
    assert opened.text == STORY
    assert services.header_of(case, keyring).wish == "call_me"
    assert services.read_safe_contact(case, keyring) == {"phone": "06-12345678"}
    assert Event.objects.filter(kind=Kind.STATEMENT_READ, actor_id=bram.pk).count() == 1


def test_no_word_stands_in_clear(open_report) -> None:
    case, _words = open_report(identity={"name": "Anna"}, anonymity="confidential")
    report = case.statements.of_kinds([StatementKind.REPORT]).get()

    assert b"zeppelinhal" not in bytes(report.body)
    assert b"veiled_threat" not in bytes(case.header)
    assert b"Anna" not in bytes(case.identity)


def test_the_first_contact_is_promised_for_the_same_day(open_report, now) -> None:
    case, _words = open_report()
    late, _more = open_report(when=now.replace(hour=19))
    at_noon = Commitment.objects.get(case=case)
    at_night = Commitment.objects.get(case=late)

    assert at_noon.kind == CommitmentKind.FIRST_CONTACT
    assert at_noon.due_on == date(2026, 5, 12)
    assert at_night.due_on == date(2026, 5, 13)


def test_the_day_is_the_one_on_the_dutch_clock(open_report) -> None:
    # A quarter to one on King's Day in Amsterdam is still the day before in UTC.
    moment = datetime(2026, 4, 27, 0, 45, tzinfo=AMSTERDAM)

    case, _words = open_report(when=moment)

    assert case.opened_on == date(2026, 4, 27)


def test_a_chosen_name_needs_no_reason(open_report, bram, keyring_of, now) -> None:
    case, _words = open_report(anonymity="named", identity={"name": "Anna"})

    opened = services.open_identity(case, by=bram, keyring=keyring_of(bram), now=now)

    assert opened == {"name": "Anna"}
    assert not Event.objects.filter(kind=Kind.IDENTITY_OPENED).exists()


def test_the_recused_opens_nothing(open_report, daan, keyring_of, now) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    keyring = keyring_of(daan)

    with pytest.raises(NoAccess):
        services.header_of(case, keyring)
    with pytest.raises(NotAllowed):
        services.read_report(case, by=daan, keyring=keyring, now=now)
