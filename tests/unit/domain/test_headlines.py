from dataclasses import replace
from datetime import date

import pytest

from tests.unit.domain.factories import action, measure, objective, plan, priority, update
from tracker.domain.assessment import assess
from tracker.domain.headlines import plan_headline
from tracker.domain.vocabulary import Confidence, PriorityKind

TODAY = date(2016, 7, 15)
FRESH = update(date(2016, 7, 1))
STRAND = PriorityKind.STRAND

on_track = action(latest=FRESH)
late = action(due_on=date(2016, 6, 30), latest=FRESH)
silent = action(starts_on=date(2016, 1, 1))
green, red, missing = measure(["10", "10"]), measure(["20", "20"]), measure()
amber = replace(on_track, latest=replace(FRESH, confidence=Confidence.MEDIUM))

GREEN = priority(objective([on_track], [green]))
AMBER = priority(objective([amber], [green]))
RED = priority(objective([on_track], [red]))
UNPROVEN = priority(objective([on_track], [missing]))


def headline(*priorities):
    return plan_headline(assess(plan(*priorities), TODAY))


@pytest.mark.parametrize(
    ("priorities", "verdict"),
    [
        ([RED] * 4 + [GREEN], "Four of five priorities are red."),
        ([RED, AMBER, GREEN], "One of three priorities is red."),
        ([RED] * 5, "All five priorities are red."),
        ([RED], "The one priority is red."),
        ([RED] * 10 + [GREEN] * 2, "10 of 12 priorities are red."),
        ([RED] + [GREEN] * 11, "One of 12 priorities is red."),
        ([AMBER, AMBER, GREEN], "Two of three priorities are amber."),
        ([UNPROVEN, GREEN], "One of two priorities is not evidenced."),
        ([RED, UNPROVEN, GREEN], "One of three priorities is red and one is not evidenced."),
        ([AMBER] + [UNPROVEN] * 4, "One of five priorities is amber and four are not evidenced."),
        ([GREEN] * 5, "All five priorities are green."),
        ([GREEN], "The one priority is green."),
    ],
)
def test_the_verdict_is_worst_first_and_hides_no_missing_evidence(priorities, verdict):
    assert headline(*priorities).verdict == verdict


def test_strands_are_not_counted_among_the_priorities():
    strand = replace(RED, kind=STRAND)
    assert headline(GREEN, AMBER, strand).verdict == "One of two priorities is amber."


def test_a_plan_of_strands_alone_is_judged_by_them():
    assert headline(replace(RED, kind=STRAND)).verdict == "The one priority is red."


def test_the_rest_counts_what_is_off_track_and_what_was_not_reported():
    said = headline(
        priority(objective([late, late, silent, on_track], [red, missing, missing, green])), GREEN
    )
    assert said.sentence == (
        "One of two priorities is red. 2 of 5 actions are off track, 1 of 5 measures is red, "
        "1 of 5 actions is not updated and 2 measures have no data."
    )


def test_the_figures_of_the_rest_name_their_explanations():
    said = headline(priority(objective([late, silent], [red, missing])))
    assert [(part.text, part.about) for part in said.rest if part.about] == [
        ("1 of 2 actions is off track", "actions-red"),
        ("1 of 2 measures is red", "measures-red"),
        ("1 of 2 actions is not updated", "actions-not_updated"),
        ("1 measure has no data", "measures-no_data"),
    ]


def test_the_items_of_strands_are_counted_in_the_rest():
    said = headline(GREEN, priority(objective([late]), kind=STRAND))
    assert "".join(part.text for part in said.rest) == "1 of 2 actions is off track."


def test_one_item_alone_reads_well():
    assert headline(priority(objective([late]))).rest[0].text == "1 of 1 action is off track"


def test_a_plan_without_trouble_says_so():
    assert headline(GREEN).sentence == (
        "The one priority is green. No action is off track, and everything was reported."
    )


@pytest.mark.parametrize(
    ("priorities", "sentence"),
    [
        ([], "This plan has no priorities yet."),
        ([priority()], "This plan has no actions and no measures yet."),
        ([priority(objective())], "This plan has no actions and no measures yet."),
    ],
)
def test_an_empty_plan_claims_nothing(priorities, sentence):
    said = headline(*priorities)
    assert (said.sentence, said.rest) == (sentence, ())
