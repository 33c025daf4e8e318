"""The nouns of Roundtable, frozen. Values only: nothing here reads a clock, a store or the environment.

The names are the field's: see docs/architecture.md, "Names".
"""

from __future__ import annotations

from bot.domain import labelsets
from bot.domain.acts import Act, ActKind, LoggedAct
from bot.domain.base import Check, ConflictError, Frozen, NotFoundError, RoundtableError, StoreUnavailableError
from bot.domain.bulletins import Bulletin, Figures
from bot.domain.decisions import Case, Decision, DecisionKind, Dispute, LoggedDecision, Note, Why
from bot.domain.imports import ImportJob, ImportResult, ImportState
from bot.domain.projects import Item, Project, ProjectState
from bot.domain.reports import (
    Advice,
    Agreement,
    ClassFigures,
    Confusion,
    CurvePoint,
    Disputed,
    Effort,
    Estimate,
    Interval,
    MoreLabels,
    Noise,
    PersonFigures,
    Report,
    Scores,
    TargetNote,
)
from bot.domain.rounds import Again, CloseReason, ModelVersion, Query, Round, RoundState
from bot.domain.views import QueryView, RoundView, Status
from bot.domain.votes import Label, LoggedVote, Via, Vote, VoteKind, VoteOutcome, VoteStatus

__all__ = [
    "Act",
    "ActKind",
    "Advice",
    "Again",
    "Agreement",
    "Bulletin",
    "Case",
    "Check",
    "ClassFigures",
    "CloseReason",
    "ConflictError",
    "Confusion",
    "CurvePoint",
    "Decision",
    "DecisionKind",
    "Dispute",
    "Disputed",
    "Effort",
    "Estimate",
    "Figures",
    "Frozen",
    "ImportJob",
    "ImportResult",
    "ImportState",
    "Interval",
    "Item",
    "Label",
    "LoggedAct",
    "LoggedDecision",
    "LoggedVote",
    "ModelVersion",
    "MoreLabels",
    "Noise",
    "NotFoundError",
    "Note",
    "PersonFigures",
    "Project",
    "ProjectState",
    "Query",
    "QueryView",
    "Report",
    "Round",
    "RoundState",
    "RoundView",
    "RoundtableError",
    "Scores",
    "Status",
    "StoreUnavailableError",
    "TargetNote",
    "Via",
    "Vote",
    "VoteKind",
    "VoteOutcome",
    "VoteStatus",
    "Why",
    "labelsets",
]
