"""A ceremony played by hand: what the holders wrote down and what they type."""

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories
from weerbaar.accounts import trust
from weerbaar.accounts.models import Organisation, User
from weerbaar.custody.models import Holder
from weerbaar.custody.services import HolderChoice
from weerbaar.custody.services.holders import sign_holder
from weerbaar.vault.endorsing import fingerprint
from weerbaar.vault.shares import Share, split_secret

CHOICES = [
    HolderChoice("Bram Visser", "griffier"),
    HolderChoice("Sanne de Jong", "gemeentesecretaris"),
    HolderChoice("Mr. T. de Wit", "notaris"),
]


def unpin(organisation: Organisation) -> None:
    """As an organisation is that has just been added."""
    factories.pinned.pop(organisation.slug, None)
    factories.write_pins()


def pin(organisation: Organisation, root: Any) -> None:
    """What the administrator does with the lines of the page."""
    factories.pinned[organisation.slug] = trust.pin_text(organisation, root)
    factories.write_pins()


def six_words(user: User) -> str:
    """What a colleague reads out."""
    assert user.key is not None
    return fingerprint(user.key.public_key)


def share_out(organisation: Organisation, people: list[User | None]) -> list[Share]:
    """Give the tests' root of an organisation to three holders; two are needed."""
    root = factories.root_secret(organisation.slug)
    shares = split_secret(root, threshold=2, many=3)
    for share, person, choice in zip(shares, people, CHOICES, strict=True):
        holder = Holder(
            organisation=organisation,
            root_id=root.public.id,
            number=share.number,
            threshold=2,
            name=person.name if person else choice.name,
            duty=choice.duty,
            person=person,
            founded_on=factories.SINCE,
        )
        sign_holder(holder, root)
        holder.save()
    return shares


def begin(client: Client, organisation: Organisation, **filled: str) -> Any:
    """Choose three holders, of whom two are needed, and make the key."""
    posted = {"organisatie": organisation.slug, "size": "2-3"}
    for number, choice in enumerate(CHOICES, start=1):
        posted[f"person_{number}"] = "-"
        posted[f"name_{number}"] = choice.name
        posted[f"duty_{number}"] = choice.duty
    return client.post(reverse("root-begin"), {**posted, **filled})


def words_shown(client: Client) -> list[str]:
    """The words on the screen of the holder whose turn it is."""
    page = client.get(reverse("root-share") + "?toon").content.decode()
    listed = page.split('class="ck-words"')[1].split("</ol>")[0]
    return re.findall(r"<li>(\w+)</li>", listed)


def type_back(client: Client, words: list[str]) -> Any:
    """Type the asked words from paper."""
    page = client.get(reverse("root-check")).content.decode()
    asked = sorted(set(re.findall(r'name="word_(\d+)"', page)), key=int)
    return client.post(
        reverse("root-check"), {f"word_{n}": words[int(n) - 1][:4] for n in asked}
    )


def write_down(client: Client, many: int = 3) -> list[str]:
    """Each holder in turn writes the words down and types some back."""
    papers = []
    for _holder in range(many):
        words = words_shown(client)
        type_back(client, words)
        papers.append(" ".join(words))
    return papers
