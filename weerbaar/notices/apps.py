"""The notices package as Django knows it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "weerbaar.notices"
    label = "notices"
