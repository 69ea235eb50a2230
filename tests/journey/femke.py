"""Femke and Joost of the network: figures are counted by a worker, published by two."""

from tests.journey import words
from tests.journey.visiting import Visitor


def finds_nothing_published(analyst: Visitor) -> None:
    """Before the quarter is ripe there is nothing to see."""
    analyst.menu("Cijfers")
    analyst.reads("Er zijn nog geen cijfers gepubliceerd.")


def approves(analyst: Visitor) -> None:
    """What the worker counted and checked waits; the check found nothing against it."""
    _opens_the_newest(analyst)
    analyst.reads("gecontroleerd", "De controle vond niets")
    analyst.press("Keur de cijfers goed")
    analyst.reads("Iemand anders publiceert ze.")
    analyst.never_reads("Publiceer de cijfers")


def publishes(analyst: Visitor) -> None:
    """Somebody else stands for them as well."""
    _opens_the_newest(analyst)
    analyst.press("Publiceer de cijfers")
    analyst.reads("gepubliceerd")


def _opens_the_newest(analyst: Visitor) -> None:
    analyst.menu("Cijfers")
    analyst.follow("Alle publicaties")
    analyst.follow("2026")


def reads_the_number(member: Visitor) -> int:
    """How many incidents were reported, as every member of the network reads it."""
    member.menu("Cijfers")
    member.reads("Gemelde incidenten")
    member.never_reads(words.STEM)
    return int(member.tells("Gemelde incidenten"))


def takes_them_along(member: Visitor) -> tuple[str, bytes]:
    """A partner gets the definitive figures, and the network's key from its log."""
    member.menu("Cijfers")
    member.reads("definitief")
    bundle = member.takes("Downloaden met het plan")
    member.follow("Alle publicaties")
    member.follow("Logboek van publicaties")
    return member.copies("#network-key"), bundle
