"""Proposals that the tests of the network's own work begin with."""

from datetime import datetime
from typing import Any

from weerbaar.accounts.models import User
from weerbaar.network import services
from weerbaar.network.models import NetworkInstrument, PriorityTheme


def propose(by: User, now: datetime, **other: Any) -> PriorityTheme:
    """A theme about building, for 2026."""
    facts = {
        "year": 2026,
        "topic": "housing_building",
        "title": "",
        "sentence": "Bouwen schuurt.",
        "question": "Wanneer slaat druk om?",
    }
    return services.propose_theme(**(facts | other), by=by, now=now)


def name(theme: PriorityTheme, *partners: User, by: User, now: datetime) -> Any:
    """Named after the partners gave their support."""
    for partner in partners:
        services.give_support(theme, by=partner, now=now)
    return services.name_theme(theme, by=by, now=now)


def offer(by: User, now: datetime, **other: Any) -> NetworkInstrument:
    """An instrument for office holders."""
    facts = {
        "title": "Gesprekskaart",
        "summary": "Tien zinnen voor een onrustige zaal.",
        "publisher": "De raadsleden",
        "url": "https://raadsleden.example/kaart",
        "phases": ["prevention"],
        "topics": ["norm"],
        "audiences": ["office_holder"],
    }
    return services.propose_instrument(**(facts | other), by=by, now=now)
