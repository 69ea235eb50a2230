"""What the protocol says of a step, and offences as a hint: to read beside it."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.guidance.rules import BAN, CARE, NORM, PROTOCOL, VPT
from cases.header import Header
from weerbaar import codes

RECEPTION = "Nazorg, veiligepubliekedienstverlening.nl"
FIRST_AID = "Arbocatalogus gemeenten, arbocatalogus.aeno.nl"
# Remarks in the code lists that stand behind an article of law.
REMARK = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True)
class Article:
    """A short text beside a step, and the publication it comes from, if not ours."""

    text: Promise
    source: str = ""


ARTICLES: dict[str, Article] = {
    "begin_triage": Article(
        _(
            "Contact the reporter, preferably on the same day. The reception talk is "
            "within 72 hours, in a quiet place. Support begins before all is known."
        ),
        f"{PROTOCOL}; {RECEPTION}",
    ),
    "dismiss": Article(
        _(
            "Emotion is allowed, aggression is not. Whatever you decide: say why, and "
            "offer a conversation. The organisation always gives a fitting reaction."
        ),
        NORM,
    ),
    "advise": Article(
        _(
            "Name what the person can do and what exists for it. Look together at "
            "what feels safe; the person decides."
        ),
        FIRST_AID,
    ),
    "respond": Article(
        _(
            "React to who caused it within two working days, after asking what the "
            "person wants. Prefer a conversation above a letter."
        ),
        VPT,
    ),
    "begin_aftercare": Article(
        _(
            "Most people recover with help of those around them. Stay in touch: after "
            "two weeks, and after six to eight weeks. Do not press for a session."
        ),
        CARE,
    ),
    "resume_response": Article(
        _(
            "Something new asks for a fresh look: is everybody safe, and does the "
            "reaction still fit? A ban needs a term, and word to the police."
        ),
        BAN,
    ),
    "evaluate": Article(
        _(
            "Ask how the person looks back on the help, and whether more is needed. "
            "Complaints that last four weeks or grow belong with the GP."
        ),
        CARE,
    ),
    "close": Article(
        _(
            "Look back with mayor, clerk and secretary: what helped, and what will you "
            "do otherwise next time? Ask the reporter too."
        ),
        PROTOCOL,
    ),
    "close_advice": Article(
        _("Look back after the meeting: what helped, and what was missing?"),
        PROTOCOL,
    ),
    "reopen": Article(
        _("Tell the reporter that you look again, and by when you say more.")
    ),
}


def article(step: str) -> Article | None:
    """What stands beside a step, if anything does."""
    return ARTICLES.get(step)


def offence_hints(header: Header) -> list[str]:
    """Articles of law that may apply, each once: a hint, never a conclusion."""
    found = (codes.get("incident_types", t).get("offence_hint") for t in header.types)
    return list(dict.fromkeys(without_remarks(hint) for hint in found if hint))


def without_remarks(text: str) -> str:
    """What stands in a code list, without what was noted between brackets."""
    return REMARK.sub("", text)
