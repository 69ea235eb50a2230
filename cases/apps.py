"""The cases package as Django knows it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
