"""The verbs of aftercare: offering, checking in, answering, and how it ended."""

from aftercare.services.checking import (
    NoteTooLong,
    ReasonMissing,
    UnknownAnswer,
    answer,
    cancel,
    hold,
    miss,
    move,
)
from aftercare.services.moments import NotTheseMoments, set_moments
from aftercare.services.planning import (
    OutcomeMissing,
    PlanExists,
    conclude,
    let_go,
    offer,
    respond_to_offer,
)
from aftercare.services.reading import (
    Answer,
    OpenedCheckIn,
    ReporterCheckIn,
    ReporterPlan,
    current_plan,
    open_check_in,
    open_for_handler,
    open_for_reporter,
    plan_for_reporter,
)
from aftercare.services.words import MOODS, NEEDS, Mood, Need
from cases.services import CaseClosed

__all__ = [
    "MOODS",
    "NEEDS",
    "Answer",
    "CaseClosed",
    "Mood",
    "Need",
    "NotTheseMoments",
    "NoteTooLong",
    "OpenedCheckIn",
    "OutcomeMissing",
    "PlanExists",
    "ReasonMissing",
    "ReporterCheckIn",
    "ReporterPlan",
    "UnknownAnswer",
    "answer",
    "cancel",
    "conclude",
    "current_plan",
    "hold",
    "let_go",
    "miss",
    "move",
    "offer",
    "open_check_in",
    "open_for_handler",
    "open_for_reporter",
    "plan_for_reporter",
    "respond_to_offer",
    "set_moments",
]
