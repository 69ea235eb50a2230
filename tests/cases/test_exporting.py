"""A case goes out once, after two people agreed, whole and with its hashes."""

import hashlib
import io
import json
import zipfile

import pikepdf
import pytest
from django.utils import timezone

from aftercare import services as aftercare
from cases import services
from cases.models import Case, Destruction, Purpose
from intake.services import enter
from referrals import services as referrals
from referrals.models import Partner
from tests import factories
from tests.cases.asking import agreed, doing
from tests.factories import STORY
from weerbaar.audit.kinds import Kind
from weerbaar.audit.models import Event
from weerbaar.web.refusals import NotAllowed

NAMED = {"anonymity": "confidential", "identity": {"name": "Anna Vos"}}


@pytest.fixture
def who(bram, keyring_of):
    return doing(bram, keyring_of, timezone.now())


@pytest.fixture
def second(sanne, keyring_of):
    return doing(sanne, keyring_of, timezone.now())


def test_export_is_downloaded_once_and_holds_the_case_without_hidden_name(
    who, second, bram, open_report, signed_in
) -> None:
    case, _code = open_report(when=timezone.now(), **NAMED)
    services.write_note(case, "De school weet ervan 😀.", **who)
    approval = agreed(case, who, second, Purpose.EXPORT)
    browser = signed_in(bram)
    where = f"/zaken/{case.reference}/verzoeken/{approval.pk}/uitvoer/"

    answer = browser.post(where)
    packed = b"".join(answer.streaming_content)

    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        files = {name: found.read(name) for name in found.namelist()}
        assert bram.name in found.comment.decode()
    lines = files.pop("manifest.txt").decode().splitlines()[1:]
    told = dict(reversed(line.split("  ", 1)) for line in lines)
    assert told == {n: hashlib.sha256(b).hexdigest() for n, b in files.items()}
    data = json.loads(files["zaak.json"])
    bodies = [one["body"].get("text") for one in data["statements"]]
    assert STORY in bodies
    assert "De school weet ervan 😀." in bodies
    assert b"Anna Vos" not in files["zaak.json"]
    assert files["zaak.pdf"].startswith(b"%PDF")
    assert Event.objects.about(case.pk).filter(kind=Kind.CASE_EXPORTED).exists()
    # Once is once.
    assert browser.post(where).status_code == 409


def test_export_needs_the_yes_the_asker_and_a_fresh_second_factor(
    who, second, bram, sanne, open_report, signed_in
) -> None:
    case, _code = open_report(when=timezone.now())
    asked = services.ask(case, Purpose.EXPORT, "Voor de politie.", **who)
    with pytest.raises(services.ApprovalOver):
        services.export_case(asked, **who)
    services.approve(asked, **second)
    with pytest.raises(NotAllowed):
        services.export_case(asked, **second)
    where = f"/zaken/{case.reference}/verzoeken/{asked.pk}/uitvoer/"
    browser = signed_in(bram)
    factories.give_factor(browser, bram, 600)

    assert "/account/bevestigen/" in browser.post(where).url
    assert signed_in(sanne).post(where).status_code == 404


def test_early_destruction_takes_two_people_and_a_closed_case(
    who, second, bram, open_report, signed_in
) -> None:
    case, _code = open_report(when=timezone.now())
    services.step(case, "begin_triage", **who)
    approval = agreed(case, who, second, Purpose.DESTRUCTION)
    assert services.approved_destruction(case, now=who["now"]) == approval
    with pytest.raises(services.NotClosed):
        services.destroy_early(approval, by=bram, now=who["now"])
    services.step(case, "dismiss", words="Nee.", choice="not_for_us", **who)
    browser = signed_in(bram)
    where = f"/zaken/{case.reference}/verzoeken/{approval.pk}/vernietigen/"

    assert browser.get(where).status_code == 200
    browser.post(where)

    assert not Case.objects.exists()
    assert Destruction.objects.get().grounds == "early"
    with pytest.raises(type(approval).DoesNotExist):
        approval.refresh_from_db()


def test_export_holds_referrals_and_aftercare(
    who, second, bram, open_report, signed_in
) -> None:
    case, code = open_report(when=timezone.now())
    services.step(case, "begin_triage", **who)
    aftercare.offer(case, by=bram, now=who["now"])
    anna = enter(code, now=who["now"])
    hers = {"by": anna.by, "keyring": anna.keyring, "now": who["now"]}
    aftercare.respond_to_offer(aftercare.current_plan(case), accept=True, **hers)
    referrals.load_partners()
    help_ = Partner.objects.get(code="victim_support")
    draft = referrals.Draft(["summary"], {"summary": "Zij wil graag praten."})
    made = referrals.propose(case, partner=help_, draft=draft, **who)
    referrals.consent(made, **hers)
    approval = agreed(case, who, second, Purpose.EXPORT)

    where = f"/zaken/{case.reference}/verzoeken/{approval.pk}/uitvoer/"
    packed = b"".join(signed_in(bram).post(where).streaming_content)

    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        data = json.loads(found.read("zaak.json"))
        with pikepdf.open(io.BytesIO(found.read("zaak.pdf"))) as paper:
            assert len(paper.pages) >= 1
    [told] = data["referrals"]
    assert told["title"] == help_.name
    assert "Zij wil graag praten." in str(told["lines"])
    assert "toestemming" in str(told["lines"]).lower()
    assert len(data["aftercare"]) == 3
