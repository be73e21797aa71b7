"""The figures of an action explained, each with the numbers that make it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.domain.factories import RULES, action, milestone, update
from tracker.domain.explained_action import DueMove, explain_action
from tracker.domain.status import action_status
from tracker.domain.vocabulary import ActionState

TODAY = date(2016, 7, 15)
FRESH = update(date(2016, 7, 1))
SET = DueMove(date(2017, 3, 31), date(2016, 4, 1), "", "Officer")


def explained(facts, as_at=TODAY, moves=(SET,)):
    verdict = action_status(facts, RULES, as_at)
    found = explain_action(facts, verdict, moves, RULES, as_at)
    return {one.anchor: one for one in found}


def rows(facts, anchor, **more):
    return dict(explained(facts, **more)[anchor].rows)


def test_a_status_has_its_reasons_its_rule_and_its_inputs():
    late = action(latest=FRESH, milestones=(milestone(date(2016, 7, 1)),))
    said = rows(late, "status")
    assert said["Reasons"] == "a milestone is 14 days late (at risk)"
    assert said["Rule"].startswith("at risk: one milestone late")
    assert said["Inputs"] == "1 April 2016 to 31 March 2017; 0 of 1 milestones done"
    assert said["Rules"] == "version 1, as at 15 July 2016"


@pytest.mark.parametrize(
    ("due_on", "figure", "formula"),
    [
        (date(2016, 7, 14), "1 day overdue", "15 July 2016 less 14 July 2016 = 1 day"),
        (date(2016, 7, 15), "0 days left", "15 July 2016 less 15 July 2016 = 0 days"),
        (date(2016, 8, 14), "30 days left", "14 August 2016 less 15 July 2016 = 30 days"),
    ],
)
def test_lateness_counts_from_the_day_after_the_due_date(due_on, figure, formula):
    part = explained(action(due_on=due_on, latest=FRESH))["due"]
    assert (part.figure, dict(part.rows)["Formula"]) == (figure, formula)


@pytest.mark.parametrize(
    ("baseline", "figure"), [(date(2016, 7, 1), "on time"), (date(2016, 6, 1), "30 days late")]
)
def test_what_is_complete_is_late_by_its_first_due_date(baseline, figure):
    done = replace(FRESH, state=ActionState.COMPLETED, confidence=None)
    part = explained(action(latest=done, baseline_due_on=baseline))["due"]
    assert part.title == f"Reported complete: {figure}"


def test_what_is_cancelled_has_no_due_date_and_no_silence():
    cancelled = replace(FRESH, state=ActionState.CANCELLED, confidence=None)
    assert not {"due", "silence", "progress"} & explained(action(latest=cancelled)).keys()


def test_progress_is_held_against_the_time_that_has_gone():
    facts = action(due_on=date(2016, 10, 1), latest=replace(FRESH, percent=20))
    said = rows(facts, "progress")
    assert said["Formula"] == "20% done against 57% of its time elapsed: 37 points behind time"
    assert said["Time elapsed"] == "105 of 183 days, 1 April to 1 October 2016 = 57%"
    assert said["Rule"] == "More than 50 points behind is off track, more than 25 at risk."
    reasons = [reason.sentence for reason in action_status(facts, RULES, TODAY).reasons]
    assert reasons == ["progress is 37 points behind time"]


def test_progress_ahead_of_time_says_so():
    facts = action(due_on=date(2016, 10, 1), latest=replace(FRESH, percent=90))
    assert rows(facts, "progress")["Formula"].endswith("33 points ahead of time")


def test_after_the_due_date_progress_is_as_reported():
    facts = action(due_on=date(2016, 7, 1), latest=replace(FRESH, percent=90))
    said = rows(facts, "progress")
    assert said["Formula"] == "as reported: 90%"
    assert "Time elapsed" not in said


def test_milestones_are_counted_and_each_one_says_where_it_stands():
    facts = action(
        latest=FRESH,
        milestones=(
            milestone(date(2016, 5, 1), date(2016, 4, 28), title="Rota"),
            milestone(date(2016, 7, 15), title="Letter"),
            milestone(date(2016, 7, 13), title="Visit"),
        ),
    )
    part = explained(facts)["milestones"]
    assert part.figure == "1 of 3"
    assert dict(part.rows)["Rota"] == "due 1 May 2016, done 28 April 2016"
    assert dict(part.rows)["Letter"] == "due 15 July 2016, open"
    assert dict(part.rows)["Visit"] == "due 13 July 2016, 2 days late"


def test_silence_counts_from_the_last_report_or_from_the_start():
    assert explained(action(latest=FRESH))["silence"].figure == "14 days"
    said = rows(action(), "silence")
    assert said["Formula"] == (
        "15 July 2016 less 1 April 2016 = 105 days since the start, without any report"
    )
    assert "More than 107 days is not updated" in said["Rule"]


def test_an_action_that_starts_later_is_not_silent():
    assert "silence" not in explained(action(starts_on=date(2016, 9, 1)))


@pytest.mark.parametrize(
    ("count", "title"),
    [
        (0, "The due date never moved"),
        (1, "The due date moved once"),
        (2, "The due date moved 2 times"),
    ],
)
def test_every_due_date_says_who_set_it_when_and_why(count, title):
    later = [
        DueMove(date(2017, 3 + n, 1), date(2016, 5 + n, 1), "Slower", "Lead") for n in range(count)
    ]
    part = explained(action(latest=FRESH), moves=(SET, *later))["moves"]
    assert (part.title, part.figure) == (title, str(count))
    assert part.rows[0] == (
        "31 March 2017",
        "set on 1 April 2016 by Officer (the first: its baseline)",
    )
    if later:
        assert part.rows[1] == ("1 March 2017", "set on 1 May 2016 by Lead: Slower")
