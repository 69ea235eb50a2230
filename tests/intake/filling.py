"""Filling in the report form the way a browser does, for the tests of this room."""

from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

STORY = "Zij stonden bij de zeppelinhal en riepen dat ze weten waar ik woon."
# The least that the form asks: four answers, on four of seven pages.
LEAST: dict[str, dict[str, Any]] = {
    "1": {"organisation": "lindeveen"},
    "2": {},
    "3": {"groups": ["threat_intimidation"]},
    "4": {},
    "5": {},
    "6": {"wish": "think_along"},
    "7": {"anonymity": "anonymous"},
}


def step(number: str | int) -> str:
    return f"/melden/stap/{number}/"


def begin(client: Client, **given: str) -> None:
    """Past the page with limits: the first post, which makes the cookie."""
    response = client.post("/melden/vooraf/", given)
    assert response.status_code == 302, response.content


def fill(client: Client, **pages: Mapping[str, Any]) -> None:
    """The seven pages; `s4={"story": …}` changes what page 4 gets."""
    begin(client)
    for number, least in LEAST.items():
        response = client.post(step(number), {**least, **pages.get(f"s{number}", {})})
        assert response.status_code == 302, text_of(response)


def send(client: Client) -> str:
    """Send from the check page, and read the receipt that is shown once."""
    response = client.post("/melden/controleren/", follow=True)
    assert response.status_code == 200, text_of(response)
    found = code_on(response)
    assert found
    return found


def report(client: Client, **pages: Mapping[str, Any]) -> str:
    """A whole report; gives the receipt."""
    fill(client, **pages)
    return send(client)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


def text_of(response: Any) -> str:
    """The words of the page's own part, without the shell."""
    page = soup(response)
    return " ".join((page.main or page).get_text(" ").split())


def code_on(response: Any) -> str:
    shown = soup(response).select_one("#code")
    return shown.get_text().strip() if shown else ""


def enter(client: Client, code: str) -> Any:
    """Open the mailbox, and give its page."""
    return client.post("/mijn-melding/", {"code": code}, follow=True)
