"""What the endpoints of a case answer; property names are camelCase."""

from cases.api.outputs.case import (
    AssignmentOutput,
    CaseLine,
    CaseOutput,
    CasePromiseOutput,
    ColleagueOutput,
    CommitmentOutput,
)
from cases.api.outputs.keeping import (
    ApprovalOutput,
    FileOutput,
)
from cases.api.outputs.moving import (
    EventOutput,
    StateOutput,
    StepOutput,
)
from cases.api.outputs.words import (
    IdentityOutput,
    NoteOutput,
    ReportOutput,
    SafeContactOutput,
    StatementOutput,
    ThreadOutput,
)

__all__ = [
    "ApprovalOutput",
    "AssignmentOutput",
    "CaseLine",
    "CaseOutput",
    "CasePromiseOutput",
    "ColleagueOutput",
    "CommitmentOutput",
    "EventOutput",
    "FileOutput",
    "IdentityOutput",
    "NoteOutput",
    "ReportOutput",
    "SafeContactOutput",
    "StateOutput",
    "StatementOutput",
    "StepOutput",
    "ThreadOutput",
]
