"""Records of cases that never were, and small plans to count them in."""

import random
from typing import Any

from weerbaar import codes
from weerbaar.contributions.services import Record
from weerbaar.network.dimensions import Category, Dimension
from weerbaar.network.tables import Table

STEPS = ["same_day", "two_days", "three_days", "two_weeks", "later", "not_done", ""]
TALKS = ["on_time", "late", "declined", "not_done", ""]
TIMES = {
    "first_contact": STEPS,
    "reaction": STEPS,
    "reception_talk": STEPS,
    "check_two_weeks": TALKS,
    "check_six_weeks": TALKS,
    "duration": ["three_months", "four_weeks", "half_year", "longer", ""],
}
PROVINCES = [entry.code for entry in codes.entries("provinces")]


def record(**facts: Any) -> Record:
    """A complete incident; `facts` say what is different."""
    filled: dict[str, Any] = {
        "case": "case-1",
        "person": facts.get("case", "person-1"),
        "revision": 1,
        "organisation": "body-1",
        "organisation_type": "municipality",
        "province": "utrecht",
        "year": 2026,
        "month": 2,
        "kind": "incident",
        "office_kind": "executive",
        "incident_groups": ["verbal"],
        "channels": ["email"],
        "perpetrators": ["resident"],
        "topic": "housing_building",
        "severity": "serious",
        "police": "not_considered",
        "decision_influenced": "no",
        "referrals": [],
        "aftercare": "given",
        "outcome": "handled",
        "motive": "frustration",
        "no_aangifte": "",
        "first_contact": "same_day",
        "reaction": "two_days",
        "reception_talk": "three_days",
        "check_two_weeks": "on_time",
        "check_six_weeks": "late",
        "duration": "three_months",
    }
    return Record(**(filled | facts))


def _dimension(code: str, size: int, field: str) -> Dimension:
    return Dimension(
        code,
        code,
        tuple(Category(f"{code}{n}", f"{code}{n}") for n in range(size)),
        lambda r: f"{code}{getattr(r, field)[0]}",
    )


A = _dimension("a", 3, "channels")
B = _dimension("b", 3, "perpetrators")
C = _dimension("c", 4, "referrals")
D = _dimension("d", 2, "incident_groups")


def plan_of(shape: str) -> tuple[Table, ...]:
    """One table; a square; a star of two on one dimension; a chain of three."""
    shapes = {
        "one": [(A, None)],
        "square": [(A, B)],
        "star": [(A, B), (A, C)],
        "chain": [(A, B), (A, C), (C, D)],
    }
    return tuple(
        Table(f"T{n}", f"T{n}", "", rows, columns)
        for n, (rows, columns) in enumerate(shapes[shape], 1)
    )


def year_of_reports(many: int, *, year: int = 2026, seed: int = 7) -> list[Record]:
    """A year in which some kinds are frequent and most are rare, as in life."""
    chance = random.Random(seed)

    def uneven(name: str, only: list[str] | None = None) -> str:
        found = only or [entry.code for entry in codes.entries(name)]
        return found[min(int(chance.expovariate(0.45)), len(found) - 1)]

    return [
        record(
            case=f"case-{seed}-{n}",
            organisation=f"body-{min(int(chance.expovariate(0.05)), 80)}",
            organisation_type=uneven("", ["water_authority", "province"])
            if chance.random() < 0.3
            else "municipality",
            province=chance.choice(PROVINCES),
            year=year,
            month=chance.randint(1, 12),
            office_kind=uneven("", ["representative", "executive", "support", ""]),
            incident_groups=[
                uneven("", ["verbal", "threat_intimidation", "other", "physical",
                            "temptation", "undermining"])
            ],
            channels=[uneven("channels")],
            perpetrators=[uneven("perpetrator_kinds")],
            topic=uneven("policy_topics"),
            severity=uneven("severity_levels"),
            police=uneven("criminal_procedure_status"),
            decision_influenced=uneven("yes_no", ["no", "yes", "unknown", ""]),
            referrals=[uneven("partners")] if chance.random() < 0.4 else [],
            aftercare=uneven("aftercare_outcomes"),
            motive=uneven("motives"),
            no_aangifte=uneven("non_report_reasons"),
            **{name: uneven("", known) for name, known in TIMES.items()},
        )
        for n in range(many)
    ]  # fmt: skip
