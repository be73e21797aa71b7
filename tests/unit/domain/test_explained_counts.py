"""Counts explained: every figure with its formula, its rule and each thing it counts."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.domain.factories import RULES, action, measure, objective, plan, priority, update
from tracker.domain.assessment import assess
from tracker.domain.explained import Basis
from tracker.domain.explained_board import Share, explain_board, explain_partner, explain_work
from tracker.domain.explained_counts import (
    explain_ledger,
    explain_left_out,
    explain_plan,
    named_action,
    named_measure,
)
from tracker.domain.explained_review import Counted, explain_readiness
from tracker.domain.explained_rules import rule_of
from tracker.domain.facts import JudgementFacts
from tracker.domain.headlines import plan_headline
from tracker.domain.vocabulary import Confidence, ItemKind, PriorityKind, Status

TODAY = date(2016, 7, 15)
BASIS = Basis(TODAY, rules_version=3, left_out=2, change=1204, fingerprint="4f2a9c1d" + "0" * 56)
FRESH = update(date(2016, 7, 1))

on_track = action(latest=FRESH)
late = action(due_on=date(2016, 6, 30), latest=FRESH)
silent = action(starts_on=date(2016, 1, 1))
asked = replace(late, id=900, latest=replace(FRESH, help_needed="Money."))
green, red, missing = measure(["10", "10"]), measure(["20", "20"]), measure()

PLAN = assess(
    plan(
        priority(objective([late, silent, on_track], [red, missing])),
        priority(objective([asked], [green])),
        priority(objective([], [red]), kind=PriorityKind.STRAND),
    ),
    TODAY,
)
ACTIONS = tuple(map(named_action, PLAN.actions))
MEASURES = tuple(map(named_measure, PLAN.measures))


def by_anchor(parts):
    found = {part.anchor: part for part in parts}
    assert len(found) == len(parts), "anchors are unique on a page"
    return found


def explained(assessed=PLAN):
    return by_anchor(explain_plan(assessed, BASIS))


def test_every_status_of_every_kind_is_a_figure_and_names_what_it_counts():
    found = explained()
    for kind, items in (("actions", PLAN.actions), ("measures", PLAN.measures)):
        assert found[kind].figure == str(len(items))
        for status in {item.verdict.status for item in items}:
            part = found[f"{kind}-{status}"]
            ids = [item.facts.id for item in items if item.verdict.status is status]
            assert [item.id for item in part.items] == ids
            assert part.figure == str(len(ids))


def test_a_total_is_the_sum_of_its_statuses():
    assert dict(explained()["actions"].rows)["Formula"] == (
        "2 off track + 1 not updated + 1 on track = 4"
    )


def test_a_count_has_its_formula_share_rule_and_basis():
    rows = dict(explained()["actions-red"].rows)
    assert rows["Formula"] == (
        "2 = the actions whose status is off track, of 4 actions in the plan as at 15 July 2016 "
        "that you may see"
    )
    assert rows["Share"] == "100 x 2 / 4 = 50%"
    assert rows["Rule"] == f"off track: {rule_of(ItemKind.ACTION, Status.RED, RULES)}"
    assert rows["Left out"].startswith("2 sensitive items")
    assert rows["Worked out"] == "as at 15 July 2016, by rules version 3, at change 1,204"


def test_the_sentence_is_counted_without_strands():
    part = explained()["verdict"]
    assert part.title == plan_headline(PLAN).verdict
    assert part.figure == "1 of 2"
    assert dict(part.rows)["Strands"] == "1 run beside the priorities and are not counted"


def test_what_the_sentence_says_leads_to_explanations_of_the_same_numbers():
    found = explained()
    for part in plan_headline(PLAN).rest:
        if part.about:
            assert part.text.split()[0] == found[part.about].figure


def test_a_plan_without_a_priority_counts_to_nothing():
    found = explained(assess(plan(), TODAY))
    assert "verdict" not in found
    assert found["actions"].figure == "0"
    assert dict(found["actions"].rows)["Formula"] == "none is in the plan"


def test_judgements_are_counted_apart():
    judged = JudgementFacts(
        1, Status.RED, Status.GREEN, "Nobody counts it right.", "Officer", TODAY, date(2016, 9, 1)
    )
    item = priority(objective([on_track], [replace(green, judgement=judged)]))
    part = explained(assess(plan(item), TODAY))["judgements"]
    assert dict(part.rows)["Formula"] == "1 in force + 0 awaiting a second = 1"
    assert [(one.id, one.why) for one in part.items] == [(green.id, "judged red by Officer")]


def test_what_is_left_out_and_the_ledger_are_figures_too():
    assert explain_left_out(BASIS).title == "2 sensitive items are left out"
    assert explain_left_out(replace(BASIS, left_out=1)).title == "1 sensitive item is left out"
    assert explain_ledger(BASIS).figure == "1,204"


def test_nothing_is_said_of_what_is_left_out_where_nothing_is():
    parts = explain_plan(PLAN, replace(BASIS, left_out=0))
    assert not any(term == "Left out" for part in parts for term, _text in part.rows)


def test_the_lists_of_the_board_are_counted_by_kind():
    listed = [*ACTIONS[:1], *ACTIONS[-1:], *MEASURES[:1]]
    found = by_anchor(
        explain_board(listed, ACTIONS[1:2], ACTIONS[-1:], BASIS, narrowed="partner City Police")
    )
    assert dict(found["exceptions"].rows)["Formula"] == "2 actions off track + 1 measure red = 3"
    assert found["asked"].title == "Exceptions that ask for help: 1 of 3"
    assert dict(found["silent"].rows)["Formula"] == "1 action not updated = 1"
    assert all(dict(part.rows)["Narrowed to"] for part in found.values())


def test_a_partner_has_its_share_by_status_by_priority_and_by_lateness():
    share = Share("City Police", PLAN.actions, PLAN.measures, (), (("P1", 3), ("P2", 1)))
    found = by_anchor(explain_partner(share, RULES, BASIS))
    overdue = dict(found["overdue"].rows)
    assert overdue["Formula"] == "2 = those past their due date, of 4 actions led by City Police"
    assert "15 days, due 30 June 2016" in overdue["By"]
    assert dict(found["contributions"].rows)["Formula"] == "3 under P1 + 1 under P2 = 4"
    assert found["supports"].figure == "0"


def test_work_is_what_is_asked_for_and_what_is_not():
    found = by_anchor(explain_work("City Police", ACTIONS[:2], MEASURES[:3], 31, BASIS))
    assert dict(found["due"].rows)["Formula"] == "2 actions = 2"
    assert dict(found["done"].rows)["Formula"] == "5 - 2 = 3"
    assert "31 days" in dict(found["done"].rows)["Rule"]


def test_readiness_is_rounded_down_and_names_what_is_missing():
    lines = [
        Counted("texts", "Texts of the review", 5, ("Summary",)),
        Counted("decision", "Refresh decisions", 3, ("P1", "P2")),
    ]
    first, texts, _decisions = explain_readiness(62, lines, BASIS)
    rows = dict(first.rows)
    assert rows["Formula"] == "100 x 5 / 8 = 62%, rounded down"
    assert rows["Missing"] == "8 - 5 = 3; 3 things are missing"
    assert (texts.figure, dict(texts.rows)["Missing"]) == ("4 of 5", "Summary")


@pytest.mark.parametrize("kind", [ItemKind.ACTION, ItemKind.MEASURE])
def test_a_status_that_a_kind_has_has_a_rule(kind):
    confident = replace(FRESH, confidence=Confidence.MEDIUM)
    more = assess(plan(priority(objective([replace(on_track, latest=confident)]))), TODAY)
    items = (*PLAN.actions, *more.actions) if kind is ItemKind.ACTION else PLAN.measures
    assert all(rule_of(kind, item.verdict.status, RULES) for item in items)
    assert rule_of(kind, Status.NOT_EVIDENCED, RULES) == ""
