"""The partners as the code lists know them, with our policy for each; pure."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.disclosure.packages import Section, Way
from weerbaar import codes

RIEC = "riec"
TO_HELPERS = (
    Section.SENDER,
    Section.REFERENCE,
    Section.SUMMARY,
    Section.WISH,
    Section.CONTACT,
)
TO_RIEC = (Section.REFERENCE, Section.DATE, Section.REGION)
# The code list says so where a fact was not found; such words are no contact data.
NOT_FOUND = "not found"


@dataclass(frozen=True)
class Policy:
    """For whom and for what a partner is, and how it is brought in."""

    way: Way
    for_whom: Promise
    for_what: Promise
    sections: tuple[Section, ...] = ()
    url: str = ""
    phone: str = ""
    executives_only: bool = False


HOLDERS = _("Office holders.")
HOLDERS_AND_FAMILY = _("Office holders, their partners and families.")
HANDLERS = _("Handlers of a case.")

# Domain facts, sections 4 and 5; the way of each partner is decided in the design, 5.
POLICIES: dict[str, Policy] = {
    "support_team_nwb": Policy(
        Way.PACKAGE,
        HOLDERS_AND_FAMILY,
        _(
            "A listening ear, personal advice and contact with colleagues. Also "
            "questions about security, law and aftercare."
        ),
        sections=TO_HELPERS,
        url="https://weerbaarbestuur.nl/",
    ),
    "trust_line": Policy(
        Way.WARM_HANDOVER,
        _("Office holders, clerks, secretaries and their families."),
        _("A confidential talk about threats, intimidation or integrity."),
        url="https://www.devertrouwenslijn.nl/",
    ),
    "sipa": Policy(
        Way.ADVICE_REQUEST,
        _("Mayor, King's Commissioner or chair of a water authority."),
        _(
            "Advice about how to look into a possible breach of integrity. "
            "SIPA does not investigate and takes no reports."
        ),
        url="https://weerbaarbestuur.nl/",
    ),
    RIEC: Policy(
        Way.INFORMATION,
        _("Municipalities and other covenant partners."),
        _("Signals of organised crime that undermines public administration."),
        url="https://www.riec.nl/",
    ),
    "liec": Policy(
        Way.INFORMATION,
        _("The regional centres; no single cases."),
        _("National support of the regional centres."),
        url="https://www.riec.nl/",
    ),
    "police": Policy(
        Way.WARM_HANDOVER,
        _("Everybody."),
        _("A police report or aangifte. Ask for the code VPT."),
        url="https://www.politie.nl/",
        phone="112 / 0900-8844",
    ),
    "public_prosecution": Policy(
        Way.INFORMATION,
        _("Everybody, through the police."),
        _("Prosecution, and the protection of persons."),
        url="https://www.om.nl/",
    ),
    "rijksrecherche_advice": Policy(
        Way.ADVICE_REQUEST,
        _("Public bodies and officials."),
        _("Advice whether an offence by an official has to be reported."),
        url="https://www.rijksrecherche.nl/",
    ),
    "victim_support": Policy(
        Way.PACKAGE,
        _("Everybody who went through something serious, and their families."),
        _("Emotional, practical and legal help."),
        sections=TO_HELPERS,
        url="https://www.slachtofferhulp.nl/",
    ),
    "arq_ivp": Policy(
        Way.WARM_HANDOVER,
        HOLDERS_AND_FAMILY,
        _("Psychological and social help after a serious event."),
        url="https://arq.org/",
    ),
    "ccv": Policy(
        Way.INFORMATION,
        _("Executives for the scan of the home; everybody for the self scan."),
        _("Security of the home. The person applies."),
        url="https://hetccv.nl/",
        executives_only=True,
    ),
    "bva_bzk": Policy(
        Way.INFORMATION,
        _("Executives, through the CCV."),
        _("Fixes the personal security advice under the national regulation."),
        url="https://weerbaarbestuur.nl/",
        executives_only=True,
    ),
    "confidential_adviser": Policy(
        Way.WARM_HANDOVER,
        _("Everybody in the organisation."),
        _("Confidential support, without a duty to register."),
    ),
    "kings_commissioner_cabinet": Policy(
        Way.WARM_HANDOVER,
        _("Municipalities of the province."),
        _("Support when the mayor or the relations in the municipality are affected."),
    ),
    "huis_voor_klokkenluiders": Policy(
        Way.WARM_HANDOVER,
        _("Everybody who sees an abuse at work."),
        _("Advice about abuses at work, and investigation of them."),
        url="https://www.huisvoorklokkenluiders.nl/",
    ),
    "association": Policy(
        Way.WARM_HANDOVER,
        _("Members of the association of the office."),
        _("First contact, and colleagues who went through the same."),
    ),
    "gp_occupational_physician": Policy(
        Way.WARM_HANDOVER,
        _("Everybody."),
        _("Health complaints, also when you do not sleep or keep reliving it."),
    ),
    "care_safety_house": Policy(
        Way.INFORMATION,
        _("Municipalities."),
        _("Somebody who causes trouble and has many problems at once."),
    ),
}
REGIONAL = Policy(
    Way.REFERENCE_ONLY,
    _("Municipalities and other covenant partners of the region."),
    _(
        "Signals of organised crime that undermines public administration. The content "
        "goes outside this system, under a law of its own."
    ),
    sections=TO_RIEC,
    url="https://www.riec.nl/",
)


def policy(code: str, region: str = "") -> Policy:
    """The policy of a partner, or of one of the ten RIECs. Raises codes.UnknownCode."""
    codes.get("partners", code)
    return REGIONAL if code == RIEC and region else POLICIES[code]


@dataclass(frozen=True)
class Entry:
    """One partner as it is loaded into the database."""

    code: str
    region: str
    facts: dict[str, Any] = field(default_factory=dict)


def entries() -> list[Entry]:
    """The eighteen partners of the code list and the ten RIECs."""
    partners = [Entry(c.code, "", _facts(c, policy(c.code))) for c in _partners()]
    regions = codes.entries("riec_regions")
    return partners + [Entry(RIEC, r.code, _facts(r, REGIONAL)) for r in regions]


def _partners() -> list[codes.Code]:
    return codes.entries("partners")


def _facts(code: codes.Code, known: Policy) -> dict[str, Any]:
    return {
        "name": code.nl[:1].upper() + code.nl[1:],
        "way": known.way,
        "phone": known.phone or _known(code, "phone"),
        "hours": _known(code, "hours"),
        "email": _known(code, "email"),
        "url": known.url,
        "sections": [str(s) for s in known.sections],
        "roles": executives() if known.executives_only else [],
    }


def _known(code: codes.Code, fact: str) -> str:
    text = str(code.get(fact) or "")
    return "" if text.startswith(NOT_FOUND) else text


def executives() -> list[str]:
    """The offices that the home-security regulation covers (Stcrt. 2023, 28233)."""
    return [
        c.code
        for c in codes.entries("office_roles")
        if c.get("home_security_scheme_eligible")
    ]


def riec_of(safety_region: str) -> str:
    """The RIEC of a safety region; empty where it is not known (domain 4).

    The region follows the municipality, not the province: Noord-Holland has three. A
    water authority may lie in several regions, so there the handler chooses.
    """
    wanted = _plain(safety_region)
    for region in codes.entries("riec_regions"):
        if wanted and wanted in map(_plain, region.get("safety_regions", [])):
            return region.code
    return ""


def _plain(name: str) -> str:
    """A name without case, spaces and signs: lists spell them differently."""
    return "".join(c for c in name.casefold() if c.isalnum())
