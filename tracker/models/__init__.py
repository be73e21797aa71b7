"""Rows: what is stored, and the rules the database itself holds.

Plain SQLAlchemy, no Flask; reading for pages is in ``queries``, writing in ``services``.
"""

from tracker.models.actions import (
    Action,
    DueDate,
    Milestone,
    MilestoneCompletion,
    ProgressUpdate,
    action_partners,
)
from tracker.models.base import Base
from tracker.models.installation import Installation
from tracker.models.judgements import Judgement, JudgementEvent
from tracker.models.ledger import LedgerEntry
from tracker.models.measures import (
    BaselineFreeze,
    Measure,
    Observation,
    SeriesBreak,
    Target,
)
from tracker.models.partners import Partner, Person, SignInFailure, Submission
from tracker.models.plans import Objective, Plan, Priority
from tracker.models.reviews import Narrative, RefreshDecision, Review, Snapshot

#: Tables whose rows are never changed nor removed; triggers refuse it.
APPEND_ONLY = (
    "due_dates",
    "milestone_completions",
    "progress_updates",
    "targets",
    "observations",
    "series_breaks",
    "baseline_freezes",
    "judgements",
    "judgement_events",
    "snapshots",
    "ledger_entries",
)

__all__ = [
    "APPEND_ONLY",
    "Action",
    "Base",
    "BaselineFreeze",
    "DueDate",
    "Installation",
    "Judgement",
    "JudgementEvent",
    "LedgerEntry",
    "Measure",
    "Milestone",
    "MilestoneCompletion",
    "Narrative",
    "Objective",
    "Observation",
    "Partner",
    "Person",
    "Plan",
    "Priority",
    "ProgressUpdate",
    "RefreshDecision",
    "Review",
    "SeriesBreak",
    "SignInFailure",
    "Snapshot",
    "Submission",
    "Target",
    "action_partners",
]
