"""Esma, at the desk of the support team: she sees what was sent to her, and answers."""

from collections.abc import Callable

from tests.journey import words
from tests.journey.visiting import Visitor

Look = Callable[[str, Visitor], None]


def takes_it_up(esma: Visitor, look: Look) -> None:
    """Open, accept, answer, and she is done."""
    esma.menu("Doorverwijzingen")
    esma.reads("Gemeente Lindeveen, 13 mei 2026")
    look("the desk has a referral", esma)
    esma.follow("Gemeente Lindeveen")
    esma.never_reads(words.STEM)
    esma.press("Open de doorverwijzing")
    esma.reads(words.SUMMARY, words.WISH, words.CONTACT)
    esma.never_reads(words.STORY, words.NAME, words.PHONE, words.NOTE, words.TIP)
    esma.press("Neem de doorverwijzing aan")
    esma.write("Uw antwoord", words.ANSWER)
    esma.press("Verstuur het antwoord")
    esma.press("Rond de doorverwijzing af")
