"""The commands: one line of JSON each, and an exit code that a script can trust."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.pages import Client
from tests.standing import PASSWORD, measure_details, target_details
from tests.walking import KNOWN, contents
from tracker.domain.vocabulary import Aggregation, Unit
from tracker.models import Observation, Person
from tracker.services.items import add_measure

SECRET = "copper thursday bicycle"


@pytest.fixture
def run(app):
    def invoke(*arguments, **environment):
        with app.app_context():
            ran = app.test_cli_runner().invoke(args=list(arguments), env=environment)
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return ran.exit_code, json.loads(ran.output.splitlines()[0])

    return invoke


@pytest.fixture
def file(tmp_path):
    def write(*rows, header="measure,period,value"):
        path = tmp_path / "values.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        return str(path)

    return write


def stored(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Observation))


def test_a_ledger_that_holds_says_so(run, standing):
    code, said = run("verify-ledger")
    assert (code, said["ok"]) == (0, True)
    assert [chain["chain"] for chain in said["chains"]] == ["installation", "plan:1"]
    assert all(len(chain["head"]) == 64 for chain in said["chains"])


def test_values_are_imported_once_however_often_the_file_is(run, file, session):
    path = file("M1.1a,2017-01,90", "m1.1a,2017-02,0")
    code, said = run("import-values", path)
    assert (code, said["new"], said["stored"]) == (0, 2, True)
    code, said = run("import-values", path)
    assert (code, said["new"], said["unchanged"]) == (0, 0, 2)
    assert stored(session) == 2


def test_a_dry_run_counts_and_stores_nothing(run, file, session):
    before = contents(session)
    code, said = run("import-values", file("M1.1a,2017-01,90"), "--dry-run")
    assert (code, said["new"], said["stored"]) == (0, 1, False)
    assert contents(session) == before


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("M9,2017-01,90", "measure", "No measure of this plan has the code M9"),
        ('M1.1a,2017-01,"12,5"', "value", "after a full stop: 12.5"),
        ("M1.1a,2017-01,many", "value", "Enter a whole number"),
        ("M1.1a,2017-01,-1", "value", "Enter 0 or more"),
        ("M1.1a,2017-03,90", "period", "March 2017 is not over yet"),
        ("M1.1a,soon,90", "period", "Enter a month"),
        ("M1.1a,2017-01,", "value", "Enter a whole number"),
        ("M1.1a,,1", "period", "Enter the period"),
        ("M1.1a,2017-01,1\x07", "value", "control characters"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_stored(run, file, session, row, column, words):
    code, said = run("import-values", file("M1.1a,2017-02,90", row))
    assert (code, said["ok"]) == (1, False)
    (error,) = said["errors"]
    assert (error["row"], error["column"]) == (3, column)
    assert words in error["message"]
    assert stored(session) == 0


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"", b"a,b\n1,2\n", b"PK\x03\x04\x00", b'measure,period,value\n"a']
)
def test_a_file_that_is_no_such_table_is_refused(run, tmp_path, session, content):
    path = tmp_path / "values.csv"
    path.write_bytes(content)
    code, said = run("import-values", str(path))
    assert (code, said["ok"]) == (1, False)
    assert stored(session) == 0


def test_semicolons_and_states_are_read(run, file, session):
    rows = ("M1.1a;2017-01;1,234;;", "M1.1a;2017-02;;withheld;Not cleared")
    code, said = run("import-values", file(*rows, header="measure;period;value;state;note"))
    assert (code, said["new"]) == (0, 2), said
    values = session.scalars(select(Observation.value).order_by(Observation.id)).all()
    assert [None if value is None else int(value) for value in values] == [1234, None]


KINDS = {
    "M8r": {"unit": Unit.RATE, "per": Decimal(1000), "unit_noun": "crimes per 1,000 residents"},
    "M8p": {"unit": Unit.PERCENT, "unit_noun": ""},
    "M8a": {"unit": Unit.AVERAGE, "unit_noun": "minutes"},
    "M8y": {"unit": Unit.YES_NO, "unit_noun": ""},
}
WITH_PARTS = "measure,period,value,numerator,denominator,state,note"


@pytest.fixture
def kinds(session, standing):
    """A measure of each kind that is no count."""
    who = {"actor": standing.actor("Officer"), "now": KNOWN}
    terms = target_details(baseline=None, baseline_label="", target=None)
    police = standing.partners["CoLP"].id
    for code, changes in KINDS.items():
        details = measure_details(police, code=code, aggregation=Aggregation.LATEST, **changes)
        add_measure(session, standing.objective, details, terms, **who)
    session.commit()


def test_numerators_and_denominators_are_imported_once_and_corrected(run, file, session, kinds):
    rows = [
        "M8r,2017-01,,9,7200,,",
        "M8p,2017-01,84.1%,,113,,",
        "M8p,2017-02,84.1,95,113,,",
        "M8a,2017-01,-2.5,,40,,",
        "M8y,2017-01,Yes,,,,",
        "M8y,2017-02,0,,,,",
        "M8p,2016-12,,,,withheld,Not cleared",
    ]
    path = file(*rows, header=WITH_PARTS)
    code, said = run("import-values", path)
    assert (code, said["new"]) == (0, 7), said
    code, said = run("import-values", path)
    assert (code, said["unchanged"]) == (0, 7), said
    path = file("M8p,2017-01,84.1%,,112,,", header=WITH_PARTS)
    assert run("import-values", path)[1]["corrected"] == 1
    session.rollback()
    found = session.scalars(select(Observation).order_by(Observation.id)).all()
    kept = [(row.value, row.numerator, row.denominator) for row in found]
    assert kept == [
        (Decimal("1.25"), 9, 7200),
        (Decimal("84.1"), None, 113),
        (Decimal("84.07079646017699115044247788"), 95, 113),
        (Decimal("-2.5"), None, 40),
        (1, None, None),
        (0, None, None),
        (None, None, None),
        (Decimal("84.1"), None, 112),
    ]


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("M8r,2017-01,1.25,,,,", "numerator", "Enter how many were counted"),
        ("M8r,2017-01,,9,,,", "denominator", "Enter of how many"),
        ("M8r,2017-01,,9,0,,", "denominator", "log it as not collected"),
        ("M8r,2017-01,2,9,7200,,", "value", "9 of 7,200 makes 1, not 2"),
        ("M8p,2017-01,,,113,,", "value", "or how many of how many"),
        ("M8p,2017-01,,9,8,,", "numerator", "Enter at most 8"),
        ("M8p,2017-01,85,95,113,,", "value", "makes 84, not 85"),
        ("M8p,2017-01,85,=1+1,113,,", "numerator", "Enter a number"),
        ("M8p,2017-01,85,,NaN,,", "denominator", "Enter a number"),
        ("M8a,2017-01,5,2,,,", "numerator", "Leave this empty"),
        ("M1.1a,2017-01,5,,9,,", "denominator", "Leave this empty"),
        ("M8y,2017-01,maybe,,,,", "value", "Enter yes or no"),
        ("M8p,2017-01,,,113,withheld,Not cleared", "denominator", "Leave the value empty"),
    ],
)
def test_parts_that_make_no_value_are_named_and_nothing_is_stored(
    run, file, session, kinds, row, column, words
):
    code, said = run("import-values", file("M8y,2017-02,yes,,,,", row, header=WITH_PARTS))
    assert (code, said["ok"]) == (1, False)
    (error,) = said["errors"]
    assert (error["row"], error["column"]) == (3, column)
    assert words in error["message"]
    assert stored(session) == 0


def test_values_are_imported_as_an_officer_alone(run, file, session):
    path = file("M1.1a,2017-01,90")
    assert run("import-values", path, "--as", "lead@example.org")[0] == 1
    assert run("import-values", path, "--plan", "99")[0] == 1
    assert run("import-values", path, "--as", "Officer@example.org")[0] == 0
    assert stored(session) == 1


def test_an_account_is_made_that_can_sign_in(run, app, session):
    made = ("create-person", "--email", "New@example.org", "--name", "New")
    code, said = run(*made, TRACKER_NEW_PASSWORD=SECRET)
    assert (code, said) == (0, {"ok": True, "person": "new@example.org", "role": "administrator"})
    assert Client(app).sign_in("new@example.org", SECRET).status == 303


@pytest.mark.parametrize(
    ("email", "role", "password", "field"),
    [
        ("officer@example.org", "officer", SECRET, "email"),
        ("nobody", "officer", SECRET, "email"),
        ("x@example.org", "lead", SECRET, "partner_id"),
        ("x@example.org", "officer", "short", "password"),
    ],
)
def test_an_account_that_breaks_a_rule_is_refused(run, session, email, role, password, field):
    made = ("create-person", "--email", email, "--name", "X", "--role", role)
    code, said = run(*made, TRACKER_NEW_PASSWORD=password)
    assert (code, said["ok"], said["field"]) == (1, False, field)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Person)) == 6


def test_a_lead_of_a_partner_that_is_none_is_refused(run):
    made = ("create-person", "--email", "x@example.org", "--name", "X", "--role", "officer")
    code, said = run(*made, "--partner", "NONE", TRACKER_NEW_PASSWORD=SECRET)
    assert (code, said["ok"]) == (1, False)


def test_preparing_twice_changes_nothing(run, session):
    assert run("prepare")[0] == 0
    before = contents(session)
    session.close()
    assert run("prepare")[0] == 0
    assert contents(session) == before


def test_a_demonstration_is_never_loaded_into_a_database_of_work(run, app, session, monkeypatch):
    before = contents(session)
    code, said = run("load-demo")
    assert (code, said["ok"]) == (1, False)
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)
    code, said = run("load-demo")
    assert (code, said["ok"]) == (1, False)
    assert "not a demonstration" in said["error"]
    assert contents(session) == before
    assert Client(app).sign_in("officer@example.org", PASSWORD).status == 303
