"""The network's published instruments beside those of the code lists."""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from django.utils import timezone

from cases.guidance.catalogue import Instrument
from weerbaar.codes import Code
from weerbaar.network.agenda.instrument_models import NetworkInstrument


def published_instruments() -> Iterator[Instrument]:
    """What the network published, as the catalogue shows it."""
    today = timezone.localdate()
    for instrument in NetworkInstrument.objects.published():
        yield as_shown(instrument, today)


def as_shown(instrument: NetworkInstrument, today: date) -> Instrument:
    """An instrument of the network in the words of the catalogue's filters."""
    facts = {"publisher": instrument.publisher, "url": instrument.url}
    title = instrument.title
    return Instrument(
        code=Code(str(instrument.pk), title, title, MappingProxyType(facts)),
        phases=tuple(instrument.phases),
        topics=tuple(instrument.topics),
        audiences=tuple(instrument.audiences),
        eligible_roles=(),
        summary=instrument.summary,
        checked_on=instrument.checked_on,
        is_stale=instrument.is_stale(today),
    )
