"""The shares of the demo's main keys: known, so that a visitor can try a recovery."""

from datetime import date
from pathlib import Path

from django.conf import settings

from weerbaar.accounts.demo import CAST, demo_root
from weerbaar.accounts.models import HANDLING_KINDS, Organisation, User
from weerbaar.custody.models import Holder
from weerbaar.custody.services import sign_holder
from weerbaar.vault.private_file import write_private
from weerbaar.vault.shares import Share, split_secret

THRESHOLD, MANY = 2, 3
DUTIES = {
    "council_clerk": "griffier",
    "municipal_secretary": "gemeentesecretaris",
    "provincial_clerk": "statengriffier",
    "secretary_director": "secretaris-directeur",
}
OUTSIDERS = (
    ("T. de Wit", "notaris"),
    ("M. Vermeer", "voorzitter rekenkamer"),
)
HEAD = """DE HOOFDSLEUTELS VAN DE DEMO

Van elke hoofdsleutel zijn twee van de drie delen nodig. Zo probeert u een herstel:
log in als Sanne, kies bij "Mijn kluis openen" voor een nieuwe kluis (/kluis/opnieuw/),
en ga daarna naar /hoofdsleutel/herstel/. In het echt staan deze woorden nergens.
"""


def make_papers(people: dict[str, User], *, today: date) -> Path:
    """Share out each main key, and write down every share; gives the file."""
    told = [HEAD]
    for place in Organisation.objects.filter(kind__in=HANDLING_KINDS):
        root = demo_root(place.slug)
        shares = split_secret(root, threshold=THRESHOLD, many=MANY)
        told.append(f"{place.name}\n")
        for share, (name, duty, person) in zip(
            shares, _holders(place, people), strict=True
        ):
            holder = Holder(
                organisation=place,
                root_id=root.public.id,
                number=share.number,
                threshold=THRESHOLD,
                name=name,
                duty=duty,
                person=person,
                founded_on=today,
            )
            sign_holder(holder, root)
            holder.save(force_insert=True)
            told.append(_paper(share, name, duty))
    text = "\n".join(told).encode()
    return write_private(Path(settings.STATE) / "hoofdsleutels.txt", text)


def _holders(
    place: Organisation, people: dict[str, User]
) -> list[tuple[str, str, User | None]]:
    """Who of the cast handles here, in the order of the cast; then outsiders."""
    inside: list[tuple[str, str, User | None]] = [
        (member.name, DUTIES[member.office], people[member.first])
        for member in CAST
        if member.place == place.slug and member.office in DUTIES
    ]
    outside = [(name, duty, None) for name, duty in OUTSIDERS]
    return [*inside, *outside][:MANY]


def _paper(share: Share, name: str, duty: str) -> str:
    return f"  Deel {share.number}, {name}, {duty}:\n  {share.text}\n"
