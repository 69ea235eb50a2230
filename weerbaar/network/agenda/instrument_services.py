"""From a proposed instrument to one in the catalogue that somebody looks after."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from weerbaar.accounts.models import User
from weerbaar.audit.kinds import Kind
from weerbaar.audit.services import record
from weerbaar.network.agenda.instrument_models import NetworkInstrument
from weerbaar.network.agenda.permissions import organisation_of
from weerbaar.network.agenda.workflow import InstrumentState
from weerbaar.steps import take_step
from weerbaar.web.refusals import NotAllowed


@transaction.atomic
def propose_instrument(
    *,
    title: str,
    summary: str,
    publisher: str,
    url: str,
    phases: list[str],
    topics: list[str],
    audiences: list[str],
    by: User,
    now: datetime,
) -> NetworkInstrument:
    """Propose an instrument for the catalogue. Raises NotAllowed."""
    organisation = organisation_of(by)
    if organisation is None:
        raise NotAllowed
    made = NetworkInstrument.objects.create(
        title=title,
        summary=summary,
        publisher=publisher,
        url=url,
        phases=phases,
        topics=topics,
        audiences=audiences,
        organisation=organisation,
        proposed_by=by,
        proposed_at=now,
    )
    record(Kind.INSTRUMENT_PROPOSED, made, by=by, now=now)
    return made


@transaction.atomic
def check_instrument(
    instrument: NetworkInstrument, *, by: User, now: datetime
) -> NetworkInstrument:
    """Say that it works and is true today; a published one stays published.

    Raises StepForbidden for who proposed it, and StepNotPossible.
    """
    is_out = instrument.state == InstrumentState.PUBLISHED
    name = "check_again" if is_out else "check_content"
    take_step(instrument, name, by=by, now=now)
    instrument.checked_by, instrument.checked_on = by, timezone.localdate(now)
    instrument.save(update_fields=["checked_by", "checked_on"])
    return instrument


@transaction.atomic
def publish_instrument(
    instrument: NetworkInstrument, *, by: User, now: datetime
) -> NetworkInstrument:
    """Put a checked one in the public catalogue.

    Raises StepForbidden and StepNotPossible.
    """
    take_step(instrument, "publish_instrument", by=by, now=now)
    instrument.published_by, instrument.published_at = by, now
    instrument.save(update_fields=["published_by", "published_at"])
    return instrument


def end_instrument(
    instrument: NetworkInstrument, *, by: User, now: datetime
) -> NetworkInstrument:
    """Take it off the list. Raises StepForbidden and StepNotPossible."""
    take_step(instrument, "end_instrument", by=by, now=now)
    return instrument
