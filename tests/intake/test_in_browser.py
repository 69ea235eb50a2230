"""The reporter's door in a real browser: with script, without it, back and away."""

import re

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case
from intake.models import SealedCookie
from tests.intake.filling import STORY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(live, lindeveen, bram, daan, settings):
    """Lindeveen receives reports; away from here is nearby, on this machine."""
    settings.EXIT_URL = f"{live}/health/live"


def begin(page: Page) -> None:
    page.goto("/melden/")
    page.locator("main").get_by_role("link", name="Melding doen").click()
    page.click("text=Ik begrijp het, ga verder")


def go_on(page: Page) -> None:
    # The first of the two is for Enter alone, and nobody sees it.
    page.locator("main").get_by_role("button", name="Verder").click()


def fill(page: Page, story: str = STORY) -> None:
    """From the first page to the check page, with the least that is asked."""
    begin(page)
    page.check("input[value=lindeveen]")
    go_on(page)
    go_on(page)
    page.check("input[value=threat_intimidation]")
    go_on(page)
    page.fill("textarea", story)
    go_on(page)
    go_on(page)
    page.check("input[value=think_along]")
    go_on(page)
    page.check("input[value=anonymous]")
    go_on(page)
    expect(page.locator("h1")).to_have_text("Controleer uw antwoorden")


def send(page: Page) -> str:
    page.click("text=Melding versturen")
    return page.locator("#code").inner_text()


def test_everything_works_without_script(plain_page: Page) -> None:
    page = plain_page
    fill(page)
    assert STORY in page.locator("main").inner_text()
    code = send(page)
    page.check("#id_kept")
    page.click("text=Afronden")
    expect(page.locator("h1")).to_have_text("U bent klaar")

    page.click("text=Naar mijn melding")
    page.fill("#id_code", code.upper().replace(" ", "-"))
    page.click("main button >> text=Naar mijn melding")
    page.fill("#id_text", "Ik hoor graag van u.")
    page.click("text=Bericht versturen")

    expect(page.locator("#messages")).to_contain_text("Ik hoor graag van u.")
    page.click("text=Deze pagina veilig sluiten")
    assert page.context.cookies() == [
        c for c in page.context.cookies() if c["name"] == "controle"
    ]
    assert Case.objects.count() == 1


def test_no_cookie_before_the_first_post_and_nothing_from_elsewhere(
    page: Page, live: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/melden/", "/melden/lindeveen/", "/veilig-gebruik/"):
        page.goto(path)
    page.goto("/melden/vooraf/")
    assert page.context.cookies() == []

    page.click("text=Ik begrijp het, ga verder")

    kept = {c["name"]: c for c in page.context.cookies()}
    assert set(kept) == {"concept", "controle"}
    for cookie in kept.values():
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Strict"
        assert cookie["expires"] == -1
    assert len(asked) > 6
    assert [url for url in asked if not url.startswith(live)] == []


def test_mistakes_get_the_focus_and_lead_to_their_field(page: Page) -> None:
    begin(page)
    go_on(page)

    expect(page).to_have_title(re.compile("^Fout: Stap 1 van 7"))
    expect(page.locator(".wb-errors")).to_be_focused()
    page.click(".wb-errors >> text=Kies de organisatie van de ambtsdrager.")
    expect(page.locator("#id_organisation_0")).to_be_focused()


def test_receipt_page_has_the_focus_on_its_heading_and_the_code_to_copy(
    visitor,
) -> None:
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    fill(page)
    code = send(page)

    expect(page.locator("h1")).to_be_focused()
    page.click("text=Kopieer de code")
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == code
    expect(page.get_by_role("button", name="Print deze pagina")).to_be_visible()


def test_who_leaves_without_the_code_is_warned(page: Page) -> None:
    fill(page)
    send(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    with page.expect_event("dialog"):
        page.click("main >> text=Naar mijn melding")

    assert asked == ["beforeunload"]
    assert page.url.endswith("/melden/meldcode/")
    page.check("#id_kept")
    page.click("text=Afronden")
    expect(page.locator("h1")).to_have_text("U bent klaar")
    assert asked == ["beforeunload"]


def test_who_has_to_leave_at_once_is_not_held_up(page: Page) -> None:
    fill(page)
    send(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.click("text=Verlaat deze site")

    page.wait_for_url("**/health/live")
    assert asked == []


def test_neither_back_nor_reload_sends_again_or_shows_the_code(page: Page) -> None:
    fill(page)
    code = send(page)
    page.on("dialog", lambda dialog: dialog.accept())

    page.reload()
    expect(page.locator("main")).to_contain_text("Uw meldcode is al getoond")
    page.go_back()

    expect(page.locator("h1")).to_have_text("Dank u wel. Goed dat u dit meldt.")
    assert code not in page.content()
    page.go_back()
    assert STORY not in page.content()
    assert Case.objects.count() == 1


def test_code_page_stays_in_its_language(page: Page) -> None:
    fill(page)
    expect(page.locator("a[hreflang=en]")).to_be_visible()
    send(page)

    expect(page.locator("#code")).to_be_visible()
    expect(page.locator("[hreflang]")).to_have_count(0)


def test_another_language_takes_along_what_was_just_typed(page: Page) -> None:
    begin(page)
    page.check("input[value=lindeveen]")
    page.select_option("#id_office", "alderman")
    page.click("text=English")
    expect(page.locator("h1")).to_have_text("Who is it about?")
    expect(page.locator("input[value=lindeveen]")).to_be_checked()
    expect(page.locator("#id_office")).to_have_value("alderman")
    page.click("text=Continue")
    page.click("text=Continue")

    # Nothing is scolded where nothing was filled in yet.
    page.click("text=Nederlands")
    expect(page.locator("h1")).to_have_text("Wat is er gebeurd?")
    assert not page.title().startswith("Fout")
    page.check("input[value=threat_intimidation]")
    go_on(page)
    page.fill("textarea", STORY)
    page.click("text=English")

    assert page.url.endswith("/en/melden/stap/4/")
    expect(page.locator("textarea")).to_have_value(STORY)


def test_after_leaving_nothing_is_left_here_or_in_another_tab(page: Page) -> None:
    begin(page)
    page.check("input[value=lindeveen]")
    go_on(page)
    go_on(page)
    page.check("input[value=threat_intimidation]")
    go_on(page)
    page.fill("textarea", STORY)
    go_on(page)
    other = page.context.new_page()
    other.goto("/melden/stap/4/")
    expect(other.locator("textarea")).to_have_value(STORY)

    page.click("text=Verlaat deze site")
    page.wait_for_url("**/health/live")

    assert SealedCookie.objects.count() == 0
    assert page.context.cookies() == []
    other.reload()
    expect(other.locator("h1")).to_have_text("Melding doen")
    for _twice in range(2):
        page.go_back()
        assert STORY not in page.content()


def test_time_that_runs_out_is_said_five_minutes_before(page: Page) -> None:
    page.clock.install()
    begin(page)
    dialog = page.get_by_role("alertdialog")
    page.clock.fast_forward(54 * 60 * 1000)
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(61_000)
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Blijf op deze pagina")).to_be_focused()

    with page.expect_response("**/melden/blijven/") as answered:
        page.keyboard.press("Escape")
    assert answered.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.fast_forward(56 * 60 * 1000)
    expect(dialog).to_be_visible()
    page.clock.fast_forward(5 * 60 * 1000)
    page.wait_for_url("**/verlopen/")


def test_words_that_outlive_the_time_can_still_go_on(page: Page) -> None:
    page.clock.install()
    begin(page)
    page.check("input[value=lindeveen]")
    go_on(page)
    go_on(page)
    page.check("input[value=threat_intimidation]")
    go_on(page)
    page.fill("textarea", STORY)
    page.clock.fast_forward(61 * 60 * 1000)
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Druk op ‘Verder’")
    assert "Meld u" not in dialog.inner_text()
    SealedCookie.objects.all().delete()

    page.click("text=Blijf op deze pagina")
    go_on(page)

    expect(page.locator("main")).to_contain_text("Wat u net invulde, is er nog")


def test_counter_counts_an_emoji_once(page: Page) -> None:
    begin(page)
    page.check("input[value=lindeveen]")
    go_on(page)
    go_on(page)
    page.check("input[value=threat_intimidation]")
    go_on(page)
    counter = page.locator("[data-counter=id_story]")
    page.fill("textarea", "😀" * 10_000)
    expect(counter).to_be_hidden()

    page.fill("textarea", "😀" * 19_999)
    expect(counter).to_have_text("U hebt nog 1 tekens over.")
    go_on(page)

    expect(page.locator("h1")).to_have_text("Wanneer, waar en door wie?")
