"""The parts of a plan as they are typed, and the rules for them.

Each ``...Details`` is what a form or a loader hands to a service; ``checked`` returns it with
trimmed texts or raises RuleBroken beside the first field that breaks a rule.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.domain.dates import checked_day
from tracker.domain.errors import RuleBroken
from tracker.domain.texts import checked
from tracker.domain.vocabulary import (
    Aggregation,
    Direction,
    Frequency,
    Marking,
    PriorityKind,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def checked_code(code: str) -> str:
    """Return a code such as P1.2 without blanks.

    :raises RuleBroken: beside "code".
    """
    trimmed = checked(code, "code", label="a code, such as P1.2", longest=20)
    if not _CODE.fullmatch(trimmed):
        raise RuleBroken("Use letters, digits, dots and hyphens only, such as P1.2", "code")
    return trimmed


def checked_title(title: str) -> str:
    """Return a title of up to 300 characters; raise RuleBroken beside "title"."""
    return " ".join(checked(title, "title", label="the title", longest=300).split())


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """A plan; its period is whole days, first and last included."""

    title: str
    vision: str
    starts_on: date
    ends_on: date
    review_on: date
    suppression_threshold: int = 5

    def checked(self) -> "PlanDetails":
        """Return the details if a plan can have them."""
        for field in ("starts_on", "ends_on", "review_on"):
            checked_day(getattr(self, field), field)
        if self.ends_on <= self.starts_on:
            raise RuleBroken("Enter a last day after the first day", "ends_on")
        if self.review_on < self.starts_on:
            raise RuleBroken("Enter a review date after the plan's first day", "review_on")
        if not 0 <= self.suppression_threshold <= 50:
            raise RuleBroken("Enter a number from 0 to 50", "suppression_threshold")
        vision = checked(self.vision, "vision", label="the vision", needed=False)
        return replace(self, title=checked_title(self.title), vision=vision)


@dataclass(frozen=True, slots=True)
class PriorityDetails:
    """A priority or strand."""

    code: str
    title: str
    aim: str
    kind: PriorityKind
    lead_partner_id: int
    marking: Marking = Marking.OFFICIAL
    source: str = ""

    def checked(self) -> "PriorityDetails":
        """Return the details if a priority can have them."""
        aim = checked(self.aim, "aim", label="the aim", longest=1000, needed=False)
        return replace(self, code=checked_code(self.code), title=checked_title(self.title), aim=aim)


@dataclass(frozen=True, slots=True)
class ObjectiveDetails:
    """An objective under a priority."""

    code: str
    title: str
    is_critical: bool = False
    marking: Marking = Marking.OFFICIAL
    source: str = ""

    def checked(self) -> "ObjectiveDetails":
        """Return the details if an objective can have them."""
        return replace(self, code=checked_code(self.code), title=checked_title(self.title))


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """An action.

    :param due_reason: why the due date moves; needed when an existing one does.
    """

    code: str
    title: str
    lead_partner_id: int
    starts_on: date
    due_on: date
    supporting_partner_ids: tuple[int, ...] = ()
    is_critical: bool = False
    marking: Marking = Marking.OFFICIAL
    due_reason: str = ""
    source: str = ""
    lead_source: str = ""
    due_source: str = ""

    def checked(self) -> "ActionDetails":
        """Return the details if an action can have them."""
        checked_day(self.starts_on, "starts_on")
        checked_day(self.due_on, "due_on")
        if self.due_on < self.starts_on:
            raise RuleBroken("Enter a due date on or after the start", "due_on")
        if self.lead_partner_id in self.supporting_partner_ids:
            raise RuleBroken(
                "The lead partner cannot support its own action", "supporting_partner_ids"
            )
        reason = checked(
            self.due_reason, "due_reason", label="the reason", longest=500, needed=False
        )
        return replace(
            self,
            code=checked_code(self.code),
            title=checked_title(self.title),
            due_reason=reason,
        )


@dataclass(frozen=True, slots=True)
class MilestoneDetails:
    """A step of an action."""

    title: str
    due_on: date
    provenance: Provenance = Provenance.RECORDED

    def checked(self) -> "MilestoneDetails":
        """Return the details if a milestone can have them."""
        checked_day(self.due_on, "due_on")
        return replace(self, title=checked_title(self.title))


@dataclass(frozen=True, slots=True)
class TargetDetails:
    """Baseline, target and the path between.

    :param target: where the measure adds up over the year, the year's total.
    :param tolerance_percent: shortfall still amber, in percent of the value required.
    :param reason: why it changes; needed when an existing target does.
    """

    baseline: Decimal | None
    baseline_label: str
    target: Decimal | None
    tolerance_percent: Decimal
    starts_on: date
    ends_on: date
    trajectory: Trajectory = Trajectory.LINEAR
    provenance: Provenance = Provenance.RECORDED
    reason: str = ""

    def checked(self) -> "TargetDetails":
        """Return the details if a measure can have them."""
        checked_day(self.starts_on, "target_starts_on")
        checked_day(self.ends_on, "target_ends_on")
        if self.ends_on <= self.starts_on:
            raise RuleBroken("Enter a last day after the first day", "target_ends_on")
        for field in ("baseline", "target"):
            value = getattr(self, field)
            if value is not None and not 0 <= value <= 10**12:
                raise RuleBroken("Enter a number from 0 to 1,000,000,000,000", field)
        if not 0 <= self.tolerance_percent <= 100:
            raise RuleBroken("Enter a percentage from 0 to 100", "tolerance_percent")
        label = checked(
            self.baseline_label,
            "baseline_label",
            label="the baseline's year",
            longest=60,
            needed=False,
        )
        reason = checked(
            self.reason, "target_reason", label="the reason", longest=500, needed=False
        )
        return replace(self, baseline_label=label, reason=reason)


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """A measure; its target stands beside it in :class:`TargetDetails`."""

    code: str
    title: str
    owner_partner_id: int
    unit: Unit
    standing: Standing
    direction: Direction
    frequency: Frequency
    aggregation: Aggregation
    collected_from: date
    unit_noun: str = ""
    definition: str = ""
    is_cumulative: bool = False
    lag_days: int = 30
    has_small_numbers: bool = False
    data_source: str = ""
    licence: str = ""
    note: str = ""
    provenance: Provenance = Provenance.RECORDED
    marking: Marking = Marking.OFFICIAL
    source: str = ""

    def checked(self) -> "MeasureDetails":
        """Return the details if a measure can have them."""
        checked_day(self.collected_from, "collected_from")
        if not 0 <= self.lag_days <= 400:
            raise RuleBroken("Enter a number of days from 0 to 400", "lag_days")
        if self.unit is Unit.PERCENT and self.aggregation is Aggregation.SUM:
            raise RuleBroken(
                "Percentages do not add up: choose the latest or the average", "aggregation"
            )
        texts: dict[str, Any] = {
            field: checked(getattr(self, field), field, label=label, longest=longest, needed=False)
            for field, label, longest in (
                ("unit_noun", "what is counted", 60),
                ("definition", "the definition", 2000),
                ("data_source", "the source", 300),
                ("licence", "the licence", 200),
                ("note", "the note", 2000),
            )
        }
        return replace(self, code=checked_code(self.code), title=checked_title(self.title), **texts)
