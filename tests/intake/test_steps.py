"""The seven pages: few needed answers, fitting questions, and nothing typed is lost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.forms import CharField
from django.utils import timezone

from intake.forms import STEPS, Context
from intake.models import SealedCookie
from tests import factories
from tests.intake import filling

READING_SPEED = 180  # words a minute
ANSWERING = 8  # seconds for each needed answer
FIVE_MINUTES = 300
NEEDED = 4
UNREAD = (
    "select option, dialog, .wb-hidden, fieldset:has(.wb-optional) .wb-option, "
    "details:not([open]) > :not(summary)"
)


@pytest.fixture
def clock(time_machine):
    """A clock that can be moved on."""
    time_machine.move_to(timezone.now())
    return time_machine


@pytest.fixture
def reporter(client, lindeveen, bram, daan):
    """Anna, past the page with limits."""
    filling.begin(client)
    return client


def go_to(client, number: int, **pages) -> None:
    for page in range(1, number):
        given = {**filling.LEAST[str(page)], **pages.get(f"s{page}", {})}
        assert client.post(filling.step(page), given).status_code == 302


def needed_answers(lindeveen) -> list[str]:
    context = Context(
        answers={"groups": ["threat_intimidation"], "channels": ["home"]},
        today=timezone.localdate(),
        organisations=[lindeveen],
        receivers=[("1", "Bram"), ("2", "Daan")],
    )
    forms = [form(context=context) for form in STEPS.values()]
    return [n for form in forms for n, field in form.fields.items() if field.required]


def test_at_most_seven_pages_and_four_needed_answers(lindeveen):
    assert len(STEPS) <= 7
    assert needed_answers(lindeveen) == ["organisation", "groups", "wish", "anonymity"]


def test_each_question_stands_in_the_documents_with_its_reason(lindeveen):
    """Nothing is asked without a why (WEB-33)."""
    text = Path(settings.ROOT, "docs", "form.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| `(\w+)` \| (yes|no) \| (.+) \|$", text, re.M)
    asked = [
        (number, name, "yes" if field.required else "no")
        for number, form in STEPS.items()
        for name, field in form.base_fields.items()
    ]

    assert [row[:3] for row in rows] == asked
    assert all(len(why) > 10 for *_row, why in rows)


def test_no_form_speaks_in_the_words_of_the_framework(lindeveen):
    from weerbaar.web.forms import default_messages

    context = Context({}, timezone.localdate(), [lindeveen], [("1", "Bram")])
    found = [
        m for form in STEPS.values() for m in default_messages(form(context=context))
    ]

    assert found == []


def test_the_whole_form_is_read_in_five_minutes(reporter):
    """The promise on the start page, computed for the shortest way through (R-2).

    Read are all texts and questions, and the options of the four needed questions; who
    leaves a question open does not read what could have been chosen.
    """
    pages = [reporter.get("/melden/"), reporter.get("/melden/vooraf/")]
    for number, answers in filling.LEAST.items():
        pages.append(reporter.get(filling.step(number)))
        reporter.post(filling.step(number), answers)
    pages.append(reporter.get("/melden/controleren/"))
    pages.append(reporter.post("/melden/controleren/", follow=True))
    words = 0
    for response in pages:
        main = filling.soup(response).main
        for unread in main.select(UNREAD):
            unread.decompose()
        words += len(re.findall(r"\w+", main.get_text(" ")))

    seconds = words / READING_SPEED * 60 + NEEDED * ANSWERING
    print(f"{words} words, {seconds:.0f} seconds")

    assert seconds <= FIVE_MINUTES


def test_step_is_told_in_title_and_below_the_heading(reporter):
    for number, answers in filling.LEAST.items():
        page = filling.soup(reporter.get(filling.step(number)))
        said = f"Stap {number} van 7"
        assert page.title.get_text().startswith(f"{said} – Formulier")
        heading = page.h1
        assert heading.find_next("p").get_text() == said
        assert len(page.select("main h1")) == 1
        reporter.post(filling.step(number), answers)


def test_pages_keep_to_the_rules_of_forms(reporter):
    for number, answers in filling.LEAST.items():
        content = reporter.get(filling.step(number)).content.decode()
        page = filling.soup(reporter.get(filling.step(number)))
        assert "placeholder=" not in content
        assert not page.select("[required], [disabled], [style]")
        assert not page.select("main label a")
        assert "!" not in page.main.get_text()
        for field in page.select(
            "main input:not([type=hidden]), main textarea, main select"
        ):
            assert page.select_one(f'label[for="{field["id"]}"]'), field
        reporter.post(filling.step(number), answers)


def test_nobody_skips_a_needed_answer(reporter):
    assert reporter.get(filling.step(6))["Location"] == filling.step(1)
    reporter.post(filling.step(1), {"organisation": "lindeveen"})
    assert (
        reporter.get("/melden/controleren/")["Location"]
        == f"{filling.step(2)}?wijzig=1"
    )
    assert reporter.get(filling.step(8)).status_code == 404


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (1, "Kies de organisatie van de ambtsdrager."),
        (3, "Kruis aan wat past, of kruis ‘Weet ik niet’ aan."),
        (6, "Kies wat u wilt, of kies ‘Ik weet het nog niet’."),
        (7, "Kies of u uw naam wilt noemen."),
    ],
)
def test_missing_answer_says_what_to_do(reporter, number, says):
    go_to(reporter, number)
    page = filling.soup(reporter.post(filling.step(number), {}))

    assert page.title.get_text().startswith("Fout: Stap")
    assert says in page.select_one(".wb-errors").get_text()
    assert "verplicht" not in page.get_text()


@pytest.mark.parametrize(
    "typed", ["1-5-26", "1 mei 2026", "2026-05-01", " 01/05/2026 "]
)
def test_a_sensible_date_is_understood(reporter, typed):
    go_to(reporter, 5)
    reporter.post(filling.step(5), {"occurred": typed})
    go_to_end(reporter)

    assert "1 mei 2026" in filling.text_of(reporter.get("/melden/controleren/"))


def go_to_end(client) -> None:
    for number in (6, 7):
        client.post(filling.step(number), filling.LEAST[str(number)])


def test_a_day_still_to_come_is_asked_again(reporter):
    go_to(reporter, 5)
    tomorrow = timezone.localdate() + timedelta(days=1)

    response = reporter.post(filling.step(5), {"occurred": tomorrow.isoformat()})

    assert "Deze dag moet nog komen." in filling.text_of(response)


def test_words_of_the_chosen_kinds_are_offered(reporter):
    go_to(reporter, 4)
    text = filling.text_of(reporter.get(filling.step(4)))

    assert "Bedreiging van gezin of naasten" in text
    assert "Spugen" not in text
    assert "Uw verhaal" in text


def test_not_knowing_is_an_answer_and_asks_nothing_more(reporter):
    go_to(reporter, 4, s3={"groups": ["unknown"]})

    assert "Past een van deze woorden?" not in filling.text_of(
        reporter.get(filling.step(4))
    )


def test_temptation_has_words_of_its_own(reporter):
    go_to(reporter, 4, s3={"groups": ["temptation"]})
    assert "Wat werd aangeboden of gevraagd" in filling.text_of(
        reporter.get(filling.step(4))
    )
    reporter.post(filling.step(4), {})

    assert "Van wie kwam het aanbod" in filling.text_of(reporter.get(filling.step(5)))


@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        ({}, False),
        ({"s4": {"types": ["threat_against_family"]}}, True),
        ({"s1": {"organisation": "lindeveen", "reporter_role": "family"}}, True),
    ],
)
def test_family_is_asked_about_when_it_is_touched(reporter, pages, asked):
    go_to(reporter, 5, **pages)
    text = filling.text_of(reporter.get(filling.step(5)))

    assert ("Raakt het ook uw gezin" in text) == asked
    assert "Had het invloed op een besluit" in text


ROLES = {
    "witness": "Vul in wat u zag.",
    "on_behalf": "U meldt namens iemand anders.",
    "family": "Het raakt u thuis.",
}


@pytest.mark.parametrize("role", ["self", *ROLES])
def test_wording_follows_the_role_of_the_reporter(reporter, role):
    go_to(reporter, 4, s1={"organisation": "lindeveen", "reporter_role": role})

    for number in range(2, 8):
        text = filling.text_of(reporter.get(filling.step(number)))
        assert [r for r, words in ROLES.items() if words in text] == (
            [] if role == "self" else [role]
        )
        reporter.post(filling.step(number), filling.LEAST[str(number)])


def test_every_choice_has_a_way_out(reporter):
    """Not knowing or not saying is an answer, or a question may be skipped (WEB-34)."""
    outs = {"unknown", "not_sure", "rather_not", "anonymous", ""}
    context = Context({}, timezone.localdate(), [], [("1", "Bram")])
    closed = [
        name
        for form in STEPS.values()
        for name, field in form(context=context).fields.items()
        if field.required and not outs & {code for code, _label in field.choices}
    ]

    # Without an organisation nobody could receive the report.
    assert closed == ["organisation"]


def test_words_of_her_own_are_never_needed():
    """UX-22: what is needed is ticked."""
    context = Context({}, timezone.localdate(), [], [])
    fields = [
        f for form in STEPS.values() for f in form(context=context).fields.values()
    ]

    assert any(isinstance(f, CharField) for f in fields)
    assert not [f for f in fields if isinstance(f, CharField) and f.required]


def test_receivers_stand_there_by_name_and_office(reporter):
    go_to(reporter, 2)
    text = filling.text_of(reporter.get(filling.step(2)))

    assert "Bram Visser, griffier" in text
    assert "Daan Meijer, burgemeester" in text


def test_excluding_everybody_is_told_with_another_desk(reporter, bram, daan, lindeveen):
    lindeveen.second_line = "Kabinet van de commissaris, 030-555 02 00"
    lindeveen.save()
    go_to(reporter, 2)

    response = reporter.post(filling.step(2), {"recused": [str(bram.pk), str(daan.pk)]})

    text = filling.text_of(response)
    assert "Er blijft niemand over" in text
    assert "Kabinet van de commissaris, 030-555 02 00" in text
    assert len(filling.soup(response).select("input:checked")) == 2


def test_another_organisation_asks_anew_who_may_not_read(
    reporter, daan, kromwaard, chris
):
    go_to(reporter, 4, s2={"recused": [str(daan.pk)]})
    reporter.post(f"{filling.step(1)}?wijzig=1", {"organisation": "kromwaard"})

    assert reporter.get(filling.step(4))["Location"] == filling.step(2)
    text = filling.text_of(reporter.get(filling.step(2)))
    assert "Daan" not in text
    assert chris.name in text


def test_words_of_a_kind_no_longer_ticked_fall_away(reporter):
    go_to(reporter, 6, s4={"types": ["threat_against_family"]})
    reporter.post(f"{filling.step(3)}?wijzig=1", {"groups": ["physical_violence"]})
    go_to_end(reporter)

    text = filling.text_of(reporter.get("/melden/controleren/"))
    assert "Fysieke agressie en geweld" in text
    assert "Bedreiging van gezin" not in text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"wish": "call_me"}, "Vul het nummer in dat we mogen bellen"),
        ({"wish": "record", "channel": "email"}, "Vul een adres in zoals"),
        ({"wish": "record", "email": "anna@nergens"}, "Vul een adres in zoals"),
    ],
)
def test_who_wants_to_be_reached_says_where(reporter, given, says):
    go_to(reporter, 6)

    assert says in filling.text_of(reporter.post(filling.step(6), given))


def test_who_is_not_anonymous_gives_a_name(reporter):
    go_to(reporter, 7)

    response = reporter.post(filling.step(7), {"anonymity": "confidential"})

    assert "Vul uw naam in, of kies" in filling.text_of(response)


def test_a_text_beyond_the_limit_is_kept_and_told(reporter):
    go_to(reporter, 4)
    story = "zeppelin " * 2_500

    response = reporter.post(filling.step(4), {"story": story})

    assert "niet meer dan 20000 tekens" in filling.text_of(response)
    assert filling.soup(response).textarea.get_text().strip() == story.strip()


def test_a_story_of_ten_thousand_signs_is_fine(reporter):
    go_to(reporter, 4)

    assert reporter.post(filling.step(4), {"story": "z" * 10_000}).status_code == 302


def test_broken_encoding_is_told_and_the_text_kept(reporter):
    go_to(reporter, 4)

    response = reporter.generic(
        "POST",
        filling.step(4),
        b"story=Zij+riepen+bij+de+caf%E9",
        content_type="application/x-www-form-urlencoded",
    )

    assert "Sommige tekens zijn niet goed overgekomen" in filling.text_of(response)
    assert "Zij riepen bij de caf" in filling.soup(response).textarea.get_text()


def test_language_switch_keeps_the_answers(reporter):
    go_to(reporter, 5, s4={"story": filling.STORY, "types": ["veiled_threat"]})
    reporter.post(filling.step(5), {"occurred": "1 mei 2026"})

    english = filling.soup(reporter.get("/en/melden/stap/4/"))
    assert english.html["lang"] == "en"
    assert english.textarea.get_text().strip() == filling.STORY
    assert "Veiled threat" in english.main.get_text()
    reporter.post("/en/melden/stap/6/", {"wish": "record"})
    reporter.post("/en/melden/stap/7/", {"anonymity": "anonymous"})
    assert "1 May 2026" in filling.text_of(reporter.get("/en/melden/controleren/"))
    assert "1 mei 2026" in filling.text_of(reporter.get("/melden/controleren/"))


def test_after_leaving_every_step_is_the_empty_start(reporter):
    go_to(reporter, 5, s4={"story": filling.STORY})
    reporter.cookies.clear()

    for address in (filling.step(4), "/melden/controleren/", "/melden/meldcode/"):
        response = reporter.get(address)
        assert response["Location"] == "/melden/"


def test_an_expired_draft_is_told_politely(reporter, clock):
    go_to(reporter, 5, s4={"story": filling.STORY})
    clock.shift(timedelta(seconds=settings.DRAFT_IDLE_SECONDS + 1))

    response = reporter.get(filling.step(4))

    assert response.status_code == 410
    text = filling.text_of(response)
    assert "niets bewaard" in text
    assert "070-373 83 14" in text
    assert "112" in text
    assert 'href="/melden/"' in response.content.decode()
    assert filling.STORY not in text
    assert response.cookies["concept"]["max-age"] == 0


def test_what_was_typed_when_the_time_was_over_is_kept(reporter, clock):
    go_to(reporter, 4)
    clock.shift(timedelta(seconds=settings.DRAFT_IDLE_SECONDS + 1))

    response = reporter.post(filling.step(4), {"story": filling.STORY})

    assert "Wat u net invulde, is er nog" in filling.text_of(response)
    go_to(reporter, 4)
    assert filling.STORY in reporter.get(filling.step(4)).content.decode()


def test_pressing_stay_keeps_the_draft(reporter, clock):
    for _minutes in range(3):
        clock.shift(timedelta(minutes=40))
        assert reporter.get("/melden/blijven/").status_code == 204
    assert reporter.get(filling.step(1)).status_code == 200
    clock.shift(timedelta(minutes=61))

    assert reporter.get("/melden/blijven/").status_code == 410


def test_many_organisations_become_a_list_to_choose_from(client, lindeveen, bram):
    from weerbaar.accounts.models import Organisation

    for number in range(9):
        made = Organisation.objects.create(
            slug=f"g{number}", name=f"Gemeente {number}", kind="municipality"
        )
        factories.found_root(made)
    filling.begin(client)
    page = filling.soup(client.get(filling.step(1)))

    assert page.select_one('select[name="organisation"]')
    assert client.post(filling.step(1), {"organisation": "g3"}).status_code == 302
    assert client.post(filling.step(1), {"organisation": "zzz"}).status_code == 200


def test_a_cookie_of_somebody_else_opens_nothing(client, reporter, lindeveen):
    go_to(reporter, 5, s4={"story": filling.STORY})
    row = SealedCookie.objects.get()
    assert row.sealed
    reporter.cookies["concept"] = "A" * 43

    assert reporter.get(filling.step(4)).status_code == 410
