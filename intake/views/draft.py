"""A draft as the pages see it: its answers judged, and what each step needs to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cases.services import Piece
from intake import services
from intake.forms import Context, StepForm, clean_all
from intake.models import CookieKind
from intake.views.cookies import draft_cookie
from weerbaar.accounts.models import Organisation
from weerbaar.accounts.trust import receiving

Answers = Mapping[str, Mapping[str, list[str]] | None]


@dataclass
class Draft:
    """The answers of a draft and who it is for; reads each list once."""

    answers: Answers
    extra: Mapping[str, Any]
    sent: Mapping[str, Any] | None = None
    files: list[Piece] = field(default_factory=list)
    today: date = field(default_factory=timezone.localdate)

    def __post_init__(self) -> None:
        self._organisations: list[Organisation] | None = None
        self._readers: dict[str, dict[str, services.Person]] = {}

    @classmethod
    def of(cls, request: HttpRequest) -> "Draft":
        """The draft of this browser. Raises Expired."""
        kept = services.read(
            CookieKind.DRAFT, draft_cookie(request), now=timezone.now()
        )
        return cls(
            kept.get("step_data", {}),
            kept.get("extra_data", {}),
            kept.get("sent"),
            services.files_in(kept),
        )

    @property
    def is_on_behalf(self) -> bool:
        return bool(self.extra.get("on_behalf"))

    @property
    def organisations(self) -> list[Organisation]:
        """Where she can report; a handler reports to the own organisation."""
        if self._organisations is None:
            found = receiving()
            if self.is_on_behalf:
                found = found.filter(slug=self.extra.get("organisation"))
            self._organisations = list(found)
        return self._organisations

    def organisation(self, cleaned: Mapping[str, Any]) -> Organisation | None:
        """The organisation that was chosen."""
        slug = cleaned.get("organisation")
        return next((o for o in self.organisations if o.slug == slug), None)

    def context(self, cleaned: Mapping[str, Any]) -> Context:
        """What a step needs to know, given the answers before it."""
        chosen = self.organisation(cleaned)
        readers = self._readers_of(chosen) if chosen else {}
        return Context(
            answers=cleaned,
            today=self.today,
            organisations=self.organisations,
            receivers=[(pk, str(p)) for pk, p in readers.items()],
            names_only=frozenset(pk for pk, p in readers.items() if not p.receives),
            second_line=chosen.second_line if chosen else "",
            on_behalf=self.is_on_behalf,
        )

    def _readers_of(self, organisation: Organisation) -> dict[str, services.Person]:
        if organisation.slug not in self._readers:
            found = services.readers(organisation, self.today)
            self._readers[organisation.slug] = found
        return self._readers[organisation.slug]

    def judged(self) -> tuple[dict[str, StepForm], str | None]:
        """The steps with their answers, and the first that is not yet right."""
        return clean_all(self.answers, self.context)


def cleaned_of(forms: Mapping[str, StepForm]) -> dict[str, Any]:
    """All cleaned answers of judged steps together."""
    found: dict[str, Any] = {}
    for form in forms.values():
        found |= getattr(form, "cleaned_data", {})
    return found
