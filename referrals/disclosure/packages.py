"""What a partner may get, and the exact text of it; anything beyond is refused.

Partners differ, and the difference is data (design 5): a way of referring with the most
it may ever carry, and the sections a partner takes within that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import TextChoices
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cases.header import Header
from weerbaar import codes
from weerbaar.web.refusals import InvalidInput

LONGEST = 20_000


class Way(TextChoices):
    """How this partner is brought in."""

    PACKAGE = "package", _("sealed package")
    WARM_HANDOVER = "warm_handover", _("warm hand-over")
    ADVICE_REQUEST = "advice_request", _("request for advice by the chair")
    REFERENCE_ONLY = "reference_only", _("date, region and reference only")
    INFORMATION = "information", _("information for the person")


class Section(TextChoices):
    """A part of what leaves the house."""

    SENDER = "sender", _("Sender")
    REFERENCE = "reference", _("Our reference")
    DATE = "date", _("Date of the incident")
    REGION = "region", _("Region")
    SUMMARY = "summary", _("Summary")
    WISH = "wish", _("What the person wants")
    CONTACT = "contact", _("Safe contact")


# The most that may ever leave by each way, whatever a partner's own row says.
MOST: dict[str, frozenset[Section]] = {
    Way.PACKAGE: frozenset(
        {
            Section.SENDER,
            Section.REFERENCE,
            Section.SUMMARY,
            Section.WISH,
            Section.CONTACT,
        }
    ),
    Way.REFERENCE_ONLY: frozenset({Section.REFERENCE, Section.DATE, Section.REGION}),
    Way.WARM_HANDOVER: frozenset(),
    Way.ADVICE_REQUEST: frozenset(),
    Way.INFORMATION: frozenset(),
}
# What the handler chooses and words; the other sections come from the case itself.
WORDED = (Section.SUMMARY, Section.WISH, Section.CONTACT)

# What the reporter reads in place of a package, where nothing is sent.
NOTHING_SENT: dict[str, Promise] = {
    Way.WARM_HANDOVER: _(
        "We send nothing to %(partner)s. You get in touch yourself, or we call "
        "together with you."
    ),
    Way.ADVICE_REQUEST: _(
        "The chair asks %(partner)s for advice about the approach, first by telephone. "
        "We share no data about you or your case."
    ),
    Way.INFORMATION: _(
        "We give you information about %(partner)s. We send nothing to this partner."
    ),
}


class MoreThanAllowed(InvalidInput):
    """Somebody wants to pass on more than this partner may get."""

    title = _("This partner may not get that")
    detail = _("Choose only the parts that this partner may receive.")


class SectionEmpty(InvalidInput):
    """A part was chosen, and nothing is written in it."""

    title = _("A part of the referral is empty")
    detail = _("Write the text of each part that you chose, or leave the part out.")


class SectionTooLong(InvalidInput):
    """A part beyond the size that fits."""

    title = _("The text is too long")
    detail = _("Write at most 20,000 characters for each part.")


class Receiving(Protocol):
    """What the policy must know of a partner."""

    name: str
    way: str
    phone: str
    sections: list[str]


@dataclass(frozen=True)
class Origin:
    """What the house itself says of a case: our reference, who sends, which region."""

    reference: str
    sender: str = ""
    region: str = ""


@dataclass(frozen=True)
class Piece:
    """One section with its words."""

    section: str
    text: str

    @property
    def label(self) -> str:
        """The name of the section in the language of the page."""
        return str(Section(self.section).label)


def allowed(partner: Receiving) -> frozenset[Section]:
    """The sections this partner may get: its own, within the most of its way."""
    own = {Section(s) for s in partner.sections if s in Section.values}
    return MOST[partner.way] & own


def choosable(partner: Receiving) -> list[Section]:
    """The sections a handler may choose for this partner, in their order."""
    return [s for s in WORDED if s in allowed(partner)]


def package_for(
    partner: Receiving,
    header: Header,
    chosen: Iterable[str],
    words: Mapping[str, str],
    origin: Origin,
) -> list[Piece]:
    """The sections that go to this partner, and nothing else (design 5, H-10).

    What the handler may not choose is settled: sender, reference, date and region go
    along exactly where the policy names them. Raises MoreThanAllowed for a section, or
    words for one, beyond the policy; SectionEmpty and SectionTooLong.
    """
    may, wanted = allowed(partner), set(chosen)
    written = {name for name, text in words.items() if text.strip()}
    if (wanted | written) - {str(s) for s in may}:
        raise MoreThanAllowed
    settled = {
        Section.SENDER: origin.sender,
        Section.REFERENCE: origin.reference,
        Section.DATE: _day(header.occurred),
        Section.REGION: origin.region,
    }
    pieces = [Piece(s, settled[s]) for s in settled if s in may and settled[s]]
    pieces += [Piece(s, _worded(s, header, words)) for s in WORDED if s in wanted]
    if choosable(partner) and not wanted & set(WORDED):
        raise SectionEmpty
    return pieces


def _worded(section: Section, header: Header, words: Mapping[str, str]) -> str:
    text = words.get(section, "").strip()
    if not text and section == Section.WISH and header.wish:
        text = codes.get("wishes", header.wish).nl
    if not text:
        raise SectionEmpty
    if len(text) > LONGEST:
        raise SectionTooLong
    return text


def _day(occurred: str) -> str:
    # The reporter may have answered "when" in words; only a plain day may leave.
    try:
        day = date.fromisoformat(occurred[:10])
    except ValueError:
        return ""
    with override("nl"):
        return formats.date_format(day, "j F Y")


def exact_text(partner: Receiving, pieces: Sequence[Piece], advice: str = "") -> str:
    """The text that the reporter consents to, word for word, in the partner's language.

    `advice` is for the reporter alone and never leaves the house; it is part of what
    she reads and agrees to.
    """
    with override("nl"):
        if pieces:
            head = gettext("%(partner)s receives exactly this:") % {
                "partner": partner.name
            }
            parts = [head, package_text(pieces)]
        else:
            parts = [sent_nothing(partner)]
        if advice.strip():
            own = gettext("Advice of your handler, for you alone:")
            parts.append(f"{own}\n{advice.strip()}")
    return "\n\n".join(parts)


def package_text(pieces: Sequence[Piece]) -> str:
    """The words that leave, each part under its name in the partner's language."""
    with override("nl"):
        return "\n\n".join(f"{piece.label}:\n{piece.text}" for piece in pieces)


def sent_nothing(partner: Receiving) -> str:
    """What the reporter reads where nothing leaves, with the number to call."""
    said = str(NOTHING_SENT.get(partner.way, NOTHING_SENT[Way.INFORMATION]))
    text = said % {"partner": partner.name}
    if partner.phone and partner.way == Way.WARM_HANDOVER:
        text += " " + gettext("Telephone: %(phone)s.") % {"phone": partner.phone}
    return text
