"""What a page of the report form is, and what it knows of the pages before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.functional import Promise

from weerbaar.accounts.models import Organisation
from weerbaar.web.forms import Form


@dataclass(frozen=True)
class Context:
    """What a step needs to know: the answers so far, and who receives reports there."""

    answers: Mapping[str, Any]
    today: date
    organisations: list[Organisation]
    receivers: list[tuple[str, str]]
    # Of those: who keeps half of a hidden name, and gets no report.
    names_only: frozenset[str] = frozenset()
    second_line: str = ""
    on_behalf: bool = False

    def get(self, name: str, default: Any = "") -> Any:
        return self.answers.get(name) or default


class StepForm(Form):
    """A page of the form; knows the answers of the other pages."""

    title: ClassVar[str | Promise] = ""
    why: ClassVar[str | Promise] = ""
    # The lines of the check page: what it is about, and the fields told in it.
    summary: ClassVar[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = ()

    def __init__(self, *args: Any, context: Context, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)
        self.adapt()

    def adapt(self) -> None:
        """Fit the questions to the answers so far."""
