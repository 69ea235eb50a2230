"""After how many days an organisation asks how it goes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.models import Organisation
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.web.refusals import InvalidInput

MOST = 8
FURTHEST = 365


class NotTheseMoments(InvalidInput):
    """No moments, too many, or a number of days that is none."""

    title = _("These moments are not possible")
    detail = _("Give one to eight numbers of days, each from 1 to 365.")


@transaction.atomic
def set_moments(
    organisation: Organisation, days: Iterable[int], *, by: Any, now: datetime
) -> list[int]:
    """Let an organisation ask at other moments than 3, 14 and 49 days (domain 5).

    Plans that were offered before keep theirs. Raises NotTheseMoments.
    """
    wanted = sorted(set(days))
    if not 1 <= len(wanted) <= MOST or not 1 <= wanted[0] <= wanted[-1] <= FURTHEST:
        raise NotTheseMoments
    organisation.aftercare_days = wanted
    organisation.save(update_fields=["aftercare_days"])
    record(
        Kind.AFTERCARE_SET,
        organisation,
        by=by,
        now=now,
        organisation_id=organisation.pk,
    )
    return wanted
