"""Fifteen incidents as they could happen; every name and place is invented.

The words are what a Dutch reporter or handler would write, so they are Dutch. Each act
is a verb of the services with the number of days after the report.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Act:
    """One thing somebody did, so many days after the report."""

    day: int
    verb: str
    words: str = ""
    code: str = ""


@dataclass(frozen=True)
class Scenario:
    """One incident: where, how long ago, what was told, and what was done since."""

    organisation: str
    days_ago: int
    subject: str
    story: str
    header: dict[str, Any]
    handler: str
    acts: tuple[Act, ...] = ()
    kind: str = "incident"
    name: str = ""
    contact: dict[str, str] = field(default_factory=dict)
    recuses: tuple[str, ...] = ()
    # Names out of weerbaar.demo.evidence.
    files: tuple[str, ...] = ()


def triage(day: int = 0) -> Act:
    return Act(day, "step", code="begin_triage")


MAILBOX = {"channel": "mailbox"}


def phone(number: str, times: str, cover: str = "") -> dict[str, str]:
    """A safe way to call: number, times, and what to say when somebody else answers."""
    return {
        "channel": "phone",
        "phone": number,
        "times": times,
        "voicemail": "no",
        "cover": cover,
    }


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "lindeveen",
        6,
        "Berichten na de stemming over de rondweg",
        "Na mijn stem over de rondweg kreeg ik in één avond dertig privéberichten. "
        "In een paar daarvan staat: we weten waar je kinderen naar school gaan.",
        {
            "types": ["veiled_threat", "threat_against_family"],
            "severity": "serious",
            "office": "councillor",
            "channels": ["direct_message"],
            "perpetrators": ["anonymous"],
            "topic": "traffic_parking",
            "decision_influenced": "no",
            "family": "yes",
            "police": "melding",
            "wish": "think_along",
            "anonymity": "named",
        },
        "bram",
        (
            triage(),
            Act(
                0,
                "message",
                "Wat goed dat u dit meldt. Ik bel u vanavond om 19.30 uur op het "
                "nummer dat u opgaf. Bewaart u de berichten alstublieft, ook de namen "
                "van de afzenders.",
            ),
            Act(1, "reply", "Dank u. Ik heb van alle berichten een foto gemaakt."),
            Act(
                1,
                "note",
                "Met de school gesproken; het team let extra op bij het plein.",
            ),
            Act(
                2,
                "step",
                "Wij doen een melding bij de politie en vragen de code VPT. De school "
                "is ingelicht. U kiest het gemeentehuis als adres.",
                "respond",
            ),
            Act(2, "keep", code="reaction"),
            Act(2, "keep", code="reception_talk"),
            Act(
                3,
                "refer",
                "Ondersteuning voor het gezin; gesprek met een collega.",
                "support_team_nwb",
            ),
            Act(3, "offer_aftercare"),
            Act(4, "accept_aftercare"),
        ),
        name="Merel Oosterink",
        contact=phone(
            "06 1234 5678", "na 19.00 uur", "u belt over de agenda van de raad"
        ),
        files=("schermafdruk berichten.png",),
    ),
    Scenario(
        "lindeveen",
        95,
        "Inloopavond over de veehouderij",
        "Tijdens de inloopavond schreeuwde een ondernemer van heel dichtbij tegen mij "
        "en hij ging voor de uitgang staan.",
        {
            "types": ["shouting_swearing", "obstruction_blocking"],
            "severity": "serious",
            "office": "alderman",
            "channels": ["in_person_meeting"],
            "perpetrators": ["entrepreneur_company"],
            "topic": "agriculture_nitrogen",
            "decision_influenced": "no",
            "police": "considered_not_done",
            "wish": "think_along",
            "anonymity": "named",
        },
        "sanne",
        (
            triage(),
            Act(0, "message", "Ik kom morgen om 9.00 uur bij u langs. Schikt dat?"),
            Act(1, "reply", "Ja, dat is goed."),
            Act(
                1,
                "step",
                "De burgemeester voert een ordegesprek. De ondernemer mag drie maanden "
                "niet bij inloopavonden komen.",
                "respond",
            ),
            Act(2, "keep", code="reaction"),
            Act(2, "keep", code="reception_talk"),
            Act(3, "offer_aftercare"),
            Act(3, "accept_aftercare"),
            Act(4, "step", code="begin_aftercare"),
            Act(7, "hold_check_in", "Het gaat goed, hij slaapt weer gewoon."),
            Act(17, "hold_check_in", "Geen klachten meer."),
            Act(53, "hold_check_in", "Afgerond."),
            Act(54, "finish_aftercare", code="given"),
            Act(55, "step", code="evaluate:given"),
            Act(
                60,
                "step",
                "Bij inloopavonden staat voortaan een bode bij de deur, en de zaal "
                "heeft twee uitgangen.",
                "close",
            ),
        ),
        name="Joris Haverkamp",
        contact=phone("06 2345 6789", "overdag"),
    ),
    Scenario(
        "kromwaard",
        12,
        "Een mand met wijn en een kaartje",
        "Op mijn bureau stond een mand met dure wijn. Het kaartje is van een "
        "projectontwikkelaar die op een aanbesteding wacht.",
        {
            "types": ["gift_offer"],
            "severity": "less_serious",
            "office": "alderman",
            "channels": ["in_person_office"],
            "perpetrators": ["entrepreneur_company"],
            "topic": "housing_building",
            "decision_influenced": "no",
            "police": "not_considered",
            "wish": "think_along",
            "anonymity": "named",
        },
        "chris",
        (
            triage(),
            Act(
                1,
                "step",
                "Stuur de mand terug met een korte brief en zet hem in het register "
                "van geschenken. De burgemeester kan het Steunpunt om advies vragen.",
                "advise",
            ),
            Act(1, "keep", code="first_contact"),
            Act(2, "refer", "Vraag om advies door de voorzitter.", "sipa"),
        ),
        name="Femke Terpstra",
        contact=MAILBOX,
        files=("kaartje bij de mand.jpg",),
    ),
    Scenario(
        "kromwaard",
        30,
        "Een functie na de verkiezingen",
        "Een zorgondernemer bood mij een adviesfunctie aan zodra het contract met zijn "
        "bedrijf is verlengd.",
        {
            "types": ["job_side_position_offer", "bribery_attempt"],
            "severity": "serious",
            "office": "councillor",
            "channels": ["in_person_public"],
            "perpetrators": ["entrepreneur_company"],
            "topic": "social_domain_decision",
            "decision_influenced": "rather_not",
            "police": "not_considered",
            "wish": "not_sure",
            "anonymity": "confidential",
        },
        "chris",
        (
            triage(1),
            Act(
                1,
                "message",
                "Dank voor uw vertrouwen. Ik overleg met de burgemeester "
                "zonder uw naam te noemen, als u dat goed vindt.",
            ),
            Act(3, "reply", "Dat vind ik goed."),
            Act(4, "note", "Adviespunt ambtsmisdrijven van de Rijksrecherche gebeld."),
            Act(
                29,
                "ask_name",
                "De Rijksrecherche wil de melder spreken. Via het postvak krijg ik "
                "sinds twee weken geen antwoord.",
            ),
        ),
        name="Een fractievoorzitter",
        contact=MAILBOX,
    ),
    Scenario(
        "kromwaard",
        9,
        "Een huls in de brievenbus",
        "Enkele dagen na de sluiting van het pand lag er een kogelhuls in onze "
        "brievenbus. Mijn vrouw vond hem.",
        {
            "types": ["threatening_object", "criminal_pressure"],
            "severity": "very_serious",
            "office": "mayor",
            "channels": ["home"],
            "perpetrators": ["organised_crime"],
            "topic": "enforcement_closure",
            "decision_influenced": "no",
            "family": "yes",
            "police": "aangifte",
            "wish": "help_aangifte",
            "anonymity": "named",
        },
        "chris",
        (
            triage(),
            Act(
                0, "message", "Ik ben over een half uur bij u. De politie is ingelicht."
            ),
            Act(
                1,
                "step",
                "Aangifte door de gemeente met de code VPT. De hoofdofficier beslist "
                "over bewaken en beveiligen. Uw gezin krijgt een vast aanspreekpunt.",
                "respond",
            ),
            Act(1, "keep", code="reaction"),
            Act(1, "keep", code="reception_talk"),
            Act(2, "refer", "Via de coördinator ondermijning.", "riec"),
            Act(3, "refer", "Gesprek voor partner en kinderen.", "support_team_nwb"),
            Act(5, "offer_aftercare"),
        ),
        name="Pieter van Aalst",
        contact=phone("06 3456 7890", "altijd"),
    ),
    Scenario(
        "middelland",
        21,
        "Gemanipuleerde video over stikstof",
        "Er gaat een bewerkte video rond waarin ik dingen zeg die ik nooit heb gezegd.",
        {
            "types": ["deepfake_disinformation", "online_hate_campaign"],
            "severity": "serious",
            "office": "provincial_executive_member",
            "channels": ["social_media_public"],
            "perpetrators": ["anonymous"],
            "topic": "agriculture_nitrogen",
            "decision_influenced": "no",
            "police": "considered_not_done",
            "wish": "think_along",
            "anonymity": "named",
        },
        "hanna",
        (
            triage(),
            Act(0, "message", "Wij vragen het platform om de video weg te halen."),
            Act(
                2,
                "step",
                "Verzoek tot verwijderen is gedaan; de commissaris spreekt "
                "publiek steun uit.",
                "respond",
            ),
            Act(2, "keep", code="reaction"),
            Act(3, "keep", code="reception_talk"),
            Act(4, "offer_aftercare"),
            Act(5, "accept_aftercare"),
            Act(6, "step", code="begin_aftercare"),
            Act(8, "answer_check_in", "Veel steun van collega's.", "good"),
        ),
        name="Noor Castelein",
        contact=MAILBOX,
    ),
    Scenario(
        "lage-lanen",
        40,
        "Modder bij de dijkinspectie",
        "Bewoners gooiden met modder toen ik na de wateroverlast bij de dijk stond. Ik "
        "begrijp hun boosheid wel.",
        {
            "types": ["throwing_objects"],
            "severity": "less_serious",
            "office": "water_authority_executive_member",
            "channels": ["in_person_public"],
            "perpetrators": ["group_collective"],
            "topic": "water_management",
            "decision_influenced": "no",
            "police": "considered_not_done",
            "no_aangifte": "understanding_circumstances",
            "wish": "record",
            "anonymity": "named",
        },
        "iris",
        (
            triage(),
            Act(
                1,
                "message",
                "U wilt het alleen vastleggen. Mag ik u over twee weken "
                "nog eens bellen?",
            ),
            Act(1, "reply", "Dat mag."),
            Act(
                2,
                "step",
                "Geen aangifte, op uw wens. De dijkgraaf schrijft de bewoners "
                "een brief over wat wel en niet kan.",
                "respond",
            ),
            Act(2, "keep", code="reaction"),
            Act(2, "keep", code="reception_talk"),
            Act(3, "offer_aftercare"),
            Act(3, "accept_aftercare"),
            Act(4, "step", code="begin_aftercare"),
            Act(7, "hold_check_in", "Alles goed."),
            Act(17, "hold_check_in", "Alles goed; hij wil geen derde gesprek."),
        ),
        name="Gerrit Wiersma",
        contact=phone("06 4567 8901", "overdag"),
    ),
    Scenario(
        "lage-lanen",
        18,
        "Steeds dezelfde auto",
        "Al drie weken staat dezelfde auto voor mijn huis. Er zit iemand in. Hij doet "
        "niets, hij kijkt alleen.",
        {
            "types": ["following_surveillance"],
            "severity": "serious",
            "office": "water_authority_board_member",
            "channels": ["home"],
            "perpetrators": ["unknown"],
            "topic": "none_personal",
            "decision_influenced": "no",
            "family": "yes",
            "police": "melding",
            "wish": "call_me",
            "anonymity": "confidential",
        },
        "iris",
        (
            triage(),
            Act(
                0,
                "message",
                "Ik bel u vandaag. Schrijft u per dag op wat u ziet, met de tijd?",
            ),
            Act(3, "keep", code="reception_talk"),
            Act(
                3,
                "step",
                "De politie zet een melding op uw adres. U houdt een lijst bij "
                "van wat u ziet.",
                "respond",
            ),
            Act(4, "keep", code="reaction"),
            Act(5, "offer_aftercare"),
            Act(6, "accept_aftercare"),
            Act(
                9,
                "answer_check_in",
                "Ik slaap slecht en let steeds op de straat.",
                "not_well",
            ),
        ),
        name="Anneke Roosjen",
        contact=phone(
            "06 5678 9012", "tussen 10 en 16 uur", "u belt over het waterschap"
        ),
    ),
    Scenario(
        "lindeveen",
        50,
        "Commissiezaal bezet",
        "Een groep met spandoeken hield de commissiezaal anderhalf uur bezet. Een "
        "raadslid werd aan de arm vastgehouden.",
        {
            "types": ["meeting_disruption", "pushing_hitting_kicking"],
            "severity": "serious",
            "office": "councillor",
            "channels": ["in_person_meeting"],
            "perpetrators": ["interest_action_group"],
            "topic": "asylum_reception",
            "decision_influenced": "no",
            "police": "aangifte",
            "wish": "record",
            "anonymity": "named",
            "reporter_role": "witness",
        },
        "bram",
        (
            triage(),
            Act(
                0,
                "message",
                "Dank dat u dit zo snel opschreef. Ik bel alle betrokkenen.",
            ),
            Act(
                1,
                "step",
                "Aangifte door de gemeente. De voorzitter spreekt met de groep.",
                "respond",
            ),
            Act(1, "keep", code="reaction"),
            Act(2, "keep", code="reception_talk"),
            Act(3, "offer_aftercare"),
            Act(3, "decline_aftercare"),
            Act(30, "step", code="begin_aftercare"),
            Act(31, "step", code="evaluate:declined"),
        ),
        name="Voorzitter van de commissie",
        contact=MAILBOX,
    ),
    Scenario(
        "middelland",
        4,
        "Een vonnis van een schijnrechtbank",
        "Ik kreeg een brief die op een vonnis lijkt, met een termijn en dreiging.",
        {
            "types": ["anti_institutional_action", "intimidation"],
            "severity": "serious",
            "office": "kings_commissioner",
            "channels": ["letter", "email"],
            "perpetrators": ["extremist_antigovernment"],
            "topic": "none_personal",
            "decision_influenced": "no",
            "police": "melding",
            "wish": "think_along",
            "anonymity": "named",
        },
        "hanna",
        (
            triage(),
            Act(
                0,
                "message",
                "De brief ligt bij de politie. U hoeft niet te antwoorden.",
            ),
        ),
        name="De commissaris",
        contact=MAILBOX,
    ),
    Scenario(
        "lindeveen",
        15,
        "Reacties na een interview op de radio",
        "Na een interview op de radio kreeg ik 140 racistische reacties.",
        {
            "types": ["discriminatory_remark", "online_hate_campaign"],
            "severity": "serious",
            "office": "citizen_committee_member",
            "channels": ["social_media_public"],
            "perpetrators": ["anonymous", "resident"],
            "topic": "none_personal",
            "decision_influenced": "rather_not",
            "police": "aangifte",
            "wish": "help_aangifte",
            "anonymity": "named",
        },
        "bram",
        (
            triage(),
            Act(
                0,
                "message",
                "Wij bewaren alle reacties voor u; u hoeft ze niet te lezen.",
            ),
            Act(
                2,
                "step",
                "De gemeente doet aangifte. U kiest het gemeentehuis als adres. "
                "Een ambtgenoot met ervaring belt u.",
                "respond",
            ),
            Act(2, "keep", code="reaction"),
            Act(2, "keep", code="reception_talk"),
            Act(3, "offer_aftercare"),
            Act(4, "accept_aftercare"),
            Act(5, "step", code="begin_aftercare"),
            Act(7, "answer_check_in", "Het helpt dat een collega belde.", "so_so"),
        ),
        name="Soraya el Idrissi",
        contact=phone("06 6789 0123", "na 17.00 uur"),
    ),
    Scenario(
        "lindeveen",
        3,
        "Een telefoontje van een bestuurder",
        "Een wethouder uit de coalitie zei aan de telefoon dat dit gevolgen heeft voor "
        "mijn dossier. De burgemeester was erbij en zei niets.",
        {
            "types": ["internal_transgression"],
            "severity": "serious",
            "office": "councillor",
            "channels": ["phone"],
            "perpetrators": ["fellow_politician"],
            "topic": "political_conflict",
            "decision_influenced": "unknown",
            "police": "not_considered",
            "wish": "think_along",
            "anonymity": "confidential",
        },
        "bram",
        (triage(), Act(0, "note", "Vertrouwenspersoon genoemd; buiten de cijfers.")),
        name="Een raadslid",
        contact=MAILBOX,
        recuses=("daan",),
    ),
    Scenario(
        "lindeveen",
        70,
        "Zes mails over een bezwaarschrift",
        "Een inwoner stuurde zes boze mails over zijn bezwaar.",
        {
            "types": ["taunting_bullying"],
            "severity": "less_serious",
            "office": "alderman",
            "channels": ["email"],
            "perpetrators": ["resident_known_to_org"],
            "topic": "social_domain_decision",
            "decision_influenced": "no",
            "police": "not_considered",
            "wish": "record",
            "anonymity": "anonymous",
        },
        "bram",
        (
            triage(),
            Act(0, "message", "Dank u. Ik heb de mails gelezen."),
            Act(2, "settle_all"),
            Act(
                2,
                "step",
                "Emotie mag. De mails zijn boos maar zakelijk. Ik bied de inwoner een "
                "gesprek aan met de afdeling.",
                "dismiss:no_violation",
            ),
        ),
        contact=MAILBOX,
        files=("zesde keer.eml",),
    ),
    Scenario(
        "kromwaard",
        1,
        "Hulp met schulden in ruil voor een tip",
        "Ik heb schulden. Iemand die ik van vroeger ken wil helpen en vraagt om een "
        "tip over vergunningen voor de horeca.",
        {
            "types": ["financial_dependency", "confidential_info_request"],
            "severity": "serious",
            "office": "councillor",
            "channels": ["in_person_public"],
            "perpetrators": ["relation_private"],
            "topic": "enforcement_closure",
            "decision_influenced": "rather_not",
            "wish": "think_along",
            "anonymity": "anonymous",
        },
        "chris",
        (),
        contact=MAILBOX,
    ),
    Scenario(
        "lindeveen",
        8,
        "Raadsvergadering over de sluiting van de bibliotheek",
        "Wij verwachten veel publiek en boosheid. Wat regelen we vooraf?",
        {
            "office": "council_clerk",
            "topic": "amenities_closure",
            "channels": ["in_person_meeting"],
            "wish": "think_along",
            "anonymity": "named",
        },
        "bram",
        (
            triage(),
            Act(
                1,
                "step",
                "Huisregels bij de deur, een bode in de zaal, de wijkagent weet het, "
                "twee uitgangen blijven vrij. Na afloop belt iemand de raadsleden.",
                "advise",
            ),
        ),
        kind="prevention",
        name="De griffier",
        contact=MAILBOX,
    ),
)
