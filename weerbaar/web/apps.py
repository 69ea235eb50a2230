"""The page shell as Django knows it."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out
from django.http import HttpRequest


def mark_signed_out(request: HttpRequest, **rest: Any) -> None:
    """After signing out the browser forgets our pages as well (ASVS 14.3.1)."""
    request.has_signed_out = True  # type: ignore[attr-defined]


class WebConfig(AppConfig):
    name = "weerbaar.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        user_logged_out.connect(mark_signed_out, dispatch_uid="web.signed_out")
