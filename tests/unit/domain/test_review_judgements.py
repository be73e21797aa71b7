"""Judgements in the review: both statuses wherever one stands, and one list for the board."""

from datetime import date

from tests.unit.domain.factories import measure, objective, plan, priority
from tests.unit.domain.test_review import built, section, table, words
from tracker.domain.document import Paragraph, StatusWord
from tracker.domain.facts import JudgementFacts, ObjectiveFacts, PriorityFacts
from tracker.domain.vocabulary import Status

WHY = "Half of the wards were never asked."


def judged(status, **changes):
    facts = {
        "id": 1,
        "status": status,
        "computed": Status.RED,
        "reason": WHY,
        "author": "Officer",
        "judged_on": date(2017, 3, 1),
        "expires_on": date(2017, 6, 1),
    }
    return JudgementFacts(**facts | changes)


def with_judgement(facts, judgement):
    """Return an objective or a priority that somebody judged."""
    values = {name: getattr(facts, name) for name in facts.__slots__}
    return type(facts)(**values | {"judgement": judgement})


def red_measure(**changes):
    return measure(["20"] * 10, code="M1.1a", title="Crimes recorded", **changes)


SECONDED = judged(Status.AMBER, seconded_by="Chair")


def test_a_measure_shows_both_statuses_wherever_its_status_stands():
    document = built(plan(priority(objective(measures=[red_measure(judgement=SECONDED)]))))
    both = StatusWord(Status.RED, "Red; judged Amber")
    assert table(document, "Measures").rows[0][-1] == both
    assert table(document, "Red and off track").rows[0][1] == both


def test_a_judgement_that_awaits_a_second_says_so():
    waiting = red_measure(judgement=judged(Status.AMBER))
    document = built(plan(priority(objective(measures=[waiting]))))
    assert "Red; Amber awaits a second" in words(document)
    row = table(document, "Judgements").rows[0]
    assert row[-1].endswith("awaits a second, does not count yet")


def test_a_priority_shows_who_judged_it_and_why_below_its_status():
    facts: PriorityFacts = with_judgement(priority(objective(measures=[red_measure()])), SECONDED)
    found = section(built(plan(facts)), "P1 Crime")
    assert (
        Paragraph(f"Judged Amber by Officer, seconded by Chair, until 1 June 2017. {WHY}", "note")
        in found.blocks
    )


def test_an_objective_shows_both_statuses_in_its_table():
    facts: ObjectiveFacts = with_judgement(objective(measures=[red_measure()]), SECONDED)
    rows = table(built(plan(priority(facts))), "P1 Crime").rows
    assert rows[0][3] == StatusWord(Status.RED, "Red; judged Amber")


def test_the_board_has_one_list_of_all_disagreements():
    judged_measure = red_measure(judgement=SECONDED)
    document = built(plan(priority(objective(measures=[judged_measure]))))
    assert table(document, "Judgements").rows == (
        (
            "M1.1a Crimes recorded",
            StatusWord(Status.RED, "Red"),
            StatusWord(Status.AMBER, "Amber"),
            table(document, "Judgements").rows[0][3],
            "Officer, seconded by Chair, until 1 June 2017",
        ),
    )
    assert table(document, "Judgements").rows[0][3].startswith(f"{WHY} (Computed: ")


def test_where_nobody_disagrees_the_review_says_so():
    found = section(built(plan(priority(objective(measures=[red_measure()])))), "Judgements")
    assert found.blocks == (Paragraph("Every status is as computed."),)


def test_what_lapsed_or_expired_by_the_cut_off_is_not_in_the_review():
    gone = (
        judged(Status.AMBER, expires_on=date(2017, 3, 14)),
        judged(Status.RED, computed=Status.AMBER),
        judged(Status.AMBER, is_withdrawn=True),
    )
    measures = [red_measure(judgement=facts) for facts in gone]
    assert WHY not in words(built(plan(priority(objective(measures=measures)))))
