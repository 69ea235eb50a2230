"""What somebody typed, kept on the page when we refuse it (UX-7)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError

# Never shown again: what opens something.
SECRET_WORDS = (
    *("csrf", "password", "code", "receipt", "recovery", "token", "secret"),
    *("credential", "prf"),
)
# Fields of words, also of a single one; elsewhere what is longer than any id of ours.
WORDS = ("story", "text", "words", "note", "reason", "consent", "expected")
LONG = 40
# A post beyond the limit is read this far, only to give the words back.
LARGEST = 5_000_000
UNREADABLE = (
    SuspiciousOperation,
    BadRequest,
    MultiPartParserError,
    UnreadablePostError,
)


class Entry(NamedTuple):
    """One posted value and the field it was typed in."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        """Words of a person, rather than a choice or an id."""
        value = self.value.strip()
        is_long = " " in value or "\n" in value or len(value) > LONG
        return is_long or (self.name in WORDS and bool(value))

    @property
    def rows(self) -> int:
        return min(12, max(3, len(self.value) // 60 + self.value.count("\n") + 1))


@dataclass
class Kept:
    """The posted values that a page shows again, with the address they belong to."""

    action: str = ""
    entries: list[Entry] = field(default_factory=list)
    may_resend: bool = True

    @property
    def texts(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_text]

    @property
    def hidden(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_text]


def keep(request: HttpRequest, *, may_resend: bool = True) -> Kept:
    """The values of a post from our own page; nothing of one from elsewhere."""
    if request.method != "POST" or not is_own(request):
        return Kept()
    entries = list(_entries(_posted(request)))
    return Kept(request.get_full_path(), entries, may_resend)


def keep_oversized(request: HttpRequest) -> Kept:
    """The same for a post beyond the limit: it can be shortened in place of retyped."""
    if not is_own(request):
        return Kept()
    return Kept(request.get_full_path(), list(_entries(_beyond(request))))


def is_own(request: HttpRequest) -> bool:
    """Did a page of ours send this? Another site's text is never shown as yours."""
    if getattr(request, "csrf_processing_done", False):
        return True
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:
        return False
    return request.headers.get("Origin") == origin


def _posted(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except RequestDataTooBig:
        return _beyond(request)
    except UNREADABLE:
        return QueryDict()


def _beyond(request: HttpRequest) -> QueryDict:
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > LARGEST or request.content_type != "application/x-www-form-urlencoded":
        return QueryDict()
    try:
        return QueryDict(request.read(), encoding="utf-8")
    except UNREADABLE:
        return QueryDict()


def _entries(posted: QueryDict) -> Iterator[Entry]:
    for name, values in posted.lists():
        if any(word in name.lower() for word in SECRET_WORDS):
            continue
        yield from (Entry(name, str(value)) for value in values)
