"""What holds for every plan, whatever is in it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.domain.factories import (
    FIRST_DAY,
    RULES,
    action,
    level,
    measure,
    milestone,
    objective,
    observation,
    plan,
    priority,
    target,
    update,
)
from tracker.domain.assessment import assess
from tracker.domain.measure_status import measure_status
from tracker.domain.rollup import (
    ChildLight,
    MeasureLight,
    delivery,
    objective_status,
    outcome,
    priority_status,
)
from tracker.domain.series import last_due
from tracker.domain.status import action_status
from tracker.domain.vocabulary import (
    ActionState,
    Confidence,
    ObservationState,
    Standing,
    Status,
)

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED
#: How far from green a rating is; what is none of the three is not compared.
RANK = {GREEN: 0, AMBER: 1, RED: 2}

action_lights = st.builds(
    ChildLight,
    is_critical=st.booleans(),
    status=st.sampled_from(
        [GREEN, AMBER, RED, Status.COMPLETE, Status.CLOSED, Status.NOT_STARTED, Status.NOT_UPDATED]
    ),
)
objective_lights = st.builds(
    ChildLight,
    is_critical=st.booleans(),
    status=st.sampled_from([GREEN, AMBER, RED, Status.NOT_EVIDENCED]),
)
measure_lights = st.builds(
    MeasureLight,
    standing=st.sampled_from([Standing.HEADLINE, Standing.SUPPORTING]),
    status=st.sampled_from([GREEN, AMBER, RED, Status.NO_DATA, Status.NOT_RATED]),
) | st.just(MeasureLight(Standing.CONTEXT, Status.NOT_RATED))


def up_to(lights, most=9):
    return st.lists(lights, max_size=most)


def one_worse(lights, data):
    """Return the lights with one of them turned from green to amber or red, or amber to red."""
    places = [place for place, light in enumerate(lights) if light.status in (GREEN, AMBER)]
    if not places:
        return lights
    place = data.draw(st.sampled_from(places))
    worse = [s for s in (AMBER, RED) if RANK[s] > RANK[lights[place].status]]
    turned = replace(lights[place], status=data.draw(st.sampled_from(worse)))
    return [*lights[:place], turned, *lights[place + 1 :]]


def moves_towards_green(before, after):
    return before in (AMBER, RED) and RANK.get(after, 3) < RANK[before]


@given(up_to(measure_lights), up_to(action_lights))
def test_a_green_objective_has_no_headline_in_doubt_and_no_action_off_track(measures, actions):
    status = objective_status(outcome(measures).status, delivery(actions).status).status
    if status is GREEN:
        doubtful = (AMBER, RED, Status.NO_DATA)
        assert not any(m.status in doubtful for m in measures if m.standing is Standing.HEADLINE)
        assert not any(a.status is RED for a in actions)


@given(up_to(measure_lights), up_to(action_lights), st.data())
def test_a_worse_measure_never_moves_its_objective_towards_green(measures, actions, data):
    done = delivery(actions).status
    before, after = outcome(measures).status, outcome(one_worse(measures, data)).status
    assert not moves_towards_green(before, after)
    assert not moves_towards_green(
        objective_status(before, done).status, objective_status(after, done).status
    )


@given(up_to(measure_lights), up_to(action_lights), st.data())
def test_a_worse_action_never_moves_its_objective_towards_green(measures, actions, data):
    shown = outcome(measures).status
    before, after = delivery(actions).status, delivery(one_worse(actions, data)).status
    assert not moves_towards_green(before, after)
    assert not moves_towards_green(
        objective_status(shown, before).status, objective_status(shown, after).status
    )


@given(up_to(objective_lights), st.data())
def test_a_worse_objective_never_moves_its_priority_towards_green(objectives, data):
    before = priority_status(objectives).status
    after = priority_status(one_worse(objectives, data)).status
    assert not moves_towards_green(before, after)


@given(up_to(measure_lights), up_to(action_lights), up_to(objective_lights), st.booleans())
def test_a_red_headline_reaches_its_priority_as_amber_at_least(
    measures, actions, others, is_critical
):
    shown = outcome([*measures, MeasureLight(Standing.HEADLINE, RED)])
    status = objective_status(shown.status, delivery(actions).status).status
    top = priority_status([*others, ChildLight(is_critical, status)]).status
    assert top in (AMBER, RED)


@given(up_to(measure_lights), up_to(action_lights))
def test_a_child_without_news_is_never_under_a_green_objective(measures, actions):
    status = objective_status(outcome(measures).status, delivery(actions).status).status
    is_silent = any(m.status is Status.NO_DATA for m in measures) or any(
        a.status is Status.NOT_UPDATED for a in actions
    )
    assert not (is_silent and status is GREEN)


@given(up_to(objective_lights))
def test_an_objective_without_evidence_is_never_under_a_green_priority(objectives):
    if any(o.status is Status.NOT_EVIDENCED for o in objectives):
        assert priority_status(objectives).status is not GREEN


@given(st.permutations(range(6)), up_to(measure_lights, 6), up_to(action_lights, 6))
def test_the_order_of_children_changes_no_light(order, measures, actions):
    def shuffled(lights):
        return [lights[place] for place in order if place < len(lights)]

    assert outcome(shuffled(measures)) == outcome(measures)
    assert delivery(shuffled(actions)) == delivery(actions)
    assert priority_status(shuffled(actions)) == priority_status(actions)


days_of_the_plan = st.dates(FIRST_DAY - timedelta(days=200), date(2018, 3, 31))

updates = st.builds(
    update,
    days_of_the_plan,
    state=st.sampled_from(ActionState),
    confidence=st.none() | st.sampled_from(Confidence),
    percent=st.none() | st.integers(0, 100),
    is_blocked=st.booleans(),
)
actions = st.builds(
    lambda starts_on, length, **changes: action(
        starts_on=starts_on, due_on=starts_on + timedelta(days=length), **changes
    ),
    days_of_the_plan,
    st.integers(0, 400),
    due_moves=st.integers(0, 3),
    is_critical=st.booleans(),
    milestones=st.lists(
        st.builds(milestone, days_of_the_plan, st.none() | days_of_the_plan), max_size=3
    ).map(tuple),
    latest=st.none() | updates,
)


@st.composite
def measures(draw):
    """A measure with any of its periods answered in any way."""
    make = draw(st.sampled_from([measure, level]))
    facts = make(["1"] * draw(st.integers(0, 14)))
    numbers = st.integers(0, 130).map(str)
    answers = []
    for known in facts.observations:
        state = draw(st.none() | st.sampled_from(ObservationState))
        if state is not None:
            value = draw(numbers) if state.has_value else None
            answers.append(observation(known.period_start, value, state))
    return replace(
        facts,
        observations=tuple(answers),
        is_cumulative=draw(st.booleans()),
        standing=draw(st.sampled_from(Standing)),
        target=draw(st.sampled_from([None, target(None), target(), target(baseline="90")])),
    )


@given(actions, days_of_the_plan)
def test_an_action_that_nobody_reported_on_is_never_on_track(facts, as_at):
    since = facts.latest.known_on if facts.latest else facts.starts_on
    verdict = action_status(facts, RULES, as_at)
    if (as_at - since).days > RULES.silence_days:
        assert verdict.status is not GREEN
        assert verdict.status is not AMBER or facts.latest.state is ActionState.COMPLETED


@given(measures(), days_of_the_plan)
def test_a_measure_whose_last_due_value_is_missing_is_never_rated(facts, as_at):
    due = last_due(facts, as_at)
    if due is not None and (due.observation is None or not due.observation.state.has_value):
        assert measure_status(facts, RULES, as_at).status in (Status.NO_DATA, Status.NOT_RATED)


@given(measures(), days_of_the_plan)
def test_provisional_values_alone_never_make_a_measure_green(facts, as_at):
    if all(o.state is not ObservationState.FINAL for o in facts.observations):
        assert measure_status(facts, RULES, as_at).status is not GREEN


@given(actions, measures(), days_of_the_plan)
def test_every_status_is_one_of_its_kind_and_has_its_first_reason_from_its_colour(
    facts, number, as_at
):
    done, shown = action_status(facts, RULES, as_at), measure_status(number, RULES, as_at)
    assert done.status in {
        GREEN,
        AMBER,
        RED,
        Status.COMPLETE,
        Status.CLOSED,
        Status.NOT_STARTED,
        Status.NOT_UPDATED,
    }
    assert shown.status in {GREEN, AMBER, RED, Status.NO_DATA, Status.NOT_RATED}
    for verdict in (done, shown):
        assert verdict.reasons[0].severity is verdict.status
        assert all(reason.sentence for reason in verdict.reasons)


@settings(max_examples=50)
@given(st.lists(actions, max_size=4), st.lists(measures(), max_size=4), days_of_the_plan, st.data())
def test_the_order_of_input_rows_changes_nothing(some_actions, some_measures, as_at, data):
    def shuffled(rows):
        return data.draw(st.permutations(rows))

    turned_actions = [replace(a, milestones=tuple(shuffled(a.milestones))) for a in some_actions]
    turned = [replace(m, observations=tuple(shuffled(m.observations))) for m in some_measures]
    before, after = (
        assess(plan(priority(objective(*rows))), as_at).priorities[0]
        for rows in (
            (some_actions, some_measures),
            (shuffled(turned_actions), shuffled(turned)),
        )
    )
    assert after.verdict == before.verdict
    assert after.objectives[0].outcome == before.objectives[0].outcome
    assert after.objectives[0].delivery == before.objectives[0].delivery
    assert by_id(after) == by_id(before)


def by_id(judged):
    return {item.facts.id: item.verdict for item in (*judged.actions, *judged.measures)}
