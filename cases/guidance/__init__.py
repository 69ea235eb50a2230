"""From the codes of a case to what fits: instruments, partners, next steps; pure."""

from cases.guidance.catalogue import (
    AUDIENCES,
    PHASES,
    TOPICS,
    Instrument,
    also_show,
    instrument,
    instruments,
    public_instruments,
)
from cases.guidance.facts import Facts
from cases.guidance.knowledge import Article, article, offence_hints
from cases.guidance.proposing import Fit, Guidance, PartnerHint, Proposed, proposals
from cases.guidance.rules import NextStep

__all__ = [
    "AUDIENCES",
    "PHASES",
    "TOPICS",
    "Article",
    "Facts",
    "Fit",
    "Guidance",
    "Instrument",
    "NextStep",
    "PartnerHint",
    "Proposed",
    "also_show",
    "article",
    "instrument",
    "instruments",
    "offence_hints",
    "proposals",
    "public_instruments",
]
