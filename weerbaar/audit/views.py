"""The one public address of the history: its newest checkpoint."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from weerbaar.audit import services

PLAIN = "text/plain; charset=utf-8"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, for anybody to keep; 404 before the first is signed."""
    note = services.newest_checkpoint()
    return HttpResponse(note, content_type=PLAIN, status=200 if note else 404)
