"""Releases of figures, what is known beside them, and the network's own work."""

from weerbaar.network.agenda.instrument_models import (
    NetworkInstrument as NetworkInstrument,
)
from weerbaar.network.agenda.models import Activity as Activity
from weerbaar.network.agenda.models import BudgetYear as BudgetYear
from weerbaar.network.agenda.models import PriorityTheme as PriorityTheme
from weerbaar.network.agenda.models import ThemeSupport as ThemeSupport
from weerbaar.network.models.attestation import Attestation as Attestation
from weerbaar.network.models.known import KnownFact as KnownFact
from weerbaar.network.models.known import RegisterPost as RegisterPost
from weerbaar.network.models.release import Release as Release
from weerbaar.network.models.release import Withdrawal as Withdrawal
from weerbaar.network.models.release import Withdrawn as Withdrawn
from weerbaar.network.models.release import canonical as canonical
from weerbaar.network.models.release import digest_of as digest_of
