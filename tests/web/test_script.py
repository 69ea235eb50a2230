"""In a real browser: leaving at once, finding mistakes, time that runs out."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.urls("tests.web.sample"), pytest.mark.django_db]
FORM = "/formulier/"


@pytest.fixture(autouse=True)
def exit_nearby(settings, live):
    """Somewhere neutral on this machine in place of the weather."""
    settings.EXIT_URL = f"{live}/health/live"


def test_three_times_shift_leaves_and_back_does_not_return(page: Page, live):
    page.goto("/health/live")
    page.goto(FORM)
    page.fill("#id_story", "zij stonden voor mijn deur")
    for _press in range(3):
        page.keyboard.press("Shift")

    page.wait_for_url("**/health/live")
    page.go_back()

    assert page.url == f"{live}/health/live"


def test_capital_letters_do_not_leave(page: Page):
    page.goto(FORM)
    page.focus("#id_story")
    page.keyboard.type("Een Twee Drie Vier Vijf")
    for letter in "ABC":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")

    assert page.url.endswith(FORM)
    assert "ABC" in page.input_value("#id_story")


def test_leaving_works_without_script(plain_page: Page):
    plain_page.goto(FORM)
    plain_page.click("text=Verlaat deze site")

    assert plain_page.url.endswith("/health/live")


@pytest.mark.parametrize("width", [1280, 390])
def test_way_out_is_second_by_keyboard_and_in_sight_while_scrolling(visitor, width):
    page = visitor(viewport={"width": width, "height": 700})
    page.goto(FORM)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Direct naar de inhoud")).to_be_focused()
    page.keyboard.press("Tab")
    way_out = page.get_by_role("link", name="Verlaat deze site")
    expect(way_out).to_be_focused()

    page.mouse.wheel(0, 600)

    expect(way_out).to_be_in_viewport()
    assert way_out.bounding_box()["height"] >= 44


@pytest.mark.parametrize("width", [1280, 390])
def test_way_out_lies_over_the_header_without_taking_its_clicks(visitor, width):
    page = visitor(viewport={"width": width, "height": 700})
    page.goto("/privacy/")

    page.click("text=English")

    assert page.url.endswith("/en/privacy/")
    page.click(".wb-brand")
    assert page.url.endswith("/en/")


def test_mistakes_get_the_focus_and_lead_to_their_fields(page: Page):
    page.goto(FORM)
    page.click("text=Verder")

    expect(page.locator(".wb-errors")).to_be_focused()
    page.click(".wb-errors >> text=Vul uw naam in.")
    expect(page.locator("#id_name")).to_be_focused()
    page.click(".wb-errors >> text=Kies hoe wij u bereiken.")
    expect(page.locator("#id_reach_0")).to_be_focused()


def test_form_works_without_script(plain_page: Page):
    plain_page.goto(FORM)
    plain_page.click("text=Verder")

    expect(plain_page).to_have_title(re.compile("^Fout: "))
    plain_page.click(".wb-errors >> text=Vul uw naam in.")
    assert plain_page.url.endswith("#id_name")


def test_counter_comes_near_the_end_only(page: Page):
    page.goto(FORM)
    counter = page.locator("[data-counter=id_story]")
    page.fill("#id_story", "a" * 100)
    expect(counter).to_be_hidden()

    page.fill("#id_story", "a" * 19_990)
    expect(counter).to_have_text("U hebt nog 10 tekens over.")
    page.fill("#id_story", "a" * 20_003)
    expect(counter).to_have_text("U hebt 3 tekens te veel.")


def test_time_that_runs_out_is_said_first_and_can_be_lengthened(page: Page):
    page.clock.install()
    page.goto(FORM)
    dialog = page.get_by_role("alertdialog")
    page.clock.fast_forward(779_000)
    expect(dialog).to_be_hidden()

    page.clock.fast_forward(2_000)
    expect(dialog).to_be_visible()
    expect(page.get_by_role("button", name="Blijf op deze pagina")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.clock.fast_forward(781_000)
    expect(dialog).to_be_visible()
    page.clock.fast_forward(121_000)
    page.wait_for_url("**/verlopen/")


def test_words_on_the_page_outlive_the_time(page: Page):
    page.clock.install()
    page.goto(FORM)
    page.fill("#id_story", "zij riepen mijn naam")
    page.clock.fast_forward(901_000)

    expect(page.get_by_role("alertdialog")).to_contain_text("Uw tekst staat er nog")
    assert page.input_value("#id_story") == "zij riepen mijn naam"


def test_code_can_be_copied(visitor, live):
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    page.goto(FORM)
    page.click("text=Kopieer de code")

    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "molen wolk haven"


@pytest.mark.parametrize("path", ["/", "/privacy/", FORM, "/conflict/", "/en/"])
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_small_screen(visitor, path, width):
    page = visitor(viewport={"width": width, "height": 700})
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_is_fetched_from_elsewhere(page: Page, live):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", FORM):
        page.goto(path)

    assert len(asked) > 4
    assert all(url.startswith(live) for url in asked)


def test_policy_stops_nothing_of_ours(page: Page):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in ("/", FORM, "/privacy/"):
        page.goto(path)

    assert complaints == []
