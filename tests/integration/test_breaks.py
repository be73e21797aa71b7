"""Breaks and baselines through the product: who may, with which reason, and as at which day."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.counting import asked_of
from tests.integration.test_progress import sent_at_once
from tests.series import MONTHS, REASON, SEPTEMBER, break_at, fill_series, freeze_at
from tests.walking import KNOWN, signed_in
from tracker.domain.actors import Audience
from tracker.domain.breaks import BreakDetails, FreezeDetails
from tracker.domain.errors import Conflict, RuleBroken
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import PlanState
from tracker.models import BaselineFreeze, LedgerEntry, SeriesBreak
from tracker.queries.breaks import breaks_page
from tracker.queries.ledger import verify_ledger
from tracker.queries.reading import Reading
from tracker.services.breaks import (
    freeze_baseline,
    mark_break,
    release_baseline,
    withdraw_break,
)
from tracker.services.items import archive_item
from tracker.services.plans import set_plan_state

MARKED = {"starts_on": "2016-09-01", "reason": REASON}
WITHDRAWN = {"starts_on": "2016-09-01", "reason": "The force says that nothing changed."}
FROZEN = {"points": "18", "reason": "The months before the new licensing policy."}
RELEASED = {"reason": "The policy has settled since then."}


@pytest.fixture
def filled(session, standing):
    """The standing measure with 26 months of values, the last of them provisional."""
    fill_series(session, standing, standing.measure)
    session.commit()
    return standing


@pytest.fixture
def path(filled):
    return f"/measures/{filled.measure.id}"


@pytest.fixture
def who(standing):
    return {"actor": standing.actor("Officer"), "now": KNOWN}


def breaks(session):
    session.rollback()
    rows = session.scalars(select(SeriesBreak).order_by(SeriesBreak.id))
    return [(row.starts_on.isoformat(), row.is_withdrawn, row.reason) for row in rows]


def freezes(session):
    session.rollback()
    return list(session.scalars(select(BaselineFreeze.points).order_by(BaselineFreeze.id)))


def newest_entry(session):
    session.rollback()
    return session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc()).limit(1)).one()


def section(page, name):
    found = page.tree.xpath(f'//section[@aria-labelledby="{name}"]')
    return " ".join(found[0].text_content().split()) if found else ""


# Marking


def test_an_officer_marks_a_break_and_everybody_reads_who_when_and_why(
    officer, lead, session, path
):
    page = officer.post(f"{path}/breaks/new", **MARKED)
    assert page.location == f"{path}/breaks"
    assert breaks(session) == [("2016-09-01", False, REASON)]
    assert "Break from September 2016 marked: it begins on 1 September 2016" in (
        officer.get(f"{path}/breaks").text
    )
    shown = lead.get(f"{path}/breaks")
    assert "One break stands." in shown.text
    assert f"September 2016 Stands {REASON} Marked by Officer, 15 March 2017" in (
        section(shown, "breaks")
    )
    assert "Breaks and baseline (1)" in lead.get(path).text


def test_any_day_of_a_month_is_taken_for_its_first(officer, session, path):
    assert officer.post(f"{path}/breaks/new", **{**MARKED, "starts_on": "2016-09-17"}).status == 303
    assert breaks(session)[0][0] == "2016-09-01"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Choose the period that the break begins with"),
        (None, "Choose the period that the break begins with"),
        ("<b>", "Choose the period that the break begins with"),
        ("2016-13-01", "Choose the period that the break begins with"),
        ("\u0662\u0660\u0661\u0666-09-01", "Choose the period that the break begins with"),
        ("\x00", "Choose the period that the break begins with"),
        ("9999-12-31", "Choose the period that the break begins with"),
        ("2015-01-01", "January 2015 is the first period with a value: choose a later one"),
        ("2017-03-01", "March 2017 is not over yet: choose February 2017 or an earlier period"),
        (["2016-09-01", "2016-10-01"], ""),
    ],
)
def test_a_period_that_cannot_begin_a_break_is_refused(officer, session, path, day, message):
    page = officer.post(f"{path}/breaks/new", starts_on=day, reason=REASON)
    if not message:
        assert page.status == 303
        return
    assert page.status == 400
    assert message in page.error("starts_on")
    assert page.value("reason") == REASON
    assert breaks(session) == []


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", "Enter why the values before and after cannot be compared"),
        (None, "Enter why the values before and after cannot be compared"),
        ("New forms", "in 10 characters or more"),
        ("x" * 501, "by 1 character: 500 is the most"),
        ("A new system\x00", "Remove the control characters"),
    ],
)
def test_a_break_without_a_reason_is_refused_and_the_period_kept(
    officer, session, path, reason, message
):
    page = officer.post(f"{path}/breaks/new", starts_on="2016-09-01", reason=reason)
    assert page.status == 400
    assert message in page.error("reason")
    chosen = page.tree.xpath('//select[@name="starts_on"]/option[@selected]/@value')
    assert chosen == ["2016-09-01"]
    assert breaks(session) == []


def test_what_people_wrote_is_shown_as_text(officer, path):
    hostile = "<script>alert('new system')</script>"
    officer.post(f"{path}/breaks/new", starts_on="2016-09-01", reason=hostile)
    page = officer.get(f"{path}/breaks")
    assert hostile in page.text
    assert "<script>alert" not in page.body


def test_a_form_sent_twice_marks_one_break(officer, session, path):
    fields = {**officer.hidden(f"{path}/breaks/new"), **MARKED}
    replies = [officer.request("POST", f"{path}/breaks/new", data=fields) for _ in range(2)]
    assert [reply.status for reply in replies] == [303, 303]
    assert {reply.location for reply in replies} == {f"{path}/breaks"}
    assert len(breaks(session)) == 1


def test_two_who_mark_the_same_break_at_once_mark_one(app, session, standing, path):
    clients = [signed_in(app, standing, "officer") for _ in range(2)]
    forms = [{**client.hidden(f"{path}/breaks/new"), **MARKED} for client in clients]
    pages = sent_at_once(f"{path}/breaks/new", clients, forms)
    assert sorted(page.status for page in pages) == [303, 400]
    assert len(breaks(session)) == 1


def test_a_break_that_stands_is_not_marked_again(officer, session, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    page = officer.post(f"{path}/breaks/new", **{**MARKED, "starts_on": "2016-09-30"})
    assert page.error("starts_on") == (
        "A break from September 2016 stands already: choose another period"
    )
    assert len(breaks(session)) == 1


def test_the_form_offers_every_period_that_may_begin_a_break(officer, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    page = officer.get(f"{path}/breaks/new?starts_on=2016-06-01")
    offered = page.tree.xpath('//select[@name="starts_on"]/option/@value')
    assert offered[:2] == ["", "2017-02-01"]
    assert offered[-1] == "2015-02-01"
    assert "2016-09-01" not in offered
    assert len(offered) == MONTHS - 1
    assert page.tree.xpath("//option[@selected]/@value") == ["2016-06-01"]


@pytest.mark.parametrize("asked", ["2016-09-01", "2030-01-01", "<b>", "", "%00"])
def test_an_address_that_names_no_offered_period_chooses_none(officer, path, asked):
    officer.post(f"{path}/breaks/new", **MARKED)
    page = officer.get(f"{path}/breaks/new?starts_on={asked}")
    assert page.status == 200
    assert page.tree.xpath("//option[@selected]/@value") in ([], [""])


# Withdrawing


def test_a_break_is_withdrawn_with_a_reason_and_both_stay(officer, session, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    assert officer.get(f"{path}/breaks").tree.xpath(
        f'//a[@href="{path}/breaks/withdraw?starts_on=2016-09-01"]'
    )
    assert officer.post(f"{path}/breaks/withdraw", **WITHDRAWN).location == f"{path}/breaks"
    page = officer.get(f"{path}/breaks")
    assert "No break stands." in page.text
    said = section(page, "breaks")
    assert said.index(WITHDRAWN["reason"]) < said.index(REASON)
    assert "Withdrawn by Officer" in said
    assert "Breaks and baseline (" not in officer.get(path).text
    assert [is_withdrawn for _day, is_withdrawn, _why in breaks(session)] == [False, True]


def test_a_withdrawn_break_is_marked_again(officer, session, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    officer.post(f"{path}/breaks/withdraw", **WITHDRAWN)
    again = {**MARKED, "reason": "The force has now confirmed it."}
    assert officer.post(f"{path}/breaks/new", **again).status == 303
    page = officer.get(f"{path}/breaks")
    assert "One break stands." in page.text
    assert section(page, "breaks").count("September 2016 Stands") == 1
    assert len(breaks(session)) == 3


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"starts_on": ""}, "starts_on", "Choose the period"),
        ({"starts_on": "2016-10-01"}, "starts_on", "No break from October 2016 stands"),
        ({"reason": ""}, "reason", "Enter why the break is withdrawn"),
        ({"reason": "A slip"}, "reason", "in 10 characters or more"),
    ],
)
def test_a_withdrawal_that_breaks_a_rule_is_refused(officer, session, path, typed, field, message):
    officer.post(f"{path}/breaks/new", **MARKED)
    page = officer.post(f"{path}/breaks/withdraw", **{**WITHDRAWN, **typed})
    assert page.status == 400
    assert message in page.error(field)
    assert len(breaks(session)) == 1


def test_a_break_is_withdrawn_once_though_two_do_it(officer, session, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    opened = {**officer.hidden(f"{path}/breaks/withdraw"), **WITHDRAWN}
    officer.post(f"{path}/breaks/withdraw", **WITHDRAWN)
    page = officer.request("POST", f"{path}/breaks/withdraw", data=opened)
    assert page.status == 400
    assert "No break from September 2016 stands" in page.error("starts_on")
    assert len(breaks(session)) == 2


def test_where_nothing_can_be_set_the_forms_say_so(officer, standing):
    path = f"/measures/{standing.measure.id}"
    said = {
        "breaks/new": "No period to begin a break with",
        "breaks/withdraw": "No break stands",
        "baseline/freeze": "Too few values for a baseline",
        "baseline/release": "The baseline is not frozen",
    }
    for form, words in said.items():
        page = officer.get(f"{path}/{form}")
        assert words in page.text
        assert not page.tree.xpath("//main//form")
    posted = {
        "breaks/new": (MARKED, "No value is stored yet"),
        "breaks/withdraw": (WITHDRAWN, "No break from September 2016 stands"),
        "baseline/freeze": (FROZEN, "Wait for more values"),
        "baseline/release": (RELEASED, "The baseline is not frozen"),
    }
    token = officer.token()
    for form, (fields, words) in posted.items():
        page = officer.request("POST", f"{path}/{form}", data={"csrf_token": token, **fields})
        assert page.status == 400, form
        assert words in page.text


# The baseline


def test_an_officer_freezes_the_baseline_changes_and_releases_it(officer, lead, session, path):
    assert officer.post(f"{path}/baseline/freeze", **FROZEN).location == f"{path}/breaks"
    page = lead.get(f"{path}/breaks")
    assert "The first 18 final values of each segment set its limits." in page.text
    assert f"Frozen at 18 values {FROZEN['reason']} Officer" in section(page, "baseline")
    assert officer.post(f"{path}/baseline/freeze", **{**FROZEN, "points": "24"}).status == 303
    assert officer.post(f"{path}/baseline/release", **RELEASED).status == 303
    page = lead.get(f"{path}/breaks")
    assert "The baseline is not frozen" in page.text
    said = section(page, "baseline")
    assert said.index("Released") < said.index("at 24 values") < said.index("at 18 values")
    assert freezes(session) == [18, 24, None]


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("", "Enter a whole number, such as 24"),
        (None, "Enter a whole number, such as 24"),
        ("11", "Enter 12 or more"),
        ("0", "Enter 12 or more"),
        ("26", "Enter 25 or fewer: the longest segment has 25 final values"),
        ("999999", "Enter 25 or fewer"),
        ("-24", "Enter a whole number"),
        ("12.5", "Enter a whole number"),
        ("1e2", "Enter a whole number"),
        ("\u0661\u0662", "Enter a whole number"),
        ("1" + "0" * 30, "Enter a whole number"),
    ],
)
def test_points_that_cannot_be_are_refused_and_kept(officer, session, path, points, message):
    page = officer.post(f"{path}/baseline/freeze", points=points, reason=FROZEN["reason"])
    assert page.status == 400
    assert message in page.error("points")
    assert page.value("points") == (points or "")
    assert page.value("reason") == FROZEN["reason"]
    assert freezes(session) == []


def test_a_break_shortens_what_a_baseline_can_take(officer, path):
    officer.post(f"{path}/breaks/new", **MARKED)
    page = officer.post(f"{path}/baseline/freeze", **{**FROZEN, "points": "21"})
    assert "Enter 20 or fewer" in page.error("points")
    assert "20 before September 2016, 5 from September 2016 on" in page.text


@pytest.mark.parametrize("form", ["freeze", "release"])
def test_a_baseline_that_was_changed_meanwhile_is_a_conflict(officer, session, filled, path, form):
    freeze_at(session, filled, filled.measure, 18)
    session.commit()
    given = {"freeze": {**FROZEN, "points": "20"}, "release": RELEASED}[form]
    stale = {**officer.hidden(f"{path}/baseline/{form}"), **given}
    officer.post(f"{path}/baseline/freeze", points="24", reason=REASON)
    page = officer.request("POST", f"{path}/baseline/{form}", data=stale)
    assert page.status == 409
    assert "The baseline was frozen at 24 values meanwhile." in page.text
    assert page.value("reason") == given["reason"]
    assert freezes(session) == [18, 24]
    resent = {**stale, "version": page.value("version"), "submission_key": "another"}
    assert officer.request("POST", f"{path}/baseline/{form}", data=resent).status == 303
    assert freezes(session)[:2] == [18, 24]
    assert len(freezes(session)) == 3


def test_a_baseline_that_was_released_meanwhile_is_a_conflict(officer, session, filled, path, who):
    seen = freeze_at(session, filled, filled.measure, 18)
    session.commit()
    stale = {**officer.hidden(f"{path}/baseline/release"), **RELEASED}
    release_baseline(session, filled.measure, RELEASED["reason"], seen, **who)
    session.commit()
    page = officer.request("POST", f"{path}/baseline/release", data=stale)
    assert page.status == 409
    assert "The baseline was released meanwhile." in page.text


def test_a_freeze_sent_twice_is_stored_once(officer, session, path):
    fields = {**officer.hidden(f"{path}/baseline/freeze"), **FROZEN}
    replies = [officer.request("POST", f"{path}/baseline/freeze", data=fields) for _ in range(2)]
    assert [reply.status for reply in replies] == [303, 303]
    assert freezes(session) == [18]


# Who, where and when


@pytest.mark.parametrize("role", ["outsider", "chair", "lead", "other_lead", "administrator"])
@pytest.mark.parametrize(
    ("form", "fields"),
    [
        ("breaks/new", MARKED),
        ("breaks/withdraw", WITHDRAWN),
        ("baseline/freeze", FROZEN),
        ("baseline/release", RELEASED),
    ],
)
def test_only_officers_set_breaks_and_baselines(role, form, fields, app, session, filled, path):
    break_at(session, filled, filled.measure)
    freeze_at(session, filled, filled.measure, 12)
    session.commit()
    client = signed_in(app, filled, role)
    assert client.get(f"{path}/{form}").status == 403
    assert client.send(f"{path}/{form}", **fields).status == 403
    page = client.get(f"{path}/breaks")
    assert page.status == 200
    assert not {href for href in page.links() if "/breaks/" in href or "/baseline/" in href}
    assert (len(breaks(session)), freezes(session)) == (1, [12])


def test_nobody_reads_them_without_signing_in(public, path):
    assert public.request("GET", f"{path}/breaks").location.startswith("/sign-in?")
    assert public.request("GET", f"{path}/breaks/new").location.startswith("/sign-in?")


@pytest.mark.parametrize(
    "form", ["breaks", "breaks/new", "breaks/withdraw", "baseline/freeze", "baseline/release"]
)
def test_a_sensitive_measure_has_no_such_pages_for_outsiders(
    form, officer, outsider, other_lead, lead, session, standing
):
    fill_series(session, standing, standing.secret_measure)
    break_at(session, standing, standing.secret_measure)
    session.commit()
    path = f"/measures/{standing.secret_measure.id}/{form}"
    missing = f"/measures/999999/{form}"
    for client in (outsider, other_lead):
        assert client.get(path).status == client.get(missing).status == 404
        assert "Quiet referrals" not in client.get("/history").text
    assert lead.get(path).status == (200 if form == "breaks" else 403)
    page = officer.get(path)
    assert page.status == 200
    assert page.response.headers["Cache-Control"] == "no-store"


def test_an_archived_measure_keeps_its_breaks_and_takes_no_more(
    officer, session, filled, path, who
):
    break_at(session, filled, filled.measure)
    freeze_at(session, filled, filled.measure, 12)
    archive_item(session, filled.measure, **who)
    session.commit()
    page = officer.get(f"{path}/breaks")
    assert "This measure is archived." in page.text
    assert REASON in section(page, "breaks")
    assert "Mark a break" not in page.text
    token = officer.token()
    for form, fields in (
        ("breaks/new", {**MARKED, "starts_on": "2016-05-01"}),
        ("breaks/withdraw", WITHDRAWN),
        ("baseline/freeze", FROZEN),
        ("baseline/release", RELEASED),
    ):
        assert officer.get(f"{path}/{form}").status == 200
        page = officer.request("POST", f"{path}/{form}", data={"csrf_token": token, **fields})
        assert page.status == 400, form
        assert "This measure is archived: restore it before you change its breaks" in page.text
    assert (len(breaks(session)), freezes(session)) == (1, [12])
    officer.send(f"{path}/restore")
    assert officer.post(f"{path}/breaks/withdraw", **WITHDRAWN).status == 303


def test_a_measure_of_an_archived_objective_takes_no_break(session, filled, who):
    archive_item(session, filled.objective, **who)
    session.flush()
    with pytest.raises(RuleBroken, match="This measure is archived"):
        mark_break(session, filled.measure, BreakDetails(SEPTEMBER, REASON), **who)


def test_nothing_is_set_in_a_closed_plan(officer, session, filled, path):
    break_at(session, filled, filled.measure)
    freeze_at(session, filled, filled.measure, 12)
    session.commit()
    officer.send(f"/plans/{filled.plan.id}/state", state="closed")
    for form, fields in (
        ("breaks/new", {**MARKED, "starts_on": "2016-05-01"}),
        ("breaks/withdraw", WITHDRAWN),
        ("baseline/freeze", FROZEN),
        ("baseline/release", RELEASED),
    ):
        page = officer.post(f"{path}/{form}", **fields)
        assert page.status == 400, form
        assert "This plan is closed" in page.text
    assert (len(breaks(session)), freezes(session)) == (1, [12])
    assert REASON in officer.get(f"{path}/breaks").text


MARKED_AT = datetime(2016, 12, 19, 11, 20, tzinfo=UTC)


@pytest.fixture
def told(session, filled):
    """A break of 19 December, withdrawn on 10 January; a baseline frozen half past midnight on
    1 February and released on 1 March."""
    measure, officer_ = filled.measure, filled.actor("Officer")
    break_at(session, filled, measure, now=MARKED_AT)
    details = BreakDetails(SEPTEMBER, WITHDRAWN["reason"])
    withdraw_break(
        session, measure, details, actor=officer_, now=datetime(2017, 1, 10, 9, 0, tzinfo=UTC)
    )
    frozen = freeze_baseline(
        session,
        measure,
        FreezeDetails(12, FROZEN["reason"]),
        0,
        actor=officer_,
        now=datetime(2017, 2, 1, 0, 30, tzinfo=UTC),
    )
    release_baseline(
        session,
        measure,
        RELEASED["reason"],
        frozen.id,
        actor=officer_,
        now=datetime(2017, 3, 1, 9, 0, tzinfo=UTC),
    )
    session.commit()
    return filled


@pytest.mark.parametrize(
    ("day", "count", "points", "unknown"),
    [
        ("2016-12-18", "No break stands", "Every final value counts", REASON),
        ("2016-12-19", "One break stands", "Every final value counts", WITHDRAWN["reason"]),
        ("2017-01-09", "One break stands", "Every final value counts", WITHDRAWN["reason"]),
        ("2017-01-10", "No break stands", "Every final value counts", FROZEN["reason"]),
        ("2017-01-31", "No break stands", "Every final value counts", FROZEN["reason"]),
        ("2017-02-01", "No break stands", "The first 12 final values", RELEASED["reason"]),
        ("2017-02-28", "No break stands", "The first 12 final values", RELEASED["reason"]),
        (
            "2017-03-01",
            "No break stands",
            "Every final value counts",
            "nothing that is known later",
        ),
    ],
)
def test_only_what_was_known_on_the_day_is_shown(officer, told, path, day, count, points, unknown):
    page = officer.get(f"{path}/breaks?as-at={day}")
    assert f"{count}. {points}" in page.text
    assert unknown not in page.text
    assert not {href for href in page.links() if href.endswith(("/new", "/freeze", "/release"))}


def test_a_past_day_is_kept_from_the_measure_to_its_breaks_and_back(officer, told, path):
    page = officer.get(f"{path}?as-at=2016-12-31")
    assert f"{path}/breaks?as-at=2016-12-31" in page.links()
    assert "Breaks and baseline (1)" in page.text
    assert f"{path}?as-at=2016-12-31" in officer.get(f"{path}/breaks?as-at=2016-12-31").links()


def test_before_a_measure_was_in_the_plan_there_is_nothing_to_set(officer, path):
    page = officer.get(f"{path}/breaks?as-at=2016-03-01")
    assert "This measure was not in the plan on 1 March 2016" in page.text


def test_what_stands_is_read_in_four_statements(session, told, app):
    reading = Reading.of(date(2017, 3, 15), Audience.of(told.actor("Officer")))
    with asked_of(session.get_bind()) as asked:
        page = breaks_page(session, told.measure, StatusRules(), reading)
    assert len(asked) == 4
    assert (len(page.breaks), len(page.freezes), page.standing) == (1, 2, ())
    assert [event.is_withdrawn for event in page.breaks[0].events] == [True, False]


def test_the_breaks_of_the_page_are_those_that_the_measure_is_judged_by(session, filled):
    for day in (SEPTEMBER, date(2016, 1, 1), date(2015, 6, 1)):
        break_at(session, filled, filled.measure, day)
    session.commit()
    reading = Reading.of(date(2017, 3, 15), Audience.of(filled.actor("Officer")))
    page = breaks_page(session, filled.measure, StatusRules(), reading)
    assert [entry.starts_on for entry in page.standing] == sorted(
        page.assessment.facts.breaks, reverse=True
    )
    assert len(page.assessment.analysis.chart.segments) == 4


def test_a_baseline_holds_for_its_own_measure_alone(session, filled):
    fill_series(session, filled, filled.secret_measure)
    freeze_at(session, filled, filled.measure, 18)
    seen = freeze_at(session, filled, filled.secret_measure, 24)
    session.commit()
    reading = Reading.of(date(2017, 3, 15), Audience.of(filled.actor("Officer")))

    def points(measure):
        page = breaks_page(session, measure, StatusRules(), reading)
        return page.baseline and page.baseline.points, page.assessment.facts.baseline_points

    assert points(filled.measure) == (18, 18)
    assert points(filled.secret_measure) == (24, 24)
    release_baseline(
        session,
        filled.secret_measure,
        RELEASED["reason"],
        seen,
        actor=filled.actor("Officer"),
        now=KNOWN,
    )
    assert points(filled.measure) == (18, 18)
    assert points(filled.secret_measure) == (None, None)


# The suggestion


@pytest.fixture
def shifted(session, standing):
    """The standing measure doubles from June 2016: nine months above its average."""
    fill_series(session, standing, standing.measure, low=80, high=160)
    session.commit()
    return f"/measures/{standing.measure.id}"


def test_a_break_is_suggested_with_its_evidence_and_never_made(officer, lead, session, shifted):
    page = officer.get(f"{shifted}/breaks")
    said = section(page, "suggestion")
    assert "Did the way of counting change in June 2016?" in said
    assert "The latest 9 values, from June 2016 on, all lie above the average of 10" in said
    assert f"{shifted}/breaks/new?starts_on=2016-06-01" in page.links()
    assert breaks(session) == []
    read = lead.get(f"{shifted}/breaks")
    assert "Did the way of counting change" in read.text
    assert "Mark a break" not in read.text


def test_a_suggestion_that_was_followed_is_made_no_more(officer, shifted):
    officer.post(f"{shifted}/breaks/new", starts_on="2016-06-01", reason=REASON)
    assert section(officer.get(f"{shifted}/breaks"), "suggestion") == ""


def test_values_that_vary_as_usual_suggest_nothing(officer, path):
    assert section(officer.get(f"{path}/breaks"), "suggestion") == ""


# The ledger


def test_each_of_the_four_stands_in_the_ledger_in_words(officer, session, filled, path):
    done = [
        ("breaks/new", MARKED, "marked a break in"),
        ("breaks/withdraw", WITHDRAWN, "withdrew a break in"),
        ("baseline/freeze", FROZEN, "froze the baseline of"),
        ("baseline/release", RELEASED, "released the baseline of"),
    ]
    for form, fields, verb in done:
        assert officer.post(f"{path}/{form}", **fields).status == 303
        entry = newest_entry(session)
        assert (entry.verb, entry.actor_name) == (verb, "Officer, officer")
        assert (entry.item_kind, entry.item_id) == ("measure", filled.measure.id)
        assert fields["reason"] in entry.after
    text = officer.get(f"/history?item=measure:{filled.measure.id}").text
    for _form, fields, verb in done:
        assert f"Officer, officer {verb} M1.1a Crimes recorded" in text
        assert fields["reason"] in text
    assert "Points: 18 became nothing" in text
    assert [proof.broken for proof in verify_ledger(session)] == [None, None]


@pytest.mark.parametrize("verb", [update, delete])
@pytest.mark.parametrize("model", [SeriesBreak, BaselineFreeze])
def test_neither_is_changed_or_deleted_later(model, verb, session, filled):
    break_at(session, filled, filled.measure)
    freeze_at(session, filled, filled.measure, 12)
    session.flush()
    statement = verb(model.__table__)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(statement if verb is delete else statement.values(reason="Otherwise"))


def test_what_is_refused_leaves_neither_row_nor_entry(session, filled, who):
    freeze_at(session, filled, filled.measure, 12)
    session.commit()
    before = newest_entry(session).id
    measure = filled.measure
    for refused in (
        lambda: mark_break(session, measure, BreakDetails(SEPTEMBER, "Short"), **who),
        lambda: withdraw_break(session, measure, BreakDetails(SEPTEMBER, REASON), **who),
        lambda: freeze_baseline(session, measure, FreezeDetails(24, REASON), 0, **who),
        lambda: release_baseline(session, measure, REASON, 0, **who),
    ):
        with pytest.raises((RuleBroken, Conflict)):
            refused()
    session.commit()
    assert newest_entry(session).id == before
    assert (breaks(session), freezes(session)) == ([], [12])


def test_a_break_taken_back_before_the_commit_was_never_there(session, filled, who):
    mark_break(session, filled.measure, BreakDetails(SEPTEMBER, REASON), **who)
    session.rollback()
    assert breaks(session) == []
    assert [proof.broken for proof in verify_ledger(session)] == [None, None]


def test_a_closed_plan_refuses_the_services_too(session, filled, who):
    set_plan_state(session, filled.plan, PlanState.CLOSED, **who)
    with pytest.raises(RuleBroken, match="This plan is closed"):
        mark_break(session, filled.measure, BreakDetails(SEPTEMBER, REASON), **who)
