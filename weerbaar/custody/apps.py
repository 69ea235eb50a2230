"""The custody package as Django knows it."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "weerbaar.custody"
    label = "custody"
