"""A country that does not exist, in the size of ours: posts, and incidents in a year.

For the demo, the tests and the benchmarks. The numbers of organisations and posts are
those of 2026 in round; names and incidents are invented. A few people meet very much,
most meet nothing, and a report comes weeks after what happened (statistics 3).
"""

import random
from collections.abc import Iterator
from typing import Any, NamedTuple

from weerbaar import codes
from weerbaar.contributions.services import Record
from weerbaar.network.register import Posts

KINDS = {"municipality": 342, "province": 12, "water_authority": 21}
# Kind of organisation → kind of office → posts in the whole country.
POSTS = {
    "municipality": {"executive": 342 + 1216, "representative": 7776},
    "province": {"executive": 12 + 72, "representative": 585},
    "water_authority": {"executive": 21, "representative": 525},
}
LAG_DAYS = 25
# How uneven it is: with this shape, and nobody beyond MOST times the least, the person
# who meets most meets a twentieth of everything.
TAIL, MOST = 1.0, 5_000
SHARES: dict[str, dict[str, int]] = {
    "incident_groups": {
        "verbal": 50,
        "threat_intimidation": 29,
        "other": 7,
        "physical": 5,
        "temptation": 5,
        "undermining": 4,
    },
    "channels": {
        "social_media_public": 27,
        "direct_message": 18,
        "email": 16,
        "in_person_meeting": 13,
        "in_person_public": 9,
        "phone": 8,
        "home": 6,
        "letter": 3,
    },
    "perpetrators": {
        "resident": 42,
        "anonymous": 23,
        "group_collective": 10,
        "entrepreneur_company": 9,
        "interest_action_group": 8,
        "fellow_politician": 5,
        "organised_crime": 3,
    },
    "severity": {"less_serious": 56, "serious": 35, "very_serious": 9},
    "police": {
        "not_considered": 51,
        "considered_not_done": 21,
        "melding": 15,
        "aangifte": 13,
    },
    "decision_influenced": {"no": 78, "unknown": 8, "yes": 9, "rather_not": 5},
    "referrals": {
        "": 62,
        "support_team_nwb": 20,
        "victim_support": 8,
        "trust_line": 7,
        "riec": 3,
    },
    "aftercare": {"given": 66, "declined": 26, "not_reached": 8},
    "no_aangifte": {
        "": 30,
        "not_serious_enough": 18,
        "part_of_the_job": 14,
        "no_result_expected": 12,
        "understanding_circumstances": 10,
        "perpetrator_unknown": 6,
        "fear_of_retaliation": 5,
        "solved_informally": 5,
    },
    "motive": {
        "dissatisfaction_policy": 27,
        "frustration": 21,
        "personal_decision": 15,
        "unknown": 13,
        "influence_decision": 10,
        "hate_identity": 7,
        "ideological": 4,
        "criminal_gain": 3,
    },
}
# How long the steps took, in the terms of the protocol.
TIMES: dict[str, dict[str, int]] = {
    "first_contact": {
        "same_day": 61,
        "two_days": 19,
        "three_days": 8,
        "two_weeks": 7,
        "later": 3,
        "not_done": 2,
    },
    "reaction": {
        "not_done": 31,
        "two_days": 28,
        "two_weeks": 17,
        "same_day": 11,
        "three_days": 8,
        "later": 5,
    },
    "reception_talk": {
        "three_days": 31,
        "two_days": 27,
        "two_weeks": 18,
        "same_day": 12,
        "not_done": 7,
        "later": 5,
    },
    "duration": {"three_months": 58, "half_year": 21, "four_weeks": 13, "longer": 8},
}
# How aftercare ended → whether the talks after two and after six weeks were in time.
CHECKS: dict[str, list[dict[str, int]]] = {
    "given": [
        {"on_time": 76, "late": 18, "not_done": 6},
        {"on_time": 64, "late": 24, "not_done": 12},
    ],
    "declined": [{"declined": 1}, {"declined": 1}],
    "not_reached": [{"not_done": 1}, {"not_done": 1}],
}


class Office(NamedTuple):
    """Somebody who could report: a post of the register, with a token of her own."""

    person: str
    organisation: str
    organisation_type: str
    province: str
    office_kind: str


def posts() -> list[Posts]:
    """The register: how many posts of each kind every organisation has."""
    provinces = [entry.code for entry in codes.entries("provinces")]
    found = []
    for kind, many in KINDS.items():
        for office, total in POSTS[kind].items():
            for number in range(many):
                share = total // many + (1 if number < total % many else 0)
                province = provinces[number % len(provinces)]
                code = f"{kind}-{number + 1:03d}"
                found.append(Posts(code, kind, province, office, share))
    return [post for post in found if post.number]


def offices(chance: random.Random) -> list[Office]:
    """Everybody who holds a post, in no particular order."""
    found = [
        Office(
            f"{chance.getrandbits(128):032x}",
            post.organisation,
            post.organisation_type,
            post.province,
            post.office_kind,
        )
        for post in posts()
        for _one in range(post.number)
    ]
    chance.shuffle(found)
    return found


def records(many: int, *, year: int, seed: int = 1) -> Iterator[Record]:
    """`many` incidents of a year, each the only revision of its case."""
    chance = random.Random(seed)  # noqa: S311 - an invented country, no secret
    people = offices(chance)
    weights = [min(chance.paretovariate(TAIL), MOST) for _one in people]
    topics = [entry.code for entry in codes.entries("policy_topics")]
    for office in chance.choices(people, weights, k=many):
        yield _record(chance, office, topics, year)


def _record(
    chance: random.Random, office: Office, topics: list[str], year: int
) -> Record:
    drawn = {name: _pick(chance, shares) for name, shares in SHARES.items()}
    day = chance.randrange(365) + chance.expovariate(1 / LAG_DAYS)
    return Record(
        case=f"{chance.getrandbits(128):032x}",
        person=office.person,
        revision=1,
        organisation=office.organisation,
        organisation_type=office.organisation_type,
        province=office.province,
        year=year,
        # What is reported after New Year counts in the last month of the old one.
        month=min(12, int(day // 30.5) + 1),
        kind="incident",
        office_kind=office.office_kind,
        incident_groups=[drawn["incident_groups"]],
        channels=[drawn["channels"]],
        perpetrators=[drawn["perpetrators"]],
        topic=topics[min(int(chance.expovariate(0.25)), len(topics) - 1)],
        severity=drawn["severity"],
        police=drawn["police"],
        decision_influenced=drawn["decision_influenced"],
        referrals=[drawn["referrals"]] if drawn["referrals"] else [],
        aftercare=drawn["aftercare"],
        outcome="handled",
        closed=True,
        motive=drawn["motive"],
        no_aangifte="" if drawn["police"] == "aangifte" else drawn["no_aangifte"],
        **timing(chance, drawn["aftercare"]),
    )


def timing(chance: random.Random, aftercare: str) -> dict[str, Any]:
    """How long the steps of an invented case took, in the codes of a record."""
    two_weeks, six_weeks = CHECKS[aftercare]
    steps = {name: _pick(chance, shares) for name, shares in TIMES.items()}
    return steps | {
        "check_two_weeks": _pick(chance, two_weeks),
        "check_six_weeks": _pick(chance, six_weeks),
    }


def _pick(chance: random.Random, shares: dict[str, int]) -> str:
    return chance.choices(list(shares), weights=list(shares.values()))[0]
