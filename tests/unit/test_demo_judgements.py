"""The judgements of the demonstration: sound by the rules, and marked as invented."""

import pytest

from tracker.demo import story
from tracker.domain.judgements import (
    JUDGED,
    SHORTEST_REASON,
    days_to_expire,
)
from tracker.domain.periods import local_date
from tracker.domain.vocabulary import ItemKind, Status


def items():
    """Return the kind of each objective and measure of the plan by its code."""
    found = {}
    for priority in story.read("plan.json")["priorities"]:
        for objective in priority["objectives"]:
            found[objective["code"]] = ItemKind.OBJECTIVE
            found |= {measure["code"]: ItemKind.MEASURE for measure in objective["measures"]}
    return found


@pytest.mark.parametrize("judged", [*story.judgements()], ids=lambda one: one.item)
def test_a_judgement_keeps_the_rules_and_says_that_it_is_invented(judged):
    assert Status(judged.status) in JUDGED[items()[judged.item]]
    assert len(judged.reason) >= SHORTEST_REASON
    assert "Illustrative judgement" in judged.reason
    first, last = days_to_expire(local_date(judged.at))
    assert first <= judged.expires_on <= last
