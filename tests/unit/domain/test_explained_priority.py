"""Lights explained: the line that decided is the one that the rule itself takes."""

from datetime import date
from itertools import product

import pytest

from tests.unit.domain.factories import RULES, action, measure, objective, plan, priority, update
from tracker.domain.assessment import assess
from tracker.domain.explained import Basis
from tracker.domain.explained_priority import deciding_line, explain_priority
from tracker.domain.explained_rules import (
    DELIVERY_LINES,
    OUTCOME_LINES,
    PRIORITY_LINES,
    rule_of,
)
from tracker.domain.rollup import (
    ChildLight,
    MeasureLight,
    delivery,
    delivery_lines,
    objective_status,
    outcome,
    outcome_lines,
    priority_lines,
    priority_status,
)
from tracker.domain.vocabulary import ItemKind, Standing, Status
from tracker.domain.wording import status_label

TODAY = date(2016, 7, 15)
BASIS = Basis(TODAY, rules_version=1, left_out=0, change=9, fingerprint="a" * 64)
FRESH = update(date(2016, 7, 1))
MEASURES = [
    MeasureLight(standing, status)
    for standing in (Standing.HEADLINE, Standing.SUPPORTING)
    for status in (Status.RED, Status.AMBER, Status.GREEN, Status.NO_DATA)
]
ACTIONS = [
    ChildLight(is_critical, status)
    for is_critical in (True, False)
    for status in (Status.RED, Status.AMBER, Status.GREEN, Status.NOT_UPDATED, Status.CLOSED)
]
OBJECTIVES = [
    ChildLight(is_critical, status)
    for is_critical in (True, False)
    for status in (Status.RED, Status.AMBER, Status.GREEN, Status.NOT_EVIDENCED)
]


def groups(children):
    """Return every group of up to three children."""
    return [group for size in range(4) for group in product(children, repeat=size)]


@pytest.mark.parametrize(
    ("children", "verdict", "lines", "said"),
    [
        (MEASURES, outcome, outcome_lines, OUTCOME_LINES),
        (ACTIONS, delivery, delivery_lines, DELIVERY_LINES),
        (OBJECTIVES, priority_status, priority_lines, PRIORITY_LINES),
    ],
)
def test_the_line_that_is_said_gives_the_status_that_was_worked_out(children, verdict, lines, said):
    seen = set()
    for group in groups(children):
        line = deciding_line(lines(group), said)
        label = status_label(verdict(group).status, ItemKind.OBJECTIVE).lower()
        label = "none" if label == "no live action" else label
        assert line.endswith(f": {label}"), (group, line)
        assert len(lines(group)) == len(said)
        seen.add(line)
    assert len(seen) == len(said), "every line decides somewhere"


def test_the_rule_of_an_objectives_status_names_the_lights_that_give_it():
    pairs = product(
        (Status.GREEN, Status.AMBER, Status.RED, Status.NOT_EVIDENCED),
        (Status.GREEN, Status.AMBER, Status.RED, Status.NONE, Status.NOT_UPDATED),
    )
    for shown, done in pairs:
        status = objective_status(shown, done).status
        assert (status is Status.RED) == (
            shown is Status.RED or (done is Status.RED and shown is not Status.GREEN)
        )
        assert (status is Status.GREEN) == (
            shown is Status.GREEN and done in (Status.GREEN, Status.NONE)
        )
        assert rule_of(ItemKind.OBJECTIVE, status, RULES)


def test_an_objective_has_its_status_and_both_lights_explained():
    red = measure(["20", "20"])
    item = priority(objective([action(latest=FRESH)], [red, measure()]))
    assessed = assess(plan(item), TODAY).priorities[0]
    found = {part.anchor: part for part in explain_priority(assessed, RULES, BASIS)}
    one = assessed.objectives[0].facts.id
    assert dict(found[f"objective-{one}"].rows)["Formula"] == (
        "outcome red with delivery green = red: delivered but not working, rethink the actions"
    )
    assert dict(found[f"outcome-{one}"].rows)["Inputs"] == (
        "2 measures: 1 red, 1 no data; headline: 2 measures: 1 red, 1 no data"
    )
    assert dict(found[f"delivery-{one}"].rows)["Formula"] == "1 live action, on track or complete"
    assert dict(found["status"].rows)["Line that decided"] == (
        "3 of 6: half or more of the objectives with evidence are red: red"
    )
    assert [item.priority_id for item in found["status"].items] == [assessed.facts.id]


def test_what_is_not_counted_in_the_delivery_is_said():
    later = action(starts_on=date(2016, 9, 1))
    item = priority(objective([later, action(latest=FRESH)]))
    assessed = assess(plan(item), TODAY).priorities[0]
    found = {part.anchor: part for part in explain_priority(assessed, RULES, BASIS)}
    rows = dict(found[f"delivery-{assessed.objectives[0].facts.id}"].rows)
    assert rows["Not counted"] == "1 action closed or not started"


def test_a_priority_without_an_objective_is_explained_all_the_same():
    assessed = assess(plan(priority()), TODAY).priorities[0]
    found = {part.anchor: part for part in explain_priority(assessed, RULES, BASIS)}
    assert found["status"].figure == "Not evidenced"
    assert dict(found["status"].rows)["Inputs"] == "0 objectives"
