"""The forms of the reporter's door: seven steps, and what she does in the mailbox."""

from intake.forms.evidence import FilesForm
from intake.forms.mailbox import (
    AnswerForm,
    CloseForm,
    CodeForm,
    ConsentForm,
    CountingForm,
    ExcludeForm,
    KeptForm,
    OfferForm,
    ReplyForm,
    StoryForm,
    WishChangeForm,
)
from intake.forms.page import Context, StepForm
from intake.forms.steps import (
    STEPS,
    clean_all,
    report_from,
)

__all__ = [
    "STEPS",
    "AnswerForm",
    "CloseForm",
    "CodeForm",
    "ConsentForm",
    "Context",
    "CountingForm",
    "ExcludeForm",
    "FilesForm",
    "KeptForm",
    "OfferForm",
    "ReplyForm",
    "StepForm",
    "StoryForm",
    "WishChangeForm",
    "clean_all",
    "report_from",
]
