"""What every verb of a case asks: who, with which vault, and when."""

from typing import Any


def doing(user: Any, keyring_of: Any, now: Any) -> dict[str, Any]:
    """The keyword arguments of a service."""
    return {"by": user, "keyring": keyring_of(user), "now": now}
