"""The question for files, the same wherever files are asked for.

A file is no answer of a form: it was sealed while it came in, and the view takes it
from the request. The field is what the visitor sees, and where a mistake is told.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerbaar.web.forms import TickField

MEGABYTE = 1_000_000


def _limits() -> str:
    return _(
        "Photos, screenshots, mail, documents, sound or video. At most %(most)s files, "
        "each up to %(size)s MB."
    ) % {
        "most": settings.EVIDENCE_FILES,
        "size": settings.EVIDENCE_FILE_SIZE // MEGABYTE,
    }


def _kept() -> str:
    return _(
        "From photos and documents we remove where, when and with what they were made. "
        "Sound, video and mail stay as they are. The police need the untouched file."
    )


class FilesInput(forms.FileInput):
    """Several files at once; telephones turn their own photos into JPEG for it."""

    allow_multiple_selected = True

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With what a script needs to warn before anything is sent."""
        too_large = _("“{name}” is larger than {size} MB. Choose a smaller file.")
        own = {
            "class": "wb-file",
            "multiple": True,
            "accept": ",".join(f".{ending}" for ending in settings.EVIDENCE_TYPES),
            "data-largest": str(settings.EVIDENCE_FILE_SIZE),
            "data-too-large": too_large,
        }
        return super().build_attrs(*args, **kwargs) | own


class FilesField(forms.Field):
    """Files to add; never part of the answers, so never required of the form itself.

    Whoever opens this question came for it: it is not called optional.
    """

    widget = FilesInput
    is_asked = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=lazy(_limits, str)(), **kwargs)


class OriginalField(TickField):
    """Whether the untouched file is kept beside the cleaned one."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Keep the untouched file as well"),
            help_text=lazy(_kept, str)(),
            required=False,
        )
