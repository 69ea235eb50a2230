"""What may leave the house for which partner, and the exact text of it; pure."""

from referrals.disclosure.packages import (
    MOST,
    MoreThanAllowed,
    Origin,
    Piece,
    Section,
    SectionEmpty,
    SectionTooLong,
    Way,
    allowed,
    choosable,
    exact_text,
    package_for,
    package_text,
)
from referrals.disclosure.policies import (
    POLICIES,
    RIEC,
    Policy,
    entries,
    policy,
    riec_of,
)

__all__ = [
    "MOST",
    "POLICIES",
    "RIEC",
    "MoreThanAllowed",
    "Origin",
    "Piece",
    "Policy",
    "Section",
    "SectionEmpty",
    "SectionTooLong",
    "Way",
    "allowed",
    "choosable",
    "entries",
    "exact_text",
    "package_for",
    "package_text",
    "policy",
    "riec_of",
]
