"""Words in a picture lie on no other words, no line and no point."""

from itertools import combinations, pairwise

import pytest

from tests.unit.charts.boxes import box_of, touch
from tests.unit.charts.examples import AWKWARD, long, months, shifted, wavering
from tracker.charts.measures import Slot, measure_figure
from tracker.charts.plot import Plot

every_series = pytest.mark.parametrize("case", AWKWARD.values(), ids=AWKWARD.keys())
every_slot = pytest.mark.parametrize("slot", Slot)


def inside(figure, plot):
    """The words that stand in the area, but for those that had to be parted from lines."""
    found = [w for w in figure["layout"]["annotations"] if "halo" not in w["name"]]
    boxes = [(words["text"], box_of(words, plot)) for words in found]
    foot = plot.height - plot.bottom
    return [
        (t, b)
        for t, b in boxes
        if b.top >= plot.top and b.bottom <= foot and b.left < plot.x(plot.x_range[1])
    ]


def crosses(start, end, box):
    """Whether a straight line between two places runs through a part of the picture."""
    (x0, y0), (x1, y1) = start, end
    for step in range(41):
        x, y = x0 + (x1 - x0) * step / 40, y0 + (y1 - y0) * step / 40
        if box.left < x < box.right and box.top < y < box.bottom:
            return True
    return False


@every_slot
@every_series
def test_no_words_lie_on_others(case, slot):
    figure = measure_figure(case, slot)
    plot = Plot.of(figure["layout"])
    boxes = [(words["text"], box_of(words, plot)) for words in figure["layout"]["annotations"]]
    assert [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if touch(a, b)] == []


@every_slot
@every_series
def test_no_line_of_values_runs_through_words(case, slot):
    figure = measure_figure(case, slot)
    plot = Plot.of(figure["layout"])
    runs = []
    for trace in figure["data"]:
        if trace["mode"] == "lines":
            places = zip(trace["x"], trace["y"], strict=True)
            at = [None if y is None else (plot.x(x), plot.y(y)) for x, y in places]
            runs += [pair for pair in pairwise(at) if None not in pair]
    for text, box in inside(figure, plot):
        assert not any(crosses(*run, box) for run in runs), text


@every_slot
@every_series
def test_no_level_line_runs_through_words(case, slot):
    figure = measure_figure(case, slot)
    plot = Plot.of(figure["layout"])
    names = {"c-mean", "c-limit", "c-target"}
    levels = [s for s in figure["layout"]["shapes"] if s["name"] in names and s["type"] == "line"]
    for text, box in inside(figure, plot):
        for level in levels:
            left, right = (plot.x(level[end], level["xref"]) for end in ("x0", "x1"))
            is_beside = box.right < left or box.left > right
            assert is_beside or not box.top < plot.y(level["y0"]) < box.bottom, text


@every_slot
@every_series
def test_no_words_stand_outside_of_the_picture(case, slot):
    figure = measure_figure(case, slot)
    plot = Plot.of(figure["layout"])
    for words in figure["layout"]["annotations"]:
        box = box_of(words, plot)
        assert (box.left, box.top) >= (-1, 0), words["text"]
        assert box.right <= plot.width + 1, words["text"]


def texts(figure):
    return [words["text"] for words in figure["layout"]["annotations"]]


def test_the_first_signal_of_the_latest_run_is_pointed_out():
    assert "120, the first of nine<br>months above average" in (
        texts(measure_figure(shifted(), Slot.WIDE))
    )


def test_a_signal_that_begins_a_row_says_both():
    drawn = months([*wavering(20), *(30, 60, 61, 60, 62, 61, 63, 60)], goals=())
    assert "30, below the lower limit: the first<br>of eight months below average" in (
        texts(measure_figure(drawn, Slot.WIDE))
    )


def test_where_that_has_no_room_the_signal_alone_is_said():
    assert "215, below the lower limit" in texts(measure_figure(long(), Slot.WIDE))


def test_a_fall_is_pointed_out_where_it_began():
    drawn = months([*wavering(20), 100, 97, 94, 90, 86, 80, 75, 70, 66], goals=())
    assert "120, the first of 10 months in a fall" in texts(measure_figure(drawn, Slot.WIDE))


def test_words_that_stand_apart_have_a_line_to_their_point():
    drawn = months([*wavering(20), 138, 139, 140, 100, 101], goals=())
    figure = measure_figure(drawn, Slot.WIDE)
    assert "138, two of three<br>near the upper limit" in texts(figure)
    (leader,) = [
        s for s in figure["layout"]["shapes"] if s["name"] == "c-lead" and s["xref"] == "x"
    ]
    assert leader["x0"] == leader["x1"] == 20


def test_a_narrow_picture_points_out_nothing():
    assert not any("first of" in text for text in texts(measure_figure(shifted(), Slot.NARROW)))


def test_a_picture_without_signals_points_out_nothing():
    figure = measure_figure(AWKWARD["thirteen"], Slot.WIDE)
    assert not any(
        words["name"].startswith("t-improve") for words in figure["layout"]["annotations"]
    )


def test_each_break_has_its_line_and_its_words():
    figure = measure_figure(AWKWARD["two breaks"], Slot.WIDE)
    lines = [shape["x0"] for shape in figure["layout"]["shapes"] if shape["name"] == "c-break"]
    assert lines == [17.5, 23.5]
    assert {"Break: July 2015", "Break: January 2016"} <= set(texts(figure))


def test_nothing_is_joined_across_a_break():
    figure = measure_figure(AWKWARD["two breaks"], Slot.WIDE)
    line = figure["data"][0]
    assert [x for x, y in zip(line["x"], line["y"], strict=True) if y is None] == [17.5, 23.5]


def test_breaks_that_are_close_have_their_words_on_both_sides():
    values = [*wavering(18), *wavering(3, 160), *wavering(16, 60, 10)]
    figure = measure_figure(months(values, breaks=(18, 21)), Slot.MID)
    assert {"Break: July 2015", "Break: October 2015"} <= set(texts(figure))


def test_a_break_before_all_that_is_shown_is_none():
    figure = measure_figure(AWKWARD["two breaks"], Slot.NARROW)
    assert [s for s in figure["layout"]["shapes"] if s["name"] == "c-break"] == []
