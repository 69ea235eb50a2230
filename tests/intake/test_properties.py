"""Whatever is answered: never a fault, and what was checked the handler reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import services as cases
from cases.models import Case
from intake.services.report import merged_types
from tests.intake import filling
from weerbaar import codes
from weerbaar.accounts.models import User
from weerbaar.vault.keyring import Keyring

pytestmark = pytest.mark.django_db
Answers = dict[str, Any]

words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=25),
    st.text("abc é😀\u202e\u200b<>&\"'{}%\n\r\t\x00\ufffd\x07", max_size=25),
    st.sampled_from(["", " ", "06 12 34 56 78", "anna@voorbeeld.nl", "x" * 201]),
)
days = st.one_of(
    st.dates().map(lambda day: day.strftime("%d-%m-%Y")),
    st.sampled_from(["", "1-5-26", "1 mei 2025", "gisteren", "31-2-2026", "9" * 30]),
    words,
)


def one_of(name: str) -> st.SearchStrategy[str]:
    """A code of a list, nothing, or seldom something that is no code."""
    known = [code.code for code in codes.entries(name)]
    return st.sampled_from([*known, *known, "", "keizer\x00"])


def some_of(known: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known), max_size=4, unique=True)


def all_of(name: str) -> list[str]:
    return [code.code for code in codes.entries(name)]


GROUPS = [group.code for group in codes.incident_groups()]
PAGES: dict[str, st.SearchStrategy[Answers]] = {
    "1": st.fixed_dictionaries(
        {"organisation": st.sampled_from(["lindeveen"] * 4 + ["kromwaard", "\x00"])},
        optional={
            "reporter_role": one_of("reporter_roles"),
            "office": one_of("office_roles"),
        },
    ),
    "3": st.fixed_dictionaries({"groups": some_of([*GROUPS, "unknown"])}),
    "4": st.fixed_dictionaries(
        {}, optional={"story": words, "types": some_of(all_of("incident_types"))}
    ),
    "5": st.fixed_dictionaries(
        {},
        optional={
            "occurred": days,
            "channels": some_of(all_of("channels")),
            "perpetrators": some_of(all_of("perpetrator_kinds")),
            "family": one_of("yes_no"),
            "decision_influenced": one_of("yes_no"),
        },
    ),
    "6": st.fixed_dictionaries(
        {"wish": one_of("wishes")},
        optional={
            "channel": one_of("contact_channels"),
            "phone": words,
            "email": words,
            "times": words,
            "voicemail": st.sampled_from(["yes", "no", "", "x"]),
            "cover": words,
        },
    ),
    "7": st.fixed_dictionaries(
        {"anonymity": one_of("anonymity")},
        optional={"name": words, "may_reread": st.sampled_from(["on", ""])},
    ),
}
CONTACT = ("channel", "times", "voicemail", "cover", "phone", "email")


def as_kept(text: str) -> str:
    """A text as the form keeps it: one kind of line end, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def walk(client: Client, data: st.DataObject, receivers: list[User]) -> Answers:
    """Answer at random; where that is refused, the least. Gives what was taken."""
    taken: Answers = {}
    filling.begin(client)
    people = some_of([str(user.pk) for user in receivers])
    for number, least in filling.LEAST.items():
        pages = {**PAGES, "2": st.fixed_dictionaries({"recused": people})}
        given_ = data.draw(pages[number], label=f"page {number}")
        answer = client.post(filling.step(number), given_)
        assert answer.status_code in {200, 302}, number
        if answer.status_code == 200:
            assert filling.soup(answer).select_one(".wb-errors"), number
            given_ = least
            assert client.post(filling.step(number), least).status_code == 302, number
        asked = filling.soup(client.get(filling.step(number))).main
        names = {field["name"] for field in asked.select("[name]")}
        taken |= {name: value for name, value in given_.items() if name in names}
    return taken


def check(client: Client) -> dict[str, str]:
    """The lines of the check page, by what stands before them."""
    page = filling.soup(client.get("/melden/controleren/"))
    return {
        row.dt.get_text(" ", strip=True): row.select_one("dd").get_text("\n")
        for row in page.select(".wb-rows__item")
    }


def flat(text: str) -> str:
    """Words in a row, as a page shows them, whatever the space between them."""
    return " ".join(text.split()).casefold()


# Where each answer stands on the check page, and on the page of the handler.
CODED = {
    "reporter_role": ("Voor wie", "reporter_roles"),
    "office": ("Ambt", "office_roles"),
    "channels": ("Waar of hoe", "channels"),
    "perpetrators": ("Veroorzaker", "perpetrator_kinds"),
    "family": ("Raakt het gezin of huisgenoten", "yes_no"),
    "decision_influenced": ("Besluit beïnvloed", "yes_no"),
    "wish": ("Wat u wilt", "wishes"),
    "anonymity": ("Met of zonder naam", "anonymity"),
}
WORDS = {
    "story": "Uw verhaal",
    "phone": "Veilig contact",
    "email": "Veilig contact",
    "times": "Veilig contact",
    "cover": "Veilig contact",
}


def compare(answers: Answers, shown: dict[str, str], page: str) -> None:
    """Each answer stands on the check page and on the handler's, in the same words."""
    for name, (line, code_list) in CODED.items():
        chosen = answers.get(name) or []
        for label in codes.labels(
            code_list, [chosen] if chosen is str(chosen) else chosen
        ):
            assert flat(label) in flat(shown[line]), name
            assert flat(label) in page, name
    for name, line in WORDS.items():
        typed = as_kept(answers.get(name) or "")
        assert flat(typed) in flat(shown[line]), name
        assert flat(typed) in page, name
    types = merged_types(answers["groups"], answers.get("types") or [])
    for label in codes.labels("incident_types", types):
        assert flat(label) in flat(
            shown["Wat er gebeurde"] + shown.get("Preciezer", "")
        )
        assert flat(label) in page


def seal_holds(answers: Answers, case: Case, ring: Keyring, by: User) -> None:
    """What was sealed is to the letter what was typed, and nothing besides."""
    header = cases.header_of(case, ring)
    assert header.types == merged_types(answers["groups"], answers.get("types") or [])
    assert header.recused == list(answers.get("recused") or [])
    for name in CODED:
        default: Any = (
            "self" if name == "reporter_role" else type(getattr(header, name))()
        )
        assert getattr(header, name) == (answers.get(name) or default)
    report = cases.read_report(case, by=by, keyring=ring, now=timezone.now())
    assert report is not None
    assert report.text == as_kept(answers.get("story") or "")
    contact = cases.read_safe_contact(case, ring)
    assert contact == {
        name: answers[name].strip()
        for name in CONTACT
        if (answers.get(name) or "").strip()
    }


def handler_reads(browser: Client, case: Case) -> str:
    """The words of the overview and of the story, as the handler sees them."""
    address = f"/zaken/{case.reference}/"
    pages = (browser.get(address), browser.post(f"{address}verhaal/"))
    assert not any(filling.soup(page).main.find("script") for page in pages)
    return flat(" ".join(filling.soup(page).main.get_text("\n") for page in pages))


@pytest.fixture
def readers(lindeveen, kromwaard, bram, daan, sanne, chris) -> list[User]:
    """Who receives reports in Lindeveen; Kromwaard has Chris."""
    return [bram, daan, sanne]


@given(data=st.data())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_was_checked_is_what_the_handler_reads(
    readers: list[User],
    chris: User,
    keyring_of: Callable[[User], Keyring],
    signed_in: Callable[[User], Client],
    data: st.DataObject,
) -> None:
    with transaction.atomic():
        client = Client()
        answers = walk(client, data, readers)
        shown = check(client)
        code = filling.send(client)
        case = Case.objects.get()
        here = [chris] if answers["organisation"] == "kromwaard" else readers
        left = [u for u in here if str(u.pk) not in (answers.get("recused") or [])]
        assert [u for u in here if Case.objects.visible_to(u).exists()] == left
        compare(answers, shown, handler_reads(signed_in(left[0]), case))
        seal_holds(answers, case, keyring_of(left[0]), left[0])
        assert filling.enter(client, code).status_code == 200
        transaction.set_rollback(True)
