"""What a case that is taken out tells of its aftercare."""

from typing import Any

from django.utils.translation import gettext as _

from aftercare.services.reading import OpenedCheckIn, open_for_handler
from aftercare.workflow import CheckInState
from cases.models import Case
from weerbaar.vault.keyring import Keyring


def tell(case: Case, keyring: Keyring) -> list[dict[str, Any]]:
    """Each check-in with its day, the reporter's answer and the handler's note.

    Raises vault errors.
    """
    return [_told(one) for one in open_for_handler(case, keyring)]


def _told(one: OpenedCheckIn) -> dict[str, Any]:
    check_in = one.check_in
    lines: list[tuple[str, Any]] = [
        (_("By"), check_in.due_on),
        (_("State"), str(CheckInState(check_in.state).label)),
    ]
    if one.answer:
        said = f"{one.answer.mood_label}. {one.answer.needs_label}. {one.answer.text}"
        lines.append((_("Answer of the reporter"), said.strip()))
    if one.note:
        lines.append((_("Note"), one.note))
    return {"title": check_in.kind_label, "lines": lines}
