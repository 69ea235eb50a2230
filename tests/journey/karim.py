"""Karim, custodian of names: he says yes or no, and sees nothing of the case."""

from tests.journey import words
from tests.journey.visiting import Visitor


def agrees(karim: Visitor) -> None:
    """Who asks, and why; his yes lends his half of the name for a day."""
    karim.reads("Een collega vraagt u samen te beslissen.")
    karim.arrive("/verzoeken/")
    karim.reads("Bram Visser", "Gemeente Lindeveen")
    karim.follow("Lezen en antwoorden")
    karim.reads(words.REASON)
    karim.never_reads(words.NAME, words.STORY, words.SUBJECT, words.PHONE)
    karim.choose("Ja, ik stem in")
    karim.press("Uw antwoord versturen")
    karim.reads("Er wacht niets op uw antwoord.")
