"""Refusals: what the house says when something may not, cannot or cannot yet be done.

A package subclasses one of these and gives its own title and detail. They are mapped to
a page by `weerbaar.web.middleware` and to problem+json by `weerbaar.web.problems`; a
view catches one only to show its form again.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RETRY_SECONDS = 300


class Refusal(Exception):
    """A refusal that a person is told of: HTTP status, title, what to do now.

    `retry_seconds` is when trying again may help; 0 when waiting does not help.
    `is_passing`: the very same thing, sent again, may well succeed.
    """

    status = 400
    retry_seconds = 0
    is_passing = False
    title: str | Promise = _("This is not possible")
    detail: str | Promise = _("Go back and try again.")

    def __init__(
        self, detail: str | Promise | None = None, *, title: str | Promise | None = None
    ) -> None:
        super().__init__()
        if detail is not None:
            self.detail = detail
        if title is not None:
            self.title = title

    def __str__(self) -> str:
        return f"{self.title}: {self.detail}"


class InvalidInput(Refusal):
    """What was sent cannot be read or is not complete."""

    status = 400
    title = _("We cannot use what was sent")
    detail = _("Check what you filled in and send it again.")


class NotAllowed(Refusal):
    """You know of it, but it is not yours to do."""

    status = 403
    title = _("You may not do this")
    detail = _("This is for somebody else. Ask a colleague.")


class NotPossibleNow(Refusal):
    """Allowed, but not from where the thing now stands."""

    status = 409
    title = _("This is not possible now")
    detail = _("Somebody else may have changed it. Look at the page again.")


class Conflict(NotPossibleNow):
    """Two people changed the same thing; the second sees it before it is lost."""

    title = _("Somebody else changed this")
    detail = _("Look at the newest version first.")


class TooMany(Refusal):
    """Too many attempts in a short time."""

    status = 429
    retry_seconds = RETRY_SECONDS
    title = _("Too many attempts")
    detail = _("Wait a few minutes and try again.")


class Unavailable(Refusal):
    """The house, or a part that this needs, cannot be reached now."""

    status = 503
    retry_seconds = RETRY_SECONDS
    is_passing = True
    title = _("Weerbaar cannot be reached now")
    detail = _("Try again in a few minutes.")
