"""The words for those who cannot see a picture."""

import pytest

from tests.unit.charts.examples import AWKWARD, WITHHELD, marked, month, months, real, series
from tracker.charts.measures import Slot, alternative, shown_in


def test_it_says_the_message_the_extremes_the_target_and_what_is_missing():
    assert alternative(real()) == (
        "Over the target in nine months of ten. Crimes a month, November 2014 to January 2017. "
        "First 302 (November 2014), last 247 (January 2017, provisional), "
        "lowest 215 (January 2016), highest 318 (September 2016). "
        "Target 253. No file held: Dec 2014 to Dec 2015."
    )


def test_it_names_each_reason_for_a_missing_number():
    assert alternative(marked()).endswith(
        "Required 8. Withheld: Feb 2014. Not collected: May 2014. Not reported: Jul 2014."
    )


def test_a_narrow_picture_speaks_of_what_it_shows():
    words = alternative(shown_in(real(), Slot.NARROW))
    assert "January 2016 to January 2017" in words
    assert "No file held" not in words


def test_many_gaps_are_counted():
    words = alternative(AWKWARD["every other one missing"])
    assert words.endswith("Not reported: 30 periods between Feb 2014 and Dec 2018.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no periods", "Crimes a month, no periods yet. No values. Target 253."),
        ("one", "Crimes a month, January 2014. One value: 5 (January 2014)."),
        ("all missing", "No values. Target 253. Not reported: Jan 2014 to Dec 2014."),
        ("negative", "First −5 (January 2014), last 2 (April 2014), lowest −8 (March 2014)"),
        ("percentages", "Percent by month, January 2014 to March 2014. First 91%"),
    ],
)
def test_it_has_words_for_every_series(name, words):
    assert words in alternative(AWKWARD[name])


def test_it_is_silent_about_a_target_that_is_not_there():
    assert alternative(AWKWARD["all zero"]).endswith("highest 0 (December 2014).")


def test_a_heading_that_ends_with_a_mark_gets_no_second_one():
    assert alternative(months([1], heading="Too early to say?")).startswith(
        "Too early to say? Crimes"
    )


def test_withheld_periods_lend_no_number_to_the_words():
    drawn = series([month(0, 7), month(1, None, WITHHELD)])
    assert "One value: 7 (January 2014)" in alternative(drawn)
