"""Kinds of measure through the forms: set up, logged, corrected, shown, and nothing lost."""

import csv
import io
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.standing import measure_details, target_details
from tests.walking import KNOWN
from tracker.domain.observations import NUMBERS
from tracker.domain.vocabulary import Aggregation, Direction, Unit
from tracker.models import Measure, Observation, Target
from tracker.services.items import add_measure

LATEST = Aggregation.LATEST
DETAILS = {
    Unit.COUNT: {"unit_noun": "crimes"},
    Unit.RATE: {"unit_noun": "crimes per 1,000 residents", "per": Decimal(1000)},
    Unit.PERCENT: {"unit_noun": ""},
    Unit.AVERAGE: {"unit_noun": "minutes"},
    Unit.YES_NO: {"unit_noun": ""},
}
#: What is typed, what is stored (value, numerator, denominator), and how it is shown.
TYPED = [
    (Unit.COUNT, {"value": "1,234"}, ("1234", None, None), "1,234"),
    (Unit.COUNT, {"value": "0"}, ("0", None, None), "0"),
    (
        Unit.RATE,
        {"numerator": "9", "denominator": "7,200"},
        ("1.25", "9", "7200"),
        "1.3 (9 of 7,200)",
    ),
    (Unit.RATE, {"numerator": "0", "denominator": "7200"}, ("0", "0", "7200"), "0 (0 of 7,200)"),
    (Unit.PERCENT, {"value": "84.1%"}, ("84.1", None, None), "84.1%"),
    (
        Unit.PERCENT,
        {"value": "84.1", "denominator": "113"},
        ("84.1", None, "113"),
        "84.1% of 113 answers",
    ),
    (
        Unit.PERCENT,
        {"numerator": "95", "denominator": "113"},
        ("84.07079646017699115044247788", "95", "113"),
        "84.1% (95 of 113)",
    ),
    (
        Unit.PERCENT,
        {"value": "84.1", "numerator": "95", "denominator": "113"},
        ("84.07079646017699115044247788", "95", "113"),
        "84.1% (95 of 113)",
    ),
    (Unit.AVERAGE, {"value": "-2.25"}, ("-2.25", None, None), "\u22122.3"),
    (Unit.AVERAGE, {"value": "7", "denominator": "1"}, ("7", None, "1"), "7 of 1 answer"),
    (Unit.YES_NO, {"value": "1"}, ("1", None, None), "Yes"),
    (Unit.YES_NO, {"value": "0"}, ("0", None, None), "No"),
]
REFUSED = [
    (Unit.RATE, {"numerator": "", "denominator": "5"}, "numerator", "Enter how many were counted"),
    (Unit.RATE, {"numerator": "5", "denominator": ""}, "denominator", "Enter of how many"),
    (Unit.RATE, {"numerator": "5", "denominator": "0"}, "denominator", "log it as not collected"),
    (Unit.RATE, {"numerator": "-5", "denominator": "9"}, "numerator", "Enter 0 or more"),
    (Unit.RATE, {"numerator": "5,5", "denominator": "9"}, "numerator", "after a full stop: 5.5"),
    (Unit.PERCENT, {}, "value", "Enter a percentage, such as 84.5, or how many of how many"),
    (Unit.PERCENT, {"denominator": "113"}, "value", "or how many of how many"),
    (Unit.PERCENT, {"numerator": "9", "denominator": "8"}, "numerator", "Enter at most 8"),
    (Unit.PERCENT, {"value": "84", "denominator": "1.5"}, "denominator", "whole number of answers"),
    (
        Unit.PERCENT,
        {"value": "85", "numerator": "95", "denominator": "113"},
        "value",
        "95 of 113 makes 84, not 85",
    ),
    (Unit.AVERAGE, {"value": ""}, "value", "Enter a number, such as 12.5"),
    (Unit.AVERAGE, {"value": "5", "denominator": "0"}, "denominator", "log it as not collected"),
    (Unit.YES_NO, {"value": ""}, "value", "Enter yes or no"),
    (Unit.YES_NO, {}, "value", "Enter yes or no"),
]
HOSTILE = ["\x00", "NaN", "-Infinity", "1e5", "1" + "0" * 30, "<script>alert(1)</script>", "\u0661"]


@pytest.fixture
def measure_of(session, standing):
    """Add a measure of a kind to the police; its values are logged from April 2016."""

    def add(unit, target=None, **changes):
        given = {"code": "M9", "title": "Another number", "unit": unit, "aggregation": LATEST}
        details = measure_details(
            standing.partners["CoLP"].id, **{**given, **DETAILS[unit], **changes}
        )
        terms = target or target_details(baseline=None, baseline_label="", target=None)
        who = {"actor": standing.actor("Officer"), "now": KNOWN}
        row = add_measure(session, standing.objective, details, terms, **who)
        session.commit()
        return row

    return add


def record_path(measure):
    return f"/measures/{measure.id}/observations/new"


def stored(session):
    session.rollback()
    rows = session.scalars(select(Observation).order_by(Observation.id))
    return [tuple(getattr(row, name) for name in NUMBERS) for row in rows]


def numbers(*texts):
    return tuple(None if text is None else Decimal(text) for text in texts)


def value_cell(page, period):
    (row,) = page.tree.xpath(f'//table//tr[th[contains(., "{period}")]]')
    return " ".join(row.xpath("./td")[0].text_content().split())


def correct_path(session):
    session.rollback()
    newest = session.scalar(select(Observation.id).order_by(Observation.id.desc()).limit(1))
    return f"/measures/observations/{newest}/correct"


@pytest.mark.parametrize(("unit", "typed", "kept", "shown"), TYPED)
def test_each_kind_is_logged_and_shown_with_what_it_was_made_of(
    lead, session, measure_of, unit, typed, kept, shown
):
    measure = measure_of(unit)
    lead.get(record_path(measure))
    page = lead.post(record_path(measure), period="2017-01", state="final", **typed)
    assert page.status == 303, page.text
    assert stored(session) == [numbers(*kept)]
    assert value_cell(lead.get(f"/measures/{measure.id}"), "Jan 2017") == shown


def test_what_was_worked_out_is_said_when_it_is_saved(lead, measure_of):
    measure = measure_of(Unit.RATE)
    typed = {"period": "2017-01", "numerator": "45", "denominator": "3650"}
    saved = lead.post(record_path(measure), state="final", **typed)
    said = "value for January 2017 saved: 12.3 crimes per 1,000 residents (45 of 3,650)"
    assert said in lead.get(saved.location).text


@pytest.mark.parametrize(("unit", "typed", "field", "message"), REFUSED)
def test_what_makes_no_value_is_refused_beside_its_field_and_kept(
    lead, session, measure_of, unit, typed, field, message
):
    path = record_path(measure_of(unit))
    page = lead.post(path, period="2017-01", state="final", note="A note", **typed)
    assert page.status == 400
    assert message in page.error(field)
    assert page.value("note") == "A note"
    if unit is not Unit.YES_NO:
        assert {name: page.value(name) for name in typed} == typed
    assert stored(session) == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("unit", Unit)
def test_hostile_numbers_are_refused_in_every_field_of_every_kind(
    lead, session, measure_of, unit, text
):
    path = record_path(measure_of(unit))
    page = lead.post(path, period="2017-01", state="final", **dict.fromkeys(NUMBERS, text))
    assert page.status == 400
    assert "<script>alert" not in page.body
    assert any(page.error(name) for name in NUMBERS)
    assert stored(session) == []


def test_numbers_that_a_kind_does_not_have_are_ignored(lead, session, measure_of):
    typed = {"value": "5", "numerator": "7", "denominator": "9"}
    path = record_path(measure_of(Unit.COUNT))
    assert lead.post(path, period="2017-01", state="final", **typed).status == 303
    assert stored(session) == [numbers("5", None, None)]


@pytest.mark.parametrize("state", ["withheld", "not_collected"])
@pytest.mark.parametrize("unit", Unit)
def test_every_kind_may_be_withheld_or_not_collected(lead, session, measure_of, unit, state):
    measure = measure_of(unit)
    path = record_path(measure)
    typed = {"period": "2017-01", "state": state, "note": "Not cleared"}
    field = "denominator" if unit is Unit.RATE else "value"
    page = lead.post(path, **{**typed, field: "1"})
    assert "Leave this empty where there is no value" in page.error(field)
    assert lead.post(path, **typed).status == 303
    assert stored(session) == [numbers(None, None, None)]
    assert value_cell(lead.get(f"/measures/{measure.id}"), "Jan 2017") in (
        "Withheld",
        "Not collected",
    )


def test_the_fields_say_what_is_counted_and_of_how_many(lead, measure_of):
    page = lead.get(record_path(measure_of(Unit.RATE)))
    assert not page.tree.xpath('//*[@name="value"]')
    assert "How many crimes" in page.text
    assert "Of how many residents" in page.text
    assert "The rate per 1,000 is worked out" in page.text


@pytest.mark.parametrize(("unit", "typed", "kept", "shown"), TYPED)
def test_a_correction_opens_with_what_was_typed_and_saves_the_same(
    lead, session, measure_of, unit, typed, kept, shown
):
    lead.post(record_path(measure_of(unit)), period="2017-01", state="final", **typed)
    path = correct_path(session)
    lead.get(path)
    fields = lead.form_fields(path)
    page = lead.request("POST", path, data={**fields, "change_reason": "A slip"})
    assert page.status == 400
    assert "stored already" in page.text
    assert stored(session) == [numbers(*kept)]


def test_a_correction_of_the_parts_alone_is_one(lead, session, measure_of):
    measure = measure_of(Unit.PERCENT)
    lead.post(record_path(measure), period="2017-01", state="final", value="50", denominator="6")
    typed = {"value": "50", "denominator": "16", "state": "final", "change_reason": "Late answers"}
    assert lead.post(correct_path(session), **typed).status == 303
    assert stored(session)[-1] == numbers("50", None, "16")
    assert lead.get(correct_path(session)).value("change_reason") == ""
    page = lead.get(f"/measures/{measure.id}")
    assert value_cell(page, "Jan 2017") == "50% of 16 answers"
    assert "Version 1: 50% of 6 answers, final" in page.text


def test_an_answer_is_corrected_to_none(lead, session, measure_of):
    lead.post(record_path(measure_of(Unit.YES_NO)), period="2017-01", state="final", value="1")
    typed = {"value": "", "state": "not_collected", "note": "Nobody asked", "change_reason": "Slip"}
    assert lead.post(correct_path(session), **typed).status == 303
    assert stored(session)[-1] == numbers(None, None, None)


def test_who_corrected_meanwhile_is_shown_by_what_they_typed(lead, officer, session, measure_of):
    lead.post(
        record_path(measure_of(Unit.PERCENT)),
        period="2017-01",
        state="final",
        numerator="9",
        denominator="12",
    )
    path = correct_path(session)
    mine = {**lead.form_fields(path), "numerator": "8", "change_reason": "Recounted"}
    officer.post(path, numerator="7", denominator="12", state="final", change_reason="Late")
    page = lead.request("POST", path, data=mine)
    assert page.status == 409
    assert "How many, stored now 7" in page.text
    assert "58.3" not in page.text
    assert page.value("numerator") == "8"


def test_history_says_what_was_logged_in_words(lead, officer, measure_of):
    share, answer = measure_of(Unit.PERCENT), measure_of(Unit.YES_NO, code="M10")
    typed = {"period": "2017-01", "state": "final"}
    lead.post(record_path(share), numerator="95", denominator="113", **typed)
    lead.post(record_path(answer), value="0", **typed)
    said = officer.get("/history").text
    assert "84.0708" in said
    assert "84.07079" not in said
    assert "Numerator" in said
    assert "113" in said
    assert "no" in officer.get(f"/history?item=measure:{answer.id}").text.split()


def test_the_file_of_points_has_every_digit_and_both_parts(lead, measure_of):
    measure = measure_of(Unit.PERCENT)
    typed = {"period": "2017-01", "state": "final", "numerator": "95", "denominator": "113"}
    lead.post(record_path(measure), **typed)
    body = lead.get(f"/measures/{measure.id}/points.csv").body
    (row,) = csv.DictReader(io.StringIO(body))
    told = (row["period"], row["value"], row["numerator"], row["denominator"], row["state"])
    assert told == ("2017-01", "84.07079646017699115044247788", "95", "113", "final")


NEW = {
    "title": "Another number",
    "owner_partner_id": "1",
    "direction": "lower",
    "aggregation": "latest",
}


def new_path(standing):
    return f"/measures/new/{standing.objective.id}"


def newest(session, model):
    session.rollback()
    return session.scalars(select(model).order_by(model.id.desc()).limit(1)).one()


@pytest.mark.parametrize(
    ("typed", "noun", "per"),
    [
        ({"unit": "rate", "per": "1,000", "unit_noun": "crimes"}, "crimes per 1,000", "1000"),
        ({"unit": "percent"}, "", None),
        ({"unit": "average", "unit_noun": "minutes"}, "minutes", None),
        ({"unit": "yes_no", "target": "1", "trajectory": "flat"}, "", None),
    ],
)
def test_a_measure_of_each_kind_is_added(officer, session, standing, typed, noun, per):
    path = new_path(standing)
    officer.get(path)
    fields = {**officer.form_fields(path), **NEW, **typed}
    page = officer.request("POST", path, data=fields)
    assert page.status == 303, page.text
    row = newest(session, Measure)
    assert (row.unit, row.unit_noun, row.per) == (typed["unit"], noun, per and Decimal(per))
    assert officer.get(page.location).status == 200
    assert officer.get(f"/measures/{row.id}/edit").status == 200


def test_a_measure_kept_within_a_band_is_added_and_its_band_moves_with_a_reason(
    officer, session, standing
):
    path = new_path(standing)
    band = {"direction": "maintain", "band_low": "10", "band_high": "20", "tolerance_absolute": "2"}
    fields = {**officer.form_fields(path), **NEW, **band}
    del fields["is_screened"]
    assert officer.request("POST", path, data=fields).status == 303
    row, terms = newest(session, Measure), newest(session, Target)
    assert (row.direction, row.is_screened) == (Direction.MAINTAIN, False)
    assert (terms.band_low, terms.band_high, terms.tolerance_absolute) == (10, 20, 2)
    path = f"/measures/{row.id}/edit"
    fields = {**officer.form_fields(path), "band_high": "25"}
    assert (fields["band_low"], "is_screened" in fields) == (["10"], False)
    assert "Say why" in officer.request("POST", path, data=fields).error("target_reason")
    fields["target_reason"] = "Two more wardens"
    assert officer.request("POST", path, data=fields).status == 303
    assert newest(session, Target).band_high == 25


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"unit": "rate"}, "per", "such as 1,000"),
        ({"unit": "rate", "per": "0"}, "per", "such as 1,000"),
        ({"unit": "rate", "per": "many"}, "per", "Enter a number"),
        ({"per": "1000"}, "per", "only a rate is per so many"),
        (
            {"unit": "rate", "per": "1000", "unit_noun": "crimes per 100 residents"},
            "unit_noun",
            "such as crimes per 1,000 residents",
        ),
        ({"unit": "percent", "aggregation": "sum"}, "aggregation", "Percentages do not add up"),
        ({"unit": "average", "aggregation": "sum"}, "aggregation", "Averages do not add up"),
        ({"unit": "yes_no", "aggregation": "average"}, "aggregation", "choose the latest"),
        ({"unit": "average", "is_cumulative": "y"}, "is_cumulative", "no total of the year"),
        ({"direction": "maintain"}, "band_low", "the lowest or the highest good value"),
        ({"direction": "maintain", "band_low": "5", "band_high": "4"}, "band_high", "not below"),
        (
            {"direction": "maintain", "band_low": "5", "target": "6"},
            "target",
            "the band, not a target",
        ),
        ({"band_high": "5"}, "band_high", "only a measure kept within a band"),
        ({"tolerance_absolute": "-1"}, "tolerance_absolute", "0 to 1,000,000,000,000"),
        ({"unit": "yes_no", "target": "2"}, "target", "1 for yes or 0 for no"),
        ({"unit": "percent", "target": "101"}, "target", "from 0 to 100"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_beside_the_field_and_kept(
    officer, session, standing, typed, field, message
):
    path, before = new_path(standing), newest(session, Measure).id
    page = officer.request("POST", path, data={**officer.form_fields(path), **NEW, **typed})
    assert page.status == 400
    assert message in page.error(field)
    assert page.value("title") == NEW["title"]
    assert page.value("per") == typed.get("per", "")
    assert newest(session, Measure).id == before


def test_what_is_counted_cannot_change_under_the_values_that_are_stored(
    lead, officer, session, measure_of
):
    measure = measure_of(Unit.RATE)
    path = f"/measures/{measure.id}/edit"
    finer = {"per": "10000", "unit_noun": "crimes per 10,000 residents"}
    assert officer.request("POST", path, data={**officer.form_fields(path), **finer}).status == 303
    typed = {"period": "2017-01", "state": "final", "numerator": "5", "denominator": "100"}
    lead.post(record_path(measure), **typed)
    coarser = {"per": "100", "unit_noun": "crimes per 100 residents"}
    page = officer.request("POST", path, data={**officer.form_fields(path), **coarser})
    assert "add a new measure instead" in page.error("per")
    other = {"per": "", "unit": "percent", "unit_noun": ""}
    page = officer.request("POST", path, data={**officer.form_fields(path), **other})
    assert "add a new measure instead" in page.error("unit")
    rarer = {"frequency": "quarterly"}
    page = officer.request("POST", path, data={**officer.form_fields(path), **rarer})
    assert "add a new measure instead" in page.error("frequency")
    renamed = {"title": "Crimes by people living here"}
    page = officer.request("POST", path, data={**officer.form_fields(path), **renamed})
    assert page.status == 303


@pytest.mark.parametrize("unit", Unit)
def test_no_page_breaks_on_a_kind_with_a_target_of_zero(lead, session, measure_of, unit):
    target = target_details(baseline=None, baseline_label="", target=Decimal(0), trajectory="flat")
    measure = measure_of(unit, target)
    typed = next(typed for kind, typed, *_ in TYPED if kind is unit)
    assert lead.get(f"/measures/{measure.id}").status == 200
    lead.post(record_path(measure), period="2017-01", state="final", **typed)
    for page in (f"/measures/{measure.id}", "/measures", "/dashboard", "/my-work"):
        assert lead.get(page).status == 200, page
    assert lead.get(f"/measures/{measure.id}/figure.json").status == 200
