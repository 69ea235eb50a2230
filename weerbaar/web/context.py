"""What the page shell shows on every page: languages, phone numbers, menu, notices.

Everything is read when a template asks for it, so that an error page can be drawn
without touching the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.roles import Permission


class Place(NamedTuple):
    """An item of the main menu and who has it; the page lives in a package above."""

    url_name: str
    label: str | Promise
    permissions: tuple[Permission, ...]


PLACES = (
    Place("worklist", _("Cases"), (Permission.HANDLE_CASES,)),
    Place(
        "desk",
        _("Referrals"),
        (Permission.HANDLE_CASES, Permission.ANSWER_REFERRALS),
    ),
    Place("figures", _("Figures"), (Permission.READ_FIGURES,)),
    Place("instruments", _("Instruments"), (Permission.HANDLE_CASES,)),
    Place("account-list", _("Accounts"), (Permission.MANAGE_ACCOUNTS,)),
)
# Set by the package of the notices, which stands above this one.
_count_notices: list[Callable[[Any], int]] = []


@dataclass(frozen=True)
class Link:
    """A link of the shell: where it leads, its text and whether we are there."""

    url: str
    label: str | Promise
    is_current: bool = False


@dataclass
class Shell:
    """The parts of the shell for one request."""

    request: HttpRequest

    is_demo = property(lambda self: settings.DEMO)
    support_line = property(lambda self: settings.SUPPORT_LINE)

    @cached_property
    def exit_url(self) -> str:
        return reverse("leave")

    @cached_property
    def other_languages(self) -> list[dict[str, str]]:
        """Links to this very page in the other languages."""
        return [
            {"code": code, "name": NAMES[code], "url": self._same_page(code)}
            for code, _label in settings.LANGUAGES
            if code != get_language()
        ]

    def _same_page(self, code: str) -> str:
        here = self.request.get_full_path()
        there = translate_url(here, code)
        # A page without a second language, such as an error, leads to the start.
        return there if there != here else translate_url(reverse("home"), code)

    @cached_property
    def menu(self) -> list[Link]:
        """The menu of a signed-in person by what she may do."""
        user = self.request.user
        if not user.is_authenticated:
            return []
        return [
            self._link(place)
            for place in PLACES
            if _exists(place.url_name)
            and any(user.may_anywhere(p) for p in place.permissions)
        ]

    def _link(self, place: Place) -> Link:
        url = reverse(place.url_name)
        return Link(url, place.label, self.request.path.startswith(url))

    @cached_property
    def bell(self) -> Link | None:
        """The page of notices, when there is one."""
        return Link(reverse(BELL), _("Notices")) if _exists(BELL) else None

    @cached_property
    def unread(self) -> int:
        """How many notices this person has not read."""
        return sum(count(self.request.user) for count in _count_notices)


BELL = "notices"
NAMES = {"nl": "Nederlands", "en": "English"}


def count_notices_with(counter: Callable[[Any], int]) -> None:
    """Tell the shell how to count a person's unread notices; once, at start-up."""
    _count_notices[:] = [counter]


def _exists(url_name: str) -> bool:
    try:
        reverse(url_name)
    except NoReverseMatch:
        return False
    return True


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template that is drawn with a request."""
    return {"shell": Shell(request)}
