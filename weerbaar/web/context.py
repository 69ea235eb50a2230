"""What the page shell shows on every page: languages, phone numbers, menu, notices.

Everything is read when a template asks for it, so that an error page can be drawn
without touching the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.functional import Promise, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from weerbaar.accounts.roles import Permission


class Place(NamedTuple):
    """An item of the main menu and who has it.

    The page stands in a package above this one: it is known by address, not by name.
    """

    address: str
    label: str | Promise
    permissions: tuple[Permission, ...]


PLACES = (
    Place("zaken/", _("Cases"), (Permission.HANDLE_CASES,)),
    Place("verzoeken/", _("Requests"), (Permission.KEEP_NAMES,)),
    Place("doorverwijzingen/", _("Referrals"), (Permission.ANSWER_REFERRALS,)),
    Place("cijfers/", _("Figures"), (Permission.READ_FIGURES,)),
    Place("netwerk/verhalen/", _("Stories"), (Permission.HANDLE_CASES,)),
    Place("netwerk/", _("Network"), (Permission.TAKE_PART,)),
    Place(
        "collegas/",
        _("Colleagues"),
        (
            Permission.HANDLE_CASES,
            Permission.KEEP_NAMES,
            Permission.ANSWER_REFERRALS,
            Permission.PUBLISH_FIGURES,
            Permission.MANAGE_ACCOUNTS,
        ),
    ),
    Place(
        "instrumenten/",
        _("Instruments"),
        (Permission.HANDLE_CASES, Permission.TAKE_PART),
    ),
)
NOTICES = "meldingen-voor-u/"
# What everybody may read, also without a report: in the footer of every page.
OPEN_PLACES = (("partners/", _("Who can help")), ("instrumenten/", _("Instruments")))
NAMES = {"nl": "Nederlands", "en": "English"}
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
    # The name of the organisation's own sign-in; empty where there is none.
    sign_in_at = property(lambda self: settings.OIDC_SERVER and settings.OIDC_NAME)
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
            link
            for place in PLACES
            if any(user.may_anywhere(p) for p in place.permissions)
            and (link := self._link(place.address, place.label))
        ]

    def _link(self, address: str, label: str | Promise) -> Link | None:
        """A link, where this installation has the page."""
        url = reverse("home") + address
        try:
            resolve(url)
        except Resolver404:
            return None
        return Link(url, label, self.request.path.startswith(url))

    @cached_property
    def open_places(self) -> list[Link]:
        """Where to find help and advice, for everybody."""
        return [link for place in OPEN_PLACES if (link := self._link(*place))]

    @cached_property
    def bell(self) -> Link | None:
        """The page of notices."""
        return self._link(NOTICES, _("Notices"))

    @cached_property
    def unread(self) -> int:
        """How many notices this person has not read."""
        return sum(count(self.request.user) for count in _count_notices)


NAMES = {"nl": "Nederlands", "en": "English"}


def count_notices_with(counter: Callable[[Any], int]) -> None:
    """Tell the shell how to count a person's unread notices; once, at start-up."""
    _count_notices[:] = [counter]


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template that is drawn with a request."""
    return {"shell": Shell(request)}
