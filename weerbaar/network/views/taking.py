"""Taking a step that a page offers: the same way for every machine of the network."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.utils import timezone

from weerbaar.web.access import StaffRequest
from weerbaar.web.refusals import InvalidInput

# A step's name in the form → the verb of the service, and what is said when it is done.
Verbs = Mapping[str, tuple[Callable[..., Any], Any]]


def take_posted(request: StaffRequest, thing: Any, verbs: Verbs) -> None:
    """Take the step that was posted. Raises InvalidInput, and what the verb raises."""
    verb, said = verbs.get(request.POST.get("step", ""), (None, ""))
    if verb is None:
        raise InvalidInput
    verb(thing, by=request.user, now=timezone.now())
    messages.success(request, said)
