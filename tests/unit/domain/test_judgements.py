"""Judgements: what may be judged by whom, and what becomes of a judgement with time."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.domain.factories import LAST_DAY, RULES, level, measure, objective, plan, priority
from tracker.domain.actors import Actor
from tracker.domain.assessment import assess, assess_measure
from tracker.domain.disagreements import (
    disagreement_sentence,
    disagreements,
    find_judgeable,
    judgeable,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.facts import JudgementFacts
from tracker.domain.judgements import (
    JUDGED,
    JudgementEntry,
    JudgementState,
    StandingJudgement,
    check_judgement,
    check_second,
    check_withdrawal,
    is_improvement,
    judgement_line,
    may_be_judged,
    may_improve,
    severity,
    standing_judgement,
)
from tracker.domain.vocabulary import ItemKind, Role, Status

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED
NO_DATA, NOT_EVIDENCED, NOT_RATED = Status.NO_DATA, Status.NOT_EVIDENCED, Status.NOT_RATED
COMPUTED = (GREEN, AMBER, RED, NO_DATA, NOT_EVIDENCED, NOT_RATED)
KINDS = (ItemKind.MEASURE, ItemKind.OBJECTIVE, ItemKind.PRIORITY)
TODAY = date(2017, 3, 1)
WHY = "Half of the doors were never tried."

kinds, computed_statuses = st.sampled_from(KINDS), st.sampled_from(COMPUTED)
days = st.dates(date(2017, 1, 1), date(2017, 12, 31))


def judgement(status=RED, computed=AMBER, **changes):
    facts = {
        "id": 7,
        "reason": WHY,
        "author": "Officer",
        "judged_on": TODAY,
        "expires_on": TODAY + timedelta(days=30),
    }
    return JudgementFacts(status=status, computed=computed, **facts | changes)


def entry(judged=RED, reason=WHY, expires_on=TODAY + timedelta(days=30)):
    return JudgementEntry(judged, reason, expires_on)


def check(given_entry, kind=ItemKind.MEASURE, *, computed=AMBER, improving=True):
    return check_judgement(given_entry, kind, computed=computed, today=TODAY, improving=improving)


def refusal(given_entry, kind=ItemKind.MEASURE, **changes):
    with pytest.raises(RuleBroken) as broken:
        check(given_entry, kind, **changes)
    return broken.value.field, broken.value.message


def state(facts, computed=AMBER, as_at=TODAY):
    return standing_judgement(facts, computed, as_at).state


def test_green_is_best_then_all_that_is_neither_then_red():
    middle = {severity(status) for status in (AMBER, NOT_EVIDENCED, NO_DATA, NOT_RATED)}
    assert len(middle) == 1
    assert severity(GREEN) < middle.pop() < severity(RED)


def test_a_sound_judgement_is_taken_with_its_reason_trimmed():
    assert check(entry(reason=f"  {WHY}\n")) == entry()


@pytest.mark.parametrize(
    ("kind", "judged", "message"),
    [
        (ItemKind.MEASURE, NOT_EVIDENCED, "Choose green, amber, red or no data"),
        (ItemKind.OBJECTIVE, NO_DATA, "Choose green, amber, red or not evidenced"),
        (ItemKind.PRIORITY, Status.COMPLETE, "Choose green, amber, red or not evidenced"),
        (ItemKind.MEASURE, NOT_RATED, "Choose green, amber, red or no data"),
    ],
)
def test_an_item_is_judged_in_the_words_of_its_kind(kind, judged, message):
    assert refusal(entry(judged), kind) == ("judged", message)


@pytest.mark.parametrize("status", [GREEN, AMBER, RED, NO_DATA])
def test_the_computed_status_itself_is_no_judgement(status):
    field, message = refusal(entry(status), computed=status)
    assert field == "judged"
    assert "This is the computed status" in message


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("computed", [RED, NO_DATA, NOT_EVIDENCED])
def test_red_or_missing_evidence_is_never_judged_green(kind, computed):
    field, message = refusal(entry(GREEN), kind, computed=computed)
    assert field == "judged"
    assert "can never be judged green" in message


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Enter why you judge it differently"),
        (" " * 30, "Enter why you judge it differently"),
        ("x" * 19, "Say why in 20 characters or more"),
        (f"{'x' * 19}     ", "Say why in 20 characters or more"),
        ("x" * 2001, "Shorten why you judge it differently by 1 character"),
        ("a bell \x07 in a long enough reason", "Remove the control characters"),
    ],
)
def test_a_reason_has_twenty_characters_and_no_more_than_can_be_read(reason, message):
    field, said = refusal(entry(reason=reason))
    assert field == "reason"
    assert message in said


def test_twenty_characters_are_enough():
    assert check(entry(reason="x" * 20)).reason == "x" * 20


@pytest.mark.parametrize(
    ("after", "message"),
    [
        (-1, "Enter 2 March 2017 or a later date"),
        (0, "Enter 2 March 2017 or a later date"),
        (101, "Enter 9 June 2017 or an earlier date"),
    ],
)
def test_a_judgement_ends_after_today_and_within_a_hundred_days(after, message):
    field, said = refusal(entry(expires_on=TODAY + timedelta(days=after)))
    assert field == "expires_on"
    assert message in said


@pytest.mark.parametrize("after", [1, 100])
def test_tomorrow_and_the_hundredth_day_are_both_good(after):
    assert check(entry(expires_on=TODAY + timedelta(days=after)))


@pytest.mark.parametrize(("judged", "computed"), [(GREEN, AMBER), (NO_DATA, AMBER), (AMBER, RED)])
def test_whoever_may_only_worsen_judges_nothing_better_nor_equally_bad(judged, computed):
    field, message = refusal(entry(judged), computed=computed, improving=False)
    assert field == "judged"
    assert "worse than the computed one" in message
    assert check(entry(judged), computed=computed).judged is judged


def test_whoever_may_only_worsen_judges_worse():
    assert check(entry(RED), improving=False).judged is RED
    assert check(entry(NO_DATA), computed=GREEN, improving=False).judged is NO_DATA


def test_only_officers_may_improve():
    roles = {role for role in Role if may_improve(Actor(1, "Somebody", role))}
    assert roles == {Role.OFFICER}


@given(kinds, computed_statuses, st.booleans())
def test_what_is_offered_is_just_what_is_taken(kind, computed, improving):
    offered = may_be_judged(kind, computed, improving=improving)
    for judged in Status:
        if judged in offered:
            assert check(entry(judged), kind, computed=computed, improving=improving)
        else:
            field, _ = refusal(entry(judged), kind, computed=computed, improving=improving)
            assert field == "judged"


@given(kinds, computed_statuses)
def test_nobody_is_ever_offered_green_for_red_or_for_what_is_not_known(kind, computed):
    assume(computed in (RED, NO_DATA, NOT_EVIDENCED))
    assert GREEN not in may_be_judged(kind, computed, improving=True)


def test_no_judgement_is_none():
    assert standing_judgement(None, AMBER, TODAY) is None


def test_a_worse_judgement_is_in_force_alone():
    assert state(judgement(RED, AMBER)) is JudgementState.IN_FORCE


def test_an_equally_bad_judgement_is_in_force_alone():
    assert state(judgement(NO_DATA, AMBER)) is JudgementState.IN_FORCE


def test_a_better_judgement_awaits_a_second_until_somebody_seconds_it():
    assert state(judgement(AMBER, RED), RED) is JudgementState.AWAITING_SECOND
    assert state(judgement(AMBER, RED, seconded_by="Chair"), RED) is JudgementState.IN_FORCE


def test_a_judgement_lapses_when_the_computed_status_changes_for_better_or_worse():
    assert state(judgement(RED, AMBER), GREEN) is JudgementState.LAPSED
    assert state(judgement(RED, AMBER), RED) is JudgementState.LAPSED
    assert state(judgement(AMBER, RED), AMBER) is JudgementState.LAPSED


def test_a_judgement_expires_after_its_last_day():
    facts = judgement()
    assert state(facts, as_at=facts.expires_on) is JudgementState.IN_FORCE
    assert state(facts, as_at=facts.expires_on + timedelta(days=1)) is JudgementState.EXPIRED


def test_what_was_withdrawn_is_withdrawn_whatever_else_became_of_it():
    facts = judgement(is_withdrawn=True)
    assert state(facts) is JudgementState.WITHDRAWN
    assert state(facts, GREEN, date(2018, 1, 1)) is JudgementState.WITHDRAWN


@given(kinds, computed_statuses, computed_statuses, days, st.booleans())
def test_what_stands_is_within_its_days_and_about_the_status_of_that_day(
    kind, then, now, as_at, is_seconded
):
    for judged in may_be_judged(kind, then, improving=True):
        facts = judgement(judged, then, seconded_by="Chair" if is_seconded else "")
        standing = standing_judgement(facts, now, as_at)
        if standing.is_shown:
            assert as_at <= facts.expires_on
            assert now is then
            assert standing.is_awaiting_second == (is_improvement(judged, then) and not is_seconded)
        else:
            assert as_at > facts.expires_on or now is not then


@pytest.mark.parametrize(
    "state", [s for s in JudgementState if s is not JudgementState.AWAITING_SECOND]
)
def test_only_what_awaits_a_second_is_seconded(state):
    with pytest.raises(RuleBroken, match="There is nothing to second"):
        check_second(StandingJudgement(judgement(), state))


def test_what_awaits_a_second_may_be_seconded():
    check_second(StandingJudgement(judgement(AMBER, RED), JudgementState.AWAITING_SECOND))


@pytest.mark.parametrize(
    "state", [JudgementState.EXPIRED, JudgementState.WITHDRAWN, JudgementState.REPLACED]
)
def test_what_has_ended_is_not_withdrawn(state):
    with pytest.raises(RuleBroken, match=f"nothing to withdraw: the judgement is {state.words}"):
        check_withdrawal(StandingJudgement(judgement(), state), "A slip")


@pytest.mark.parametrize(
    "state", [JudgementState.IN_FORCE, JudgementState.AWAITING_SECOND, JudgementState.LAPSED]
)
def test_what_may_stand_yet_is_withdrawn_with_a_reason(state):
    standing = StandingJudgement(judgement(), state)
    assert check_withdrawal(standing, " A slip ") == "A slip"
    with pytest.raises(RuleBroken, match="Enter why it is withdrawn") as broken:
        check_withdrawal(standing, "  ")
    assert broken.value.field == "reason"


def test_a_line_says_who_judged_what_and_until_when():
    worse = StandingJudgement(judgement(), JudgementState.IN_FORCE)
    assert judgement_line(worse, ItemKind.MEASURE) == "Judged Red by Officer until 31 March 2017"
    open_ = StandingJudgement(judgement(AMBER, RED), JudgementState.AWAITING_SECOND)
    assert judgement_line(open_, ItemKind.MEASURE) == (
        "Judged Amber by Officer until 31 March 2017, awaiting a second"
    )
    agreed = StandingJudgement(judgement(AMBER, RED, seconded_by="Chair"), JudgementState.IN_FORCE)
    assert judgement_line(agreed, ItemKind.MEASURE) == (
        "Judged Amber by Officer, seconded by Chair, until 31 March 2017"
    )


def red_measure(**changes):
    """Far above a path of 10 a month: red, whether by chart or by target."""
    return measure(["100"] * 12, **changes)


def judged_plan(**changes):
    """A plan whose one measure is judged, with the objective and the priority above it."""
    last = {"expires_on": LAST_DAY, **changes}
    facts = judgement(AMBER, RED, seconded_by="Chair", **last)
    return plan(priority(objective(measures=[red_measure(judgement=facts)])))


def test_an_assessed_measure_keeps_its_computed_status_beside_the_judged_one():
    found = assess_measure(
        red_measure(judgement=judgement(AMBER, RED, expires_on=LAST_DAY)), RULES, LAST_DAY
    )
    assert found.verdict.status is RED
    assert found.judgement.facts.status is AMBER
    assert found.judgement.is_awaiting_second


def test_a_judgement_at_one_level_never_changes_another():
    judged = assess(judged_plan(), LAST_DAY)
    (one,) = judged.priorities
    assert one.measures[0].judgement.state is JudgementState.IN_FORCE
    assert [one.objectives[0].verdict.status, one.verdict.status] == [RED, RED]
    assert one.measure_tally.of(RED) == 1


def test_every_level_of_the_plan_can_be_judged_and_found():
    found = assess(judged_plan(), LAST_DAY)
    assert [about.kind for about in judgeable(found)] == [
        ItemKind.PRIORITY,
        ItemKind.OBJECTIVE,
        ItemKind.MEASURE,
    ]
    of_measure = find_judgeable(found, ItemKind.MEASURE, found.measures[0].facts.id)
    assert of_measure.name == "M1 Crimes"
    assert of_measure.priority is found.priorities[0]
    assert find_judgeable(found, ItemKind.MEASURE, 0) is None


def test_disagreements_are_those_that_stand_worst_first():
    mild = level(["90"] * 4, judgement=judgement(AMBER, GREEN, expires_on=LAST_DAY))
    gone = red_measure(judgement=judgement(AMBER, RED, is_withdrawn=True))
    bad = red_measure(judgement=judgement(AMBER, RED, expires_on=LAST_DAY))
    found = assess(plan(priority(objective(measures=[gone, mild, bad]))), LAST_DAY)
    assert [one.about.id for one in disagreements(found)] == [bad.id, mild.id]


@pytest.mark.parametrize(
    ("in_force", "awaiting", "sentence"),
    [
        (0, 0, "Every status is as computed."),
        (1, 0, "One status is judged differently from what is computed."),
        (2, 0, "Two statuses are judged differently from what is computed."),
        (
            12,
            1,
            "12 statuses are judged differently from what is computed; one more awaits a second.",
        ),
        (0, 1, "One judgement awaits a second; every status is as computed."),
        (0, 2, "Two judgements await a second; every status is as computed."),
    ],
)
def test_how_many_disagree_is_one_sentence(in_force, awaiting, sentence):
    worse = level(["90"] * 4, judgement=judgement(AMBER, GREEN, expires_on=LAST_DAY))
    better = red_measure(judgement=judgement(AMBER, RED, expires_on=LAST_DAY))
    facts = plan(priority(objective(measures=[*[worse] * in_force, *[better] * awaiting])))
    assert disagreement_sentence(disagreements(assess(facts, LAST_DAY))) == sentence


def test_every_kind_knows_three_colours_and_its_own_word_for_missing():
    assert {kind: words[-1] for kind, words in JUDGED.items()} == {
        ItemKind.MEASURE: NO_DATA,
        ItemKind.OBJECTIVE: NOT_EVIDENCED,
        ItemKind.PRIORITY: NOT_EVIDENCED,
    }
