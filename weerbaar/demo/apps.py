"""The demo package as Django knows it; installed under demo settings only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "weerbaar.demo"
    label = "demo"
