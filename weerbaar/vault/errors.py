"""What the vault refuses, and why; no message of it holds content."""


class VaultError(Exception):
    """Anything the vault refuses; its message never holds content."""


class Tampered(VaultError):
    """Data, key or place do not fit each other, or something was cut off."""


class UnknownVersion(VaultError):
    """Made by a suite that this release does not know."""


class NoAccess(VaultError):
    """No grant leads to this key."""


class Erased(VaultError):
    """Its erasure key was destroyed: nobody opens it again, from no backup."""


class WrongSecret(VaultError):
    """The password, code or token opens nothing."""


class Locked(VaultError):
    """There is no opened session."""
