import pytest

from tracker.domain.rollup import (
    ChildLight,
    MeasureLight,
    delivery,
    objective_status,
    outcome,
    priority_status,
    tally,
)
from tracker.domain.status import ReasonCode
from tracker.domain.vocabulary import Standing, Status

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED
NO_DATA, NOT_RATED, NOT_EVIDENCED = Status.NO_DATA, Status.NOT_RATED, Status.NOT_EVIDENCED
COMPLETE, CLOSED, NOT_STARTED = Status.COMPLETE, Status.CLOSED, Status.NOT_STARTED
NOT_UPDATED, NONE = Status.NOT_UPDATED, Status.NONE


def shown(headline=(), supporting=()):
    lights = [MeasureLight(Standing.HEADLINE, status) for status in headline]
    lights += [MeasureLight(Standing.SUPPORTING, status) for status in supporting]
    return outcome(lights)


def children(*statuses, critical=()):
    lights = [ChildLight(is_critical=True, status=status) for status in critical]
    return lights + [ChildLight(is_critical=False, status=status) for status in statuses]


@pytest.mark.parametrize(
    ("headline", "supporting", "status", "why"),
    [
        ([], [], NOT_EVIDENCED, "no measure is rated"),
        ([NOT_RATED], [NO_DATA], NOT_EVIDENCED, "no measure is rated"),
        ([RED], [GREEN] * 9, RED, "a headline measure is red"),
        ([RED, NO_DATA], [], RED, "a headline measure is red"),
        ([GREEN], [RED], RED, "1 of 2 rated measures red"),
        ([NO_DATA], [RED], RED, "1 of 1 rated measure red"),
        ([NO_DATA], [GREEN], NOT_EVIDENCED, "1 of 1 headline measure without data"),
        ([NO_DATA, GREEN], [GREEN], NOT_EVIDENCED, "1 of 2 headline measures without data"),
        ([NO_DATA, GREEN, GREEN], [], AMBER, "1 without data"),
        ([AMBER, GREEN], [GREEN], AMBER, "a headline measure is amber"),
        ([GREEN], [GREEN, RED], AMBER, "1 red"),
        ([GREEN], [NO_DATA], AMBER, "1 without data"),
        (
            [AMBER],
            [GREEN, RED, NO_DATA],
            AMBER,
            "a headline measure is amber, 1 red, 1 without data",
        ),
        ([GREEN], [AMBER], AMBER, "1 of 2 rated measures amber"),
        ([], [GREEN, AMBER], AMBER, "1 of 2 rated measures amber"),
        ([GREEN], [GREEN, AMBER], GREEN, "3 rated, none red or missing"),
        ([GREEN], [NOT_RATED], GREEN, "1 rated, none red or missing"),
        ([], [GREEN], GREEN, "1 rated, none red or missing"),
    ],
)
def test_the_first_line_of_the_outcome_that_holds_decides(headline, supporting, status, why):
    verdict = shown(headline, supporting)
    assert (verdict.status, verdict.why) == (status, why)


def test_context_never_counts_as_missing():
    lights = [MeasureLight(Standing.CONTEXT, NOT_RATED), MeasureLight(Standing.HEADLINE, GREEN)]
    assert outcome(lights).status is GREEN


@pytest.mark.parametrize(
    ("critical", "others", "status", "why"),
    [
        ([], [], NONE, "no live action"),
        ([CLOSED], [NOT_STARTED], NONE, "no live action"),
        ([RED], [GREEN] * 9, RED, "a critical action is off track"),
        ([], [RED, GREEN, GREEN], RED, "1 of 3 actions off track"),
        ([], [RED, GREEN, NOT_UPDATED, NOT_UPDATED], RED, "1 of 2 actions off track"),
        ([], [RED, GREEN, GREEN, GREEN], AMBER, "1 off track of 4 actions"),
        ([], [NOT_UPDATED], NOT_UPDATED, "1 of 1 action not updated"),
        ([], [NOT_UPDATED, NOT_UPDATED, AMBER], NOT_UPDATED, "2 of 3 actions not updated"),
        ([], [NOT_UPDATED, GREEN], AMBER, "1 not updated of 2 actions"),
        (
            [],
            [RED, GREEN, GREEN, GREEN] + [NOT_UPDATED] * 5,
            AMBER,
            "1 off track, 5 not updated of 9 actions",
        ),
        ([], [AMBER], AMBER, "1 at risk of 1 action"),
        ([AMBER], [GREEN, GREEN], AMBER, "1 at risk of 3 actions"),
        ([], [AMBER, COMPLETE, COMPLETE, GREEN], GREEN, "4 live actions, on track or complete"),
        ([], [RED, COMPLETE, COMPLETE, COMPLETE], AMBER, "1 off track of 4 actions"),
        ([], [COMPLETE], GREEN, "1 live action, on track or complete"),
        ([], [GREEN, NOT_STARTED, CLOSED], GREEN, "1 live action, on track or complete"),
    ],
)
def test_the_first_line_of_the_delivery_that_holds_decides(critical, others, status, why):
    verdict = delivery(children(*others, critical=critical))
    assert (verdict.status, verdict.why) == (status, why)


#: The grid of the design, a row an outcome.
GRID = [
    (GREEN, [GREEN, AMBER, AMBER, GREEN, AMBER]),
    (AMBER, [AMBER, AMBER, RED, AMBER, AMBER]),
    (RED, [RED, RED, RED, RED, RED]),
    (NOT_EVIDENCED, [NOT_EVIDENCED, NOT_EVIDENCED, RED, NOT_EVIDENCED, NOT_EVIDENCED]),
]
CELLS = [
    (light, done, status)
    for light, row in GRID
    for done, status in zip((GREEN, AMBER, RED, NONE, NOT_UPDATED), row, strict=True)
]


@pytest.mark.parametrize(("light", "done", "status"), CELLS)
def test_two_lights_make_the_status_of_the_grid(light, done, status):
    assert objective_status(light, done).status is status


def test_every_cell_of_the_grid_says_something_of_its_own():
    sentences = {objective_status(light, done).why for light, done, _status in CELLS}
    assert len(sentences) == 20


@pytest.mark.parametrize(
    ("light", "done", "sentence"),
    [
        (GREEN, GREEN, "working"),
        (GREEN, RED, "working despite late delivery, check that the actions matter"),
        (RED, GREEN, "delivered but not working, rethink the actions"),
        (RED, RED, "neither delivered nor working"),
        (NOT_EVIDENCED, GREEN, "busy but unproven, get the data"),
    ],
)
def test_the_telling_cells_say_what_to_think_of(light, done, sentence):
    assert objective_status(light, done).why == sentence


@pytest.mark.parametrize(
    ("critical", "others", "status", "why"),
    [
        ([], [], NOT_EVIDENCED, "no objective"),
        ([RED], [GREEN] * 9, RED, "a critical objective is red"),
        ([], [RED, GREEN], RED, "1 of 2 objectives red"),
        ([], [RED, NOT_EVIDENCED, NOT_EVIDENCED], RED, "1 of 1 evidenced objective red"),
        ([], [RED, GREEN, GREEN], AMBER, "1 of 3 objectives not green"),
        ([], [RED, GREEN, GREEN] + [NOT_EVIDENCED] * 5, AMBER, "6 of 8 objectives not green"),
        ([], [NOT_EVIDENCED, GREEN], NOT_EVIDENCED, "1 of 2 objectives not evidenced"),
        ([NOT_EVIDENCED], [AMBER], NOT_EVIDENCED, "1 of 2 objectives not evidenced"),
        ([], [NOT_EVIDENCED, GREEN, GREEN], AMBER, "1 of 3 objectives not green"),
        ([AMBER], [GREEN] * 3, AMBER, "1 of 4 objectives not green"),
        ([GREEN], [GREEN], GREEN, "2 objectives green"),
        ([], [GREEN], GREEN, "1 objective green"),
    ],
)
def test_the_first_line_of_the_priority_that_holds_decides(critical, others, status, why):
    verdict = priority_status(children(*others, critical=critical))
    assert (verdict.status, verdict.why) == (status, why)


def test_a_rolled_up_status_says_that_it_is_one():
    reason = priority_status(children(GREEN)).reasons[0]
    assert (reason.code, reason.severity) == (ReasonCode.ROLLED_UP, GREEN)


def test_a_tally_counts_each_status_once_worst_first():
    counted = tally([GREEN, COMPLETE, RED, GREEN, NOT_UPDATED])
    assert counted.counts == ((RED, 1), (NOT_UPDATED, 1), (GREEN, 2), (COMPLETE, 1))
    assert (counted.total, counted.of(RED, GREEN), counted.of(AMBER)) == (5, 3, 0)


def test_an_empty_tally_has_nothing():
    assert (tally([]).counts, tally([]).total) == ((), 0)
