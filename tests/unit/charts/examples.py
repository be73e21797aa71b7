"""Series to draw: the real one, and those that a picture could trip over."""

from datetime import date
from decimal import Decimal

from tracker.charts.measures import ChartPoint, MeasureSeries
from tracker.domain.vocabulary import Frequency, ObservationState, Unit

FINAL = ObservationState.FINAL
PROVISIONAL = ObservationState.PROVISIONAL
WITHHELD = ObservationState.WITHHELD
NOT_COLLECTED = ObservationState.NOT_COLLECTED

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

#: Recorded each month from April 2016, the last one provisional.
THIS_YEAR = (276, 257, 286, 290, 316, 318, 279, 312, 290, 247)


def month(count, value, state=FINAL, reason="Not reported"):
    """A month as so many after January 2014."""
    year, index = 2014 + count // 12, count % 12
    number = None if value is None else Decimal(str(value))
    known = state if number is not None or not state.has_value else None
    name = MONTHS[index]
    start = date(year, index + 1, 1)
    return ChartPoint(start, f"{name} {year}", f"{name[:3]} {year}", number, known, reason)


def quarter(year, index, value):
    first, last = MONTHS[index * 3], MONTHS[index * 3 + 2]
    start = date(year, index * 3 + 1, 1)
    short = f"{first[:3]} to {last[:3]} {year}"
    return ChartPoint(start, f"{first} to {last} {year}", short, Decimal(str(value)), FINAL)


def financial_year(year, value):
    label = f"{year}/{(year + 1) % 100:02d}"
    return ChartPoint(date(year, 4, 1), label, label, Decimal(str(value)), FINAL)


def series(points, **changes):
    given = {
        "title": "Acquisitive crimes recorded",
        "unit": Unit.COUNT,
        "unit_noun": "crimes",
        "frequency": Frequency.MONTHLY,
        "target_per_period": Decimal("252.8"),
        "target_label": "Target 253",
        "heading": "Over the target in nine months of ten",
    }
    return MeasureSeries(points=tuple(points), **given | changes)


def months(values, **changes):
    return series([month(i, value) for i, value in enumerate(values)], **changes)


def without_target(points, **changes):
    return series(points, target_per_period=None, target_label="", **changes)


def real():
    """November 2014, a gap of thirteen months, January to March 2016, and the year since."""
    before = [month(10, 302)]
    gap = [month(11 + i, None, reason="No file held") for i in range(13)]
    after = [month(24 + i, value) for i, value in enumerate((215, 245, 258, *THIS_YEAR[:-1]))]
    return series([*before, *gap, *after, month(36, THIS_YEAR[-1], PROVISIONAL)])


def marked():
    """Withheld, not collected, not reported, a true zero, and provisional in the middle."""
    values = [12, None, 0, 5, None, 9, None, 4]
    states = {1: WITHHELD, 3: PROVISIONAL, 4: NOT_COLLECTED}
    points = [month(i, value, states.get(i, FINAL)) for i, value in enumerate(values)]
    return series(points, target_per_period=Decimal(8), target_label="Required 8")


AWKWARD = {
    "no periods": series([]),
    "no periods, no target": without_target([]),
    "one": months([5]),
    "two": months([5, 7]),
    "all missing": months([None] * 12),
    "all missing, no target": without_target([month(i, None) for i in range(12)]),
    "all zero": without_target([month(i, 0) for i in range(12)]),
    "negative": months([-5, 3, -8, 2], target_per_period=Decimal(-2)),
    "far below zero": without_target([month(i, -900 - i * 7) for i in range(6)]),
    "huge": months([10**12, 12 * 10**11, 1234567 * 10**6], target_per_period=Decimal(10**12)),
    "huge and alike": without_target([month(i, 10**12 + i) for i in range(3)]),
    "tiny": months(["0.000001", "0.0000012"], target_per_period=Decimal("0.000001")),
    "ten years": months([200 + i * 37 % 90 if i % 17 else None for i in range(120)]),
    "every other one missing": months([None if i % 2 else i for i in range(60)]),
    "quarters": series(
        [quarter(2015 + i // 4, i % 4, 60 + i) for i in range(9)], frequency=Frequency.QUARTERLY
    ),
    "thirty years of quarters": series(
        [quarter(1987 + i // 4, i % 4, 60 + i % 7) for i in range(120)],
        frequency=Frequency.QUARTERLY,
    ),
    "years": series(
        [financial_year(2008 + i, 60 + i) for i in range(9)], frequency=Frequency.YEARLY
    ),
    "a century": series(
        [financial_year(1900 + i, 60 + i) for i in range(120)], frequency=Frequency.YEARLY
    ),
    "percentages": months([91, 99.5, 100], unit=Unit.PERCENT, unit_noun=""),
    "real": real(),
    "marked": marked(),
}
