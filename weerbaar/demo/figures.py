"""Two years of contributions by invented organisations, for figures to say something.

Drawn with a fixed seed: every demo shows the same country. Shares follow what monitors
found (mostly verbal, often online, one in eight reaches the police as aangifte).
"""

import random
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from weerbaar import codes
from weerbaar.accounts.actors import SYSTEM
from weerbaar.accounts.models import User
from weerbaar.contributions.services import Record, contribute
from weerbaar.network import country, services
from weerbaar.network.keys import destroy_key, read_key, remember_made, write_key
from weerbaar.network.periods import QUARTERS, once_more_from, ripe_quarters
from weerbaar.network.register import written

SEED = 2017
PER_QUARTER = 110

GROUPS = {
    "verbal": 52,
    "threat_intimidation": 30,
    "physical": 5,
    "other": 6,
    "temptation": 5,
    "undermining": 4,
}
CHANNELS = {
    "social_media_public": 28,
    "direct_message": 18,
    "email": 16,
    "in_person_meeting": 14,
    "in_person_public": 8,
    "phone": 7,
    "home": 6,
    "letter": 3,
}
PERPETRATORS = {
    "resident": 40,
    "anonymous": 24,
    "group_collective": 10,
    "entrepreneur_company": 9,
    "interest_action_group": 8,
    "fellow_politician": 6,
    "organised_crime": 3,
}
TOPICS = {
    "asylum_reception": 24,
    "housing_building": 16,
    "energy_wind_solar": 12,
    "traffic_parking": 11,
    "agriculture_nitrogen": 10,
    "amenities_closure": 8,
    "enforcement_closure": 8,
    "none_personal": 11,
}
OFFICES = {"representative": 58, "executive": 36, "support": 6}
SEVERITIES = {"less_serious": 55, "serious": 36, "very_serious": 9}
POLICE = {
    "not_considered": 52,
    "considered_not_done": 20,
    "melding": 15,
    "aangifte": 13,
}
INFLUENCED = {"no": 78, "unknown": 8, "yes": 9, "rather_not": 5}
REFERRALS = {
    "": 62,
    "support_team_nwb": 20,
    "victim_support": 8,
    "trust_line": 7,
    "riec": 3,
}
AFTERCARE = {"given": 66, "declined": 26, "not_reached": 8}
NO_AANGIFTE = country.SHARES["no_aangifte"]
KINDS = {"municipality": 30, "province": 3, "water_authority": 3}


def _pick(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def _organisations(chance: random.Random) -> list[tuple[str, str, str]]:
    provinces = [c.code for c in codes.entries("provinces")]
    kinds = [kind for kind, count in KINDS.items() for _i in range(count)]
    return [
        (str(UUID(int=chance.getrandbits(128))), kind, chance.choice(provinces))
        for kind in kinds
    ]


def _record(
    chance: random.Random, organisation: tuple[str, str, str], year: int, month: int
) -> Record:
    number, kind, province = organisation
    referral, aftercare = _pick(chance, REFERRALS), _pick(chance, AFTERCARE)
    police = _pick(chance, POLICE)
    return Record(
        case=f"{chance.getrandbits(128):032x}",
        person=f"{chance.getrandbits(128):032x}",
        revision=1,
        organisation=number,
        organisation_type=kind,
        province=province,
        year=year,
        month=month,
        kind="prevention" if chance.random() < 0.08 else "incident",
        office_kind=_pick(chance, OFFICES),
        incident_groups=[_pick(chance, GROUPS)],
        channels=[_pick(chance, CHANNELS)],
        perpetrators=[_pick(chance, PERPETRATORS)],
        topic=_pick(chance, TOPICS),
        severity=_pick(chance, SEVERITIES),
        police=police,
        decision_influenced=_pick(chance, INFLUENCED),
        referrals=[referral] if referral else [],
        aftercare=aftercare,
        outcome="handled",
        closed=True,
        motive=_pick(chance, country.SHARES["motive"]),
        no_aangifte="" if police == "aangifte" else _pick(chance, NO_AANGIFTE),
        **country.timing(chance, aftercare),
    )


def begin_years(*, now: datetime) -> None:
    """Last year and this one of figures begin before the first report of the demo."""
    services.begin_years(write_key, now=now, since=timezone.localdate(now).year - 1)


def contribute_country(*, today: date) -> int:
    """Contributions of last year and this one, up to the last full quarter."""
    chance = random.Random(SEED)  # noqa: S311
    organisations = _organisations(chance)
    quarters = [(today.year - 1, q) for q in range(4)]
    quarters += [(today.year, q) for q in range((today.month - 1) // 3)]
    count = 0
    for number, (year, quarter) in enumerate(quarters):
        for _i in range(PER_QUARTER + 6 * number):
            month = quarter * 3 + chance.randint(1, 3)
            contribute(_record(chance, chance.choice(organisations), year, month))
            count += 1
    return count


def keep_register(*, today: date, now: datetime) -> None:
    """The register of an invented country, so that the plan can be checked."""
    text = written(country.posts())
    services.import_register(today.year - 1, text, by=SYSTEM, now=now)


def publish_figures(people: dict[str, User], *, now: datetime) -> None:
    """Two people publish all but the newest count, which is left for the visitor."""
    analyst, second = people["femke"], people["joost"]
    *earlier, newest = _moments(now)
    for year, moment in earlier:
        release = services.tabulate(
            year, secret=read_key(year), now=moment, remember=remember_made
        )
        if release is not None:
            services.approve(release, by=analyst, now=moment)
            services.publish(release, by=second, now=moment + timedelta(days=2))
    year, moment = newest
    services.tabulate(year, secret=read_key(year), now=moment, remember=remember_made)
    services.destroy_keys(destroy_key, now=now)


def _moments(now: datetime) -> list[tuple[int, datetime]]:
    """When the last years' figures were counted, in order: the year and the moment.

    Last year twice when its corrections are in, and this year's quarters.
    """
    this = timezone.localdate(now).year
    ripe = ripe_quarters(this, timezone.localdate(now))
    counts = [(this - 1, 4)] if ripe else [(this - 1, 3), (this - 1, 4)]
    counts += [(this, q) for q in range(max(1, ripe - 1), ripe + 1)]
    found = [(year, min(now, _ripe_on(year, q, now))) for year, q in counts]
    settled = _on(once_more_from(this - 1, QUARTERS), now)
    if settled <= now:
        found.append((this - 1, settled))
    return sorted(found, key=lambda one: one[1])


def _ripe_on(year: int, quarter: int, now: datetime) -> datetime:
    end = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return _on(end + timedelta(days=31), now)


def _on(day: date, now: datetime) -> datetime:
    return now.replace(year=day.year, month=day.month, day=day.day)
