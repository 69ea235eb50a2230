"""The intake package as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    label = "intake"
