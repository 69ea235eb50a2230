"""Every grant and every taking back is in the history, and the rows agree with it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases import services as cases
from cases.models import Case
from intake.services import close_access, enter
from tests.audit.rewriting import triggers_off
from weerbaar.accounts.demo import make_cast
from weerbaar.accounts.models import User
from weerbaar.accounts.services import make_vault
from weerbaar.audit.findings import Fault
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.audit.notes import Signer
from weerbaar.audit.services import FactNotAllowed, record, record_grants, verify
from weerbaar.demo.partners import make_partners
from weerbaar.demo.playing import play
from weerbaar.demo.scenarios import SCENARIOS
from weerbaar.vault.models import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def agree(log_key: Signer) -> Callable[[], dict[Fault, int]]:
    """Where grants and history differ."""

    def compare() -> dict[Fault, int]:
        return dict(verify(log_key.verifier).findings.counts)

    return compare


def told(kind: Kind) -> list[dict[str, Any]]:
    return list(
        Event.objects.filter(kind=kind).order_by("pk").values_list("facts", flat=True)
    )


def test_report_is_one_event_with_every_grant(
    karim, open_report, bram, sanne, agree
) -> None:
    case, _code = open_report(anonymity="confidential", identity={"name": "Anna"})

    facts = told(Kind.KEY_GRANTED)

    assert len(facts) == 1
    rows = {(str(g.key_id), str(g.holder_id), g.digest) for g in Grant.objects.all()}
    columns = (facts[0][name] for name in ("keys", "holders", "digests"))
    assert set(zip(*columns, strict=True)) == rows
    # The case to two handlers and the root; the dialogue to case and receipt; a half of
    # the name to both handlers and the custodian, and both halves to the root.
    assert len(rows) == 3 + 2 + 3 + 2
    event = Event.objects.get(kind=Kind.KEY_GRANTED)
    assert (event.about_id, event.actor_kind) == (case.pk, "reporter")
    assert agree() == {}


def test_grant_event_holds_no_name(open_report, bram) -> None:
    open_report()
    said = str(told(Kind.KEY_GRANTED))

    assert str(bram.key_id) in said
    assert str(bram.pk) not in said
    assert bram.name not in said


def test_giving_the_case_and_taking_it_back_are_in_the_history(
    open_report, bram, sanne, keyring_of, now, agree
) -> None:
    case, _code = open_report(recused=[])
    Grant.objects.filter(key_id=case.case_key_id, holder_id=sanne.key_id).delete()
    assert agree() == {Fault.GRANT_REMOVED: 1}
    who = {"by": bram, "keyring": keyring_of(bram), "now": now}

    cases.deputise(case, sanne, until=date(2026, 5, 20), **who)

    granted = told(Kind.KEY_GRANTED)[-1]
    assert granted["keys"] == [str(case.case_key_id)]
    assert granted["holders"] == [str(sanne.key_id)]
    cases.expire_deputies(now=now + timedelta(days=30))
    revoked = told(Kind.KEY_REVOKED)[-1]
    assert revoked == granted


def test_handing_over_is_in_the_history(
    open_report, bram, sanne, keyring_of, now, agree
) -> None:
    case, _code = open_report(anonymity="confidential", identity={"name": "Anna"})

    cases.hand_over(
        case, sanne, note="Bel eerst.", by=bram, keyring=keyring_of(bram), now=now
    )

    assert told(Kind.KEY_REVOKED)[0]["keys"] == [
        str(case.case_key_id),
        str(case.identity_key_id),
    ]
    assert set(told(Kind.KEY_REVOKED)[0]["holders"]) == {str(bram.key_id)}
    assert agree() == {}


def test_sharing_with_who_has_it_already_is_no_event(
    open_report, bram, sanne, keyring_of, now, agree
) -> None:
    case, _code = open_report()

    cases.assign(case, sanne, by=bram, keyring=keyring_of(bram), now=now)

    assert len(told(Kind.KEY_GRANTED)) == 1
    assert agree() == {}


def test_reporter_who_closes_her_access_is_in_the_history(
    open_report, bram, now, agree
) -> None:
    _case, code = open_report()
    access = enter(code, now=now)

    close_access(access, now=now)

    assert told(Kind.KEY_REVOKED)[0]["holders"] == [str(access.receipt.key_id)]
    assert agree() == {}


def test_vault_is_in_the_history_with_its_key(person, now) -> None:
    user = User.objects.create_user("nieuw@lindeveen.example", None, name="Nieuw")

    make_vault(user, "een lang wachtwoord", by=user, now=now)

    assert told(Kind.VAULT_MADE) == [{"key": str(user.key_id)}]


def test_whole_demo_leaves_no_grant_out(agree) -> None:
    """Fifteen scenarios through every service: the history names each grant."""
    now = timezone.now()
    people = make_cast(now=now - timedelta(days=700))
    make_partners(today=timezone.localdate(now))
    for scenario in SCENARIOS:
        play(scenario, people, now=now)

    assert Grant.objects.count() > 50
    assert agree() == {}


# --- rows that the history does not know ----------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_grant_that_was_put_back_is_found(
    open_report, bram, sanne, keyring_of, now, agree
) -> None:
    """He restores from a backup the row that was taken away: it opens again."""
    case, _code = open_report()
    kept = Grant.objects.get(key_id=case.case_key_id, holder_id=bram.key_id)
    cases.hand_over(
        case, sanne, note="Bel eerst.", by=bram, keyring=keyring_of(bram), now=now
    )
    assert agree() == {}

    kept.save(force_insert=True)

    assert keyring_of(bram).holds(case.case_key_id)
    assert agree() == {Fault.GRANT_UNKNOWN: 1}


@pytest.mark.django_db(transaction=True)
def test_grant_by_somebody_who_writes_rows_is_found(
    open_report, bram, chris, agree
) -> None:
    case, _code = open_report()
    Grant.objects.create(
        key_id=case.case_key_id, holder=chris.key, sealed=b"x", made_on=date.today()
    )

    assert agree() == {Fault.GRANT_UNKNOWN: 1}


@pytest.mark.django_db(transaction=True)
def test_grant_that_was_exchanged_is_found_twice(open_report, bram, agree) -> None:
    open_report()
    Grant.objects.filter(holder_id=bram.key_id).update(sealed=b"another")

    assert agree() == {Fault.GRANT_UNKNOWN: 1, Fault.GRANT_REMOVED: 1}


@pytest.mark.django_db(transaction=True)
def test_spoiled_event_of_a_grant_does_not_stop_the_check(
    open_report, bram, agree
) -> None:
    open_report()
    with triggers_off() as attacker:
        for facts in ("{}", "5", '{"keys": 1}', '{"keys": ["a"], "holders": []}'):
            attacker.execute(
                "UPDATE audit_event SET facts = %s WHERE kind = 'key.granted'", [facts]
            )
            found = agree()
            assert found[Fault.GRANT_UNKNOWN] == Grant.objects.count()


# --- the page of a case ---------------------------------------------------------------


def test_timeline_says_who_got_access_and_who_looked(
    open_report, bram, sanne, signed_in
) -> None:
    case, _code = open_report()
    client = signed_in(bram)
    client.get(f"/zaken/{case.reference}/")

    page = client.get(f"/zaken/{case.reference}/tijdlijn/").content.decode()

    assert "Toegang gegeven: Bram Visser, Sanne de Jong" in page
    assert "Zaak bekeken" in page


def test_programs_read_who_got_access(open_report, bram, sanne) -> None:
    case, _code = open_report()

    moment = next(m for m in cases.timeline(case) if m.event.kind == Kind.KEY_GRANTED)

    assert [person.name for person in moment.about] == [bram.name, sanne.name]


# --- facts ----------------------------------------------------------------------------


def test_list_of_facts_holds_no_words(lindeveen, bram, now) -> None:
    with pytest.raises(FactNotAllowed):
        record(Kind.KEY_GRANTED, lindeveen, by=bram, now=now, keys=["two words"])
    with pytest.raises(FactNotAllowed):
        record(Kind.KEY_GRANTED, lindeveen, by=bram, now=now, keys=[["é"]])


def test_nothing_granted_is_no_event(lindeveen, bram, now) -> None:
    record_grants(lindeveen, [], by=bram, now=now)

    assert not Event.objects.filter(kind=Kind.KEY_GRANTED).exists()


def test_older_header_put_back_with_its_number_is_found(
    open_report, bram, daan, keyring_of, now, agree
) -> None:
    """Before Daan was excluded: whoever can write rows would let him in again."""
    case, _code = open_report()
    before = {"header": bytes(case.header), "revision": case.revision}
    doing = {"by": bram, "keyring": keyring_of(bram), "now": now}
    cases.recuse(case, daan, "Familie.", **doing)
    assert agree() == {}

    Case.objects.filter(pk=case.pk).update(**before)

    put_back = Case.objects.get(pk=case.pk)
    assert cases.header_of(put_back, keyring_of(bram)).recused == [], "it opens"
    assert agree() == {Fault.SEALED_CHANGED: 1}


def test_case_that_was_removed_and_not_destroyed_is_found(open_report, agree) -> None:
    case, _code = open_report()
    case.delete()

    assert Fault.SEALED_REMOVED in agree()


def test_header_of_a_rekeyed_case_agrees_and_a_destroyed_one_is_no_fault(
    open_report, bram, keyring_of, now, agree
) -> None:
    case, _code = open_report()
    doing = {"by": bram, "keyring": keyring_of(bram), "now": now}
    cases.step(case, "begin_triage", **doing)
    cases.step(case, "dismiss", words="Nee.", choice="not_for_us", **doing)
    cases.rekey(case, reason="Vermoeden.", **doing)
    assert agree() == {}

    case.refresh_from_db()
    cases.destroy(case, grounds="early", by=bram, now=now)
    assert agree() == {}
