"""Somebody is concerned: access ends at once, and the case goes on with another."""

import pytest
from django.utils import timezone

from cases import services
from cases.models import Case, Purpose, StatementKind
from intake import services as intake
from intake.services import enter
from tests import factories
from tests.cases.asking import agreed, doing
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.vault.core import NoAccess
from weerbaar.vault.keyring import Keyring
from weerbaar.vault.models import Grant
from weerbaar.web.refusals import NotAllowed

NAMED = {"anonymity": "confidential", "identity": {"name": "Anna"}}


def opens(case: Case, keyring: Keyring) -> bool:
    return keyring.holds(Case.objects.get(pk=case.pk).case_key_id)


def test_who_steps_aside_loses_case_and_name_at_once(
    karim, bram, sanne, open_report, keyring_of, now
) -> None:
    case, code = open_report(when=now, **NAMED)
    who = doing(bram, keyring_of, now)
    services.assign(case, bram, **who)
    approval = agreed(case, who, doing(karim, keyring_of, now))

    services.recuse(case, bram, "Het is mijn neef.", **who)

    assert not Case.objects.visible_to(bram).exists()
    assert not opens(case, keyring_of(bram))
    assert not Grant.objects.filter(key=case.identity_key, holder=bram.key_id).exists()
    approval.refresh_from_db()
    assert approval.state == "ended"
    # It goes on with Sanne, who reads why; Anna reads that, and not who.
    assert [one.user for one in services.people_on(case)] == [sanne]
    ring = keyring_of(sanne)
    kept = services.read_thread(case, [StatementKind.REASON], ring)
    assert [one.text for one in kept] == ["Het is mijn neef."]
    access = enter(code, now=now)
    said = str(intake.changes_about(access.case)[0].text)
    assert "teruggetrokken" in said
    assert bram.name not in said
    # And nobody can give it back.
    with pytest.raises(services.Recused):
        services.assign(case, bram, **doing(sanne, keyring_of, now))


def test_a_colleague_who_is_concerned_is_kept_out_by_another(
    bram, sanne, daan, chris, open_report, keyring_of, now
) -> None:
    case, _code = open_report()
    with pytest.raises(services.RecusalReasonMissing):
        services.recuse(case, daan, " ", **doing(bram, keyring_of, now))
    with pytest.raises(NotAllowed):
        services.recuse(case, daan, "x", **doing(chris, keyring_of, now))

    services.recuse(case, daan, "Hij was erbij.", **doing(bram, keyring_of, now))

    assert not opens(case, keyring_of(daan))
    assert (
        str(daan.pk) in services.header_of(Case.objects.get(), keyring_of(bram)).recused
    )
    assert Event.objects.about(case.pk).filter(kind=Kind.CASE_RECUSED).count() == 1


def test_a_custodian_who_is_concerned_answers_nothing_any_more(
    karim, bram, open_report, keyring_of, now
) -> None:
    case, _code = open_report(when=now, **NAMED)
    who = doing(bram, keyring_of, now)
    approval = services.ask(case, Purpose.IDENTITY, "De politie belt.", **who)

    services.recuse(case, karim, "Hij kent de melder.", **who)

    with pytest.raises(NotAllowed):
        services.approve(approval, **doing(karim, keyring_of, now))
    with pytest.raises(NoAccess):
        services.reason_asked(approval, keyring_of(karim))


def test_the_last_one_gives_the_case_on_or_keeps_it(
    lindeveen, bram, chris, open_report, keyring_of, now
) -> None:
    case, _code = open_report()
    who = doing(bram, keyring_of, now)
    with pytest.raises(services.NobodyLeft):
        services.recuse(case, bram, "Het is mijn neef.", **who)
    assert opens(case, keyring_of(bram))

    # Chris of the next municipality stands behind, for when nobody else may.
    factories.join(chris, lindeveen, "handler", is_fallback=True)
    services.recuse(case, bram, "Het is mijn neef.", **who)

    assert not opens(case, keyring_of(bram))
    assert opens(case, keyring_of(chris))


def test_fallback_handlers_receive_only_when_no_other_may(
    lindeveen, bram, daan, chris, open_report
) -> None:
    factories.join(chris, lindeveen, "handler", is_fallback=True)

    usual, _code = open_report()
    about_all, _code = open_report(recused=[str(bram.pk), str(daan.pk)])

    assert list(Case.objects.visible_to(chris)) == [about_all]
    assert list(Case.objects.visible_to(bram)) == [usual]
    with pytest.raises(services.NobodyMayRead):
        open_report(recused=[str(p.pk) for p in (bram, daan, chris)])


def test_the_reporter_excludes_somebody_from_the_mailbox(
    bram, sanne, daan, open_report, keyring_of, now
) -> None:
    case, code = open_report()
    access = enter(code, now=now)
    names = {person.name for person in intake.readers_of(access, now).values()}
    assert names == {bram.name, sanne.name, daan.name}

    intake.exclude(access, str(daan.pk), now=now)

    assert not opens(case, keyring_of(daan))
    # She cannot rewrite the header; her word counts beside it, for whoever gives.
    who = doing(bram, keyring_of, now)
    assert str(daan.pk) not in services.header_of(case, who["keyring"]).recused
    with pytest.raises(services.Recused):
        services.assign(case, daan, **who)
    given = services.give_all(case.organisation, daan, **who)
    assert (given.given, given.closed) == (0, 1)


def test_the_reporter_is_told_when_nobody_would_be_left(
    bram, open_report, keyring_of, now
) -> None:
    case, code = open_report()

    with pytest.raises(services.NobodyLeftForYou):
        intake.exclude(enter(code, now=now), str(bram.pk), now=now)

    assert opens(case, keyring_of(bram))


def test_pages_step_aside_without_opening_and_keep_a_colleague_out(
    bram, sanne, daan, open_report, signed_in
) -> None:
    case, _code = open_report(when=timezone.now())
    browser = signed_in(bram)
    out = {"person": str(daan.pk), "reason": "Hij was erbij."}
    browser.post(f"/zaken/{case.reference}/betrokken/", out)
    looked = Event.objects.filter(kind=Kind.CASE_OPENED_BY, actor_id=bram.pk).count()

    aside = {"case": case.reference, "reason": "Het is mijn neef."}
    gone = browser.post("/zaken/betrokken/", aside)

    assert gone.url == "/zaken/"
    assert browser.get(f"/zaken/{case.reference}/").status_code == 404
    after = Event.objects.filter(kind=Kind.CASE_OPENED_BY, actor_id=bram.pk).count()
    assert after == looked
    assert list(Case.objects.visible_to(sanne)) == [case]
    assert not Case.objects.visible_to(daan).exists()
