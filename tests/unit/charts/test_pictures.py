"""Drawings for documents: the same bytes for the same drawing, with letters in them."""

import struct

import pytest

from tests.unit.charts.examples import real
from tracker.charts.measures import Slot, measure_figure
from tracker.charts.pictures import png
from tracker.charts.svg import Palette, svg


@pytest.fixture(scope="module")
def drawing():
    figure = measure_figure(real(), Slot.MID)
    return svg(figure, palette=Palette.PRINT, title="Crimes", description="Up.")


def size(picture):
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


def test_a_picture_has_the_width_asked_for_and_keeps_its_proportions(drawing):
    assert size(png(drawing, 1400)) == (1400, 688)


def test_the_same_drawing_gives_the_same_bytes(drawing):
    assert png(drawing, 700) == png(drawing, 700)


def test_another_word_gives_another_picture(drawing):
    assert png(drawing.replace("No file held", "No data"), 700) != png(drawing, 700)


def test_words_are_drawn_in_a_face_that_is_there(drawing):
    nowhere = drawing.replace("Source Sans Pro", "No Such Face")
    assert png(nowhere, 700) != png(drawing, 700)


def test_what_is_no_drawing_is_refused():
    with pytest.raises(ValueError, match="no drawing"):
        png("<p>words</p>", 700)
