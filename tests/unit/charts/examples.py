"""Series to draw: the real one, and those that a picture could trip over."""

from datetime import date
from decimal import Decimal

from tracker.charts.lettering import written
from tracker.charts.measures import ChartPoint, MeasureSeries
from tracker.charts.points import Goal
from tracker.charts.series import with_chart
from tracker.domain.spc import xmr
from tracker.domain.spc_chart import Point
from tracker.domain.vocabulary import Direction, Frequency, ObservationState, Unit

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


def level(value, label=None, name="Target"):
    """A goal that asks the same in every period."""
    height = Decimal(str(value))
    return Goal(name, f"{name} {written(height, Unit.COUNT)}" if label is None else label, height)


def path(values, label="Required 86, to reach 90"):
    """A goal along a path; ``None`` before it holds."""
    heights = tuple(None if value is None else Decimal(str(value)) for value in values)
    return Goal("Required", label, None, heights)


def series(points, *, good=Direction.LOWER, breaks=(), is_charted=True, **changes):
    """A series with the chart of its points.

    ``breaks`` are places of the first points after each.
    """
    given = {
        "title": "Acquisitive crimes recorded",
        "unit": Unit.COUNT,
        "unit_noun": "crimes",
        "frequency": Frequency.MONTHLY,
        "goals": (level("252.8", "Target 253"),),
        "heading": "Over the target in nine months of ten",
    }
    made = MeasureSeries(points=tuple(points), **given | changes)
    if not is_charted or made.unit is Unit.YES_NO:
        return made
    starts = [made.points[place].start for place in breaks]
    charted = [Point(point.start, point.value, point.is_provisional) for point in made.points]
    return with_chart(made, xmr(charted, good=good, breaks=starts))


def months(values, **changes):
    return series([month(i, value) for i, value in enumerate(values)], **changes)


def without_target(points, **changes):
    return series(points, goals=(), **changes)


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
    return series(points, goals=(level(8),))


#: Recorded each month from January to November 2014.
EARLIER = (252, 308, 342, 321, 279, 284, 336, 317, 317, 332, 302)


def long(**changes):
    """January 2014 to January 2017: a gap of thirteen months, seven low months, one provisional."""
    first = [month(i, value) for i, value in enumerate(EARLIER)]
    gap = [month(11 + i, None, reason="No file held") for i in range(13)]
    last = [month(24 + i, value) for i, value in enumerate((215, 245, 258, *THIS_YEAR[:-1]))]
    return series([*first, *gap, *last, month(36, THIS_YEAR[-1], PROVISIONAL)], **changes)


def wavering(count, middle=100, reach=20):
    """Values that vary and mean nothing."""
    return [middle + reach * (i * 37 % 11 - 5) / 5 for i in range(count)]


def shifted(**changes):
    """Usual months, then eight high ones with the last beyond the limit."""
    values = [*wavering(20), *(118, 124, 117, 121, 126, 119, 128, 175)]
    return months(values, goals=(level(90),), **changes)


def with_breaks():
    """Two breaks: the last stretch is long enough for limits, the middle one is not."""
    values = [*wavering(18), *wavering(6, 160), *wavering(16, 60, 10)]
    return months(values, breaks=(18, 24), goals=(level(55),))


AWKWARD = {
    "no periods": series([]),
    "no periods, no target": without_target([]),
    "one": months([5]),
    "two": months([5, 7]),
    "all missing": months([None] * 12),
    "all missing, no target": without_target([month(i, None) for i in range(12)]),
    "all zero": without_target([month(i, 0) for i in range(12)]),
    "negative": months([-5, 3, -8, 2], goals=(level(-2),)),
    "far below zero": without_target([month(i, -900 - i * 7) for i in range(6)]),
    "huge": months([10**12, 12 * 10**11, 1234567 * 10**6], goals=(level(10**12, "Target 1tn"),)),
    "huge and alike": without_target([month(i, 10**12 + i) for i in range(3)]),
    "tiny": months(["0.000001", "0.0000012"], goals=(level("0.000001", "Target 0.000001"),)),
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
    "rates": months(
        ["12.32876712328767123287671233", "11.5"], unit=Unit.RATE, unit_noun="per 1,000"
    ),
    "averages": months(["-2.5", "0", "3.25"], unit=Unit.AVERAGE, unit_noun="degrees"),
    "yes and no": without_target([month(i, i % 2) for i in range(6)], unit=Unit.YES_NO),
    "real": real(),
    "marked": marked(),
    "long": long(),
    "shifted": shifted(),
    "shifted, neither good": shifted(good=Direction.NEUTRAL),
    "shifted for the better": shifted(good=Direction.HIGHER),
    "two breaks": with_breaks(),
    "a break at once": months(wavering(14), breaks=(0,)),
    "twelve": months(wavering(12)),
    "thirteen": months(wavering(13)),
    "all provisional": series([month(i, 5 + i % 3, PROVISIONAL) for i in range(14)]),
    "all alike": months([7] * 20, goals=(level(7),)),
    "near zero": without_target([month(i, i * 7 % 4) for i in range(20)]),
    "near a hundred": months(
        [99.5 - i * 7 % 4 for i in range(20)],
        unit=Unit.PERCENT,
        unit_noun="",
        good=Direction.HIGHER,
        goals=(path([None] * 6 + [80 + i for i in range(14)], "Required 93%, to reach 95%"),),
    ),
    "within a band": months(
        wavering(20),
        good=Direction.MAINTAIN,
        goals=(level(85, name="At least"), level(115, name="At most")),
    ),
    "averages below zero": months(
        wavering(20, -40, 8), unit=Unit.AVERAGE, unit_noun="degrees", goals=(level(-45),)
    ),
    "a trillion": months([10**12 + i * 37 % 11 * 10**9 for i in range(20)], goals=()),
    "a millionth": months([f"0.00000{1 + i * 37 % 9}" for i in range(20)], goals=()),
    "a provisional signal": series(
        [*(month(i, value) for i, value in enumerate(wavering(20))), month(20, 180, PROVISIONAL)]
    ),
}
