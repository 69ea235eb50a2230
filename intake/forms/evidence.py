"""The question for files, beside the story and in the mailbox."""

from django.utils.translation import gettext_lazy as _

from weerbaar.web.file_fields import FilesField, OriginalField
from weerbaar.web.forms import Form


class FilesForm(Form):
    """Files, and whether the untouched ones are kept."""

    attachments = FilesField(label=_("Files"))
    keep_original = OriginalField()
