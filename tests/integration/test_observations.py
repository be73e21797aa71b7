"""Logging and correcting values, and showing each kind of value and of absence as what it is."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.integration.test_progress import sent_at_once
from tests.standing import measure_details, target_details
from tests.walking import KNOWN, signed_in, value_of
from tracker.domain.periods import Period
from tracker.domain.vocabulary import Frequency
from tracker.models import Observation
from tracker.services.items import add_measure


@pytest.fixture
def path(standing):
    return f"/measures/{standing.measure.id}/observations/new"


@pytest.fixture
def logged(session, standing):
    one = value_of(session, standing, standing.measure, 90)
    session.commit()
    return f"/measures/observations/{one}/correct"


def values(session):
    session.rollback()
    rows = session.scalars(select(Observation).order_by(Observation.id))
    return [(row.period_start.isoformat(), row.version, row.value, row.state) for row in rows]


def test_a_value_is_stored_as_the_number_that_was_typed(lead, session, standing, path):
    page = lead.post(path, period="2017-01", value=" 1,234 ", state="final")
    assert page.location == f"/measures/{standing.measure.id}"
    assert values(session) == [("2017-01-01", 1, Decimal(1234), "final")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("", "Enter a whole number, such as 52"),
        ("-1", "Enter 0 or more"),
        ("12,5", "Write the decimal part after a full stop: 12.5"),
        ("12.5", "Enter a whole number"),
        ("\u0661\u0662", "Enter a whole number"),
        ("1e5", "Enter a whole number"),
        ("NaN", "Enter a whole number"),
        ("Infinity", "Enter a whole number"),
        ("1,23", "Enter a whole number"),
        ("1" + "0" * 30, "at most 1,000,000,000,000"),
        ("=1+1", "Enter a whole number"),
        ("\x00", "Enter a whole number"),
    ],
)
def test_what_is_no_value_is_refused_and_kept(lead, session, path, value, message):
    page = lead.post(path, period="2017-01", value=value, state="final", note="A note")
    assert page.status == 400
    assert message in page.error("value")
    assert page.value("note") == "A note"
    assert not value.isprintable() or page.value("value") == value
    assert values(session) == []


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2017-03", "March 2017 is not over yet: values for it can be logged from 1 April"),
        ("2018-01", "January 2018 is not over yet"),
        ("2017-13", "Enter a month, such as 2016-12"),
        ("", "Enter a month, such as 2016-12"),
        ("0000-00", "Enter a month, such as 2016-12"),
        ("9999-12", "2000 to 2100"),
        ("2017-Q1", "Enter a month, such as 2016-12"),
        ("<b>", "Enter a month, such as 2016-12"),
    ],
)
def test_a_period_that_cannot_be_logged_is_refused(lead, session, path, period, message):
    page = lead.post(path, period=period, value="12", state="final")
    assert page.status == 400
    assert message in page.error("period")
    assert page.value("value") == "12"
    assert values(session) == []


def test_a_value_that_is_taken_is_corrected_not_logged_again(lead, session, path, logged):
    page = lead.post(path, period="2017-01", value="12", state="final")
    assert "A value for January 2017 is stored already" in page.error("period")
    assert len(values(session)) == 1


def test_a_state_without_a_value_says_why_and_has_none(lead, session, path):
    page = lead.post(path, period="2017-01", value="12", state="withheld")
    assert "Leave this empty" in page.error("value")
    page = lead.post(path, period="2017-01", value="", state="withheld")
    assert "Enter why there is no value" in page.error("note")
    page = lead.post(path, period="2017-01", value="", state="withheld", note="Not cleared")
    assert page.status == 303
    assert values(session) == [("2017-01-01", 1, None, "withheld")]


def test_two_who_log_the_same_period_at_once_store_one_value(app, session, standing, path):
    clients = [signed_in(app, standing, role) for role in ("lead", "officer")]
    typed = {"period": "2017-01", "state": "final"}
    forms = [
        {**client.hidden(path), **typed, "value": value}
        for client, value in zip(clients, ("1", "2"), strict=True)
    ]
    pages = sent_at_once(path, clients, forms)
    assert sorted(page.status for page in pages) == [303, 400]
    assert len(values(session)) == 1


def test_a_correction_is_a_new_version_with_its_reason(lead, session, standing, logged):
    page = lead.post(logged, value="85", state="final", change_reason="Recounted")
    assert page.status == 303
    assert [row[1:3] for row in values(session)] == [(1, Decimal(90)), (2, Decimal(85))]
    shown = lead.get(f"/measures/{standing.measure.id}").text
    assert "Recounted" in shown
    assert "90" in shown


def test_a_correction_of_what_was_corrected_meanwhile_shows_both(lead, officer, session, logged):
    fields = {**lead.hidden(logged), "value": "85", "state": "final", "change_reason": "Recounted"}
    officer.post(logged, value="87", state="final", change_reason="Late returns")
    page = lead.request("POST", logged, data=fields)
    assert page.status == 409
    assert page.value("value") == "85"
    assert "87" in page.text
    assert len(values(session)) == 2


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"value": "90"}, "value", "This is the value that is stored already"),
        ({"change_reason": ""}, "change_reason", "Enter why the value changes"),
        ({"value": None}, "value", "Enter a whole number"),
        ({"value": ["1", "2"], "change_reason": ["a", "b"], "state": "gone"}, "state", "choice"),
    ],
)
def test_a_correction_that_breaks_a_rule_is_refused(lead, session, logged, typed, field, message):
    fields = {"value": "85", "state": "final", "change_reason": "Recounted", **typed}
    page = lead.post(logged, **fields)
    assert page.status == 400
    assert message in page.error(field)
    assert len(values(session)) == 1


def test_nothing_is_logged_or_corrected_in_a_closed_plan(
    lead, officer, session, standing, path, logged
):
    officer.send(f"/plans/{standing.plan.id}/state", state="closed")
    for page in (
        lead.post(path, period="2016-12", value="12", state="final"),
        lead.post(logged, value="85", state="final", change_reason="Recounted"),
    ):
        assert page.status == 400
        assert "This plan is closed" in page.text
    assert len(values(session)) == 1


SAYS = [
    ({"value": "0", "state": "final"}, "0"),
    ({"value": "", "state": "withheld", "note": "Not cleared"}, "withheld"),
    ({"value": "", "state": "not_collected", "note": "Nobody counted"}, "not collected"),
    ({"value": "7", "state": "provisional"}, "provisional"),
]


@pytest.mark.parametrize(("typed", "word"), SAYS)
def test_every_kind_of_value_is_shown_as_what_it_is(lead, standing, path, typed, word):
    assert lead.post(path, period="2017-02", **typed).status == 303
    page = lead.get(f"/measures/{standing.measure.id}?all")
    row = page.tree.xpath('//tbody/tr[contains(., "February 2017")]')[0]
    cells = [" ".join(cell.text_content().split()).lower() for cell in row.xpath("./*")]
    assert word in cells if word == "0" else word in " ".join(cells), cells


def test_a_measure_without_a_value_says_so_everywhere(lead, standing):
    assert "no value" in lead.get(f"/measures/{standing.measure.id}").text.lower()
    for page in ("/measures", "/dashboard", f"/priorities/{standing.priority.id}"):
        assert "no data" in lead.get(page).text.lower(), page


@pytest.mark.parametrize("baseline", [None, Decimal(0)])
def test_a_measure_without_a_baseline_or_with_a_zero_one_breaks_no_page(
    lead, session, standing, baseline
):
    who = {"actor": standing.actor("Officer"), "now": KNOWN}
    details = measure_details(standing.partners["CoLP"].id, code="M9", title="New count")
    target = target_details(baseline=baseline, baseline_label="", target=Decimal(0))
    measure = add_measure(session, standing.objective, details, target, **who)
    value_of(session, standing, measure, 0, Period.parse("2017-01", Frequency.MONTHLY))
    session.commit()
    for page in (f"/measures/{measure.id}", "/measures", "/dashboard", "/my-work"):
        shown = lead.get(page)
        assert shown.status == 200, page
        assert not {"nan", "infinity", "none%"} & set(shown.text.lower().split()), page
    assert lead.get(f"/measures/{measure.id}/figure.json").status == 200


def test_a_month_before_the_measure_is_collected_is_not_logged(lead, standing):
    path = f"/measures/{standing.measure.id}/observations/new"
    page = lead.post(path, period="2013-01", value="5", state="final")
    assert page.error("period") == (
        "Values are collected from April 2016 on; earlier ones are imported"
    )


def test_a_sum_that_lacks_a_month_says_so(lead, officer, standing):
    path = f"/measures/{standing.measure.id}/observations/new"
    lead.post(path, period="2016-04", value="90", state="final")
    lead.post(path, period="2016-06", value="95", state="final")
    page = officer.get(f"/measures/{standing.measure.id}")
    assert "185 so far, to the end of June 2016, without 1 of 3 periods" in page.text
