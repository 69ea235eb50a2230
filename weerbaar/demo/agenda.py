"""The network's year in the demo: themes, money and instruments, and what waits."""

from datetime import datetime, timedelta

from django.utils import timezone

from weerbaar.accounts.models import User
from weerbaar.network import services
from weerbaar.network.models import NetworkInstrument, PriorityTheme

ONLINE = "Online haat"
THEMES = (
    (
        "lotte",
        "asylum_reception",
        "",
        "Rond de opvang van asielzoekers lopen avonden vaker uit de hand.",
        "Wat helpt een raad om zo'n avond open en toch veilig te houden?",
    ),
    (
        "olaf",
        "",
        ONLINE,
        "Veel haat komt via een scherm; steun daarbij hoort overal gewoon te zijn.",
        "Wanneer stopt iemand die online dreigt: na een gesprek of na aangifte?",
    ),
)
WAITING = (
    "noor",
    "housing_building",
    "",
    "Bij bouwplannen komt de druk vaak van een kant die men kent.",
    "Hoe herkent een wethouder dat vriendelijke druk omslaat?",
)
ACTIVITIES = (
    (
        "Regioavonden voor raadsleden en griffiers",
        "Acht avonden waarop raden oefenen met een vergadering die onrustig wordt.",
        48_000,
        "Zes avonden gehouden met 212 deelnemers. De helft van de raden heeft daarna "
        "afspraken gemaakt over de orde op de tribune.",
    ),
    (
        "Onderzoek naar avonden over opvang",
        "Een universiteit zoekt uit welke opzet van een avond rust geeft.",
        85_000,
        "",
    ),
)
INSTRUMENTS = (
    (
        "lotte",
        "Gesprekskaart voor een onrustige avond",
        "Een kaart met tien zinnen voor wie een zaal moet kalmeren.",
        "Nederlandse Vereniging voor Raadsleden",
        "https://raadsleden.example/gesprekskaart",
        ["prevention"],
        ["norm"],
        ["office_holder", "chair"],
    ),
    (
        "olaf",
        "Checklist voor uw sociale media",
        "In een kwartier nagaan wat een vreemde van u en uw gezin kan vinden.",
        "Wethoudersvereniging",
        "https://wethouders.example/checklist",
        ["prevention", "aftercare"],
        ["online"],
        ["office_holder", "family"],
    ),
)


def fill_agenda(people: dict[str, User], *, now: datetime) -> None:
    """Two named themes with activities, a proposal, and instruments in every state."""
    year, analyst = timezone.localdate(now).year, people["femke"]
    earlier = now - timedelta(days=60)
    for index, proposal in enumerate(THEMES):
        theme = _propose(people, proposal, year, earlier)
        for name in ("lotte", "olaf"):
            services.give_support(theme, by=people[name], now=earlier)
        services.name_theme(theme, by=analyst, now=earlier + timedelta(days=20))
        if index == 0:
            _spend(theme, analyst, now)
    _propose(people, WAITING, year, now - timedelta(days=3))
    _offer_instruments(people, now)


def _propose(
    people: dict[str, User],
    proposal: tuple[str, str, str, str, str],
    year: int,
    at: datetime,
) -> PriorityTheme:
    who, topic, title, sentence, question = proposal
    return services.propose_theme(
        year=year,
        topic=topic,
        title=title,
        sentence=sentence,
        question=question,
        by=people[who],
        now=at,
    )


def _spend(theme: PriorityTheme, analyst: User, now: datetime) -> None:
    for title, aim, euros, result in ACTIVITIES:
        activity = services.commit_money(
            theme, title=title, aim=aim, euros=euros, by=analyst, now=now
        )
        if result:
            services.keep_result(activity, result=result, by=analyst, now=now)


def _offer_instruments(people: dict[str, User], now: datetime) -> None:
    """One published and checked long ago, one that waits for somebody else."""
    long_ago = now - timedelta(days=400)
    first, _waits = [_offer(people, one, long_ago) for one in INSTRUMENTS]
    services.check_instrument(first, by=people["olaf"], now=long_ago)
    services.publish_instrument(first, by=people["femke"], now=long_ago)


def _offer(
    people: dict[str, User],
    instrument: tuple[str, str, str, str, str, list[str], list[str], list[str]],
    at: datetime,
) -> NetworkInstrument:
    who, title, summary, publisher, url, phases, topics, audiences = instrument
    return services.propose_instrument(
        title=title,
        summary=summary,
        publisher=publisher,
        url=url,
        phases=phases,
        topics=topics,
        audiences=audiences,
        by=people[who],
        now=at,
    )
