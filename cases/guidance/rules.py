"""The table of the guidance: when a rule holds, what it proposes, who says so."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.guidance.facts import Facts

# Names of publications stay in the language they were published in.
PROTOCOL = "Model agressieprotocol; gemeente Voorne aan Zee, CVDR740480"
NORM = "Collectieve norm en agressieprotocol, weerbaarbestuur.nl"
ELA = "Eenduidige Landelijke Afspraken VPT, veiligepubliekedienstverlening.nl"
GIR = "GIR en Politie Informatie Formulier, A&O fonds Gemeenten"
VPT = "Veilige Publieke Taak, acht maatregelen"
BAN = "Toegangsverbod, werkenveiligheid.nl; art. 138 en 139 Sr"
SIPA = "Steunpunt Integriteitsonderzoek Politieke Ambtsdragers, weerbaarbestuur.nl"
OFFENCES = "Art. 162 Sv; Adviespunt ambtsmisdrijven, rijksrecherche.nl"
RIEC = "RIEC's en LIEC, riec.nl; Wet gegevensverwerking door samenwerkingsverbanden"
HOME = "Regeling beveiligingsmaatregelen decentrale bestuurders, Stcrt. 2023, 28233"
CCV = "Veiligheid politieke ambtsdragers, hetccv.nl"
GUARD = "Circulaire bewaken en beveiligen; Stcrt. 2015, 18913"
TEAM = "Ondersteuningsteam Weerbaar Bestuur, burgemeesters.nl"
CARE = "Nazorg, veiligepubliekedienstverlening.nl; Richtlijn geüniformeerden, ARQ"
ONLINE = "Steunpakket online haat, rijksoverheid.nl"
DAMAGE = "Protocol gemeente Vlissingen, gmb-2026-43239"
AMONG = "Protocol gemeente Aalten, CVDR734012"


@dataclass(frozen=True)
class NextStep:
    """Something to do, verb first."""

    code: str
    text: Promise
    urgent: bool = False
    phone: str = ""
    checklist: bool = False  # becomes a promise of a prevention case


@dataclass(frozen=True)
class Rule:
    """One row: a condition, the reason shown, and what follows from it."""

    name: str
    when: Callable[[Facts], bool]
    why: Promise
    source: str
    steps: tuple[NextStep, ...] = ()
    partners: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule(
        "acute",
        lambda f: f.is_incident and f.is_active and f.is_acute,
        _("The reporter says that there is danger now."),
        PROTOCOL,
        (
            NextStep(
                "call_112",
                _("Call 112 and say that the person holds public office (VPT)."),
                urgent=True,
                phone="112",
            ),
            NextStep(
                "to_safety",
                _("Bring everybody to safety; let the usher or guard help."),
                urgent=True,
            ),
        ),
        ("police",),
    ),
    Rule(
        "contact",
        lambda f: f.is_incident and f.is_early,
        _("The protocol asks for a first contact, preferably on the same day."),
        PROTOCOL,
        (
            NextStep(
                "contact_today",
                _("Contact the reporter today, in the way that is safe."),
            ),
        ),
        ("support_team_nwb", "trust_line"),
        ("support_team", "trust_line", "step_plan_report"),
    ),
    Rule(
        "threat",
        lambda f: f.is_incident and f.is_active and f.is_threat and not f.is_internal,
        _("This is threat, intimidation or violence."),
        ELA,
        (
            NextStep(
                "police_vpt",
                _(
                    "Discuss a police report or aangifte. Say that the person holds "
                    "public office and ask for the code Veilige Publieke Taak (VPT)."
                ),
                phone="0900-8844",
            ),
            NextStep(
                "domicile",
                _(
                    "Choose domicile at the organisation or a lawyer as a rule, so "
                    "that the home address stays out of the police file."
                ),
            ),
        ),
        ("police",),
        ("step_plan_report", "ela_vpt", "factsheet_anonimiteit"),
    ),
    Rule(
        "facts",
        lambda f: (
            f.is_incident
            and f.is_active
            and not (f.is_internal or f.may_be_emotion)
            and bool(f.header.types)
        ),
        _("Facts that are written down on the same day help police and aftercare."),
        GIR,
        (
            NextStep(
                "seven_w",
                _(
                    "Write down the seven W's: who, what, where, with what, in what "
                    "way, when and why. Keep screenshots, voicemails and names "
                    "of witnesses."
                ),
            ),
        ),
    ),
    Rule(
        "reaction",
        lambda f: (
            f.is_incident
            and f.is_active
            and f.person_is_known
            and not (f.is_internal or f.is_temptation)
        ),
        _("It is known who caused it; a reaction is due within two working days."),
        VPT,
        (
            NextStep(
                "react_48h",
                _(
                    "Decide together with the reporter how the organisation reacts; "
                    "prefer a conversation above a letter."
                ),
            ),
        ),
    ),
    Rule(
        "ban",
        lambda f: (
            f.is_incident
            and f.is_active
            and f.person_is_known
            and "physical" in f.groups
        ),
        _("After physical aggression a building ban is possible."),
        BAN,
        (
            NextStep(
                "building_ban",
                _(
                    "Weigh a building ban. It needs visible house rules, a fixed term, "
                    "proportion, and word to the police."
                ),
            ),
        ),
    ),
    Rule(
        "temptation",
        lambda f: f.is_incident and f.is_active and f.is_temptation,
        _("This is temptation: a gift, a favour or a position with a price."),
        SIPA,
        (
            NextStep(
                "give_back",
                _("Let the gift or offer be returned or refused, in writing."),
            ),
            NextStep(
                "chair_sipa",
                _(
                    "Inform the chair, who guards integrity. The chair may ask SIPA "
                    "for advice: call first, send no documents."
                ),
                phone="070-376 59 50",
            ),
        ),
        ("sipa",),
        ("sipa", "wegwijzer_integriteitsschending", "handreiking_integriteit"),
    ),
    Rule(
        "bribery",
        lambda f: f.is_incident and f.is_active and f.prompts("art162_prompt"),
        _("Bribery can bring a duty to report under article 162 Sv."),
        OFFENCES,
        (
            NextStep(
                "rijksrecherche",
                _(
                    "Ask the Rijksrecherche whether a report is due (article 162 Sv). "
                    "Ask advice first; give no names yet."
                ),
                urgent=True,
                phone="088-699 28 90",
            ),
        ),
        ("rijksrecherche_advice",),
    ),
    Rule(
        "undermining",
        lambda f: (
            f.is_incident
            and f.is_active
            and (f.prompts("riec_prompt") or "organised_crime" in f.header.perpetrators)
        ),
        _("Organised crime may stand behind this."),
        RIEC,
        (
            NextStep(
                "riec_coordinator",
                _(
                    "Involve the RIEC through your own undermining coordinator only. "
                    "Share what it is about outside this system, under its own law."
                ),
            ),
        ),
        ("riec",),
        ("kwetsbare_processen", "weerbaarheidsscan"),
    ),
    Rule(
        "home",
        lambda f: f.is_incident and f.is_active and f.is_at_home,
        _("It happened at home, or the home needs attention."),
        CCV,
        (
            NextStep(
                "address_alert",
                _("Ask the police for an alert on the home address."),
            ),
        ),
        ("ccv",),
        ("home_scan_ccv", "self_scan_ccv"),
    ),
    Rule(
        "home_executive",
        lambda f: (
            f.is_incident and f.is_active and f.is_at_home and f.has_home_security
        ),
        _("This office falls under the regulation for security at home."),
        HOME,
        (
            NextStep(
                "home_security",
                _(
                    "Let the person ask the CCV for security advice. The organisation "
                    "adopts and pays it; the council does not debate it."
                ),
            ),
        ),
        ("bva_bzk",),
        ("home_security_scheme",),
    ),
    Rule(
        "executive",
        lambda f: (
            f.is_incident
            and f.is_active
            and f.is_threat
            and f.header.office in {"mayor", "acting_mayor", "alderman"}
        ),
        _("A mayor or alderman is threatened."),
        GUARD,
        instruments=("handreiking_bedreiging_bw",),
    ),
    Rule(
        "chair",
        lambda f: (
            f.is_incident
            and f.is_active
            and f.kind_of_office == "chair_executive"
            and not f.is_temptation
        ),
        _("The chair is the one concerned, so somebody else has to decide."),
        GUARD,
        (
            NextStep(
                "other_decides",
                _(
                    "Let somebody else take the chair's part in the local triangle, "
                    "and offer the support of the King's Commissioner."
                ),
            ),
        ),
        ("kings_commissioner_cabinet",),
    ),
    Rule(
        "triangle",
        lambda f: (
            f.is_incident
            and f.is_active
            and f.is_threat
            and f.header.severity == "very_serious"
        ),
        _("This is very serious."),
        GUARD,
        (
            NextStep(
                "triangle",
                _(
                    "Put it to the local triangle of mayor, prosecutor and "
                    "police today."
                ),
                urgent=True,
            ),
        ),
        ("police",),
        ("circulaire_bb",),
    ),
    Rule(
        "online",
        lambda f: f.is_incident and f.is_active and f.is_online,
        _("It happened online."),
        ONLINE,
        (
            NextStep(
                "screenshots",
                _(
                    "Save screenshots with date and address first; then ask the "
                    "platform to remove it."
                ),
            ),
        ),
        (),
        ("steunpakket_online_haat",),
    ),
    Rule(
        "family",
        lambda f: f.is_incident and f.hits_family,
        _("Partner or children are affected too."),
        TEAM,
        (
            NextStep(
                "family",
                _(
                    "Ask how partner and children are; the support team is there "
                    "for them."
                ),
                phone="070-373 83 14",
            ),
        ),
        ("support_team_nwb",),
        ("support_team", "trust_line"),
    ),
    Rule(
        "internal",
        lambda f: (
            f.is_incident
            and f.is_active
            and (f.is_internal or "fellow_politician" in f.header.perpetrators)
        ),
        _("It is between office holders: this has a route of its own."),
        AMONG,
        (
            NextStep(
                "other_handler",
                _("Look for a handler who works with neither of the two."),
                urgent=True,
            ),
            NextStep(
                "confidential_adviser",
                _("Point the reporter to the confidential adviser."),
            ),
        ),
        ("confidential_adviser",),
        ("handreiking_integriteit",),
    ),
    Rule(
        "emotion",
        lambda f: f.is_incident and f.may_be_emotion,
        _("Emotion is allowed, aggression is not. Perhaps no norm was crossed."),
        NORM,
        (
            NextStep(
                "weigh_norm",
                _(
                    "Weigh whether a norm was crossed. If not, close after the "
                    "assessment and offer a conversation."
                ),
            ),
        ),
        (),
        ("collective_norm", "aggression_protocol_format"),
    ),
    Rule(
        "confused",
        lambda f: (
            f.is_incident and f.is_active and "confused_person" in f.header.perpetrators
        ),
        _("The person who caused it seems to need care."),
        PROTOCOL,
        (
            NextStep(
                "care_house",
                _("Ask the municipality about the Care and Safety House."),
            ),
        ),
        ("care_safety_house",),
    ),
    Rule(
        "damage",
        lambda f: (
            f.is_incident
            and "material_damage" in f.header.effects
            and f.state in {"advice", "response", "aftercare"}
        ),
        _("There is material damage."),
        DAMAGE,
        (
            NextStep(
                "recover_damage",
                _("Recover the damage from who caused it; the organisation does this."),
            ),
        ),
    ),
    Rule(
        "influence",
        lambda f: (
            f.is_incident
            and f.is_active
            and (
                f.header.decision_influenced == "yes"
                or "decision_influenced" in f.header.effects
            )
        ),
        _("The reporter says that a decision was influenced."),
        SIPA,
        (
            NextStep(
                "talk_decision",
                _(
                    "Talk confidentially about the decision that was influenced, and "
                    "whether the chair should know."
                ),
            ),
        ),
        (),
        ("handreiking_integriteit",),
    ),
    Rule(
        "aftercare",
        lambda f: f.is_incident and f.state in {"response", "aftercare"},
        _(
            "Most people recover with help of those around them; staying in "
            "touch helps."
        ),
        CARE,
        (
            NextStep(
                "stay_near",
                _(
                    "Keep in touch after two weeks and after six to eight weeks. Do "
                    "not press for a session."
                ),
            ),
            NextStep(
                "signals",
                _(
                    "Advise the GP when complaints last longer than four weeks or "
                    "grow. At thoughts of suicide: 113, at once."
                ),
                phone="113",
            ),
        ),
        ("victim_support", "arq_ivp", "gp_occupational_physician"),
        ("guideline_uniformed_services", "arbocatalogus_agressie"),
    ),
    Rule(
        "learn",
        lambda f: f.state == "evaluation",
        _("What was learned helps the next person."),
        PROTOCOL,
        (
            NextStep(
                "evaluate_together",
                _(
                    "Look back with mayor, clerk and secretary, and ask the "
                    "reporter too."
                ),
            ),
        ),
        (),
        ("aggression_protocol_format",),
    ),
    Rule(
        "beforehand",
        lambda f: not f.is_incident and f.state != "closed",
        _("A tense meeting goes better when it was prepared."),
        PROTOCOL,
        (
            NextStep(
                "house_rules",
                _("Agree on house rules and hang them where visitors see them."),
                checklist=True,
            ),
            NextStep("usher", _("Ask for an usher or guard."), checklist=True),
            NextStep(
                "inform_police",
                _("Inform the police and agree whom to call."),
                checklist=True,
            ),
            NextStep(
                "escape_route",
                _("Walk the escape route with chair and usher."),
                checklist=True,
            ),
            NextStep(
                "talk_afterwards",
                _("Talk afterwards with those who were there."),
                checklist=True,
            ),
        ),
        ("support_team_nwb",),
        (
            "leidraad_veilig_bestuur",
            "toolkit_veilig_bestuur",
            "collective_norm",
            "aggression_protocol_format",
            "support_team_on_tour",
            "self_scan_ccv",
        ),
    ),
)
REGIONAL_NORMS: dict[str, str] = {
    "noord_brabant": "brabantse_norm",
    "zeeland": "zeeuwse_norm",
    "utrecht": "utrechtse_norm",
    "limburg": "limburgse_norm",
    "noord_holland": "noordhollandse_norm",
    "flevoland": "flevolandse_norm",
}
