"""The network package as Django knows it."""

from django.apps import AppConfig
from django.core import checks


class NetworkConfig(AppConfig):
    name = "weerbaar.network"
    label = "network"

    def ready(self) -> None:
        """Hand to the rooms below what they may not ask for themselves."""
        # Models can be imported only once all rooms are known.
        from cases.guidance import also_show
        from weerbaar.contributions.exact import count_with
        from weerbaar.contributions.waiting import tell_waits_with
        from weerbaar.network.agenda.catalogue import published_instruments
        from weerbaar.network.checks import check_plans
        from weerbaar.network.exact import exact_tables
        from weerbaar.network.waiting import usual_waits

        checks.register(check_plans, "network")
        also_show(published_instruments)
        count_with(exact_tables)
        tell_waits_with(usual_waits)
