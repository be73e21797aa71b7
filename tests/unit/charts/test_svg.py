"""The drawing shows the figure's marks, and holds nothing that the page's policy refuses."""

import re

import pytest

from tests.unit.charts.boxes import SVG, parsed
from tests.unit.charts.examples import AWKWARD, level, long, marked, month, months, real, series
from tracker.charts.dots import Dot, dot_of, marker
from tracker.charts.inks import Ink
from tracker.charts.key import key
from tracker.charts.measures import Slot, measure_figure, shown_in, sparkline_figure
from tracker.charts.svg import Palette, dot_svg, svg

COLOUR = re.compile(r"#[0-9a-f]{3}|rgb|hsl|var\(|currentcolor", re.I)
PAINT = {"fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family"}

every_series = pytest.mark.parametrize("case", AWKWARD.values(), ids=AWKWARD.keys())
every_slot = pytest.mark.parametrize("slot", Slot)


def draw(drawn, slot=Slot.WIDE, palette=Palette.PAGE, **changes):
    given = {"title": "Title", "description": "Words.", "with_key": False}
    return svg(measure_figure(drawn, slot), palette=palette, **given | changes)


def elements(text):
    """Everything that is drawn; what stands on a group counts for each thing in it."""
    root = parsed(text)
    for group in root.iter(f"{SVG}g"):
        for child in group:
            child.attrib.update({**group.attrib, **child.attrib})
    return [element for element in root.iter() if element.tag != f"{SVG}g"]


def of_class(text, name):
    return [element for element in elements(text) if element.get("class") == name]


@every_slot
@every_series
def test_a_drawing_for_a_page_is_xml_with_classes_only(case, slot):
    text = draw(case, slot)
    painted = {
        (name, value) for e in elements(text) for name, value in e.attrib.items() if name in PAINT
    }
    assert painted == set()
    assert not any("style" in element.attrib for element in elements(text))
    assert not COLOUR.search(text)


@every_slot
@every_series
def test_a_drawing_for_print_is_xml_with_its_own_colours_and_face(case, slot):
    text = draw(case, slot, Palette.PRINT)
    root, *parts = elements(text)
    assert not any("class" in element.attrib or "style" in element.attrib for element in parts)
    assert {e.get("font-family") for e in parts if e.tag == f"{SVG}text"} == {"Source Sans Pro"}
    assert "var(" not in text
    assert root.get("class") is None


def points(text):
    return [element for element in elements(text) if "c-dot" in element.get("class", "")]


@every_slot
@every_series
def test_every_value_is_one_point_of_its_kind(case, slot):
    shown = shown_in(case, slot)
    text = draw(case, slot)
    kinds = [dot_of(point) for point in shown.points if point.value is not None]
    assert {kind: len(of_class(text, kind)) for kind in Dot} == {k: kinds.count(k) for k in Dot}


@every_slot
@every_series
def test_nothing_is_drawn_outside_of_the_picture(case, slot):
    for disc in (e for e in elements(draw(case, slot)) if e.tag == f"{SVG}circle"):
        assert 0 <= float(disc.get("cx")) <= slot.room.width
        assert 0 <= float(disc.get("cy")) <= slot.room.height


def test_higher_values_stand_higher_and_later_ones_further_right():
    discs = of_class(draw(months([10, 30, 20])), "c-dot")
    heights = [float(disc.get("cy")) for disc in discs]
    assert heights[1] < heights[2] < heights[0]
    assert [float(d.get("cx")) for d in discs] == sorted(float(d.get("cx")) for d in discs)


def test_the_line_breaks_at_a_gap():
    (line,) = of_class(draw(months([1, 2, None, 3, 4])), "c-line")
    assert line.get("d").count("M") == 2


def test_a_value_between_two_gaps_is_a_disc_without_a_line():
    text = draw(months([None, 5, None]))
    assert (len(of_class(text, "c-line")), len(of_class(text, "c-dot"))) == (0, 1)


def test_each_mark_of_a_figure_is_drawn():
    text = draw(marked())
    names = ["c-target", "c-line c-line--prov", "c-gap"]
    assert [len(of_class(text, name)) for name in names] == [1, 1, 3]


def test_words_over_two_lines_are_two_lines():
    said = [element.text for element in elements(draw(real())) if element.tag == f"{SVG}text"]
    assert {"No file held", "Dec 2014 to Dec 2015", "Target 253"} <= set(said)


def test_the_text_alternative_is_the_title_and_what_it_says():
    root = elements(draw(real(), title="Crimes", description="Up."))[0]
    assert (root.get("role"), root.get("aria-label")) == ("img", "Crimes. Up.")


HOSTILE = "\"'><script>alert(1)</script>&lt;<br>\x00\x0b\ud800<b onload=x>]]>"


def test_hostile_words_stay_words():
    drawn = series(
        [month(0, 5), month(1, None, reason=HOSTILE)],
        unit_noun=HOSTILE,
        goals=(level(6, HOSTILE),),
    )
    for palette in Palette:
        text = draw(drawn, palette=palette, title=HOSTILE, description=HOSTILE)
        tags = {element.tag.removeprefix(SVG) for element in elements(text)}
        assert tags <= {"svg", "path", "rect", "circle", "text", "g"}
        assert "<script>alert(1)</script>&lt;<br>" in "".join(
            element.text or "" for element in elements(text)
        )


def test_a_sparkline_has_no_words_and_its_own_class():
    root, *parts = elements(svg(sparkline_figure(real()), title="Crimes", description="Up."))
    assert root.get("class") == "chart spark"
    assert (root.get("width"), root.get("height")) == ("132", "40")
    assert {part.tag for part in parts} <= {f"{SVG}path", f"{SVG}circle", f"{SVG}rect"}
    assert len([part for part in parts if part.tag == f"{SVG}circle"]) == 1


def test_each_kind_of_point_has_a_shape_of_its_own_or_is_hollow():
    looks = {kind: marker(kind, 8) for kind in Dot}
    assert len({(look["symbol"], look["color"] == Ink.PAPER) for look in looks.values()}) == 10
    assert len({dot_svg(kind) for kind in Dot}) == len(Dot)


def test_the_key_stands_under_the_picture_where_it_is_wanted():
    figure = measure_figure(long(), Slot.MID)
    keyed = svg(figure, title="Crimes", description="Up.")
    said = [element.text for element in elements(keyed) if element.tag == f"{SVG}text"]
    assert said[-3:] == ["usual", "a signal: better", "provisional"]
    assert elements(keyed)[0].get("height") == "344"
    assert elements(draw(long(), Slot.MID))[0].get("height") == "320"


def test_a_key_that_is_too_long_for_a_line_takes_two():
    keyed = svg(measure_figure(long(), Slot.NARROW), title="Crimes", description="Up.")
    assert elements(keyed)[0].get("height") == "348"


def test_a_key_names_the_kinds_that_occur_and_calls_no_point_usual_without_a_range():
    assert [words for _, words in key(AWKWARD["all provisional"])] == ["provisional"]
    assert [words for _, words in key(AWKWARD["marked"])] == ["final", "provisional"]
    assert [words for _, words in key(AWKWARD["a provisional signal"])] == [
        *("usual", "provisional, a signal: worse")
    ]


def test_a_picture_with_one_kind_of_point_needs_no_key():
    keyed = svg(measure_figure(months([1, 2, 3]), Slot.MID), title="Crimes", description="Up.")
    assert elements(keyed)[0].get("height") == "320"


def test_a_figure_as_earlier_documents_hold_it_is_drawn_as_it_was():
    figure = measure_figure(months([1, 2]), Slot.MID)
    del figure["layout"]["meta"]["key"]
    figure["data"] = [
        {
            "mode": "lines+markers",
            "x": [0, 1],
            "y": [1, 2],
            "line": {"color": "var(--ink-2)", "width": 1.75, "dash": "solid"},
            "marker": {
                "symbol": "circle",
                "size": [8, 0],
                "color": "var(--ink)",
                "line": {"color": "var(--paper)", "width": 1.5},
            },
            "meta": {"dot": "c-dot", "line": "c-line"},
        }
    ]
    for palette in Palette:
        text = svg(figure, palette=palette, title="Crimes", description="Up.")
        assert len([e for e in elements(text) if e.tag == f"{SVG}circle"]) == 1
