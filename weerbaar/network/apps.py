"""The network package as Django knows it."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "weerbaar.network"
    label = "network"

    def ready(self) -> None:
        # Models can be imported only once all rooms are known.
        from cases.guidance import also_show
        from weerbaar.network.agenda.catalogue import published_instruments

        also_show(published_instruments)
