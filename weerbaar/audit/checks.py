"""What `manage.py check --deploy` says of the history."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from weerbaar.audit.notes import NoVerifier, Verifier

WITNESSES = 2


@register(Tags.security, deploy=True)
def check_witnesses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A history that nobody outside knows can be rewritten by who controls it."""
    if len(set(settings.AUDIT_WITNESSES)) >= WITNESSES:
        return []
    hint = "Name two people outside your organisation in AUDIT_WITNESSES."
    return [Warning("The history has no two witnesses.", hint=hint, id="audit.W001")]


@register(Tags.security, deploy=True)
def check_verifier(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A pinned key that cannot be read would be found out when it is needed."""
    try:
        if settings.AUDIT_VERIFIER:
            Verifier.read(settings.AUDIT_VERIFIER)
    except NoVerifier as error:
        hint = "Set AUDIT_VERIFIER as `manage.py audit_key` printed it."
        return [Warning(str(error), hint=hint, id="audit.W002")]
    return []
