"""What a picture of a measure is made from: its periods in order, its usual range and goals.

Small frozen inputs of our own, so that a picture needs no database row and no rule. Values and
heights are in the measure's unit; places count periods from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from tracker.domain.spc_chart import Finding, Meaning, Side, Signal
from tracker.domain.vocabulary import Frequency, ObservationState, Unit

#: Why a period has no number, where its state says so.
STATE_WORDS = {
    ObservationState.WITHHELD: "Withheld",
    ObservationState.NOT_COLLECTED: "Not collected",
}
_MEANINGS = {
    Meaning.IMPROVING: "better",
    Meaning.CONCERNING: "worse",
    Meaning.NEUTRAL: "",
    Meaning.COMMON_CAUSE: "",
}
#: What the scale of a unit counts, with what is counted; a count stands apart.
_SCOPES = {
    Unit.RATE: "{}",
    Unit.PERCENT: "percent",
    Unit.AVERAGE: "average {}",
    Unit.YES_NO: "yes or no",
}


@dataclass(frozen=True, slots=True)
class PointSignal:
    """Why a point is not noise.

    :param words: the signal that is shown ("Below the lower limit").
    :param signals: every signal that the point belongs to, the one that is shown first.
    """

    meaning: Meaning
    words: str
    signals: tuple[Signal, ...]

    @property
    def side(self) -> Side:
        """On which side of the average it lies; for a trend, which way it runs."""
        return self.signals[0].side

    @property
    def finding(self) -> Finding:
        """The kind of signal that is shown."""
        return self.signals[0].finding

    @property
    def said(self) -> str:
        """The signal and what it means: "Below the lower limit (better)"."""
        meaning = _MEANINGS[self.meaning]
        return f"{self.words} ({meaning})" if meaning else self.words


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period of a measure.

    :param start: first day of the period; the axis and its financial years hang on it.
    :param label: the period in full ("January 2017"); ``short_label`` as on an axis ("Jan 2017").
    :param value: in the measure's unit; ``None`` if there is no number (zero is one).
    :param state: what is known of the period; ``None`` if nothing was reported.
    :param reason: why nothing is known, in a word or two; said only where ``state`` has no words.
    :param signal: ``None`` where the point varies as usual, or there is too little to tell.
    :raises ValueError: if a number comes with a state that has none: withheld means unseen.
    """

    start: date
    label: str
    short_label: str
    value: Decimal | None
    state: ObservationState | None
    reason: str = "Not reported"
    signal: PointSignal | None = None

    def __post_init__(self) -> None:
        if self.value is not None and self.state is not None and not self.state.has_value:
            raise ValueError(f"{self.label}: {self.state} carries no number")

    @property
    def is_provisional(self) -> bool:
        """Whether the number may still change."""
        return self.value is not None and self.state is ObservationState.PROVISIONAL

    @property
    def absence(self) -> str:
        """Why there is no number; empty if there is one."""
        if self.value is not None:
            return ""
        return self.reason if self.state is None else STATE_WORDS.get(self.state, self.reason)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Periods between breaks, places ``first`` to ``last``, with their usual range as drawn.

    :param mean: ``None`` where no value sets one.
    :param lower: lower edge of the band, never beyond what the unit can be; it and ``upper``
        are ``None`` while there are too few values for limits.
    """

    first: int
    last: int
    mean: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """A line that values are held against: a target, the path to one, or the edge of a band.

    :param name: what it is in a table's head ("Target").
    :param label: the words at its right end ("Target 253").
    :param level: its height; where it is a path, ``None``.
    :param path: its height at each period, ``None`` where it does not hold yet; empty if level.
    """

    name: str
    label: str
    level: Decimal | None
    path: tuple[Decimal | None, ...] = ()

    def at(self, place: int) -> Decimal | None:
        """Return its height at a period, ``None`` where it does not hold yet."""
        return self.path[place] if self.path else self.level

    @property
    def heights(self) -> list[Decimal]:
        """Every height it has."""
        found = self.path or (self.level,)
        return [height for height in found if height is not None]


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """A measure over time, as one picture shows it.

    :param unit_noun: what is counted, in the plural ("crimes"); empty for percentages.
    :param points: every period from first to last, oldest first, the missing ones included.
    :param heading: the message of the picture, as a sentence or a heading.
    :param goals: none, one, or the two edges of a band.
    :param stretches: each after the first begins at a break; empty where nothing is charted.
    """

    title: str
    unit: Unit
    unit_noun: str
    frequency: Frequency
    points: tuple[ChartPoint, ...]
    heading: str
    goals: tuple[Goal, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def values(self) -> list[Decimal]:
        """The numbers that are there, oldest first."""
        return [point.value for point in self.points if point.value is not None]

    @property
    def scope(self) -> str:
        """What the scale counts: "Crimes a month", "Percent by quarter"."""
        period = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}[self.frequency]
        noun = self.unit_noun.strip()
        if self.unit is Unit.COUNT:
            return f"{noun[:1].upper()}{noun[1:]} a {period}" if noun else f"Number a {period}"
        words = _SCOPES[self.unit].format(noun).strip() or "Rate"
        return f"{words[:1].upper()}{words[1:]} by {period}"

    @property
    def breaks(self) -> list[int]:
        """The places of the first periods after a break, where one before it is shown too."""
        return [stretch.first for stretch in self.stretches if stretch.first > 0]

    @property
    def is_charted(self) -> bool:
        """Whether the latest stretch has limits, so that signals can be told from noise."""
        return bool(self.stretches) and self.stretches[-1].upper is not None

    def stretch_at(self, place: int) -> Stretch | None:
        """Return the stretch that a period lies in, ``None`` where nothing is charted."""
        return next((one for one in self.stretches if one.first <= place <= one.last), None)

    def latest(self, count: int) -> "MeasureSeries":
        """Return the same series with its last periods only, at most ``count`` of them."""
        dropped = max(0, len(self.points) - count)
        if not dropped:
            return self
        return replace(
            self,
            points=self.points[dropped:],
            goals=tuple(replace(goal, path=goal.path[dropped:]) for goal in self.goals),
            stretches=tuple(
                replace(one, first=max(0, one.first - dropped), last=one.last - dropped)
                for one in self.stretches
                if one.last >= dropped
            ),
        )


@dataclass(frozen=True, slots=True)
class Absence:
    """Neighbouring periods without a number, for one reason; places count from 0."""

    first: int
    last: int
    reason: str
    first_label: str
    last_label: str

    @property
    def span(self) -> str:
        """The periods in words: "Dec 2014 to Dec 2015", or the one there is."""
        if self.first == self.last:
            return self.first_label
        return f"{self.first_label} to {self.last_label}"


def absences(points: tuple[ChartPoint, ...]) -> Iterator[Absence]:
    """Yield each stretch of periods without a number, oldest first."""
    for reason, stretch in groupby(enumerate(points), key=lambda placed: placed[1].absence):
        placed = list(stretch)
        if reason:
            (first, one), (last, other) = placed[0], placed[-1]
            yield Absence(first, last, reason, one.short_label, other.short_label)
