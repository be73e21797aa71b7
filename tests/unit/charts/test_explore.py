"""A figure inside a page cannot end the element that holds it."""

import json

import pytest

from tests.unit.charts.examples import months, real
from tracker.charts.explore import figure_json
from tracker.charts.measures import Slot, measure_figure


def test_a_figure_comes_back_as_it_was():
    figure = measure_figure(real(), Slot.WIDE)
    assert json.loads(figure_json(figure)) == figure


def test_nothing_in_it_can_end_the_script_element():
    hostile = "</script><!--&\u2028\u2029"
    figure = measure_figure(months([1], title=hostile, heading=hostile), Slot.WIDE)
    text = figure_json(figure)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["layout"]["meta"]["title"] == hostile


def test_a_number_that_json_has_not_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        figure_json({"data": [], "layout": {"height": float("inf")}})
