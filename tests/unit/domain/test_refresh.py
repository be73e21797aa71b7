"""What the facts propose for each item of a plan, before anybody decides."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.domain.factories import (
    LAST_DAY,
    action,
    level,
    measure,
    milestone,
    objective,
    plan,
    priority,
    target,
    update,
)
from tracker.domain.assessment import assess
from tracker.domain.errors import RuleBroken
from tracker.domain.refresh import Decided, DecisionDetails, propose, refresh_items
from tracker.domain.vocabulary import ActionState, Decision, ItemKind, Standing

AS_AT = date(2017, 3, 15)
RECENTLY = date(2017, 2, 20)


def proposed_for(*, actions=(), measures=(), kind):
    assessed = assess(plan(priority(objective(actions, measures))), AS_AT)
    return next(p for p in propose(assessed) if p.kind is kind)


def proposed_for_action(**changes):
    return proposed_for(actions=[action(**changes)], kind=ItemKind.ACTION)


def test_a_complete_action_is_proposed_to_close():
    done = update(RECENTLY, state=ActionState.COMPLETED, confidence=None)
    assert proposed_for_action(latest=done).decision is Decision.CLOSE


def test_an_action_reported_complete_with_an_open_milestone_is_kept():
    done = update(RECENTLY, state=ActionState.COMPLETED, confidence=None)
    proposal = proposed_for_action(latest=done, milestones=(milestone(LAST_DAY),))
    assert proposal.decision is Decision.KEEP


def test_a_cancelled_action_is_proposed_to_close():
    gone = update(RECENTLY, state=ActionState.CANCELLED, confidence=None)
    proposal = proposed_for_action(latest=gone)
    assert (proposal.decision, proposal.reason) == (Decision.CLOSE, "Cancelled")


def test_an_overdue_action_is_kept_with_a_new_date():
    proposal = proposed_for_action(due_on=date(2017, 1, 31), latest=update(RECENTLY))
    assert proposal.decision is Decision.KEEP
    assert proposal.reason == "Overdue since 31 January 2017: set a new date"


def test_an_action_that_will_not_be_complete_at_the_end_of_the_plan_is_kept_with_a_new_date():
    proposal = proposed_for_action(latest=update(RECENTLY))
    assert proposal.decision is Decision.KEEP
    assert proposal.reason == "Not complete yet, due 31 March 2017: set a new date"


def test_an_action_that_runs_beyond_the_plan_keeps_its_date():
    proposal = proposed_for_action(due_on=date(2017, 6, 30), latest=update(RECENTLY))
    assert proposal.reason == "It runs on until 30 June 2017"


def test_an_action_that_nobody_reported_on_is_amended_or_closed():
    proposal = proposed_for_action(latest=None)
    assert proposal.decision is Decision.AMEND
    assert "or close it" in proposal.reason


def test_an_action_that_starts_later_is_kept_though_nobody_reported_on_it():
    starts = date(2017, 3, 20)
    proposal = proposed_for_action(starts_on=starts, due_on=date(2017, 6, 30), latest=None)
    assert proposal.decision is Decision.KEEP


@pytest.mark.parametrize(
    ("facts", "decision"),
    [
        (measure(["10"] * 11), Decision.KEEP),
        (measure([]), Decision.AMEND),
        (measure(["10"] * 11, target=target(None)), Decision.AMEND),
        (measure(["10"] * 3), Decision.AMEND),
        (measure(["10"] * 11, target=None, standing=Standing.CONTEXT), Decision.KEEP),
        (level(["80", "81", "82"]), Decision.KEEP),
    ],
    ids=["sound", "no value", "no target", "late", "context", "level"],
)
def test_a_measure_is_kept_if_it_has_data_and_a_target(facts, decision):
    assert proposed_for(measures=[facts], kind=ItemKind.MEASURE).decision is decision


def test_an_objective_without_a_measure_is_amended():
    proposal = proposed_for(actions=[action()], kind=ItemKind.OBJECTIVE)
    assert proposal.decision is Decision.AMEND


def test_a_decision_stands_in_the_place_of_its_proposal():
    assessed = assess(plan(priority()), AS_AT)
    key = propose(assessed)[0].key
    decided = Decided(7, 1, *key, Decision.CLOSE, "", "Merged into P2", "Officer")
    (item,) = refresh_items(assessed, {key: decided})
    assert (item.decision, item.reason) == (Decision.CLOSE, "Merged into P2")


def test_a_proposal_is_no_decision():
    (item,) = refresh_items(assess(plan(priority()), AS_AT), {})
    assert item.decided is None


@pytest.mark.parametrize("decision", [Decision.AMEND, Decision.ADD])
def test_new_wording_is_needed_to_amend_or_add(decision):
    with pytest.raises(RuleBroken) as refused:
        DecisionDetails(decision, "Because", "  ").checked()
    assert refused.value.field == "new_wording"


def test_every_decision_needs_a_reason():
    with pytest.raises(RuleBroken) as refused:
        DecisionDetails(Decision.KEEP, " ").checked()
    assert refused.value.field == "reason"


counts = st.integers(0, 3)


@given(st.lists(st.lists(st.tuples(counts, counts), max_size=3), max_size=3), st.data())
def test_every_item_gets_exactly_one_proposal(shape, data):
    days = st.dates(date(2016, 4, 1), date(2017, 9, 30))
    facts = plan(
        *(
            priority(
                *(
                    objective(
                        [action(due_on=data.draw(days)) for _ in range(actions)],
                        [measure(["5"] * data.draw(counts)) for _ in range(measures)],
                    )
                    for actions, measures in objectives
                )
            )
            for objectives in shape
        )
    )
    proposed = [p.key for p in propose(assess(facts, data.draw(days)))]
    items = [(ItemKind.PRIORITY, p.id) for p in facts.priorities]
    for owner in facts.priorities:
        for o in owner.objectives:
            items.append((ItemKind.OBJECTIVE, o.id))
            items.extend((ItemKind.ACTION, a.id) for a in o.actions)
            items.extend((ItemKind.MEASURE, m.id) for m in o.measures)
    assert sorted(proposed) == sorted(items)
