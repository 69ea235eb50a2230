"""The case page and its corners: its order, two kinds of words, who stays out."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone

from aftercare import services as aftercare
from cases import services
from cases.models import Case, Kind, StatementKind
from tests import factories
from tests.cases.asking import doing
from tests.factories import STORY
from weerbaar.accounts.actors import Reporter
from weerbaar.accounts.models import User
from weerbaar.audit import kinds
from weerbaar.audit.models import Event
from weerbaar.steps import offers


@pytest.fixture
def case(open_report) -> Case:
    made, _words = open_report(
        wish="call_me",
        when=timezone.now(),
        contact={
            "channel": "phone",
            "phone": "06-12345678",
            "cover": "De bibliotheek.",
        },
    )
    return made


@pytest.fixture
def browser(bram, signed_in) -> Client:
    return signed_in(bram)


def soup_of(page) -> BeautifulSoup:
    return BeautifulSoup(page.content, "html5lib")


def words_of(page) -> str:
    main = soup_of(page).select_one("main")
    return main.get_text(" ", strip=True)


def address(case: Case, rest: str = "") -> str:
    return f"/zaken/{case.reference}/{rest}"


def test_the_page_stands_in_the_order_a_handler_needs(case, browser) -> None:
    soup = soup_of(browser.get(address(case)))
    ids = [tag["id"] for tag in soup.select("main section[id]")]
    choice = soup.select_one("#choice").get_text(" ", strip=True)

    assert ids[:6] == ["choice", "next", "timeline", "promises", "messages", "notes"]
    assert "Bel mij" in choice
    assert "06-12345678" in choice
    assert "De bibliotheek." in choice


def test_what_to_heed_stands_before_the_number(open_report, browser) -> None:
    """Who dials has read when, whether to leave a message, and what to say (R-11)."""
    made, _words = open_report(
        contact={
            "channel": "phone",
            "phone": "06-12345678",
            "email": "anna@voorbeeld.example",
            "times": "na zessen",
            "voicemail": "no",
            "cover": "De bibliotheek.",
        }
    )
    box = soup_of(browser.get(address(made))).select_one("#choice")
    told = [tag.get_text(strip=True) for tag in box.select("dd")]

    assert [t for t in told if t in {"na zessen", "Nee", "De bibliotheek."}] == (
        told[told.index("na zessen") : told.index("06-12345678")]
    )
    assert told[-2:] == ["06-12345678", "anna@voorbeeld.example"]
    assert not box.select(".utrecht-alert--error")


def test_a_changed_wish_stands_on_top(case, browser, bram, keyring_of, now) -> None:
    services.change_wish(
        case,
        "record",
        by=Reporter(case.dialogue_key_id),
        keyring=keyring_of(bram),
        now=now,
    )
    choice = soup_of(browser.get(address(case))).select_one("#choice").get_text(" ")

    assert "Alleen vastleggen" in choice
    assert "Bel mij" not in choice


def test_the_story_opens_only_after_asking_and_the_asking_is_an_event(
    case, browser, bram
) -> None:
    before = browser.get(address(case))
    reads = Event.objects.filter(kind=kinds.Kind.STATEMENT_READ)
    assert STORY not in before.content.decode()
    assert not reads.exists()

    page = browser.post(address(case, "verhaal/"))

    assert STORY in page.content.decode()
    assert reads.get().actor_id == bram.pk


def test_every_look_is_in_the_timeline(case, browser, bram) -> None:
    for _i in range(3):
        browser.get(address(case))

    page = words_of(browser.get(address(case, "tijdlijn/")))

    looks = Event.objects.filter(kind=kinds.Kind.CASE_OPENED_BY, about_id=case.pk)
    assert looks.count() == 4
    assert "Zaak bekeken (4 keer)" in page
    assert bram.name in page


@pytest.mark.parametrize("rest", ["berichten/", "notitie/", "afspraken/", "indeling/"])
def test_sending_an_empty_form_is_a_look_too(rest: str, case, browser) -> None:
    """It shows the page; without a trace it would be a way to read unseen."""
    looks = Event.objects.filter(kind=kinds.Kind.CASE_OPENED_BY, about_id=case.pk)

    browser.post(address(case, rest), {})

    assert looks.count() == 1


def test_who_cannot_open_the_case_has_not_looked(case, bram) -> None:
    browser = Client()
    browser.force_login(bram)

    answer = browser.get(address(case))

    assert answer["Location"].startswith("/kluis/")
    assert not Event.objects.filter(kind=kinds.Kind.CASE_OPENED_BY).exists()


def test_next_steps_are_the_allowed_ones_with_a_reason_when_not(
    case, browser, bram, keyring_of, now
) -> None:
    assert steps_on(browser, case) == ["Beoordeling beginnen"]

    browser.post(address(case, "stap/begin_triage/"))
    who = doing(bram, keyring_of, now)
    assert set(steps_on(browser, case)) == {
        "Advies geven",
        "Maatregelen afspreken",
        "Sluiten na de beoordeling",
    }
    case.refresh_from_db()
    services.step(case, "respond", words="Een gesprek.", **who)
    page = soup_of(browser.get(address(case)))
    assert "Bied eerst nazorg aan" in page.select_one("#next .cs-cannot").get_text()


def steps_on(browser: Client, case: Case) -> list[str]:
    links = soup_of(browser.get(address(case))).select("#next .utrecht-button")
    return [link.get_text(strip=True) for link in links]


def test_a_step_that_asks_nothing_is_one_press(case, browser) -> None:
    answer = browser.post(address(case, "stap/begin_triage/"))

    assert answer.status_code == 302
    assert Case.objects.get().state == "triage"


def test_words_for_the_reporter_are_shown_once_more_before_they_go(
    case, browser
) -> None:
    browser.post(address(case, "stap/begin_triage/"))
    written = {"words": "Zet uw berichten op slot."}

    shown = browser.post(address(case, "stap/advise/"), written)
    assert Case.objects.get().state == "triage"
    preview = soup_of(shown).select_one("#preview")
    changed = browser.post(address(case, "stap/advise/"), {**written, "action": "edit"})
    sent = browser.post(address(case, "stap/advise/"), {**written, "action": "send"})

    assert preview.get_text() == written["words"]
    assert written["words"] in soup_of(changed).select_one("textarea").get_text()
    assert sent.status_code == 302
    assert Case.objects.get().state == "advice"


def test_knowledge_stands_beside_a_step(open_report, browser) -> None:
    """The protocol, an offence as a hint, and numbers with the day of checking."""
    case, _words = open_report(types=["doxing"], when=timezone.now())
    browser.post(address(case, "stap/begin_triage/"))

    beside = soup_of(browser.get(address(case, "stap/respond/"))).select_one("#beside")
    told = beside.get_text(" ", strip=True)

    assert "binnen twee werkdagen" in told
    assert "Veilige Publieke Taak" in told
    assert "Misschien geldt art. 285d Sr." in told
    assert "since" not in told
    assert "070-373 83 14" in told
    assert "laatst gecontroleerd op" in told
    assert beside.select("form") == []


def test_advice_is_given_from_the_instruments(case, browser) -> None:
    browser.post(address(case, "stap/begin_triage/"))
    form = soup_of(browser.get(address(case, "stap/advise/")))
    offered = [box["value"] for box in form.select("input[name=instruments]")]
    written = {"words": "Zet uw berichten op slot.", "instruments": ["support_team"]}

    shown = soup_of(browser.post(address(case, "stap/advise/"), written))
    preview = shown.select_one("#preview").get_text()
    hidden = {i["name"]: i["value"] for i in shown.select("main input[type=hidden]")}
    browser.post(address(case, "stap/advise/"), {**hidden, "action": "send"})

    assert "support_team" in offered
    # Made for clerks and secretaries; the reporter cannot do anything with it.
    assert "aggression_protocol_format" not in offered
    assert preview.startswith("Zet uw berichten op slot.\n\nDit kan helpen:")
    assert "Ondersteuningsteam Weerbaar Bestuur" in preview
    told = words_of(browser.get(address(case, "berichten/")))
    assert " ".join(preview.split()) in " ".join(told.split())


def test_a_proposed_step_becomes_a_task_with_one_press(case, browser) -> None:
    def proposed() -> Tag:
        return soup_of(browser.get(address(case))).select_one("#guidance")

    form = proposed().select_one("form")
    typed = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}

    browser.post(form["action"], typed)

    task = case.commitments.get(kind="task")
    assert task.due_on >= timezone.localdate()
    assert typed["text"] in words_of(browser.get(address(case, "afspraken/")))
    assert "Staat bij de taken" in proposed().get_text()
    assert typed["text"] not in {
        i["value"] for i in proposed().select("input[name=text]")
    }


@pytest.mark.parametrize("kind", ["incident", "prevention"])
def test_every_offered_step_has_a_page(
    kind: str, open_report, browser, bram, keyring_of, now
) -> None:
    case, _words = open_report(kind=kind)
    who = doing(bram, keyring_of, now)
    seen: set[str] = set()
    answers = {"words": "Tekst.", "consent": "Gebeld."}
    choices = {"dismiss": "no_violation", "evaluate": "given"}
    services.arrange_aftercare(case)
    route = (
        ["begin_triage", "respond", "begin_aftercare", "evaluate", None]
        if kind == "incident"
        else ["begin_triage", "advise", None]
    )
    for step in route:
        case.refresh_from_db()
        for offer in offers(case, by=bram):
            page = browser.get(address(case, f"stap/{offer.name}/"))
            assert page.status_code == 200, offer.name
            assert str(offer.label) in words_of(page)
            seen.add(offer.name)
        if step:
            services.step(case, step, choice=choices.get(step, ""), **answers, **who)

    expected = {"begin_triage", "dismiss", "advise"}
    expected |= (
        {"respond", "begin_aftercare", "resume_response", "evaluate", "close"}
        if kind == "incident"
        else {"close_advice"}
    )
    assert seen == expected


def test_a_step_beyond_the_wish_asks_for_consent(open_report, browser) -> None:
    case, _words = open_report(wish="record")
    browser.post(address(case, "stap/begin_triage/"))
    given = {"words": "Een gesprek.", "action": "send"}

    refused = browser.post(address(case, "stap/respond/"), given)
    assert Case.objects.get().state == "triage"
    browser.post(address(case, "stap/respond/"), {**given, "consent": "Telefonisch."})

    assert "Schrijf wanneer en hoe de melder hiermee instemde." in words_of(refused)
    assert Case.objects.get().state == "response"


def test_a_step_that_is_not_possible_is_told_and_keeps_the_words(case, browser) -> None:
    answer = browser.post(
        address(case, "stap/close/"), {"words": "Wij leerden veel van deze zaak."}
    )

    assert answer.status_code == 409
    assert "Wij leerden veel van deze zaak." in answer.content.decode()
    assert browser.get(address(case, "stap/withdraw/")).status_code == 404
    assert browser.get(address(case, "stap/nonsense/")).status_code == 404


def test_messages_and_notes_cannot_be_confused(case, browser) -> None:
    messages = soup_of(browser.get(address(case, "berichten/")))
    reporter = messages.select_one(".cs-box--reporter")
    internal = messages.select_one(".cs-box--internal")
    note = soup_of(browser.get(address(case, "notitie/")))

    assert "De melder leest dit." in reporter.get_text()
    assert "Alleen behandelaars" in internal.get_text()
    assert icon_of(reporter) != icon_of(internal)
    assert reporter.h2.get_text(strip=True) != internal.h2.get_text(strip=True)
    # One form a page: a note is written elsewhere than a message.
    assert len(messages.select("main textarea")) == 1
    assert reporter.select_one("textarea") is not None
    assert note.select_one(".cs-box--reporter") is None
    assert len(note.select("main textarea")) == 1


def icon_of(box: Tag) -> str:
    return str(box.h2.svg)


def test_a_message_goes_only_after_confirming(case, browser) -> None:
    text = {"text": "Ik bel u vanmiddag.", "answer_by": ""}
    sent = case.statements.of_kinds([StatementKind.MESSAGE])

    shown = browser.post(address(case, "berichten/"), text)
    assert not sent.exists()
    edited = browser.post(address(case, "berichten/"), {**text, "action": "edit"})
    assert not sent.exists()
    browser.post(address(case, "berichten/"), {**text, "action": "send"})

    assert "Verstuur naar de melder" in words_of(shown)
    assert text["text"] in soup_of(edited).select_one("textarea").get_text()
    assert sent.count() == 1
    assert text["text"] in words_of(browser.get(address(case, "berichten/")))


def test_pressing_twice_sends_once(case, browser) -> None:
    def once(page) -> str:
        return soup_of(page).select_one("main input[name=once]")["value"]

    text = {"text": "Ik bel u vanmiddag.", "answer_by": "", "action": "send"}
    message = text | {"once": once(browser.get(address(case, "berichten/")))}
    note = {"text": "Let op.", "once": once(browser.get(address(case, "notitie/")))}
    for _i in range(2):
        browser.post(address(case, "berichten/"), message)
        browser.post(address(case, "notitie/"), note)
    page = soup_of(browser.get("/zaken/nieuw/"))
    wanted = {
        "once": page.select_one("main input[name=once]")["value"],
        "organisation": page.select_one("input[name=organisation]")["value"],
        "subject": "Raad",
        "meeting_on": str(timezone.localdate() + timedelta(days=30)),
    }
    first, second = (browser.post("/zaken/nieuw/", wanted) for _i in range(2))

    kinds_written = list(case.statements.values_list("kind", flat=True))
    assert kinds_written == ["report", "contact", "message", "note"]
    assert first["Location"] == second["Location"]
    assert Case.objects.filter(kind=Kind.PREVENTION).count() == 1


def test_an_id_of_another_case_is_no_way_in(case, open_report, browser) -> None:
    other, _words = open_report()
    foreign = other.statements.get().pk

    browser.post(address(case, "notitie/"), {"text": "Let op.", "once": str(foreign)})

    assert case.statements.of_kinds([StatementKind.NOTE]).count() == 1
    assert other.statements.count() == 1


def test_a_note_is_saved_and_stays_inside(case, browser) -> None:
    browser.post(address(case, "notitie/"), {"text": "Let op: pers belt."})
    soup = soup_of(browser.get(address(case, "berichten/")))

    assert "pers belt" in soup.select_one(".cs-box--internal").get_text()
    assert "pers belt" not in soup.select_one(".cs-box--reporter").get_text()


def test_nobody_writes_to_a_reporter_without_a_mailbox(
    lindeveen, browser, bram
) -> None:
    from cases.header import Header
    from weerbaar.accounts.actors import SYSTEM

    case = services.open_case(
        services.CaseRequest(organisation=lindeveen, header=Header()),
        by=SYSTEM,
        now=timezone.now(),
    )
    page = soup_of(browser.get(address(case, "berichten/")))

    assert "De melder heeft hier geen postvak" in page.get_text()
    assert page.select_one("main textarea") is None


def test_promises_are_kept_missed_moved_and_added(case, browser) -> None:
    first = case.commitments.get()
    where = address(case, f"afspraken/{first.pk}/")
    assert browser.get(where).status_code == 200
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    browser.post(where, {"verb": "move", "due_on": tomorrow})
    first.refresh_from_db()
    assert first.due_on.isoformat() == tomorrow
    refused = browser.post(where, {"verb": "miss", "reason": ""})
    assert "Schrijf waarom dit niet is nagekomen." in words_of(refused)
    browser.post(where, {"verb": "miss", "reason": "Niemand nam op."})
    again = browser.post(where, {"verb": "keep"})
    browser.post(
        address(case, "afspraken/"), {"text": "Bel de school.", "due_on": tomorrow}
    )
    page = words_of(browser.get(address(case, "afspraken/")))

    assert again.status_code == 409
    assert browser.post(where, {"verb": "burn"}).status_code == 400
    assert "Bel de school." in page
    assert "Niemand nam op." in page


def test_a_promise_of_another_room_leads_there(case, browser, bram) -> None:
    """Kept here alone, the talk would still stand planned there."""
    aftercare.offer(case, by=bram, now=timezone.now())
    offered = case.commitments.get(kind="offer")
    where = address(case, f"afspraken/{offered.pk}/")

    for page in (where, address(case), address(case, "afspraken/")):
        main = soup_of(browser.get(page)).select_one("main")
        assert main.select_one(f'a[href$="/{case.reference}/nazorg/"]')
        assert not main.select(f'form[action="{where}"]')
    assert browser.post(where, {"verb": "keep"}).status_code == 409
    offered.refresh_from_db()
    assert offered.state == "open"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("1-1-2020", "Kies vandaag of een latere dag."),
        ("31-12-9999", "Kies een dag binnen de komende tien jaar."),
        ("binnenkort", "Vul een dag, maand en jaar in"),
    ],
)
def test_a_wrong_day_is_told_at_its_field_and_keeps_the_words(
    day: str, said: str, case, browser
) -> None:
    first = case.commitments.get()
    typed = {"text": "Bel de school.", "due_on": day, "answer_by": day}

    task = browser.post(address(case, "afspraken/"), typed)
    message = browser.post(address(case, "berichten/"), typed)
    moved = browser.post(
        address(case, f"afspraken/{first.pk}/"), {"verb": "move", "due_on": day}
    )

    for answer in (task, message, moved):
        assert answer.status_code == 200
        assert said in words_of(answer)
    assert typed["text"] in task.content.decode()
    assert typed["text"] in message.content.decode()
    assert case.commitments.get() == first


def test_late_is_said_in_words(open_report, browser) -> None:
    case, _words = open_report(when=timezone.now() - timedelta(days=3))
    late = soup_of(browser.get(address(case))).select_one("#promises")

    assert "dagen te laat" in late.get_text(" ", strip=True)
    assert late.select_one(".utrecht-status-badge svg") is not None


def test_the_second_writer_sees_both_versions_and_loses_nothing(
    sanne, case, browser, keyring_of, now
) -> None:
    services.classify(
        case, {"severity": "less_serious"}, revision=1, **doing(sanne, keyring_of, now)
    )
    mine = {"severity": "very_serious", "types": ["veiled_threat"], "revision": "1"}

    told = browser.post(address(case, "indeling/"), mine)
    table = soup_of(told).select_one("table").get_text(" ", strip=True)
    checked = soup_of(told).select_one("input[name=severity][checked]")
    assert told.status_code == 409
    assert "Minder ernstig" in table
    assert "Zeer ernstig" in table
    assert checked["value"] == "very_serious"

    revision = soup_of(told).select_one("input[name=revision]")["value"]
    saved = browser.post(address(case, "indeling/"), {**mine, "revision": revision})

    assert saved.status_code == 302
    fresh = Case.objects.get()
    assert services.header_of(fresh, keyring_of(sanne)).severity == "very_serious"


def test_classifying_keeps_what_the_form_does_not_show(
    open_report, browser, bram, keyring_of
) -> None:
    case, _words = open_report(wish="record", occurred="2026-05-01")
    before = services.header_of(case, keyring_of(bram))

    browser.post(
        address(case, "indeling/"),
        {"types": ["doxing"], "revision": "1", "occurred": "2 mei 2026"},
    )

    header = services.header_of(Case.objects.get(), keyring_of(bram))
    assert header.types == ["doxing"]
    assert header.occurred == "2026-05-02"
    assert (header.wish, header.case_token) == ("record", before.case_token)


def test_a_confidential_name_needs_a_reason_and_a_second_person(
    karim, open_report, browser, signed_in
) -> None:
    case, _words = open_report(
        anonymity="confidential", identity={"name": "Anna Vos"}, when=timezone.now()
    )
    where = address(case, "melder/")

    assert "Anna Vos" not in browser.get(where).content.decode()
    browser.post(where, {"reason": ""})
    assert not case.approvals.exists()
    asked = browser.post(where, {"reason": "De politie vraagt het."}, follow=True)
    assert "Anna Vos" not in asked.content.decode()
    custodian = signed_in(karim)
    request = f"/verzoeken/{case.approvals.get().pk}/"
    assert "De politie vraagt het." in words_of(custodian.get(request))
    custodian.post(request, {"answer": "yes"})

    assert "Anna Vos" in words_of(browser.post(where))
    # A second factor of a while ago is asked for again.
    factories.give_factor(browser, User.objects.get(name="Bram Visser"), 600)
    assert "/account/bevestigen/code/" in browser.post(where).url


def test_a_custodian_sees_the_request_and_nothing_of_the_case(
    karim, bram, open_report, keyring_of, signed_in
) -> None:
    case, _words = open_report(
        anonymity="confidential",
        identity={"name": "Anna Vos"},
        subject="Stenen door de ruit",
        when=timezone.now(),
    )
    who = doing(bram, keyring_of, timezone.now())
    services.ask(case, "identity", "De politie vraagt het.", **who)
    custodian = signed_in(karim)

    seen = words_of(custodian.get("/verzoeken/"))

    assert case.reference in seen
    assert bram.name in seen
    assert "Stenen" not in seen
    assert custodian.get(f"/zaken/{case.reference}/").status_code == 403
    assert custodian.get("/zaken/").status_code == 403


def test_the_recused_is_not_offered_and_not_accepted(
    open_report, browser, sanne, daan
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    soup = soup_of(browser.get(address(case, "mensen/")))
    names = {o.get_text() for o in soup.select("option")}
    forced = browser.post(
        address(case, "mensen/"), {"verb": "assign", "assign-person": str(daan.pk)}
    )

    assert sanne.name in names
    assert daan.name not in names
    assert daan.name in soup.get_text()
    assert forced.status_code == 200
    assert services.people_on(case) == []


def test_handing_over_by_the_page_closes_the_page(case, browser, sanne) -> None:
    answer = browser.post(
        address(case, "mensen/"),
        {
            "verb": "hand_over",
            "hand_over-person": str(sanne.pk),
            "hand_over-note": "Bel eerst.",
        },
    )

    assert answer["Location"] == "/zaken/"
    assert browser.get(address(case)).status_code == 404


def test_deputising_by_the_page_and_ending_it(case, browser, sanne) -> None:
    until = timezone.localdate() + timedelta(days=7)
    passed = {"verb": "deputise", "deputise-person": str(sanne.pk)}
    refused = browser.post(
        address(case, "mensen/"), {**passed, "deputise-until": "1-1-2020"}
    )
    browser.post(address(case, "mensen/"), {**passed, "deputise-until": str(until)})
    deputy = services.people_on(case)[0]
    browser.post(address(case, "mensen/"), {"verb": "end", "person": str(deputy.pk)})

    assert "Kies vandaag of een latere dag." in words_of(refused)
    assert (deputy.user, deputy.until) == (sanne, until)
    assert services.people_on(case) == []


def test_advice_beforehand_becomes_a_case_with_a_checklist(browser, bram) -> None:
    page = soup_of(browser.get("/zaken/nieuw/"))
    organisation = page.select_one("input[name=organisation]")["value"]
    meeting = date(timezone.localdate().year + 1, 6, 10)

    made = browser.post(
        "/zaken/nieuw/",
        {
            "organisation": organisation,
            "subject": "Sluiting bibliotheek",
            "meeting_on": str(meeting),
            "expected": "Veel insprekers.",
            "checklist": ["house_rules", "usher", "talk_afterwards"],
        },
    )
    case = Case.objects.get()
    dues = [c.due_on for c in case.commitments.open()]

    assert made["Location"] == address(case)
    assert case.kind == Kind.PREVENTION
    assert [due < meeting for due in dues] == [True, True, False]
    shown = words_of(browser.get(address(case)))
    assert "Sluiting bibliotheek" in shown
    assert "Vraag een bode of beveiliger." in shown
    assert "Doorverwijzingen" not in shown
    assert [a.user for a in services.people_on(case)] == [bram]


def test_a_meeting_that_has_been_is_told_at_its_field(browser) -> None:
    page = soup_of(browser.get("/zaken/nieuw/"))
    organisation = page.select_one("input[name=organisation]")["value"]

    answer = browser.post(
        "/zaken/nieuw/",
        {"organisation": organisation, "subject": "Raad", "meeting_on": "1-1-2020"},
    )

    assert "Kies vandaag of een latere dag." in words_of(answer)
    assert not Case.objects.exists()


def test_instruments_are_for_everybody_some_for_handlers_only(browser, client) -> None:
    handler = words_of(browser.get("/instrumenten/"))
    public = client.get("/instrumenten/")
    filtered = words_of(browser.get("/instrumenten/?fase=aftercare&onderwerp=care"))

    assert "41 instrumenten" in handler
    assert "Agressieprotocol (format en voorbeelden)" in handler
    assert "Agressieprotocol (format en voorbeelden)" not in words_of(public)
    assert "Vertrouwenslijn" in words_of(public)
    assert soup_of(public).select_one("[data-exit]") is not None
    assert "Ondersteuningsteam Weerbaar Bestuur" in filtered
    assert "Toolkit Veilig Bestuur" not in filtered


@pytest.mark.parametrize("who", ["bram", "esma", "femke", "gijs"])
def test_who_signed_in_anywhere_browses_all_instruments(
    who: str, person, signed_in
) -> None:
    page = signed_in(person(who)).get("/instrumenten/")

    cards = soup_of(page).select("main li.wb-card")
    assert len(cards) == 41
    assert soup_of(page).select_one("[data-exit]") is None
    assert all(card.select_one("h2").get_text(strip=True) for card in cards)


PAGES = [
    "",
    "verhaal/",
    "melder/",
    "indeling/",
    "berichten/",
    "notitie/",
    "tijdlijn/",
    "afspraken/",
    "mensen/",
    "stap/begin_triage/",
]


@pytest.mark.parametrize("rest", PAGES)
def test_pages_are_closed_to_strangers(
    rest: str, open_report, signed_in, client, chris, daan, esma, femke, gijs
) -> None:
    case, _words = open_report(recused=[str(daan.pk)])
    where = address(case, rest)

    assert client.get(where).status_code == 302
    for stranger in (chris, daan):
        visitor = signed_in(stranger)
        assert visitor.get(where).status_code == 404
        posted = visitor.post(where, {"text": "x", "verb": "end"})
        assert posted.status_code in {404, 405}
    for other in (esma, femke, gijs):
        assert signed_in(other).get(where).status_code == 403
    assert not Event.objects.filter(actor_id__in=[chris.pk, daan.pk]).exists()
