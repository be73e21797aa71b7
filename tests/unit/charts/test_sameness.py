"""Figure, drawing and table are made of the same numbers: none can say what another does not."""

import re

import pytest

from tests.unit.charts.boxes import SVG, parsed
from tests.unit.charts.examples import AWKWARD
from tracker.charts.dots import Dot, dot_of
from tracker.charts.measures import Slot, measure_figure, shown_in
from tracker.charts.plot import Plot, as_json
from tracker.charts.svg import svg
from tracker.charts.table import table_of
from tracker.domain.spc_chart import Meaning

every_series = pytest.mark.parametrize("case", AWKWARD.values(), ids=AWKWARD.keys())
every_slot = pytest.mark.parametrize("slot", Slot)
MEANINGS = {
    Dot.BETTER: Meaning.IMPROVING,
    Dot.WORSE: Meaning.CONCERNING,
    Dot.HIGH: Meaning.NEUTRAL,
    Dot.LOW: Meaning.NEUTRAL,
}


def kind_of(dot):
    """What a kind of point means, whether it is hollow or not."""
    return MEANINGS.get(Dot[dot.name.removeprefix("PROVISIONAL_")])


def points_of(figure):
    """Value, meaning and whether it is provisional, by the place of each point of a figure."""
    return {
        x: (y, kind_of(Dot(trace["meta"]["dot"])), trace["meta"]["dot"].startswith("c-dot--prov"))
        for trace in figure["data"]
        if trace["mode"] == "markers"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }


def steps_of(figure, name):
    """The heights of a kind of level line at each place, the upper one first."""
    found = {}
    for shape in figure["layout"]["shapes"]:
        if shape["name"] == name:
            for place in range(round(shape["x0"] + 0.5), round(shape["x1"] + 0.5)):
                found.setdefault(place, []).append(shape["y0"])
    return found


def goals_of(figure, count):
    """The heights of each goal, by place: of a level all the same, of a path its corners."""
    goals = []
    for shape in figure["layout"]["shapes"]:
        if shape["name"] != "c-target":
            continue
        if shape["type"] == "line":
            goals.append(dict.fromkeys(range(count), shape["y0"]))
        else:
            corners = (corner.split(",") for corner in shape["path"][1:].split("L"))
            goals.append({int(float(x)): float(y) for x, y in corners if float(x).is_integer()})
    return goals


def number(value):
    return None if value is None else as_json(value)


@every_slot
@every_series
def test_the_figure_draws_what_the_table_says(case, slot):
    shown = shown_in(case, slot)
    rows, figure = table_of(shown), measure_figure(case, slot)
    assert points_of(figure) == {
        place: (number(row.value), row.meaning, row.is_provisional)
        for place, row in enumerate(rows)
        if row.value is not None
    }
    means, limits = steps_of(figure, "c-mean"), steps_of(figure, "c-limit")
    goals = goals_of(figure, len(rows))
    for place, row in enumerate(rows):
        assert means.get(place, [None])[0] == number(row.average)
        assert limits.get(place, [None, None]) == [number(row.upper), number(row.lower)]
        assert [goal.get(place) for goal in goals] == [number(height) for height in row.goals]


@every_slot
@every_series
def test_each_band_lies_between_its_limits(case, slot):
    figure = measure_figure(case, slot)
    bands = [s for s in figure["layout"]["shapes"] if s["name"] == "c-band"]
    limits = [s for s in figure["layout"]["shapes"] if s["name"] == "c-limit"]
    edges = [
        (upper["x0"], upper["x1"], lower["y0"], upper["y0"])
        for upper, lower in zip(limits[::2], limits[1::2], strict=True)
    ]
    assert [(b["x0"], b["x1"], b["y0"], b["y1"]) for b in bands] == edges


@every_slot
@every_series
def test_the_hover_words_of_a_point_are_those_of_the_table(case, slot):
    rows, figure = table_of(shown_in(case, slot)), measure_figure(case, slot)
    for trace in figure["data"]:
        for place, text in zip(trace["x"], trace.get("text", ()), strict=False):
            row = rows[place]
            assert text.split("<br>")[0].startswith(row.label)
            assert text.split("<br>")[2:] == ([row.signal] if row.signal else [])


@every_slot
@every_series
def test_the_drawing_has_each_height_of_the_figure(case, slot):
    figure = measure_figure(case, slot)
    plot = Plot.of(figure["layout"])
    root = parsed(svg(figure, title="Title", description="Words.", with_key=False))
    drawn = {name: levels(root, name) for name in ("c-mean", "c-limit")}
    for name, heights in drawn.items():
        shapes = [s for s in figure["layout"]["shapes"] if s["name"] == name]
        assert heights == pytest.approx([plot.y(s["y0"]) for s in shapes], abs=0.051)


def levels(root, name):
    """The heights in px of the level lines of a class."""
    paths = (e for e in root.iter(f"{SVG}path") if e.get("class") == name)
    return [float(re.match(r"M[\d.-]+ ([\d.-]+)H", path.get("d"))[1]) for path in paths]


@every_slot
@every_series
def test_the_drawing_has_each_point_at_its_place(case, slot):
    figure, shown = measure_figure(case, slot), shown_in(case, slot)
    plot = Plot.of(figure["layout"])
    root = parsed(svg(figure, title="Title", description="Words.", with_key=False))
    for kind in Dot:
        places = [
            (plot.x(place), plot.y(float(point.value)))
            for place, point in enumerate(shown.points)
            if point.value is not None and dot_of(point) is kind
        ]
        groups = (group for group in root.iter(f"{SVG}g") if group.get("class") == kind)
        found = [middle(element) for group in groups for element in group]
        assert len(found) == len(places)
        for (x, y), (left, top) in zip(places, found, strict=True):
            assert (left, top) == pytest.approx((x, y), abs=8)


def middle(element):
    """A place on a point: the middle of a disc, where the outline of another begins."""
    if element.tag == f"{SVG}circle":
        return float(element.get("cx")), float(element.get("cy"))
    x, y = re.match(r"M([\d.-]+) ([\d.-]+)", element.get("d")).groups()
    return float(x), float(y)


def test_a_row_says_what_is_missing_and_why():
    rows = table_of(AWKWARD["marked"])
    assert (rows[1].value, rows[1].absence, rows[1].signal) == (None, "Withheld", "")
    assert (rows[2].value, rows[2].absence) == (0, "")
    assert rows[3].is_provisional
