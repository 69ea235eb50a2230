"""Practice stories of the demo: published, with the editor, sent back, and asked."""

from datetime import datetime, timedelta
from typing import Any

from cases.models import Case
from intake.services import Access, enter
from weerbaar.accounts.demo import DEMO_PASSWORD
from weerbaar.accounts.models import User
from weerbaar.accounts.services import open_vault
from weerbaar.stories import services
from weerbaar.stories.checklist import CODES
from weerbaar.stories.models import Story
from weerbaar.stories.services import Text
from weerbaar.vault.keyring import Keyring

# By the subject of its scenario, and who handles it.
PUBLISHED = "Inloopavond over de veehouderij"
WAITING = "Gemanipuleerde video over stikstof"
RETURNED = "Modder bij de dijkinspectie"
ASKED = "Een mand met wijn en een kaartje"
TOLD: dict[str, tuple[str, Text]] = {
    PUBLISHED: (
        "sanne",
        Text(
            title="Eerst de uitgang, dan het gesprek",
            happened="Op een avond voor bewoners werd iemand zo boos dat hij vlak voor "
            "de bestuurder ging staan schreeuwen en de deur versperde.",
            done="De gastvrouw haalde er een collega bij en vroeg de zaal te pauzeren. "
            "Een dag later was er een ordegesprek. De bezoeker kwam een tijd niet op "
            "zulke avonden. De bestuurder deed dat gesprek niet zelf.",
            helped="Dat iemand dezelfde avond vroeg hoe het ging, en twee weken later "
            "weer. En dat de organisatie de grens trok, niet de persoon.",
            lessons="Spreek vooraf af wie de avond stillegt. Zet de tafel zo dat u "
            "altijd bij een uitgang zit. Oefen de eerste zin.",
            office_kind="executive",
        ),
    ),
    WAITING: (
        "hanna",
        Text(
            title="Een filmpje dat niet klopt",
            happened="Er ging een bewerkt filmpje rond waarin iemand dingen leek te "
            "zeggen die nooit gezegd waren. De telefoon stond die dag niet stil.",
            done="Eén persoon verzamelde alles en vroeg om verwijdering. De collega's "
            "kregen drie zinnen die iedereen kon zeggen. Er kwam geen reactie per "
            "bericht.",
            helped="Even niet zelf hoeven kijken: een ander las de reacties.",
            lessons="Wijs vooraf aan wie leest en wie bewaart. Reageer niet meteen.",
            office_kind="executive",
        ),
    ),
    RETURNED: (
        "iris",
        Text(
            title="Modder",
            happened="Na wateroverlast gooiden bewoners met modder naar iemand die "
            "kwam kijken.",
            done="Een collega ging mee terug naar huis. De volgende dag was er een "
            "gesprek met de bewoners, met iemand van de organisatie erbij.",
            helped="Dat niemand zei dat het erbij hoort.",
            lessons="Ga na een ramp nooit alleen.",
            office_kind="executive",
            topic="water_management",
        ),
    ),
    ASKED: (
        "chris",
        Text(
            title="Een geschenk met een bedoeling",
            happened="Iemand vond een duur geschenk van een bedrijf dat op een besluit "
            "wachtte.",
            done="Het geschenk ging dezelfde dag terug, met een korte brief van de "
            "organisatie. Het staat in het register. Iemand anders deed het dossier.",
            helped="Dat melden gewoon was, en dat er niemand lachte.",
            lessons="Meld ook wat klein lijkt. Schrijf op wie wat terugstuurde.",
        ),
    ),
}
REASON = (
    "Wie er zat, is aan de modder en het water te herkennen: dat stond in de krant. "
    "Kan het verhaal zonder dat?"
)


def tell_stories(
    people: dict[str, User], played: dict[str, tuple[Case, str]], *, now: datetime
) -> None:
    """One story of each state; three of them came out of the letterbox together."""
    earlier = now - timedelta(days=5)
    for subject in TOLD:
        case, code = played[subject]
        access = enter(code, now=earlier)
        _tell(subject, case, access, people, earlier)
    editor = people["femke"]
    doing = _doing(editor, now - timedelta(days=2))
    services.take_out(**doing)
    published, returned = (_edition(played[s], now) for s in (PUBLISHED, RETURNED))
    services.publish(published, points=CODES, **doing)
    services.send_back(returned, reason=REASON, by=editor, now=doing["now"])


def _tell(
    subject: str,
    case: Case,
    access: Access,
    people: dict[str, User],
    at: datetime,
) -> Story:
    who, text = TOLD[subject]
    doing = _doing(people[who], at)
    story = services.write(case, text, **doing)
    if subject != ASKED:
        services.agree(story, version=1, by=access.by, now=at)
        services.send(story, **doing)
    return story


def _doing(user: User, at: datetime) -> dict[str, Any]:
    return {
        "by": user,
        "keyring": Keyring(open_vault(user, DEMO_PASSWORD, now=at)),
        "now": at,
    }


def _edition(played: tuple[Case, str], now: datetime) -> Any:
    """What the network has of it, found as the reporter's mailbox finds it."""
    case, code = played
    story = services.story_of(case)
    access = enter(code, now=now)
    network = services.open_story(story, access.keyring).network if story else None
    return network.edition if network else None
