"""Bram, griffier: he picks the report up, keeps his word, and knows when to hand on."""

from collections.abc import Callable

import pyotp

from tests.cast import PASSWORD, TOTP_SECRET
from tests.journey import words
from tests.journey.house import House
from tests.journey.visiting import Visitor
from weerbaar.accounts.models import User

Look = Callable[[str, Visitor], None]


def signs_in(visitor: Visitor, user: User, house: House) -> None:
    """Everybody with an account: password, second factor, and the vault is open."""
    visitor.write("E-mailadres", user.email)
    visitor.write("Wachtwoord", PASSWORD)
    visitor.press("Inloggen")
    code = pyotp.TOTP(TOTP_SECRET).at(house.clock.now())
    visitor.write("Code", code)
    visitor.press("Inloggen")


def follows_the_mail(visitor: Visitor, user: User, house: House) -> None:
    """The newest mail says only that something is ready; what, the page says."""
    visitor.arrive(house.link_in_mail(user.email))
    signs_in(visitor, user, house)
    visitor.reads("Berichten voor u")


def comes_in(visitor: Visitor, user: User, house: House) -> None:
    """By the front door, on another day."""
    visitor.arrive("/")
    visitor.follow("Inloggen")
    signs_in(visitor, user, house)


def opens_case(bram: Visitor, reference: str) -> None:
    """From the menu, the list of all cases, to the case."""
    bram.menu("Zaken")
    bram.follow("Team")
    bram.follow(reference)
    bram.reads(f"Zaak {reference}")


def picks_up(bram: Visitor, look: Look) -> str:
    """A new report: he reads it, and asks a second person for the name."""
    look("there are notices", bram)
    bram.menu("Zaken")
    look("the worklist has a new case", bram)
    bram.reads("Nieuw", words.label("veiled_threat"))
    reference = bram.copies("main td a")
    bram.follow(reference)
    bram.reads(words.label("call_me"), words.PHONE, words.TIMES, words.COVER)
    bram.reads("Daan Meijer")
    bram.never_reads(words.STORY, words.NAME)
    bram.press("Toon het verhaal")
    bram.reads(words.STORY)
    bram.follow("Terug naar het overzicht")
    bram.follow("Bestanden bekijken of toevoegen")
    bram.reads(words.PHOTO, words.NOTES)
    bram.follow(words.PHOTO)
    bram.reads("waar het is gemaakt", "SHA-256 van het onveranderde bestand")
    bram.follow("Terug naar de bestanden")
    bram.follow("Terug naar het overzicht")
    bram.follow("Vraag de naam op")
    bram.write("Waarom moet u weten wie de melder is?", words.REASON)
    bram.press("Vraag de naam op")
    bram.reads("Een naambewaarder heeft bericht gekregen.")
    bram.never_reads(words.NAME)
    return reference


def sees_the_name(bram: Visitor, reference: str) -> None:
    """After a yes of the custodian; then he begins."""
    opens_case(bram, reference)
    bram.follow("Vraag de naam op")
    bram.press("Toon de naam")
    bram.reads(words.NAME)
    bram.follow("Terug naar het overzicht")
    bram.press("Beoordeling beginnen")
    bram.reads("beoordeling", "opvanggesprek")


def classifies(bram: Visitor) -> None:
    """What sort of case it is, as far as he knows."""
    bram.follow("Wijzig de kenmerken")
    bram.choose(words.label("very_serious"), words.label("sleep_stress"))
    bram.choose(words.label("evidence_secured"))
    bram.pick("Politie en justitie", words.label("considered_not_done"))
    bram.pick("Waarschijnlijke aanleiding", words.label("influence_decision"))
    bram.pick(
        "Onderwerp van beleid",
        words.label("asylum_reception"),
    )
    bram.write("Onderwerpregel", words.SUBJECT)
    bram.press("Sla de kenmerken op")
    bram.reads(words.SUBJECT, words.label("very_serious"))


def makes_contact(bram: Visitor) -> None:
    """A message for her, a note for himself, and a task with a day."""
    bram.follow("Lees alle berichten of schrijf de melder")
    bram.write("Uw bericht aan de melder", words.MESSAGE)
    bram.write("Wanneer hoopt u op antwoord?", "13 mei 2026")
    bram.press("Controleer het bericht")
    bram.press("Verstuur naar de melder")
    bram.follow("Schrijf een interne notitie")
    bram.write("Uw interne notitie", words.NOTE)
    bram.press("Bewaar de interne notitie")
    bram.follow("Overzicht")
    bram.follow("Alle afspraken, of een taak toevoegen")
    bram.write("Wat moet er gebeuren?", words.TASK)
    bram.write("Uiterlijk op welke dag?", "20 mei 2026")
    bram.press("Voeg de taak toe")
    bram.reads(words.TASK)


def keeps_promises(bram: Visitor) -> None:
    """Two are kept, and one was not: why, stays with it."""
    bram.follow("Alle afspraken, of een taak toevoegen")
    bram.press("Nagekomen", near="Reactie naar de veroorzaker")
    bram.follow("Alle afspraken, of een taak toevoegen")
    bram.press("Nagekomen", near=words.TASK)
    bram.follow("Alle afspraken, of een taak toevoegen")
    bram.follow("Iets anders", near="Opvanggesprek")
    bram.write("Waarom is dit niet nagekomen?", words.MISSED)
    bram.press("Leg vast dat het niet is nagekomen")


def advises_and_acts(bram: Visitor) -> None:
    """Advice, then measures: each seen once more before she reads it."""
    bram.follow("Advies geven")
    bram.write("Uw advies aan de melder", words.ADVICE)
    bram.press("Controleer de tekst")
    bram.press("Advies geven")
    bram.follow("Maatregelen afspreken")
    bram.write("Wat u met de melder hebt afgesproken", words.MEASURES)
    bram.press("Controleer de tekst")
    bram.press("Maatregelen afspreken")
    bram.reads("maatregelen")


def proposes_a_referral(bram: Visitor, look: Look) -> None:
    """To the support team, in words of his own; nothing has gone yet."""
    bram.follow("Doorverwijzingen")
    bram.follow("Stel een doorverwijzing voor")
    bram.follow("Kies", near="Ondersteuningsteam Weerbaar Bestuur")
    bram.write("Samenvatting voor deze partner", words.SUMMARY)
    bram.write("Wat de persoon wil", words.WISH)
    bram.write("Veilig contact", words.CONTACT)
    bram.write("Advies voor de melder", words.TIP)
    bram.press("Controleer de tekst")
    bram.reads(words.SUMMARY)
    look("the text for the partner is to be checked", bram)
    bram.press("Stel dit aan de melder voor")
    bram.reads("Er is nog geen toestemming.")
    bram.never_reads("Verstuur naar de partner")


def sends_the_referral(bram: Visitor, reference: str) -> None:
    """Once she agreed."""
    opens_case(bram, reference)
    bram.follow("Doorverwijzingen")
    bram.follow("Ondersteuningsteam")
    bram.press("Verstuur naar de partner")


def releases_the_answer(bram: Visitor, reference: str) -> None:
    """The partner's words reach her when he says so."""
    opens_case(bram, reference)
    bram.follow("Doorverwijzingen")
    bram.follow("Ondersteuningsteam")
    bram.reads(words.ANSWER)
    bram.press("Geef vrij aan de melder")


def offers_aftercare(bram: Visitor) -> None:
    """Three talks, if she wants them."""
    bram.follow("Nazorg")
    bram.press("Bied nazorg aan")


def begins_aftercare(bram: Visitor, reference: str) -> None:
    """The measures stand; from now on the case is about how she is."""
    opens_case(bram, reference)
    bram.press("Nazorg beginnen")
    bram.reads("nazorg")


def records_the_talk(bram: Visitor, reference: str) -> None:
    """He called her, after two weeks."""
    opens_case(bram, reference)
    bram.follow("Nazorg")
    bram.reads(words.FIRST)
    bram.follow("Leg vast wat het opleverde", near="Na twee weken")
    bram.write("Uw notitie over het gesprek", words.TALK)
    bram.press("Leg het gesprek vast")


def calls_after_a_worrying_answer(bram: Visitor, reference: str) -> None:
    """Her last answer worried the system enough to make a promise of it."""
    opens_case(bram, reference)
    bram.follow("Nazorg")
    bram.reads(words.LAST)
    bram.follow("Overzicht")
    bram.follow("Alle afspraken, of een taak toevoegen")
    bram.press("Nagekomen", near="Contact na een zorgelijk antwoord")


def concludes_and_closes(bram: Visitor, look: Look) -> None:
    """The aftercare ends, the case is evaluated, and its lessons stay."""
    bram.follow("Nazorg")
    bram.choose(words.label("given"))
    bram.press("Rond de nazorg af")
    bram.follow("Overzicht")
    bram.follow("Evaluatie beginnen")
    bram.choose(words.label("given"))
    bram.press("Evaluatie beginnen")
    bram.follow("Zaak sluiten")
    bram.write("Wat leert u van deze zaak?", words.LESSONS)
    bram.press("Zaak sluiten")
    bram.reads("gesloten")
    bram.menu("Zaken")
    bram.follow("Afgesloten")
    look("the worklist has a closed case", bram)
