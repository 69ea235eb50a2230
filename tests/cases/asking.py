"""What every verb of a case asks: who, with which vault, and when."""

from typing import Any

from cases import services


def doing(user: Any, keyring_of: Any, now: Any) -> dict[str, Any]:
    """The keyword arguments of a service."""
    return {"by": user, "keyring": keyring_of(user), "now": now}


def agreed(
    case: Any, asker: dict[str, Any], second: dict[str, Any], purpose: str = "identity"
) -> Any:
    """One asks, another agrees; gives the approval."""
    approval = services.ask(case, purpose, "De politie vraagt het.", **asker)
    services.approve(approval, **second)
    return approval
