"""Every page that a reporter can see, one after the other, for rules that hold on all.

`pages["3 wrong"]` is the third page of the form with a mistake.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from aftercare import services as aftercare
from aftercare.models import CheckIn
from cases import services as cases
from cases.models import Case
from referrals import services as referrals
from referrals.models import Partner
from tests.cases.asking import doing
from tests.intake import filling


@dataclass
class Seen:
    """A page as it came, and as it is read."""

    response: Any

    @cached_property
    def soup(self) -> BeautifulSoup:
        return filling.soup(self.response)


@pytest.fixture
def pages(
    client, lindeveen, bram, daan, keyring_of, ondersteuningsteam
) -> dict[str, Seen]:
    """What a reporter reads from the first page to the last, by name."""
    found = the_form(client, [str(person.pk) for person in (bram, daan)])
    code = filling.code_on(found["sent"])
    found["kept wrong"] = client.post("/melden/meldcode/", {})
    found["shown"] = client.get("/melden/meldcode/")
    found["done"] = client.post("/melden/meldcode/", {"kept": "on"}, follow=True)
    found["code"] = client.get("/mijn-melding/")
    found["code wrong"] = filling.enter(client, " ".join(reversed(code.split())))
    found["mailbox"] = filling.enter(client, code)
    found |= in_the_mailbox(client, bram, keyring_of)
    found |= past_the_end(client, code)
    return {name: Seen(response) for name, response in found.items()}


def the_form(client, everybody: list[str]) -> dict[str, Any]:
    """From the start to the receipt, each page also with a mistake."""
    found = {
        path: client.get(path)
        for path in ("/", "/melden/", "/melden/vooraf/", "/melden/daarna/")
    }
    found |= {path: client.get(path) for path in ("/veilig-gebruik/", "/verlopen/")}
    filling.begin(client)
    for number, answers in filling.LEAST.items():
        wrong = {"recused": everybody, "story": "z" * 20_001, "occurred": "x"}
        found[f"{number}"] = client.get(filling.step(number))
        found[f"{number} wrong"] = client.post(filling.step(number), wrong)
        client.post(filling.step(number), answers)
    client.post(filling.step(7), {**filling.LEAST["7"], "may_reread": "on"})
    found["check"] = client.get("/melden/controleren/")
    found["sent"] = client.post("/melden/controleren/", follow=True)
    return found


def in_the_mailbox(client, bram, keyring_of) -> dict[str, Any]:
    """What is asked and offered there."""
    case, now = Case.objects.get(), timezone.now()
    who = doing(bram, keyring_of, now)
    cases.step(case, "begin_triage", **who)
    referrals.load_partners()
    draft = referrals.Draft(["summary"], {"summary": "Kort."})
    partner = Partner.objects.get(code="support_team_nwb")
    proposed = referrals.propose(case, partner=partner, draft=draft, **who)
    aftercare.offer(case, by=bram, now=now)
    names = ("overzicht", "daarna", "wens", "teruglezen")
    names += ("intrekken", "toegang", "nazorg")
    found = {name: client.get(f"/mijn-melding/{name}/") for name in names}
    found["message wrong"] = client.post("/mijn-melding/bericht/", {"text": ""})
    found["consent"] = client.get(f"/mijn-melding/tekst/{proposed.pk}/")
    found["consent wrong"] = client.post(f"/mijn-melding/tekst/{proposed.pk}/", {})
    found["accepted"] = client.post(
        "/mijn-melding/nazorg/", {"choice": "yes"}, follow=True
    )
    asked = f"/mijn-melding/vraag/{CheckIn.objects.earliest('due_on').pk}/"
    found["check-in"] = client.get(asked)
    found["check-in wrong"] = client.post(asked, {})
    return found


def past_the_end(client, code: str) -> dict[str, Any]:
    """Left, closed for good, too late, and nowhere at all."""
    found = {"left": client.post("/mijn-melding/sluiten/")}
    filling.enter(client, code)
    found["access closed"] = client.post("/mijn-melding/toegang/", {"sure": "on"})
    for name, address in (("melding", "overzicht/"), ("concept", "")):
        client.cookies[name] = "A" * 43
        path = f"/mijn-melding/{address}" if address else filling.step(2)
        found[f"{name} over"] = client.get(path)
    return found | {"nowhere": client.get("/melden/stap/9/")}
