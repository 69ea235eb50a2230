"""The vault package as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "weerbaar.vault"
    label = "vault"
    verbose_name = "Vault"
