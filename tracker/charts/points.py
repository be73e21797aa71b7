"""What a picture of a measure is made from: its periods in order, and where they are absent.

Small frozen inputs of our own, so that a picture needs no database row and no rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from tracker.domain.vocabulary import Frequency, ObservationState, Unit

#: Why a period has no number, where its state says so.
STATE_WORDS = {
    ObservationState.WITHHELD: "Withheld",
    ObservationState.NOT_COLLECTED: "Not collected",
}


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One period of a measure.

    :param start: first day of the period; the axis and its financial years hang on it.
    :param label: the period in full ("January 2017"); ``short_label`` as on an axis ("Jan 2017").
    :param value: in the measure's unit; ``None`` if there is no number (zero is one).
    :param state: what is known of the period; ``None`` if nothing was reported.
    :param reason: why nothing is known, in a word or two; said only where ``state`` is ``None``.
    :raises ValueError: if a number comes with a state that has none: withheld means unseen.
    """

    start: date
    label: str
    short_label: str
    value: Decimal | None
    state: ObservationState | None
    reason: str = "Not reported"

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
class MeasureSeries:
    """A measure over time, as one picture shows it.

    :param unit_noun: what is counted, in the plural ("crimes"); empty for percentages.
    :param points: every period from first to last, oldest first, the missing ones included.
    :param target_per_period: level of the target's line in the measure's unit; ``None``: no line.
    :param target_label: the words at the line ("Target 253").
    :param heading: the message of the picture, as a sentence or a heading.
    """

    title: str
    unit: Unit
    unit_noun: str
    frequency: Frequency
    points: tuple[ChartPoint, ...]
    target_per_period: Decimal | None
    target_label: str
    heading: str

    @property
    def values(self) -> list[Decimal]:
        """The numbers that are there, oldest first."""
        return [point.value for point in self.points if point.value is not None]

    @property
    def scope(self) -> str:
        """What the scale counts: "Crimes a month", "Percent by quarter"."""
        period = {"monthly": "month", "quarterly": "quarter", "yearly": "year"}[self.frequency]
        noun = self.unit_noun.strip()
        if self.unit is Unit.PERCENT:
            return f"Percent by {period}"
        return f"{noun[:1].upper()}{noun[1:]} a {period}" if noun else f"Number a {period}"

    def latest(self, count: int) -> "MeasureSeries":
        """Return the same series with its last periods only, at most ``count`` of them."""
        return replace(self, points=self.points[-count:])


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
