"""The pages of the referrals: the handler's tab, the partner's desk, the catalogue."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from referrals import services
from referrals.models import Answer, Partner, Referral
from tests.cast import PASSWORD, TOTP_SECRET
from tests.factories import SINCE
from tests.referrals.stage import ADVICE, ANSWER, SUMMARY
from weerbaar.accounts.models import Membership, Organisation, User
from weerbaar.accounts.roles import Role
from weerbaar.accounts.services import set_up_totp
from weerbaar.vault.models import Grant
from weerbaar.vault.people import make_person_key

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    page = BeautifulSoup(answer.content, "html5lib").find(id="main")
    assert page is not None
    return " ".join(page.get_text(" ").split())


@pytest.fixture
def bram_in(stage, signed_in) -> Client:
    return signed_in(stage.handler)


@pytest.fixture
def esma_in(stage, signed_in) -> Client:
    return signed_in(stage.desk)


def address(referral: Referral) -> str:
    return reverse("case-referral", args=[referral.case.reference, referral.pk])


def test_handler_sees_the_exact_text_before_it_is_proposed(stage, bram_in) -> None:
    partner = stage.find("support_team_nwb")
    page = reverse("case-referral-propose", args=[stage.case.reference, partner.pk])
    typed = {"summary": SUMMARY, "advice": ADVICE, "wish": "", "contact": ""}

    checked = bram_in.post(page, typed)
    assert SUMMARY in words(checked)
    assert "krijgt precies dit" in words(checked)
    assert not Referral.objects.exists()
    edited = bram_in.post(page, typed | {"action": "edit"})
    assert SUMMARY in edited.content.decode()
    done = bram_in.post(page, typed | {"action": "propose"})

    referral = Referral.objects.get()
    assert done.status_code == 302
    opened = services.open_one(referral, stage.keyring)
    assert [str(p.section) for p in opened.text.pieces] == [
        "sender",
        "reference",
        "summary",
    ]


def test_empty_summary_is_asked_for_and_nothing_is_lost(stage, bram_in) -> None:
    partner = stage.find("victim_support")
    page = reverse("case-referral-propose", args=[stage.case.reference, partner.pk])

    answer = bram_in.post(page, {"summary": " ", "advice": ADVICE})

    assert "Schrijf een samenvatting" in words(answer)
    assert ADVICE in answer.content.decode()
    assert not Referral.objects.exists()


def test_riec_of_the_region_is_the_only_one_offered(stage, bram_in) -> None:
    page = bram_in.get(reverse("case-referral-new", args=[stage.case.reference]))

    assert "RIEC Midden-Nederland" in words(page)
    assert "RIEC Limburg" not in words(page)


def test_water_authority_chooses_among_all_riecs(
    partners, iris, water_authority, open_report, signed_in
) -> None:
    case, _code = open_report(organisation=water_authority, office="")

    page = signed_in(iris).get(reverse("case-referral-new", args=[case.reference]))

    assert words(page).count("RIEC ") >= 10


def test_whole_way_through_the_pages(stage, bram_in, esma_in) -> None:
    referral = stage.propose()
    page, desk = address(referral), reverse("desk-referral", args=[referral.pk])
    today = timezone.localdate()
    said = {"said": "yes", "how": "phone", "version": referral.version}

    assert bram_in.post(page, {"verb": "send"}).status_code == 409
    Referral.objects.update(proposed_on=stage.today)
    assert esma_in.get(desk).status_code == 404
    bram_in.post(page, {"verb": "consent", "given_on": str(today), **said})
    bram_in.post(page, {"verb": "send"})
    assert str(referral.pk) in esma_in.get(reverse("desk")).content.decode()
    closed = words(esma_in.get(desk))
    assert SUMMARY not in closed
    esma_in.post(desk, {"verb": "receive"})
    assert SUMMARY in words(esma_in.get(desk))
    esma_in.post(desk, {"verb": "accept"})
    esma_in.post(desk, {"verb": "answer", "text": ANSWER})
    assert ANSWER in words(bram_in.get(page))
    word = Answer.objects.get()
    bram_in.post(page, {"verb": "release", "answer": str(word.pk)})
    esma_in.post(desk, {"verb": "complete"})

    referral.refresh_from_db()
    assert referral.state == "completed"
    seen = services.open_for_reporter(stage.case, stage.reporter_keyring)
    assert seen[0].answer == ANSWER


def test_refusal_of_consent_is_recorded(stage, bram_in) -> None:
    referral = stage.propose()
    Referral.objects.update(proposed_on=timezone.localdate())
    said = {"said": "no", "how": "in_person", "version": 1, "given_on": "12-5-2026"}

    bram_in.post(address(referral), {"verb": "consent", **said})

    referral.refresh_from_db()
    assert referral.state == "withdrawn"


def test_changed_text_asks_for_consent_anew(stage, bram_in) -> None:
    referral = stage.consented()
    page = reverse("case-referral-text", args=[stage.case.reference, referral.pk])
    assert SUMMARY in bram_in.get(page).content.decode()

    typed = {"summary": "Anders.", "action": "propose", "version": "1"}
    bram_in.post(page, typed)

    referral.refresh_from_db()
    assert (referral.state, referral.version) == ("proposed", 2)
    assert "Telt niet meer" in words(bram_in.get(address(referral)))


def test_second_writer_of_a_text_sees_both_and_loses_nothing(
    sanne, stage, bram_in, keyring_of
) -> None:
    referral = stage.propose()
    page = reverse("case-referral-text", args=[stage.case.reference, referral.pk])
    form = BeautifulSoup(bram_in.get(page).content, "html5lib")
    seen = form.select_one("main input[name=version]")["value"]
    services.revise(
        referral,
        draft=stage.draft(referral.partner, "De tekst van Sanne."),
        by=sanne,
        keyring=keyring_of(sanne),
        now=stage.now,
    )
    mine = {"summary": "De tekst van Bram.", "version": seen}

    checked = bram_in.post(page, mine)
    told = bram_in.post(page, mine | {"action": "propose"})
    assert checked.status_code == 200
    assert told.status_code == 409
    main = BeautifulSoup(told.content, "html5lib").find(id="main")
    assert "De tekst van Sanne." in main.select_one(".cs-preview").get_text()
    assert "De tekst van Bram." in main.select_one("textarea").get_text()
    assert "De tekst van Sanne." in services.open_one(referral, stage.keyring).text.text

    newest = main.select_one("input[name=version]")["value"]
    again = mine | {"version": newest, "action": "propose"}
    assert bram_in.post(page, again).status_code == 302
    assert "De tekst van Bram." in services.open_one(referral, stage.keyring).text.text


def test_text_that_was_sent_meanwhile_is_told_and_keeps_the_words(
    stage, bram_in
) -> None:
    referral = stage.consented()
    page = reverse("case-referral-text", args=[stage.case.reference, referral.pk])
    services.send(referral, **stage.handling)

    told = bram_in.post(
        page, {"summary": "Toch liever zo.", "version": "1", "action": "propose"}
    )

    assert told.status_code == 409
    assert "Toch liever zo." in told.content.decode()


def test_decline_without_a_reason_shows_the_form_again(stage, esma_in) -> None:
    referral = stage.received()
    desk = reverse("desk-referral", args=[referral.pk])

    answer = esma_in.post(desk, {"verb": "decline", "words": " "})

    assert "Schrijf waarom u dit niet kunt oppakken." in words(answer)
    referral.refresh_from_db()
    assert referral.state == "received"


def test_unknown_verbs_and_answers_are_refused(stage, bram_in, esma_in) -> None:
    referral = stage.received()
    desk = reverse("desk-referral", args=[referral.pk])

    assert bram_in.post(address(referral), {"verb": "explode"}).status_code == 400
    assert esma_in.post(desk, {"verb": "explode"}).status_code == 400
    released = bram_in.post(address(referral), {"verb": "release", "answer": "x"})
    assert released.status_code == 400


def test_another_partner_finds_nothing(stage, signed_in, ondersteuningsteam) -> None:
    """A package of one desk is no page of another."""
    referral = stage.received()
    victims = Organisation.objects.create(
        slug="slachtofferhulp", name="Slachtofferhulp", kind="partner"
    )
    Partner.objects.filter(code="victim_support").update(organisation=victims)
    key, _secret, _code = make_person_key(password=PASSWORD, today=SINCE)
    other = User.objects.create(
        email="xan@y.example", name="Xan", key=key, recovery_kept_on=SINCE
    )
    set_up_totp(other, TOTP_SECRET)
    Membership.objects.create(
        user=other, organisation=victims, role=Role.PARTNER_DESK, starts_on=SINCE
    )
    client = signed_in(other)
    assert str(referral.pk) not in client.get(reverse("desk")).content.decode()
    for call in (client.get, client.post):
        answer = call(reverse("desk-referral", args=[referral.pk]))
        assert answer.status_code == 404


def test_withdrawn_package_is_gone_from_the_desk(stage, esma_in) -> None:
    referral = stage.received()
    desk = reverse("desk-referral", args=[referral.pk])
    assert esma_in.get(desk).status_code == 200

    services.take_back(referral, by=stage.reporter, now=stage.now)

    assert esma_in.get(desk).status_code == 404
    assert str(referral.pk) not in esma_in.get(reverse("desk")).content.decode()


def test_catalogue_is_for_everybody_and_says_what_was_not_checked(partners) -> None:
    services.load_partners(checked_on=date(2026, 1, 2))
    Partner.objects.filter(code="trust_line").update(checked_on=None)

    page = Client().get(reverse("partners"))

    told = words(page)
    assert page.status_code == 200
    assert "070-373 83 14" in told
    assert "nog niet gecontroleerd" in told
    assert "2 januari 2026" in told
    assert "not found" not in told


def test_contact_data_grow_stale_after_half_a_year(partners) -> None:
    partner = Partner(checked_on=date(2026, 1, 1))

    assert not partner.is_stale(date(2026, 6, 30))
    assert partner.is_stale(date(2026, 7, 1))
    assert Partner(checked_on=None).is_stale(date(2026, 1, 1))


def test_loading_again_keeps_desk_and_day(partners, ondersteuningsteam) -> None:
    services.load_partners(checked_on=date(2026, 3, 1))

    services.load_partners()

    team = partners("support_team_nwb")
    assert Partner.objects.count() == 28
    assert team.organisation == ondersteuningsteam
    assert team.checked_on == date(2026, 3, 1)


@pytest.mark.parametrize("who", ["chris", "daan", "esma", "femke", "gijs"])
def test_nobody_else_comes_near(stage, signed_in, request, who) -> None:
    """Daan has no grant on this case: as the recused he finds nothing."""
    person = request.getfixturevalue(who)
    Grant.objects.filter(key=stage.case.case_key_id, holder=person.key_id).delete()
    referral, client = stage.propose(), signed_in(person)
    for name, args in (
        ("case-referrals", [stage.case.reference]),
        ("case-referral-new", [stage.case.reference]),
        ("case-referral", [stage.case.reference, referral.pk]),
        ("case-referral-text", [stage.case.reference, referral.pk]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code in {403, 404}, (who, name)
