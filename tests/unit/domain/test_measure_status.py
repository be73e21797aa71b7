from dataclasses import replace
from datetime import date

import pytest

from tests.unit.domain.factories import (
    LAST_DAY,
    RULES,
    level,
    measure,
    observation,
    observations,
    target,
)
from tracker.domain.measure_status import measure_status
from tracker.domain.status import ReasonCode
from tracker.domain.vocabulary import (
    Direction,
    Frequency,
    ObservationState,
    Standing,
    Status,
)

#: April and May 2016 are due by now, June is awaited.
SUMMER = date(2016, 7, 15)


def judged(facts, as_at=SUMMER):
    return measure_status(facts, RULES, as_at)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    "changes", [{"standing": Standing.CONTEXT}, {"direction": Direction.NEUTRAL}]
)
@pytest.mark.parametrize("values", [["1", "1"], []], ids=["with values", "without"])
def test_context_is_shown_and_never_rated(changes, values):
    verdict = judged(measure(values, **changes))
    assert (verdict.status, verdict.why) == (Status.NOT_RATED, "context: shown, not rated")


@pytest.mark.parametrize(
    ("value", "status"),
    [("10", Status.GREEN), ("10.5", Status.AMBER), ("10.51", Status.RED)],
)
def test_a_measure_is_rated_by_its_target(value, status):
    verdict = judged(measure([value] * 2))
    assert verdict.status is status
    assert [(r.code, r.severity) for r in verdict.reasons] == [(ReasonCode.BY_TARGET, status)]


@pytest.mark.parametrize(
    ("facts", "as_at", "sentence"),
    [
        (
            measure(["12", "15"]),
            SUMMER,
            "by target, too early for a chart: 27 so far, 20 required by May 2016",
        ),
        (
            level(["70.25", "84.25"], target=target("80", baseline="60")),
            date(2016, 12, 1),
            "by target, too early for a chart: 84.3%, 70% required by Jul to Sep 2016",
        ),
    ],
)
def test_the_reason_says_what_was_reached_and_what_was_required(facts, as_at, sentence):
    assert judged(facts, as_at).why == sentence


def test_a_measure_with_values_and_no_target_is_not_rated():
    verdict = judged(measure(["10", "10"], target=target(None)))
    assert (verdict.status, verdict.why) == (Status.NOT_RATED, "no target is set")


def test_no_value_comes_before_no_target():
    assert judged(measure(target=target(None))).status is Status.NO_DATA


def test_a_measure_whose_last_due_value_is_missing_has_no_data_whatever_came_before():
    verdict = judged(measure(["5"]))
    assert (verdict.status, verdict.why) == (Status.NO_DATA, "May 2016 is 15 days overdue")
    assert codes(verdict) == [ReasonCode.VALUE_OVERDUE]


def test_a_value_is_not_missed_on_the_day_it_is_due():
    assert judged(measure(["5"]), date(2016, 6, 30)).status is Status.GREEN
    verdict = judged(measure(["5"]), date(2016, 7, 1))
    assert (verdict.status, verdict.why) == (Status.NO_DATA, "May 2016 is 1 day overdue")


def test_a_later_value_does_not_make_up_for_the_one_that_is_overdue():
    assert judged(measure(["5", None, "5"])).status is Status.NO_DATA


def test_a_gap_before_the_last_due_period_does_not_take_the_status():
    assert judged(measure([None, "5"])).status is Status.GREEN


@pytest.mark.parametrize(
    ("state", "code", "sentence"),
    [
        (ObservationState.WITHHELD, ReasonCode.WITHHELD, "May 2016 is withheld by its owner"),
        (ObservationState.NOT_COLLECTED, ReasonCode.NOT_COLLECTED, "May 2016 was not collected"),
    ],
)
def test_an_answer_without_a_number_is_no_data_and_not_overdue(state, code, sentence):
    answered = (*observations(["5"]), observation(date(2016, 5, 1), None, state))
    verdict = judged(measure(observations=answered))
    assert (verdict.status, verdict.why, codes(verdict)) == (Status.NO_DATA, sentence, [code])


def test_what_is_withheld_before_it_is_due_leaves_the_last_due_value_standing():
    june = observation(date(2016, 6, 1), None, ObservationState.WITHHELD)
    facts = measure(observations=(*observations(["5", "5"]), june))
    assert judged(facts).status is Status.GREEN


def test_a_first_value_that_was_withheld_early_is_said_to_be():
    april = observation(date(2016, 4, 1), None, ObservationState.WITHHELD)
    verdict = judged(measure(observations=(april,)), date(2016, 5, 10))
    assert (verdict.status, verdict.why) == (Status.NO_DATA, "Apr 2016 is withheld by its owner")


def test_before_its_first_value_is_due_a_measure_says_when_it_will_be():
    verdict = judged(measure(frequency=Frequency.YEARLY), LAST_DAY)
    assert (verdict.status, verdict.why) == (Status.NO_DATA, "first value due 30 April 2017")
    assert codes(verdict) == [ReasonCode.NO_VALUE]


def test_last_years_values_rate_no_total_of_this_year():
    facts = measure(["10"] * 3, collected_from=date(2016, 1, 1))
    verdict = judged(facts, date(2016, 5, 10))
    assert (verdict.status, verdict.why) == (Status.NO_DATA, "no value yet since 1 April 2016")


def test_last_years_running_total_is_never_green_in_a_new_year():
    facts = level(["100"], is_cumulative=True, collected_from=date(2016, 1, 1))
    assert judged(facts, date(2016, 5, 1)).status is Status.NO_DATA


def test_a_measure_that_is_collected_no_longer_keeps_the_status_it_ended_with():
    facts = measure(["10"] * 12)
    long_after = date(2017, 9, 1)
    assert judged(facts, long_after).status is Status.NO_DATA
    assert judged(replace(facts, collected_until=LAST_DAY), long_after).status is Status.GREEN


def test_a_provisional_value_cannot_make_a_status_better():
    verdict = judged(measure(["11", "5"], provisional=1))
    assert verdict.status is Status.RED
    assert [(r.code, r.severity) for r in verdict.reasons] == [
        (ReasonCode.PROVISIONAL, Status.RED),
        (ReasonCode.BY_TARGET, Status.GREEN),
    ]


def test_a_provisional_value_can_make_a_status_worse():
    verdict = judged(measure(["10", "15"], provisional=1))
    assert (verdict.status, codes(verdict)) == (Status.RED, [ReasonCode.BY_TARGET])


def test_a_provisional_value_that_changes_nothing_is_no_reason():
    verdict = judged(measure(["10", "10"], provisional=1))
    assert (verdict.status, codes(verdict)) == (Status.GREEN, [ReasonCode.BY_TARGET])


@pytest.mark.parametrize(
    ("value", "status"),
    [("5", Status.AMBER), ("10.5", Status.AMBER), ("15", Status.RED)],
)
def test_where_every_value_is_provisional_a_measure_is_amber_at_best(value, status):
    assert judged(measure([value] * 2, provisional=2)).status is status


def test_amber_at_best_is_the_reason_that_decides():
    verdict = judged(measure(["5", "5"], provisional=2))
    assert verdict.why == "every value is provisional: amber at best"


def test_an_older_provisional_value_is_not_held_against_a_final_latest_one():
    older = observations(["5"], provisional=1)
    newer = observations(["10.6"], first=date(2016, 5, 1))
    assert judged(measure(observations=older + newer)).status is Status.GREEN


def test_the_order_of_the_observations_changes_nothing():
    facts = measure(["11", "5"], provisional=1)
    backwards = replace(facts, observations=facts.observations[::-1])
    assert judged(backwards) == judged(facts)
