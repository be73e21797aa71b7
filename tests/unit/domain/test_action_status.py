from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.domain.factories import FIRST_DAY, LAST_DAY, RULES, action, milestone, update
from tracker.domain.status import ReasonCode, action_status
from tracker.domain.vocabulary import ActionState, Confidence, Status

TODAY = date(2016, 12, 31)
YESTERDAY = TODAY - timedelta(days=1)
#: Half of its time has gone.
HALF_WAY = {"starts_on": TODAY - timedelta(days=100), "due_on": TODAY + timedelta(days=100)}


def judged(as_at=TODAY, rules=RULES, **changes):
    return action_status(action(**changes), rules, as_at)


def reported(**changes):
    return update(YESTERDAY, **changes)


def days_ago(days):
    return TODAY - timedelta(days=days)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


def sentences(verdict):
    return [reason.sentence for reason in verdict.reasons]


def test_a_cancelled_action_is_closed_whatever_else_holds():
    latest = reported(state=ActionState.CANCELLED, is_blocked=True, happened="No money.")
    verdict = judged(due_on=days_ago(90), latest=latest, starts_on=days_ago(100))
    assert (verdict.status, verdict.why) == (Status.CLOSED, "cancelled: No money.")
    assert codes(verdict) == [ReasonCode.CANCELLED]


@pytest.mark.parametrize(
    ("known_on", "sentence"),
    [
        (date(2016, 10, 30), "completed on time"),
        (date(2016, 10, 31), "completed on time"),
        (date(2016, 11, 1), "completed 1 day late"),
        (date(2016, 11, 12), "completed 12 days late"),
    ],
)
def test_a_completed_action_is_late_against_its_first_due_date(known_on, sentence):
    latest = update(known_on, state=ActionState.COMPLETED)
    verdict = judged(due_on=LAST_DAY, baseline_due_on=date(2016, 10, 31), latest=latest)
    assert (verdict.status, verdict.why) == (Status.COMPLETE, sentence)


def test_a_correction_of_the_last_word_does_not_move_the_day_of_completion():
    latest = update(date(2016, 12, 1), state=ActionState.COMPLETED)
    verdict = judged(due_on=date(2016, 10, 31), completed_on=date(2016, 10, 31), latest=latest)
    assert verdict.why == "completed on time"


def test_a_completed_action_stays_complete_however_long_ago_it_was():
    latest = update(date(2016, 4, 2), state=ActionState.COMPLETED)
    assert judged(as_at=date(2018, 1, 1), latest=latest).status is Status.COMPLETE


def test_a_completed_action_whose_milestones_are_done_is_complete():
    latest = reported(state=ActionState.COMPLETED)
    done = milestone(days_ago(90), done_on=days_ago(1))
    assert judged(latest=latest, milestones=(done,)).status is Status.COMPLETE


@pytest.mark.parametrize(
    ("milestones", "sentence"),
    [
        (
            (milestone(days_ago(9), title="Report"),),
            "reported complete, but 1 milestone is open: Report",
        ),
        (
            (milestone(LAST_DAY, title="Report"), milestone(days_ago(9), title="Draft")),
            "reported complete, but 2 milestones are open: Draft",
        ),
    ],
)
def test_a_completed_action_with_an_open_milestone_is_at_risk(milestones, sentence):
    verdict = judged(latest=reported(state=ActionState.COMPLETED), milestones=milestones)
    assert (verdict.status, verdict.why) == (Status.AMBER, sentence)


def test_an_action_that_starts_tomorrow_is_not_started():
    verdict = judged(starts_on=date(2017, 1, 1))
    assert (verdict.status, verdict.why) == (Status.NOT_STARTED, "starts on 1 January 2017")


def test_an_action_that_starts_today_has_started():
    assert judged(starts_on=TODAY).status is Status.GREEN


def test_an_action_that_starts_later_and_is_blocked_is_off_track():
    verdict = judged(starts_on=date(2017, 2, 1), latest=reported(is_blocked=True, percent=0))
    assert (verdict.status, sentences(verdict)) == (Status.RED, ["blocked"])


def test_an_action_that_goes_well_is_on_track():
    verdict = judged(latest=reported())
    assert (verdict.status, verdict.why) == (Status.GREEN, "due 31 March 2017")
    assert codes(verdict) == [ReasonCode.ON_TRACK]


RED = [
    pytest.param({"due_on": YESTERDAY}, "1 day overdue", id="overdue"),
    pytest.param({"due_on": days_ago(90)}, "90 days overdue", id="long overdue"),
    pytest.param({"latest": reported(is_blocked=True)}, "blocked", id="blocked"),
    pytest.param(
        {"latest": reported(confidence=Confidence.LOW)}, "low confidence", id="low confidence"
    ),
    pytest.param(
        {"milestones": (milestone(days_ago(1)), milestone(days_ago(2)))},
        "2 milestones late",
        id="two milestones late",
    ),
    pytest.param(
        {"milestones": (milestone(days_ago(61)),)},
        "a milestone is 61 days late",
        id="one milestone very late",
    ),
    pytest.param(
        {**HALF_WAY, "starts_on": TODAY - timedelta(days=104), "latest": reported(percent=0)},
        "progress is 51 points behind time",
        id="more than 50 points behind",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), RED)
def test_each_red_trigger_alone_makes_an_action_off_track(changes, sentence):
    verdict = judged(**{"latest": reported(), **changes})
    assert (verdict.status, sentences(verdict)) == (Status.RED, [sentence])


AMBER = [
    pytest.param(
        {"milestones": (milestone(days_ago(1)),)}, "a milestone is 1 day late", id="milestone late"
    ),
    pytest.param(
        {"milestones": (milestone(days_ago(60)),)},
        "a milestone is 60 days late",
        id="milestone sixty days late",
    ),
    pytest.param(
        {"latest": reported(confidence=Confidence.MEDIUM)},
        "medium confidence",
        id="medium confidence",
    ),
    pytest.param(
        {**HALF_WAY, "latest": reported(percent=24)},
        "progress is 26 points behind time",
        id="more than 25 points behind",
    ),
    pytest.param(
        {**HALF_WAY, "latest": reported(percent=0)},
        "progress is 50 points behind time",
        id="exactly 50 points behind",
    ),
    pytest.param(
        {"latest": reported(percent=100)},
        "100% done, but not reported complete",
        id="not signed off",
    ),
    pytest.param({"due_moves": 2}, "due date moved twice", id="moved twice"),
    pytest.param({"due_moves": 3}, "due date moved 3 times", id="moved three times"),
]


@pytest.mark.parametrize(("changes", "sentence"), AMBER)
def test_each_amber_trigger_alone_makes_an_action_at_risk(changes, sentence):
    verdict = judged(**{"latest": reported(), **changes})
    assert (verdict.status, sentences(verdict)) == (Status.AMBER, [sentence])


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"due_on": TODAY}, id="due today"),
        pytest.param({"milestones": (milestone(TODAY),)}, id="milestone due today"),
        pytest.param(
            {"milestones": (milestone(days_ago(90), days_ago(1)),)}, id="milestone done late"
        ),
        pytest.param({**HALF_WAY, "latest": reported(percent=25)}, id="exactly 25 points behind"),
        pytest.param({**HALF_WAY, "latest": reported(percent=None)}, id="no progress given"),
        pytest.param({**HALF_WAY, "latest": reported(percent=99)}, id="ahead of time"),
        pytest.param({"due_moves": 1}, id="moved once"),
        pytest.param({"latest": reported(confidence=None)}, id="no confidence given"),
    ],
)
def test_what_falls_short_of_every_trigger_is_on_track(changes):
    assert judged(**{"latest": reported(), **changes}).status is Status.GREEN


def test_time_is_measured_to_the_current_due_date():
    latest = reported(percent=30)
    moved = {"starts_on": days_ago(100), "baseline_due_on": TODAY, "due_moves": 1}
    assert judged(due_on=TODAY, latest=latest, **moved).status is Status.RED
    assert judged(due_on=TODAY + timedelta(days=100), latest=latest, **moved).status is Status.GREEN


def test_progress_says_nothing_more_after_the_due_date():
    verdict = judged(due_on=YESTERDAY, latest=reported(percent=10))
    assert sentences(verdict) == ["1 day overdue"]


def test_all_the_time_of_an_action_of_one_day_has_gone_on_that_day():
    verdict = judged(starts_on=TODAY, due_on=TODAY, latest=reported(percent=0))
    assert sentences(verdict) == ["progress is 100 points behind time"]


def test_points_behind_are_told_half_away_from_zero():
    changes = {"starts_on": days_ago(101), "due_on": TODAY + timedelta(days=99)}
    verdict = judged(**changes, latest=reported(percent=0))
    assert verdict.why == "progress is 51 points behind time"


def test_every_reason_is_listed_those_that_decide_first_in_the_order_of_the_table():
    verdict = judged(
        starts_on=days_ago(100),
        due_on=days_ago(30),
        due_moves=2,
        milestones=(milestone(days_ago(5)),),
        latest=reported(confidence=Confidence.LOW, is_blocked=True, percent=100),
    )
    assert codes(verdict) == [
        ReasonCode.OVERDUE,
        ReasonCode.BLOCKED,
        ReasonCode.LOW_CONFIDENCE,
        ReasonCode.MILESTONE_LATE,
        ReasonCode.NOT_SIGNED_OFF,
        ReasonCode.DUE_DATE_MOVED,
    ]
    assert [reason.severity for reason in verdict.reasons] == [Status.RED] * 3 + [Status.AMBER] * 3


def test_amber_reasons_stand_in_the_order_of_the_table():
    verdict = judged(
        **HALF_WAY,
        due_moves=2,
        milestones=(milestone(days_ago(5)),),
        latest=reported(confidence=Confidence.MEDIUM, percent=10),
    )
    assert codes(verdict) == [
        ReasonCode.MILESTONE_LATE,
        ReasonCode.MEDIUM_CONFIDENCE,
        ReasonCode.BEHIND_A_LITTLE,
        ReasonCode.DUE_DATE_MOVED,
    ]


def test_an_update_is_fresh_for_the_reporting_cycle_and_its_days_of_grace():
    assert judged(latest=update(days_ago(107))).status is Status.GREEN
    verdict = judged(latest=update(days_ago(108)))
    assert (verdict.status, verdict.why) == (Status.NOT_UPDATED, "no update for 108 days")


def test_an_action_that_was_never_reported_is_silent_since_its_start():
    assert judged(starts_on=days_ago(107)).status is Status.GREEN
    verdict = judged(starts_on=days_ago(108))
    assert (verdict.status, verdict.why) == (Status.NOT_UPDATED, "never reported in 108 days")


def test_silence_keeps_what_was_at_risk_in_the_list():
    verdict = judged(latest=update(days_ago(200), confidence=Confidence.MEDIUM), due_moves=2)
    assert verdict.status is Status.NOT_UPDATED
    assert codes(verdict) == [
        ReasonCode.SILENT,
        ReasonCode.MEDIUM_CONFIDENCE,
        ReasonCode.DUE_DATE_MOVED,
    ]


def test_silence_never_hides_what_is_off_track():
    verdict = judged(due_on=days_ago(90))
    assert (verdict.status, sentences(verdict)) == (Status.RED, ["90 days overdue"])


@pytest.mark.parametrize(
    ("rule", "changes", "status"),
    [
        (
            {"milestones_late_for_red": 3},
            {"milestones": (milestone(days_ago(3)),) * 2},
            Status.AMBER,
        ),
        ({"milestones_late_for_red": 1}, {"milestones": (milestone(days_ago(3)),)}, Status.RED),
        ({"milestone_very_late_days": 2}, {"milestones": (milestone(days_ago(3)),)}, Status.RED),
        ({"behind_red_points": 20}, {**HALF_WAY, "latest": reported(percent=25)}, Status.RED),
        ({"behind_amber_points": 20}, {**HALF_WAY, "latest": reported(percent=25)}, Status.AMBER),
        ({"due_moves_for_amber": 1}, {"due_moves": 1}, Status.AMBER),
        ({"reporting_cycle_days": 31}, {"latest": update(days_ago(47))}, Status.NOT_UPDATED),
        ({"grace_days": 0}, {"latest": update(days_ago(93))}, Status.NOT_UPDATED),
    ],
)
def test_every_threshold_is_a_rule_of_the_plan(rule, changes, status):
    facts = {"latest": reported(), **changes}
    assert judged(**facts).status is not status
    assert judged(rules=replace(RULES, **rule), **facts).status is status


def test_the_order_of_milestones_changes_nothing():
    steps = (milestone(days_ago(9)), milestone(LAST_DAY), milestone(days_ago(70)))
    facts = action(starts_on=FIRST_DAY, milestones=steps, latest=reported())
    backwards = replace(facts, milestones=steps[::-1])
    assert action_status(facts, RULES, TODAY) == action_status(backwards, RULES, TODAY)
