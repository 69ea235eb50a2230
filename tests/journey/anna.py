"""Anna, alderman: she reports without an account and comes back with seven words."""

from collections.abc import Callable

from tests import evidence
from tests.journey import words
from tests.journey.visiting import Visitor

Look = Callable[[str, Visitor], None]


def begins(anna: Visitor, *, by: str) -> None:
    """From the start page to the first question."""
    anna.arrive("/", by=by)
    anna.follow("Melding doen")
    anna.reads("Bent u nu in gevaar?", "112")
    anna.follow("Melding doen")
    anna.press("Ik begrijp het, ga verder")


def fills_in(anna: Visitor, look: Look) -> None:
    """Seven pages; she wants to be called, and the mayor may not know."""
    tells_the_story(anna)
    files = {
        words.PHOTO: evidence.photo(maker=words.MAKER),
        words.NOTES: words.NOTES_TEXT.encode(),
    }
    anna.attach("Bestanden", **files)
    anna.choose("Bewaar ook het onveranderde bestand")
    anna.press("Verder")
    look("the story is told", anna)
    anna.write("Wanneer gebeurde het?", "11 mei 2026")
    anna.choose(words.label("in_person_public"), words.label("direct_message"))
    anna.choose(words.label("interest_action_group"))
    anna.press("Verder")
    anna.choose(words.label("call_me"), words.label("phone"))
    anna.write("Wanneer bent u veilig bereikbaar?", words.TIMES)
    anna.write("Wat zeggen we als iemand anders opneemt?", words.COVER)
    anna.errs("Verder", "Vul het nummer in dat we mogen bellen")
    look("a number is missing", anna)
    anna.write("Telefoonnummer", words.PHONE)
    anna.press("Verder")
    anna.choose(words.label("confidential"))
    anna.write("Uw naam", words.NAME)
    anna.choose("Ja, tel mijn melding anoniem mee")
    anna.press("Verder")


def tells_the_story(anna: Visitor) -> None:
    """Up to the page with the story, which she has typed."""
    anna.reads("Stap 1 van 7")
    anna.choose("Gemeente Lindeveen")
    anna.pick("Welk ambt heeft deze persoon?", words.label("alderman"))
    anna.press("Verder")
    anna.choose("Daan Meijer, burgemeester")
    anna.press("Verder")
    anna.choose(words.label("threat_intimidation"))
    anna.press("Verder")
    anna.choose(words.label("veiled_threat"))
    anna.write("Uw verhaal", words.STORY)


def sends(anna: Visitor, look: Look) -> str:
    """Check, send, and keep the code; gives the seven words."""
    anna.reads("Controleer uw antwoorden", words.STORY, words.PHONE, words.NAME)
    anna.reads("Daan Meijer", words.PHOTO, words.NOTES)
    look("everything is to be checked", anna)
    anna.press("Melding versturen")
    anna.reads("Uw melding is verstuurd naar Gemeente Lindeveen.")
    code = anna.copies("#code")
    assert len(code.split()) == 7
    look("the receipt is shown", anna)
    anna.choose("Ik heb mijn meldcode bewaard")
    anna.press("Afronden")
    anna.reads("In deze browser staat niets meer van uw melding.")
    return code


def comes_back(anna: Visitor, code: str) -> None:
    """On another day, in another browser, with nothing but the words on paper."""
    anna.arrive("/")
    anna.follow("Naar mijn melding")
    anna.write("Uw meldcode", code.upper().replace("-", " "))
    anna.press("Naar mijn melding")
    anna.reads("Mijn melding", "Uw keuzes")


def reads_and_answers(anna: Visitor) -> None:
    """Somebody has it now, by when, and who looked at her name."""
    anna.reads("In beoordeling", "Bram Visser", words.MESSAGE)
    anna.reads("Uw naam is bekeken door Bram Visser, griffier op 12 mei 2026.")
    anna.never_reads(words.NOTE, words.REASON, words.STORY)
    anna.write("Uw bericht", words.REPLY)
    anna.press("Bericht versturen")
    anna.reads(words.REPLY)


def consents(anna: Visitor) -> None:
    """The advice, the measures, and the exact text for the partner: she agrees."""
    anna.reads(words.ADVICE, words.MEASURES)
    anna.follow("Lees de tekst en kies")
    anna.reads("Mogen we Ondersteuningsteam", words.SUMMARY, words.WISH, words.CONTACT)
    anna.choose("Ja, ik geef toestemming")
    anna.press("Keuze versturen")
    anna.reads("Ondersteuningsteam")


def leaves(anna: Visitor) -> None:
    """She closes the page, and her browser holds nothing."""
    anna.press("Deze pagina veilig sluiten")
    anna.reads("Uw melding is in deze browser gesloten")
    assert "melding" not in anna.cookies()


def reads_the_partners_answer(anna: Visitor) -> None:
    """The partner's words, since the handler released them."""
    anna.reads(words.ANSWER)


def accepts_aftercare(anna: Visitor) -> None:
    """Yes to three questions on three days."""
    anna.follow("Bekijken en kiezen")
    anna.reads("21 mei 2026", "1 juni 2026")
    anna.choose("Ja, houd contact met mij")
    anna.press("Keuze versturen")


def answers_a_check_in(anna: Visitor, mood: str, needs: str, text: str) -> None:
    """How it goes, in her own words."""
    anna.follow("Beantwoorden")
    anna.choose(mood, needs)
    anna.write("Wilt u nog iets toevoegen?", text)
    anna.press("Antwoord versturen")
