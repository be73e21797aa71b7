from dataclasses import replace
from datetime import date

import pytest

from tests.unit.domain.factories import (
    FIRE,
    POLICE,
    RULES,
    action,
    level,
    measure,
    objective,
    observation,
    plan,
    priority,
    target,
    update,
)
from tracker.domain.assessment import assess, assess_measure
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    ObservationState,
    PriorityKind,
    Standing,
    Status,
)

TODAY = date(2016, 7, 15)
FRESH = update(date(2016, 7, 1))

on_track = action(code="A1", latest=FRESH)
late = action(code="A2", due_on=date(2016, 6, 30), latest=FRESH, lead=FIRE)
unsure = action(code="A3", latest=replace(FRESH, confidence=Confidence.MEDIUM))
green = measure(["10", "10"], code="M1")
red = measure(["20", "20"], code="M2", owner=FIRE)
missing = measure(code="M3")
context = measure(["1", "1"], code="M4", standing=Standing.CONTEXT)


def assessed(*priorities):
    return assess(plan(*priorities), TODAY)


def test_every_part_of_the_plan_is_judged_by_its_own_rules():
    judged = assessed(
        priority(objective([on_track], [green]), objective([late], [green])),
        priority(objective([on_track], [red])),
    )
    first, second = judged.priorities
    assert [o.verdict.status for o in first.objectives] == [Status.GREEN, Status.AMBER]
    assert first.verdict.status is Status.AMBER
    assert second.objectives[0].outcome.status is Status.RED
    assert second.objectives[0].delivery.status is Status.GREEN
    assert second.objectives[0].verdict.why == "delivered but not working, rethink the actions"
    assert second.verdict.status is Status.RED


def test_a_headline_measure_weighs_more_than_a_supporting_one():
    supporting = replace(red, standing=Standing.SUPPORTING)
    judged = assessed(
        priority(objective([], [green, green, supporting]), objective([], [red, green]))
    )
    assert [o.outcome.status for o in judged.objectives] == [Status.AMBER, Status.RED]


def test_a_critical_action_and_a_critical_objective_weigh_more():
    critical = replace(late, is_critical=True)
    others = [on_track] * 3
    usual, weighty = (
        assessed(priority(objective([item, *others], [green]))) for item in (late, critical)
    )
    assert usual.objectives[0].delivery.status is Status.AMBER
    assert weighty.objectives[0].delivery.status is Status.RED
    sound = [objective([], [green])] * 2
    failing = objective([], [red])
    assert assessed(priority(failing, *sound)).priorities[0].verdict.status is Status.AMBER
    critically = replace(failing, is_critical=True)
    assert assessed(priority(critically, *sound)).priorities[0].verdict.status is Status.RED


def test_the_rules_of_the_plan_are_used():
    silent = action(latest=update(date(2016, 4, 30)))
    facts = plan(priority(objective([silent])))
    strict = replace(facts, rules=replace(RULES, reporting_cycle_days=31))
    assert [a.verdict.status for a in assess(facts, TODAY).actions] == [Status.GREEN]
    assert [a.verdict.status for a in assess(strict, TODAY).actions] == [Status.NOT_UPDATED]


def test_items_come_in_the_order_of_the_plan():
    judged = assessed(
        priority(objective([late, on_track], [red]), objective([unsure])),
        priority(objective([], [green, missing]), kind=PriorityKind.STRAND),
    )
    assert [a.facts.code for a in judged.actions] == ["A2", "A1", "A3"]
    assert [m.facts.code for m in judged.measures] == ["M2", "M1", "M3"]
    assert len(judged.objectives) == 3
    assert [a.facts.code for a in judged.priorities[0].actions] == ["A2", "A1", "A3"]
    assert [m.facts.code for m in judged.priorities[1].measures] == ["M1", "M3"]


def test_statuses_are_counted_worst_first():
    judged = assessed(
        priority(
            objective([on_track, late, unsure], [green, red, missing, context]),
            objective([on_track], [green]),
        )
    )
    actions = ((Status.RED, 1), (Status.AMBER, 1), (Status.GREEN, 2))
    measures = (
        (Status.RED, 1),
        (Status.NO_DATA, 1),
        (Status.NOT_RATED, 1),
        (Status.GREEN, 2),
    )
    only = judged.priorities[0]
    assert judged.action_tally.counts == only.action_tally.counts == actions
    assert judged.measure_tally.counts == only.measure_tally.counts == measures
    assert only.objective_tally.counts == ((Status.RED, 1), (Status.GREEN, 1))


def test_each_partners_load_is_what_it_leads_and_owns_most_actions_first():
    judged = assessed(priority(objective([on_track, late, unsure], [green, red])))
    police, fire = judged.workloads
    assert (police.partner, fire.partner) == (POLICE, FIRE)
    assert [a.facts.code for a in police.actions] == ["A1", "A3"]
    assert [m.facts.code for m in fire.measures] == ["M2"]
    assert (police.overdue, fire.overdue) == (0, 1)
    assert fire.action_tally.counts == ((Status.RED, 1),)


def test_a_partner_that_only_owns_measures_has_a_load():
    (load,) = assessed(priority(objective([], [red]))).workloads
    assert (load.partner, load.actions) == (FIRE, ())


def test_a_completed_action_is_overdue_no_longer():
    done = replace(late, latest=replace(FRESH, state=ActionState.COMPLETED))
    judged = assessed(priority(objective([late, done])))
    assert [a.is_overdue for a in judged.actions] == [True, False]


def test_a_measure_shows_its_position_and_its_newest_answer():
    withheld = observation(date(2016, 6, 1), None, ObservationState.WITHHELD)
    facts = replace(green, observations=(withheld, *green.observations))
    judged = assess_measure(facts, RULES, TODAY)
    assert judged.position is not None
    assert (judged.position.actual, judged.position.required) == (20, 20)
    assert judged.latest is withheld


def test_a_measure_that_was_never_reported_has_neither_position_nor_answer():
    judged = assess_measure(missing, RULES, TODAY)
    assert (judged.position, judged.latest) == (None, None)


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        (plan(), None),
        (plan(priority()), Status.NOT_EVIDENCED),
        (plan(priority(objective())), Status.NOT_EVIDENCED),
    ],
    ids=["no priority", "no objective", "no item"],
)
def test_an_empty_plan_is_assessed_too(facts, status):
    judged = assess(facts, TODAY)
    assert [p.verdict.status for p in judged.priorities] == ([status] if status else [])
    assert (judged.action_tally.total, judged.measure_tally.total, judged.workloads) == (0, 0, ())


def test_the_same_plan_reads_differently_on_another_day():
    facts = plan(priority(objective([late], [level(["70"], target=target("80", baseline="60"))])))
    before, after = (assess(facts, day) for day in (date(2016, 6, 30), date(2016, 7, 1)))
    assert before.actions[0].verdict.status is Status.GREEN
    assert after.actions[0].verdict.status is Status.RED
