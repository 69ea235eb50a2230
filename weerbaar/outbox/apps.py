"""The outbox package as Django knows it."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "weerbaar.outbox"
    label = "outbox"
