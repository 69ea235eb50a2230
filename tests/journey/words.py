"""What everybody in the journey says; each sealed text carries the same made-up stem.

The stem stands nowhere else, in no language, code or test: whoever finds it outside the
vault has found a leak, and the rest of the word says of what.
"""

from weerbaar import codes

STEM = "kwibusvogel"

STORY = (
    f"Na de raad stond hij bij mijn auto en riep {STEM}verhaal. "
    "“Ik weet waar je woont”, zei hij, en dat café naast de kerk, daar zit je."
)
NAME = f"Anna van der {STEM.title()}naam"
PHONE = "06-48151623"
TIMES = f"Na half acht, als de {STEM}tijd voorbij is"
COVER = f"Zeg dat u belt over de {STEM}smoes"
REPLY = f"Dank u. Gisteren lag er weer een briefje met {STEM}antwoord erop."

# Files: the stem is in the name, in the words, and in what a photo tells besides.
PHOTO = f"{STEM}foto.jpg"
NOTES = f"{STEM}aantekening.txt"
NOTES_TEXT = f"Kenteken opgeschreven, en de {STEM}bestand lag op de stoep."
MAKER = f"{STEM.title()}toestel"

REASON = f"Ik moet haar kunnen bereiken vanwege {STEM}reden."
SUBJECT = f"Dreiging bij de auto, {STEM}onderwerp"
MESSAGE = f"Ik heb uw melding gelezen. Ik bel u vanavond over {STEM}bericht."
NOTE = f"Vaste wijkagent gesproken, hij kent de {STEM}notitie."
TASK = f"Parkeerplaats met {STEM}taak laten verlichten"
MISSED = f"De {STEM}verzuim was ziek; het gesprek is een dag later gevoerd."
ADVICE = f"Bewaar de briefjes in een map en antwoord niet op {STEM}advies."
MEASURES = f"Wij spraken af dat er een {STEM}maatregel bij de ingang staat."
LESSONS = f"Eerder bellen helpt. De {STEM}les gaat naar het protocol."

SUMMARY = f"Zij wil praten met iemand die ook een {STEM}samenvatting meemaakte."
WISH = f"Een gesprek, en geen {STEM}wens op papier."
CONTACT = f"Bel na acht uur en vraag naar {STEM}contact."
TIP = f"Bel hen gerust zelf ook over {STEM}tip."
ANSWER = f"Een oud-wethouder belt haar donderdag over {STEM}partner."

FIRST = f"Het gaat, maar ik slaap slecht door {STEM}driedagen."
TALK = f"Gebeld. Zij wandelt weer en lacht om {STEM}tweeweken."
LAST = f"Hij stond er weer, met een {STEM}zesweken op zijn jas."

# The codes that classify the case: none of them may stand in clear either.
CODES = {
    "veiled_threat": "incident_types",
    "alderman": "office_roles",
    "direct_message": "channels",
    "in_person_public": "channels",
    "interest_action_group": "perpetrator_kinds",
    "very_serious": "severity_levels",
    "considered_not_done": "criminal_procedure_status",
    "influence_decision": "motives",
    "asylum_reception": "policy_topics",
    "sleep_stress": "effects",
    "evidence_secured": "measures",
    "call_me": "wishes",
}
# Codes that are words of every day: to be chosen, but not to be looked for.
PLAIN = {
    "threat_intimidation": "incident_types",
    "phone": "contact_channels",
    "confidential": "anonymity",
    "given": "aftercare_outcomes",
}


def label(code: str) -> str:
    """What a page says for a code."""
    return codes.get((CODES | PLAIN)[code], code).nl
