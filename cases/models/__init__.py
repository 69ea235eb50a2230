"""The case and what belongs to it, and what a team keeps beside its cases."""

from cases.models.approval import Approval, ApprovalQuerySet, Purpose
from cases.models.assignment import Assignment, Capacity
from cases.models.case import Case, CaseQuerySet, Kind, new_reference
from cases.models.commitment import (
    Awaits,
    Commitment,
    CommitmentKind,
    CommitmentQuerySet,
    CommitmentState,
)
from cases.models.desk import (
    WORDED,
    StandardText,
    StandardTextQuerySet,
    View,
    ViewQuerySet,
)
from cases.models.evidence import (
    Attachment,
    AttachmentQuerySet,
    LooseFile,
    LooseFileQuerySet,
)
from cases.models.retention import (
    Destruction,
    DestructionQuerySet,
    Grounds,
    Hold,
    Retention,
    RetentionTerm,
)
from cases.models.saying import RECORDED, How
from cases.models.statement import (
    DIALOGUE,
    INTERNAL,
    Statement,
    StatementKind,
    StatementQuerySet,
)

__all__ = [
    "DIALOGUE",
    "INTERNAL",
    "RECORDED",
    "WORDED",
    "Approval",
    "ApprovalQuerySet",
    "Assignment",
    "Attachment",
    "AttachmentQuerySet",
    "Awaits",
    "Capacity",
    "Case",
    "CaseQuerySet",
    "Commitment",
    "CommitmentKind",
    "CommitmentQuerySet",
    "CommitmentState",
    "Destruction",
    "DestructionQuerySet",
    "Grounds",
    "Hold",
    "How",
    "Kind",
    "LooseFile",
    "LooseFileQuerySet",
    "Purpose",
    "Retention",
    "RetentionTerm",
    "StandardText",
    "StandardTextQuerySet",
    "Statement",
    "StatementKind",
    "StatementQuerySet",
    "View",
    "ViewQuerySet",
    "new_reference",
]
