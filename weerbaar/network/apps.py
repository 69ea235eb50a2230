"""The network package as Django knows it."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "weerbaar.network"
    label = "network"
