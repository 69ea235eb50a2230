"""The tables of this room: the case, and the approval of a second person."""

from cases.workflow.approval import ApprovalState, ApprovalWorkflow
from cases.workflow.case import CaseWorkflow, State

__all__ = ["ApprovalState", "ApprovalWorkflow", "CaseWorkflow", "State"]
