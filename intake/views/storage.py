"""Where the steps of the form keep their answers: sealed under the own cookie."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from formtools.wizard.storage.base import BaseStorage

from intake import services
from intake.models import CookieKind
from intake.views.cookies import draft_cookie


def empty_draft(**extra: Any) -> dict[str, Any]:
    """A draft as formtools' storage expects it, without answers."""
    return {"step": None, "step_data": {}, "step_files": {}, "extra_data": extra}


class SealedStorage(BaseStorage):
    """formtools' storage on a sealed draft; raises Expired when the draft is gone.

    The server keeps what only the cookie opens: nothing in clear in the database, the
    session table or the cache (design 6.1).
    """

    def __init__(
        self, prefix: str, request: HttpRequest, file_storage: Any = None
    ) -> None:
        super().__init__(prefix, request, file_storage)
        self.cookie = draft_cookie(request)
        kept = services.read(CookieKind.DRAFT, self.cookie, now=timezone.now())
        self.data: dict[str, Any] = empty_draft() | kept
        self._before = json.dumps(self.data, sort_keys=True)

    def init_data(self) -> None:
        self.data = empty_draft()

    def update_response(self, response: HttpResponse) -> None:
        """Seal the answers again when they changed; else only the idle time starts
        anew.
        """
        now = timezone.now()
        if json.dumps(self.data, sort_keys=True) == self._before:
            services.touch(CookieKind.DRAFT, self.cookie, now=now)
        else:
            services.keep_answers(self.cookie, self.data, now=now)
