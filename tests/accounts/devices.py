"""A device with passkeys in the test's browser: Chromium's virtual authenticator."""

from typing import Any

from playwright.sync_api import Page

OPTIONS = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page, *, has_prf: bool = True) -> "Device":
    """Put a device in this browser that says yes to everything."""
    return Device(page, has_prf=has_prf)


class Device:
    """A virtual authenticator, by the DevTools protocol (WebAuthn domain)."""

    def __init__(self, page: Page, *, has_prf: bool) -> None:
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("WebAuthn.enable")
        options = {**OPTIONS, "hasPrf": has_prf}
        made = self._devtools.send(
            "WebAuthn.addVirtualAuthenticator", {"options": options}
        )
        self._id = made["authenticatorId"]

    def passkeys(self) -> list[dict[str, Any]]:
        """The passkeys that it holds."""
        which = {"authenticatorId": self._id}
        held = self._devtools.send("WebAuthn.getCredentials", which)
        return list(held["credentials"])

    def refuse(self) -> None:
        """From now on the person turns away from what the device asks."""
        self._devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self._id, "isUserVerified": False},
        )
