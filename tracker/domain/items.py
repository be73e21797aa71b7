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
from tracker.domain.wording import plain

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
#: What a rate says it is per: "crimes per 1,000 residents".
_PER = re.compile(r"\bper\b\s*([\d,.]*)", re.IGNORECASE)
_LARGEST = 10**12
#: Units whose periods do not add up, as a sentence begins with them.
_DO_NOT_ADD_UP = {
    Unit.RATE: "Rates",
    Unit.PERCENT: "Percentages",
    Unit.AVERAGE: "Averages",
    Unit.YES_NO: "Yes and no",
}


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
    """Baseline, target and the path between, or the band to be kept.

    :param target: where the measure adds up over the year, the year's total; 1 for yes, 0 for no.
    :param tolerance_percent: shortfall still amber, in percent of the value required.
    :param tolerance_absolute: the same in the measure's unit; where set, it alone counts.
    :param band_low: for a measure to be maintained alone, the least that is good; ``band_high``
        the most. ``None`` leaves that side open.
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
    tolerance_absolute: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None

    def checked(self, unit: Unit, direction: Direction) -> "TargetDetails":
        """Return the details if a measure of this unit and direction can have them."""
        checked_day(self.starts_on, "target_starts_on")
        checked_day(self.ends_on, "target_ends_on")
        if self.ends_on <= self.starts_on:
            raise RuleBroken("Enter a last day after the first day", "target_ends_on")
        for field in ("baseline", "target", "band_low", "band_high"):
            value = getattr(self, field)
            if value is not None:
                _check_level(value, unit, field)
        self._check_tolerance()
        self._check_band(direction)
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

    def _check_tolerance(self) -> None:
        if not _is_within(self.tolerance_percent, 0, 100):
            raise RuleBroken("Enter a percentage from 0 to 100", "tolerance_percent")
        absolute = self.tolerance_absolute
        if absolute is not None and not _is_within(absolute, 0, _LARGEST):
            raise RuleBroken("Enter a number from 0 to 1,000,000,000,000", "tolerance_absolute")

    def _check_band(self, direction: Direction) -> None:
        edges = {"band_low": self.band_low, "band_high": self.band_high}
        given = {field: edge for field, edge in edges.items() if edge is not None}
        if direction is not Direction.MAINTAIN:
            for field in given:
                raise RuleBroken(
                    "Leave this empty: only a measure kept within a band has edges", field
                )
            return
        if self.target is not None:
            raise RuleBroken(
                "Leave this empty: a measure kept within a band has the band, not a target",
                "target",
            )
        if not given:
            raise RuleBroken("Enter the lowest or the highest good value, or both", "band_low")
        if len(given) == 2 and given["band_low"] > given["band_high"]:
            raise RuleBroken("Enter a number that is not below the lowest", "band_high")


def _check_level(value: Decimal, unit: Unit, field: str) -> None:
    """Refuse what no value of the unit can reach, beside the field."""
    low, high, words = {
        Unit.PERCENT: (0, 100, "Enter a percentage from 0 to 100"),
        Unit.YES_NO: (0, 1, "Enter 1 for yes or 0 for no"),
        Unit.AVERAGE: (-_LARGEST, _LARGEST, "Enter a number of at most 1,000,000,000,000"),
    }.get(unit, (0, _LARGEST, "Enter a number from 0 to 1,000,000,000,000"))
    if not _is_within(value, low, high) or (unit is Unit.YES_NO and value not in (0, 1)):
        raise RuleBroken(words, field)


def _is_within(value: Decimal, low: int, high: int) -> bool:
    return value.is_finite() and low <= value <= high


@dataclass(frozen=True, slots=True)
class MeasureDetails:
    """A measure; its target stands beside it in :class:`TargetDetails`.

    :param unit_noun: what is counted, in the plural; for a rate with what it is per.
    :param per: of how many a rate counts; ``None`` for all other units.
    :param is_screened: whether extreme moving ranges are left out of the limits of its chart.
    """

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
    per: Decimal | None = None
    is_screened: bool = True

    def checked(self) -> "MeasureDetails":
        """Return the details if a measure can have them; the noun of a rate says what it is per."""
        checked_day(self.collected_from, "collected_from")
        if not 0 <= self.lag_days <= 400:
            raise RuleBroken("Enter a number of days from 0 to 400", "lag_days")
        self._check_per()
        self._check_unit()
        texts: dict[str, Any] = {
            field: checked(text, field, label=label, longest=longest, needed=False)
            for field, text, label, longest in (
                ("unit_noun", self._noun(), "what is counted", 60),
                ("definition", self.definition, "the definition", 2000),
                ("data_source", self.data_source, "the source", 300),
                ("licence", self.licence, "the licence", 200),
                ("note", self.note, "the note", 2000),
            )
        }
        return replace(self, code=checked_code(self.code), title=checked_title(self.title), **texts)

    def _check_per(self) -> None:
        if self.unit is not Unit.RATE:
            if self.per is not None:
                raise RuleBroken("Leave this empty: only a rate is per so many", "per")
        elif self.per is None or not _is_within(self.per, 0, _LARGEST) or self.per == 0:
            raise RuleBroken("Enter of how many the rate counts, such as 1,000", "per")

    def _check_unit(self) -> None:
        """Refuse a year that values of this unit cannot make, and a band that they have not."""
        plural = _DO_NOT_ADD_UP.get(self.unit)
        if self.unit is Unit.YES_NO and self.aggregation is not Aggregation.LATEST:
            raise RuleBroken("Yes and no make no total: choose the latest", "aggregation")
        if plural and self.aggregation is Aggregation.SUM:
            raise RuleBroken(
                f"{plural} do not add up: choose the latest or the average", "aggregation"
            )
        has_no_total = self.unit in (Unit.AVERAGE, Unit.YES_NO)
        if self.is_cumulative and (has_no_total or self.aggregation is Aggregation.AVERAGE):
            raise RuleBroken(
                "Leave this unticked: these values are no total of the year", "is_cumulative"
            )
        if self.is_cumulative and self.aggregation is Aggregation.SUM:
            raise RuleBroken(
                "Totals of the year so far do not add up: choose the latest", "aggregation"
            )
        if self.unit is Unit.YES_NO and self.direction is Direction.MAINTAIN:
            raise RuleBroken("Yes and no have no band: choose which is better", "direction")

    def _noun(self) -> str:
        """Return what is counted; a rate's noun says per how many, and says it rightly."""
        if self.unit is not Unit.RATE or self.per is None:
            return self.unit_noun
        noun, many = self.unit_noun.strip(), plain(self.per)
        said = [found.rstrip(".,") for found in _PER.findall(noun)]
        if not said:
            return f"{noun} per {many}".strip()
        # "Per resident" says one without the number.
        if many not in said and many.replace(",", "") not in said and (self.per != 1 or any(said)):
            raise RuleBroken(
                f"Say per how many it is counted, such as crimes per {many} residents", "unit_noun"
            )
        return noun
