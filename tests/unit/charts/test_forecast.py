"""The picture of a year's end: a range beside its target and last year, never one number alone."""

import re
from datetime import date
from decimal import Decimal
from itertools import combinations

import plotly.graph_objects as go
import pytest

from tests.unit.charts.boxes import SVG, box_of, parsed, touch
from tests.unit.domain.factories import FIRST_DAY, RULES, level, measure, observations, target
from tracker.charts.forecast import WIDTHS, Reference, YearEnd, forecast_figure, year_end_of
from tracker.charts.plot import Plot, Slot
from tracker.charts.svg import Palette, svg
from tracker.domain.assessment import assess_measure
from tracker.domain.vocabulary import Aggregation, Unit

REAL = YearEnd(
    "Acquisitive crimes recorded",
    Unit.COUNT,
    point=Decimal("3445.2"),
    lower=Decimal(3373),
    upper=Decimal(3518),
    target=Decimal(3034),
    before=Reference("Last year", Decimal(3194)),
)


def held_against(goal, before, point=3445, lower=3373, upper=3518):
    return YearEnd(
        "Crimes",
        Unit.COUNT,
        Decimal(point),
        Decimal(lower),
        Decimal(upper),
        None if goal is None else Decimal(goal),
        None if before is None else Reference("Last year", Decimal(before)),
    )


AWKWARD = {
    "real": REAL,
    "inside the range": held_against(3450, 3440),
    "on the likeliest": held_against(3445, 3500),
    "beside the range": held_against(3370, 3365),
    "beyond it": held_against(3600, 3610),
    "nothing to compare with": held_against(None, None),
    "no last year": held_against(3300, None),
    "down to zero": held_against(0, 40, 12, 8, 18),
    "so few": held_against(1, 2, 0, 0, 4),
    "over a million": held_against(1190000, 1250000, 1234567, 1200000, 1260000),
}
every_year = pytest.mark.parametrize("year", AWKWARD.values(), ids=AWKWARD.keys())
every_slot = pytest.mark.parametrize("slot", WIDTHS)


def shapes(figure, name):
    return [shape for shape in figure["layout"]["shapes"] if shape["name"] == name]


def texts(figure):
    return [words["text"] for words in figure["layout"]["annotations"]]


@every_slot
@every_year
def test_plotly_takes_every_forecast(year, slot):
    go.Figure(forecast_figure(year, slot))


@every_slot
def test_the_range_is_a_box_with_the_likeliest_as_a_tick_beside_target_and_last_year(slot):
    figure = forecast_figure(REAL, slot)
    (box,), (tick,) = shapes(figure, "c-range"), shapes(figure, "c-likeliest")
    assert (box["x0"], box["x1"], tick["x0"]) == (3373, 3518, 3445.2)
    assert shapes(figure, "c-target")[0]["x0"] == 3034
    assert shapes(figure, "c-limit")[0]["x0"] == 3194
    assert texts(figure) == ["3,373 to 3,518", "Target 3,034", "Last year 3,194"]


def test_the_likeliest_total_is_never_written_alone():
    for slot in WIDTHS:
        drawn = svg(forecast_figure(REAL, slot), title="t", description=REAL.alternative)
        assert re.findall(r">3,445<", drawn) == []


def test_what_is_not_known_is_not_drawn():
    figure = forecast_figure(AWKWARD["nothing to compare with"], Slot.WIDE)
    assert shapes(figure, "c-target") == shapes(figure, "c-limit") == []
    assert texts(figure) == ["3,373 to 3,518"]


@every_slot
@every_year
def test_no_words_lie_on_others_or_leave_the_picture(year, slot):
    figure = forecast_figure(year, slot)
    plot = Plot.of(figure["layout"])
    boxes = [box_of(words, plot, leading=1.1) for words in figure["layout"]["annotations"]]
    assert not any(touch(one, other) for one, other in combinations(boxes, 2))
    assert all(box.left >= 0 and box.right <= WIDTHS[slot] for box in boxes)


@every_slot
@every_year
def test_no_line_runs_through_the_words_of_another(year, slot):
    figure = forecast_figure(year, slot)
    plot = Plot.of(figure["layout"])
    boxes = [box_of(words, plot, leading=1.1) for words in figure["layout"]["annotations"]]
    for shape in [*shapes(figure, "c-target"), *shapes(figure, "c-limit")]:
        x, top = plot.x(shape["x0"]), plot.y(shape["y1"], "paper")
        assert not any(box.left < x < box.right and box.bottom > top + 1 for box in boxes)


@every_slot
@every_year
def test_everything_stands_on_the_axis(year, slot):
    figure = forecast_figure(year, slot)
    low, high = figure["layout"]["xaxis"]["range"]
    for shape in figure["layout"]["shapes"]:
        assert low <= shape["x0"] <= shape["x1"] <= high


@every_slot
@pytest.mark.parametrize("palette", Palette)
def test_it_is_drawn_with_classes_on_a_page_and_with_colours_in_print(slot, palette):
    drawn = svg(
        forecast_figure(REAL, slot), palette=palette, title="Crimes", description=REAL.alternative
    )
    root = parsed(drawn)
    assert root.get("width") == str(WIDTHS[slot])
    (box,) = root.iter(f"{SVG}rect")
    is_page = palette is Palette.PAGE
    assert (box.get("class"), box.get("fill")) == (
        ("c-range", None) if is_page else (None, "#f1f1ee")
    )


def test_it_says_all_that_it_shows():
    assert REAL.heading == "Year end: 3,373 to 3,518"
    assert REAL.alternative == (
        "Year-end forecast 3,373 to 3,518, most likely 3,445; target 3,034; last year 3,194."
    )


def recorded(values, first=FIRST_DAY, **changes):
    facts = measure(observations=observations(values, first=first), **changes)
    return assess_measure(facts, RULES, date(2017, 1, 31))


def test_a_year_that_is_under_way_has_a_forecast():
    year = year_end_of(recorded(["10"] * 9))
    assert year is not None
    assert year.lower < year.point < year.upper
    assert (year.point, year.target) == (120, 120)


@pytest.mark.parametrize("values", [[], ["10"] * 2, ["10"] * 12])
def test_too_early_in_the_year_and_when_it_is_over_there_is_none(values):
    facts = measure(values)
    assert year_end_of(assess_measure(facts, RULES, date(2017, 5, 31))) is None


def test_a_level_has_no_year_to_end():
    assert year_end_of(assess_measure(level(["70"] * 3), RULES, date(2017, 1, 31))) is None


def test_without_a_full_last_year_the_baseline_is_compared():
    year = year_end_of(recorded(["10"] * 9, target=target(baseline="119")))
    assert year is not None
    assert year.before == Reference("Baseline", Decimal(119))


def test_a_full_last_year_is_compared_by_its_total():
    year = year_end_of(recorded([*["9"] * 12, *["10"] * 9], first=date(2015, 4, 1)))
    assert year is not None
    assert year.before == Reference("Last year", Decimal(108))


def test_a_running_total_is_compared_by_where_last_year_ended():
    totals = [str(9 * (i + 1)) for i in range(12)] + [str(10 * (i + 1)) for i in range(9)]
    item = recorded(
        totals, first=date(2015, 4, 1), aggregation=Aggregation.LATEST, is_cumulative=True
    )
    year = year_end_of(item)
    assert year is not None
    assert year.before == Reference("Last year", Decimal(108))
