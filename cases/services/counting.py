"""The reporter's choice to be counted anonymously: hers alone, and sealed.

It lies in a field of its own that every case has, sealed to the dialogue: the header is
out of a reporter's reach, and no column, row or length says who refused.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import is_reporter
from cases.services.locking import lock
from cases.services.sealing import figures_place, tell_sealed
from cases.workflow import State
from weerbaar.audit import kinds
from weerbaar.audit.services import record
from weerbaar.contributions.services import Record, contribute, is_final
from weerbaar.vault.core import Secret
from weerbaar.vault.envelope import open_json, seal_json
from weerbaar.vault.keyring import Keyring
from weerbaar.web.refusals import NotAllowed, NotPossibleNow

YES, NO = "yes", "no"
# Not yet assessed: nothing of the case is among the figures.
UNCOUNTED = frozenset({State.REPORTED, State.TRIAGE})


class FiguresFinal(NotPossibleNow):
    """The figures of the year in which the case was reported cannot change any more."""

    title = _("The figures of that year are final")
    detail = _("Your choice cannot be changed any more. Nothing else changes for you.")


@dataclass(frozen=True)
class Counting:
    """What she chose: yes, no, or empty when she did not answer.

    `said` is how often she changed it, `case` the token by which the network knows
    revisions of one case from another case.
    """

    answer: str = ""
    said: int = 0
    case: str = ""

    @property
    def agreed(self) -> bool:
        """Silence is no consent (AVG, article 4(11))."""
        return self.answer == YES


def seal_counting(case: Case, counting: Counting, dialogue: Secret) -> None:
    """Put the choice into the case; does not save."""
    case.figures = seal_json(dialogue, asdict(counting), place=figures_place(case))


def counting_of(case: Case, keyring: Keyring) -> Counting:
    """What the reporter chose. Raises vault errors."""
    blob = Case.objects.values_list("figures", flat=True).get(pk=case.pk)
    if blob is None:
        return Counting()
    secret = keyring.open(case.dialogue_key_id)
    return Counting(**open_json(secret, bytes(blob), place=figures_place(case)))


def may_change_counting(case: Case) -> bool:
    """Whether a choice still changes the figures of the year of the report."""
    return case.figures is not None and not is_final(case.opened_on.year)


@transaction.atomic
def change_counting(
    case: Case, *, counted: bool, by: Any, keyring: Keyring, now: datetime
) -> None:
    """She lets her report count, or not; the same choice twice is one.

    A no goes to the network at once, whoever handles the case; a yes goes with the next
    thing that a handler does in it, for only handlers know what to tell. The event does
    not say which it was. Raises NotAllowed and FiguresFinal.
    """
    if not is_reporter(case, by):
        raise NotAllowed
    fresh = lock(case)
    if not may_change_counting(fresh):
        raise FiguresFinal
    before, answer = counting_of(fresh, keyring), YES if counted else NO
    if answer == before.answer:
        return
    chosen = Counting(answer, before.said + 1, before.case)
    seal_counting(fresh, chosen, keyring.open(fresh.dialogue_key_id))
    fresh.save(update_fields=["figures"])
    if not counted and fresh.state not in UNCOUNTED:
        contribute(taken_back(fresh, chosen.case, said=chosen.said))
    record(
        kinds.Kind.COUNTING_CHOSEN,
        fresh,
        by=by,
        now=now,
        organisation_id=fresh.organisation_id,
    )
    tell_sealed(fresh)


def taken_back(case: Case, token: str, *, said: int, revision: int = 0) -> Record:
    """A record that ends all earlier ones of the case, and tells nothing of it.

    `said` is her newest word, `token` the one by which the network knows the case.
    """
    return Record(
        case=token,
        person="",
        revision=revision,
        organisation="",
        organisation_type="",
        province="",
        year=case.opened_on.year,
        month=case.opened_on.month,
        kind=case.kind,
        withdrawn=True,
        said=said,
    )
