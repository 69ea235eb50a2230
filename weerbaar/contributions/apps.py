"""The contributions package as Django knows it."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "weerbaar.contributions"
    label = "contributions"
