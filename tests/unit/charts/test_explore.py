"""A figure inside a page cannot end the element that holds it."""

import json

import pytest

from tests.unit.charts.examples import AWKWARD, long, months, real
from tracker.charts.explore import explored, figure_json
from tracker.charts.measures import Slot, measure_figure


def test_a_figure_comes_back_as_it_was():
    figure = measure_figure(real(), Slot.WIDE)
    assert json.loads(figure_json(figure)) == figure


def test_a_page_gets_the_figure_of_each_width_the_widest_first():
    figure = explored(long())
    widths = [one["layout"]["width"] for one in (figure, *figure["narrower"])]
    assert widths == [slot.room.width for slot in Slot]
    assert figure["narrower"][1] == measure_figure(long(), Slot.NARROW)


@pytest.mark.parametrize("case", AWKWARD.values(), ids=AWKWARD.keys())
def test_lines_in_the_area_are_placed_on_both_axes(case):
    inside = {"c-band", "c-limit", "c-mean", "c-target", "c-gap", "c-break", "c-line c-line--prov"}
    for figure in (explored(case), *explored(case)["narrower"]):
        shapes = [s for s in figure["layout"]["shapes"] if s["name"] in inside]
        assert {(shape["xref"], shape["yref"]) for shape in shapes} <= {("x", "y")}


def test_nothing_in_it_can_end_the_script_element():
    hostile = "</script><!--&\u2028\u2029"
    figure = measure_figure(months([1], title=hostile, heading=hostile), Slot.WIDE)
    text = figure_json(figure)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["layout"]["meta"]["title"] == hostile


def test_a_number_that_json_has_not_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        figure_json({"data": [], "layout": {"height": float("inf")}})
