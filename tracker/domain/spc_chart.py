"""What a chart of usual variation (XmR) holds: points, segments, signals and the two icons.

How one is worked out stands in :mod:`tracker.domain.spc`. Labels are anything ordered; values
and limits are in the measure's unit.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from tracker.domain.vocabulary import Direction

#: Limits lie so many mean moving ranges from the mean: 3 / 1.128 (Wheeler 1993).
LIMIT_FACTOR = Decimal("2.66")


class Finding(StrEnum):
    """What a point or a chart shows; the signals come first, in the order of display."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"
    COMMON_CAUSE = "common_cause"
    CONSTANT = "constant"
    TRIAL = "trial"
    NO_DATA = "no_data"

    @property
    def sentence(self) -> str:
        """What it means, in one sentence."""
        return _SENTENCES[self]


_SENTENCES = {
    Finding.OUTSIDE: "A point outside the limits is unlikely to be chance.",
    Finding.TREND: "Seven points in a row, each above (or each below) the one before, are a trend.",
    Finding.TWO_OF_THREE: "Two of three points near the same limit are unlikely to be chance.",
    Finding.SHIFT: "Seven points in a row on one side of the average are a shift.",
    Finding.COMMON_CAUSE: "The points vary as usual; nothing shows that anything changed.",
    Finding.CONSTANT: "Every point is the same, so there is no usual variation to compare with.",
    Finding.TRIAL: "With under 13 points the limits are a trial and are not used yet.",
    Finding.NO_DATA: "There are no points to judge by.",
}


class Side(StrEnum):
    """On which side of the mean a signal lies; for a trend, which way it runs."""

    HIGH = "high"
    LOW = "low"


class Meaning(StrEnum):
    """What a signal is, given which way is good."""

    IMPROVING = "improving"
    CONCERNING = "concerning"
    NEUTRAL = "neutral"
    COMMON_CAUSE = "common_cause"


@dataclass(frozen=True, slots=True)
class Variation:
    """The variation icon; ``side`` is ``None`` for common cause alone."""

    meaning: Meaning
    side: Side | None = None


class Assurance(StrEnum):
    """The assurance icon: whether usual variation meets the target."""

    PASSING = "passing"
    HIT_OR_MISS = "hit_or_miss"
    FAILING = "failing"


class Point(NamedTuple):
    """One period: any ordered label, and its value, ``None`` if missing."""

    label: Any
    value: Decimal | None
    is_provisional: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts in mean, limits and the number of points."""
        return self.value is not None and not self.is_provisional


class Signal(NamedTuple):
    """Why a point is not noise, and on which side."""

    finding: Finding
    side: Side


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of points between breaks: places ``first`` to ``last``, both included.

    :param mean: of the counting points that set the limits; ``None`` where there is none.
    :param mean_range: mean moving range; it and the limits are ``None`` where no two
        counting points are neighbours.
    :param counting: points that are present and not provisional.
    :param is_trial: whether there are too few of them for its limits and signals to be drawn,
        worded or used yet.
    """

    number: int
    first: int
    last: int
    counting: int
    is_trial: bool
    mean: Decimal | None = None
    mean_range: Decimal | None = None

    @property
    def upper(self) -> Decimal | None:
        """The upper limit, mean + 2.66 mean moving ranges."""
        return self._off(LIMIT_FACTOR)

    @property
    def lower(self) -> Decimal | None:
        """The lower limit; never clipped, so it may be below what the unit can be."""
        return self._off(-LIMIT_FACTOR)

    @property
    def near_upper(self) -> Decimal | None:
        """Two thirds of the way to the upper limit."""
        return self._off(LIMIT_FACTOR * 2 / 3)

    @property
    def near_lower(self) -> Decimal | None:
        """Two thirds of the way to the lower limit."""
        return self._off(-LIMIT_FACTOR * 2 / 3)

    @property
    def sigma(self) -> Decimal | None:
        """A third of the way to a limit, in the measure's unit."""
        return None if self.mean_range is None else self.mean_range * LIMIT_FACTOR / 3

    def _off(self, factor: Decimal) -> Decimal | None:
        if self.mean is None or self.mean_range is None:
            return None
        return self.mean + factor * self.mean_range


class ChartedPoint(NamedTuple):
    """A point with the number of its segment and every signal it belongs to, first shown first."""

    label: Any
    value: Decimal | None
    is_provisional: bool
    segment: int
    signals: tuple[Signal, ...] = ()

    @property
    def signal(self) -> Signal | None:
        """The signal that is displayed, ``None`` where the point varies as usual."""
        return self.signals[0] if self.signals else None


@dataclass(frozen=True, slots=True)
class XmrChart:
    """A whole chart.

    :param points: every period, oldest first.
    :param segments: at least one where there are points.
    :param variation: from the latest present point; ``None`` while the last segment is a trial.
    :param assurance: from the limits of the last segment; ``None`` while it is a trial, and
        where there is no target or neither way is good.
    :param chance: that the next period meets the target, 0 to 1; ``None`` as for assurance.
    :param suggested_break: label of the first of the latest points, 8 or more, that lie on one
        side of the last segment's mean; a person may make it a break.
    """

    points: tuple[ChartedPoint, ...]
    segments: tuple[Segment, ...]
    good: Direction
    target: Decimal | None
    variation: Variation | None = None
    assurance: Assurance | None = None
    chance: float | None = None
    suggested_break: Any = None

    @property
    def current(self) -> Segment | None:
        """The last segment, ``None`` where there are no points."""
        return self.segments[-1] if self.segments else None

    @property
    def is_trial(self) -> bool:
        """Whether the last segment is too short to be used, or not there."""
        return self.current is None or self.current.is_trial

    @property
    def latest(self) -> ChartedPoint | None:
        """The latest point with a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def finding(self) -> Finding:
        """What the latest point shows, or why it shows nothing."""
        current = self.current
        if current is None or current.mean is None:
            return Finding.NO_DATA
        if current.is_trial or current.mean_range is None:
            return Finding.TRIAL
        latest = self.latest
        if latest is not None and latest.signal is not None:
            return latest.signal.finding
        return Finding.CONSTANT if current.mean_range == 0 else Finding.COMMON_CAUSE

    def is_rare(self, threshold: Decimal) -> bool:
        """Whether the last segment's mean is under so many a period: too few for a chart."""
        mean = self.current.mean if self.current is not None else None
        return mean is not None and mean < threshold

    def meaning(self, signal: Signal) -> Meaning:
        """Return what a signal is, given which way is good."""
        return meaning_of(signal.side, self.good)


def meaning_of(side: Side, good: Direction) -> Meaning:
    """Return what lying or running on a side is, given which way is good."""
    if good not in (Direction.LOWER, Direction.HIGHER):
        return Meaning.NEUTRAL
    is_good = (side is Side.LOW) is (good is Direction.LOWER)
    return Meaning.IMPROVING if is_good else Meaning.CONCERNING
