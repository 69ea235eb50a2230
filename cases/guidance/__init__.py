"""From the codes of a case to what fits: instruments, partners, next steps; pure."""

from cases.guidance.catalogue import (
    AUDIENCES,
    PHASES,
    TOPICS,
    Instrument,
    instruments,
    public_instruments,
)
from cases.guidance.facts import Facts
from cases.guidance.proposing import Fit, Guidance, PartnerHint, proposals
from cases.guidance.rules import NextStep

__all__ = [
    "AUDIENCES",
    "PHASES",
    "TOPICS",
    "Facts",
    "Fit",
    "Guidance",
    "Instrument",
    "NextStep",
    "PartnerHint",
    "instruments",
    "proposals",
    "public_instruments",
]
