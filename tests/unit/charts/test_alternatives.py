"""The words for those who cannot see a picture."""

import pytest

from tests.unit.charts.examples import AWKWARD, WITHHELD, long, marked, month, months, real, series
from tracker.charts.alternatives import brief_alternative
from tracker.charts.measures import Slot, alternative, shown_in


def test_it_says_the_message_the_range_the_target_what_is_missing_the_signals_and_the_end():
    assert alternative(long()) == (
        "Over the target in nine months of ten. "
        "Line chart with the usual range: crimes a month, January 2014 to January 2017. "
        "Average 293, limits 228 and 357. Target 253. No file held: Dec 2014 to Dec 2015. "
        "Signals: Jan 2016, below the lower limit (better); "
        "Feb 2016, two of three near the lower limit (better); "
        "Mar 2016 to Jul 2016, seven in a row below average (better). "
        "Last value 247 (January 2017, provisional)."
    )


def test_each_stretch_between_breaks_has_its_own_range():
    words = alternative(AWKWARD["two breaks"])
    assert "Jan 2014 to Jun 2015: average 98.7, limits 44.8 and 152." in words
    assert "Jul 2015 to Dec 2015: average 158. Jan 2016" in words
    assert "Breaks: July 2015, January 2016." in words


def test_it_names_each_reason_for_a_missing_number():
    assert "Target 8. Withheld: Feb 2014. Not collected: May 2014. Not reported: Jul 2014." in (
        alternative(marked())
    )


def test_a_narrow_picture_speaks_of_what_it_shows():
    words = alternative(shown_in(real(), Slot.NARROW))
    assert "January 2016 to January 2017" in words
    assert "No file held" not in words


def test_many_gaps_are_counted():
    words = alternative(AWKWARD["every other one missing"])
    assert "Not reported: 30 periods between Feb 2014 and Dec 2018." in words


def test_of_many_kinds_of_signals_the_latest_are_named():
    words = alternative(AWKWARD["thirty years of quarters"])
    assert "120 signals, the latest: " in words
    assert words.count("(better)") + words.count("(worse)") == 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no periods", "Line chart: crimes a month, no periods yet. Target 253. No values."),
        ("one", "Line chart: crimes a month, January 2014. Average 5. Target 253. One value 5"),
        ("all missing", "Target 253. Not reported: Jan 2014 to Dec 2014. No values."),
        ("negative", "Average −2. Lowest −8 (March 2014), highest 3 (February 2014)."),
        ("percentages", "Line chart: percent by month, January 2014 to March 2014."),
        ("within a band", "At least 85. At most 115."),
        ("near a hundred", "limits 93.9% and 100%. Required 93%, to reach 95%."),
        ("yes and no", "Last value Yes (June 2014)."),
    ],
)
def test_it_has_words_for_every_series(name, words):
    assert words in alternative(AWKWARD[name])


def test_it_is_silent_about_a_target_that_is_not_there():
    assert "arget" not in alternative(AWKWARD["all zero"]).partition("Line chart")[2]


def test_a_heading_that_ends_with_a_mark_gets_no_second_one():
    assert alternative(months([1], heading="Too early to say?")).startswith(
        "Too early to say? Line"
    )


def test_withheld_periods_lend_no_number_to_the_words():
    drawn = series([month(0, 7), month(1, None, WITHHELD)])
    assert "One value 7 (January 2014)" in alternative(drawn)


def test_a_small_picture_says_its_message_its_range_and_its_end():
    assert brief_alternative(long().latest(13)) == (
        "Over the target in nine months of ten. Average 293, limits 228 and 357. Target 253. "
        "Last value 247 (January 2017, provisional)."
    )
