"""The figure of a measure says what its points say, and Plotly takes it."""

import json
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.charts.examples import (
    AWKWARD,
    FINAL,
    PROVISIONAL,
    THIS_YEAR,
    WITHHELD,
    level,
    marked,
    month,
    months,
    real,
    series,
    wavering,
    without_target,
)
from tracker.charts.measures import Slot, measure_figure, shown_in, sparkline_figure
from tracker.domain.vocabulary import Unit

every_series = pytest.mark.parametrize("case", AWKWARD.values(), ids=AWKWARD.keys())
every_slot = pytest.mark.parametrize("slot", Slot)


def plotted(figure):
    """Every value that has a point, by the place of its period."""
    return sorted(
        (x, y)
        for trace in figure["data"]
        if "markers" in trace["mode"]
        for x, y in zip(trace["x"], trace["y"], strict=True)
    )


def of_line(figure):
    """Every value that the line goes through, by the place of its period."""
    lines = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    values = ((x, y) for trace in lines for x, y in zip(trace["x"], trace["y"], strict=True))
    return [(x, y) for x, y in values if y is not None]


def given_to(drawn):
    return [(i, p.value) for i, p in enumerate(drawn.points) if p.value is not None]


def shapes(figure, name):
    return [shape for shape in figure["layout"]["shapes"] if shape["name"] == name]


def texts(figure):
    return [words["text"] for words in figure["layout"]["annotations"]]


def named(figure, name):
    return next(trace for trace in figure["data"] if trace["name"] == name)


@every_slot
@every_series
def test_plotly_takes_every_figure(case, slot):
    figure = measure_figure(case, slot)
    assert len(go.Figure(figure).data) == len(figure["data"])


@every_series
def test_plotly_takes_every_sparkline(case):
    figure = sparkline_figure(case)
    assert len(go.Figure(figure).data) == len(figure["data"])


@every_slot
@every_series
def test_every_value_that_a_slot_shows_is_in_the_figure_once(case, slot):
    expected = [(i, float(value)) for i, value in given_to(shown_in(case, slot))]
    assert plotted(measure_figure(case, slot)) == expected


@every_slot
@every_series
def test_the_line_goes_through_the_final_values_and_no_other(case, slot):
    shown = shown_in(case, slot)
    final = [(i, float(v)) for i, v in given_to(shown) if not shown.points[i].is_provisional]
    assert of_line(measure_figure(case, slot)) == final


@every_slot
@every_series
def test_everything_stands_on_the_scale(case, slot):
    figure = measure_figure(case, slot)
    low, high = figure["layout"]["yaxis"]["range"]
    names = ("c-mean", "c-limit", "c-band", "c-target")
    lines = [shape for name in names for shape in shapes(figure, name)]
    levels = [shape[end] for shape in lines if "y0" in shape for end in ("y0", "y1")]
    assert all(low <= y <= high for y in [*(y for _, y in plotted(figure)), *levels])


@every_slot
@every_series
def test_no_two_names_on_an_axis_are_the_same_value(case, slot):
    labels = measure_figure(case, slot)["layout"]["yaxis"]["ticktext"]
    assert len(set(labels)) == len(labels)


@given(
    st.lists(st.none() | st.decimals(-(10**9), 10**9, places=3), max_size=40),
    st.none() | st.decimals(-(10**9), 10**9, places=3),
)
def test_any_values_with_any_target_can_be_drawn(values, target):
    drawn = months(values, goals=() if target is None else (level(target),))
    figure = measure_figure(drawn, Slot.MID)
    low, high = figure["layout"]["yaxis"]["range"]
    assert plotted(figure) == [(i, float(value)) for i, value in given_to(drawn)]
    assert all(low <= y <= high for _, y in plotted(figure))
    json.dumps(figure, allow_nan=False)


def test_provisional_points_alone_are_hollow():
    figure = measure_figure(real(), Slot.WIDE)
    hollow, filled = named(figure, "Provisional"), named(figure, "Usual")
    assert (hollow["x"], hollow["y"]) == ([26], [THIS_YEAR[-1]])
    assert hollow["marker"]["color"] == "var(--paper)"
    assert filled["marker"]["color"] == "var(--ink)"


def test_a_dotted_line_leads_into_a_provisional_point():
    (lead_in,) = shapes(measure_figure(real(), Slot.WIDE), "c-line c-line--prov")
    assert lead_in["path"] == "M25,290L26,247"
    assert lead_in["line"]["dash"] == "2px,4px"


def test_a_provisional_point_between_final_ones_has_dotted_lines_on_both_sides():
    states = {2: PROVISIONAL}
    drawn = series([month(i, i, states.get(i, FINAL)) for i in range(5)])
    (lead_in,) = shapes(measure_figure(drawn, Slot.WIDE), "c-line c-line--prov")
    assert lead_in["path"] == "M1,1L2,2L3,3"


def test_a_provisional_point_after_a_gap_has_nothing_to_lead_from():
    drawn = series([month(0, 5), month(1, None), month(2, 6, PROVISIONAL)])
    assert shapes(measure_figure(drawn, Slot.WIDE), "c-line c-line--prov") == []


def test_a_gap_is_framed_with_its_reason_and_its_months():
    figure = measure_figure(real(), Slot.WIDE)
    (frame,) = shapes(figure, "c-gap")
    assert (frame["x0"], frame["x1"]) == (0.6, 13.4)
    assert "No file held<br>Dec 2014 to Dec 2015" in texts(figure)


def test_each_reason_stands_in_its_own_place():
    figure = measure_figure(marked(), Slot.WIDE)
    places = {w["text"].split("<br>")[0]: w["x"] for w in figure["layout"]["annotations"]}
    assert (places["Withheld"], places["Not collected"], places["Not reported"]) == (1, 4, 6)


def test_a_reason_is_written_upright_where_its_frame_is_narrow():
    points = [month(i, 5) for i in range(24)] + [month(24, None, WITHHELD), month(25, 6)]
    words = measure_figure(series(points), Slot.MID)["layout"]["annotations"]
    (withheld,) = [entry for entry in words if entry["text"] == "Withheld"]
    assert withheld["textangle"] == -90


def test_a_true_zero_is_a_point_and_no_gap():
    figure = measure_figure(without_target([month(0, 3), month(1, 0), month(2, 4)]), Slot.WIDE)
    assert (1, 0) in plotted(figure)
    assert shapes(figure, "c-gap") == []
    assert figure["layout"]["yaxis"]["range"][0] == 0


def test_a_withheld_number_cannot_even_be_passed_in():
    with pytest.raises(ValueError, match="withheld carries no number"):
        month(0, 3, WITHHELD)


def test_the_target_is_a_line_with_its_words_beside_it():
    figure = measure_figure(real(), Slot.WIDE)
    (target,) = shapes(figure, "c-target")
    assert target["y0"] == target["y1"] == 252.8
    assert "Target 253" in texts(figure)


def test_without_a_target_there_is_no_line():
    assert shapes(measure_figure(AWKWARD["all zero"], Slot.WIDE), "c-target") == []


def test_the_latest_value_stands_at_the_right():
    assert "247 provisional" in texts(measure_figure(real(), Slot.WIDE))


def test_the_latest_value_that_is_final_says_what_it_is():
    assert "Latest 7" in texts(measure_figure(AWKWARD["two"], Slot.WIDE))


def test_the_latest_value_names_its_month_if_later_ones_are_missing():
    drawn = series([month(0, 250), month(1, 302), month(2, None)])
    assert "302 in Feb 2014" in texts(measure_figure(drawn, Slot.WIDE))


@every_slot
@every_series
def test_labels_at_the_right_do_not_touch(case, slot):
    figure = measure_figure(case, slot)
    margin = figure["layout"]["margin"]
    inner = figure["layout"]["height"] - margin["t"] - margin["b"]
    edges = sorted(
        (words["y"] * inner, (words["text"].count("<br>") + 1) * 14 * 1.3)
        for words in figure["layout"]["annotations"]
        if words["xanchor"] == "left" and words["x"] == 1
    )
    for (low, below), (high, above) in pairwise(edges):
        assert high - low >= (below + above) / 2 - 0.01


def test_a_label_that_had_to_move_keeps_a_line_to_its_height():
    drawn = months([0, 100, 50], goals=(level(50),))
    assert len(shapes(measure_figure(drawn, Slot.WIDE), "c-lead")) == 2


def test_labels_far_apart_need_no_line():
    drawn = months([0, 100, 90], goals=(level(25),))
    assert shapes(measure_figure(drawn, Slot.WIDE), "c-lead") == []


def test_a_scale_that_does_not_start_at_zero_says_so():
    figure = measure_figure(real(), Slot.WIDE)
    assert figure["layout"]["yaxis"]["range"][0] == 200
    assert "Crimes a month; the scale starts at 200" in texts(figure)


def test_a_scale_that_ends_below_zero_says_so():
    assert "Crimes a month; the scale ends at −890" in texts(
        measure_figure(AWKWARD["far below zero"], Slot.WIDE)
    )


def test_a_scale_from_zero_says_what_it_counts_only():
    assert "Crimes a month" in texts(measure_figure(AWKWARD["one"], Slot.WIDE))


def test_percentages_have_no_scale_beyond_a_hundred():
    axis = measure_figure(AWKWARD["percentages"], Slot.WIDE)["layout"]["yaxis"]
    drawn = without_target([month(i, 91 + i) for i in range(10)], unit=Unit.PERCENT, unit_noun="")
    assert axis["ticktext"][-1] == "300%"
    assert measure_figure(drawn, Slot.WIDE)["layout"]["yaxis"]["ticktext"][-1] == "100%"


def test_the_narrow_slot_shows_the_last_thirteen_months():
    assert [x for x, _ in plotted(measure_figure(real(), Slot.NARROW))] == list(range(13))


def test_months_are_bracketed_by_financial_year():
    assert {"2014/15", "2015/16", "2016/17"} <= set(texts(measure_figure(real(), Slot.WIDE)))


def test_years_are_named_on_the_axis_and_not_bracketed():
    figure = measure_figure(AWKWARD["years"], Slot.WIDE)
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "2016/17"
    assert shapes(figure, "c-axis") == []


@pytest.mark.parametrize(("slot", "first"), [(Slot.WIDE, "Jan to Mar"), (Slot.NARROW, "Q1")])
def test_quarters_are_named_by_their_months_where_there_is_room(slot, first):
    axis = measure_figure(AWKWARD["quarters"], slot)["layout"]["xaxis"]
    assert axis["ticktext"][0] == first


def test_a_picture_without_periods_says_so():
    assert "No periods yet" in texts(measure_figure(AWKWARD["no periods"], Slot.WIDE))


def test_words_in_a_figure_are_text_and_never_markup():
    drawn = months([1, 2], goals=(level(1, "<i>&amp;"),), unit_noun="<b>")
    assert {"&lt;i&gt;&amp;amp;", "&lt;b&gt; a month"} <= set(
        texts(measure_figure(drawn, Slot.WIDE))
    )


def last_points(figure):
    """The places with a point, by the symbol of its kind."""
    return {t["marker"]["symbol"]: t["x"] for t in figure["data"] if t["mode"] == "markers"}


def test_a_sparkline_of_thirteen_periods_has_its_range_and_its_last_point_only():
    figure = sparkline_figure(months(wavering(20)))
    assert [y for _, y in of_line(figure)] == wavering(20)[-13:]
    assert last_points(figure) == {"circle": [12]}
    assert len(shapes(figure, "c-band")) == 1


def test_the_last_point_of_a_sparkline_has_the_shape_of_its_signal():
    assert last_points(sparkline_figure(AWKWARD["shifted"])) == {"diamond": [12]}
    assert last_points(sparkline_figure(AWKWARD["shifted for the better"])) == {"square": [12]}
    assert last_points(sparkline_figure(AWKWARD["shifted, neither good"])) == {"triangle-up": [12]}


@pytest.mark.parametrize("drawn", [months(wavering(12)), months(wavering(20), breaks=(12,))])
def test_a_sparkline_with_too_few_values_has_dots_on_a_line_and_no_range(drawn):
    figure = sparkline_figure(drawn)
    assert len(plotted(figure)) == min(13, len(drawn.points))
    assert shapes(figure, "c-band") == []


def test_a_value_alone_between_gaps_is_seen_in_a_sparkline():
    values = [*wavering(20), 1, 2, 3, None, 9, None, 4, 5, 6, 7, 8, 9, 5]
    figure = sparkline_figure(months(values, goals=()))
    assert [x for x, _ in plotted(figure)] == [4, 12]


def test_the_real_series_has_the_structure_it_always_had():
    figure = measure_figure(real(), Slot.WIDE)
    layout = figure["layout"]
    assert [(t["name"], t["meta"]["dot"], t["meta"]["line"]) for t in figure["data"]] == [
        ("Line", "", "c-line"),
        ("Usual", "c-dot", ""),
        ("A signal: better", "c-dot--improve", ""),
        ("Provisional", "c-dot--prov", ""),
    ]
    assert named(figure, "Line")["y"] == [
        *(302, *[None] * 13, 215, 245, 258),
        *(276, 257, 286, 290, 316, 318, 279, 312, 290, None),
    ]
    assert [shape["name"] for shape in layout["shapes"]] == [
        *("c-band", "c-gap", "c-limit", "c-limit", "c-mean", "c-target"),
        "c-line c-line--prov",
        *["c-axis"] * 3,
    ]
    assert texts(figure) == [
        "Crimes a month; the scale starts at 200",
        "No file held<br>Dec 2014 to Dec 2015",
        "215, below the lower limit",
        *("2014/15", "2015/16", "2016/17"),
        *("Upper limit 337", "Average 280", "Lower limit 223", "Target 253", "247 provisional"),
    ]
    assert layout["yaxis"]["ticktext"] == ["200", "225", "250", "275", "300", "325", "350"]
    assert layout["xaxis"]["ticktext"][:6] == ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]
