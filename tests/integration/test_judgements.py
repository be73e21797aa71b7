"""Judging a status: who may, what stands beside what, and what becomes of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.counting import asked_of
from tests.walking import signed_in
from tracker.domain.actors import Actor
from tracker.domain.errors import NotPermitted
from tracker.domain.judgements import JudgementEntry, JudgementState, Seen, StandingJudgement
from tracker.domain.observations import ObservationEntry
from tracker.domain.periods import Period
from tracker.domain.vocabulary import Frequency, ObservationState, Role, Status
from tracker.models import Judgement, JudgementEvent, LedgerEntry
from tracker.permissions import Verb, can
from tracker.queries.judgement_facts import judgement_from
from tracker.queries.ledger import verify_ledger
from tracker.queries.things import Thing
from tracker.services import judgements as services
from tracker.services.observations import record_observation

WHY = "Three wards were never asked, so the count is too low."
LAST = "1 June 2017"
NOW = datetime(2017, 3, 15, 9, 0, tzinfo=UTC)
#: What every month counted, by the status that follows: at most 100 a month is on the path.
COUNTS = {Status.GREEN: 90, Status.AMBER: 105, Status.RED: 150}


def months(first, last):
    return [
        Period.parse(f"{year}-{month:02}", Frequency.MONTHLY)
        for year in (2016, 2017)
        for month in range(1, 13)
        if first <= (year, month) <= last
    ]


def count(session, standing, measure, value, periods):
    who = {"actor": standing.actor("Police Lead"), "now": NOW}
    for period in periods:
        entry = ObservationEntry(period, Decimal(value), ObservationState.FINAL)
        record_observation(session, measure, entry, **who)
    session.commit()


@pytest.fixture
def stands_at(session, standing):
    """Lets the standing measure have a status, by ten months that all count alike."""

    def put(status):
        periods = months((2016, 4), (2017, 1))
        count(session, standing, standing.measure, COUNTS[status], periods)

    return put


@pytest.fixture
def paths(standing):
    return {
        "measure": f"/judgements/new/measure/{standing.measure.id}",
        "objective": f"/judgements/new/objective/{standing.objective.id}",
        "priority": f"/judgements/new/priority/{standing.priority.id}",
        "secret": f"/judgements/new/measure/{standing.secret_measure.id}",
    }


def judge(client, path, as_, **changes):
    fields = {"judged": as_, "reason": WHY, "expires_on": LAST, **changes}
    return client.post(path, **fields)


def stored(session):
    session.rollback()
    return list(session.scalars(select(Judgement).order_by(Judgement.id)))


def number(session):
    return stored(session)[-1].id


def judged_on(page):
    """Return the words of each judgement that stands on a page."""
    found = page.tree.xpath('//main//*[contains(concat(" ", @class, " "), " judged ")]')
    return [" ".join(one.text_content().split()) for one in found]


def register(client, query=""):
    page = client.get(f"/judgements{query}")
    assert page.status == 200
    return " ".join(page.tree.xpath("//main")[0].text_content().split())


# Judging


def test_an_officer_judges_a_measure_worse_and_it_stands_beside_the_computed_status(
    officer, outsider, session, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    page = judge(officer, paths["measure"], "red")
    assert page.location == f"/measures/{standing.measure.id}"
    (row,) = stored(session)
    assert (row.status, row.computed, row.reason) == (Status.RED, Status.GREEN, WHY)
    shown = outsider.get(f"/measures/{standing.measure.id}")
    assert judged_on(shown) == [f"Judged Red by Officer until 1 June 2017 {WHY}"]
    assert "Green" in shown.text


@pytest.mark.parametrize(
    "path",
    ["/dashboard", "/measures", "/priorities/{priority}", "/plans/{plan}", "/partners/{police}"],
)
def test_computed_and_judged_stand_side_by_side_wherever_the_status_shows(
    path, officer, outsider, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red")
    ids = {
        "priority": standing.priority.id,
        "plan": standing.plan.id,
        "police": standing.partners["CoLP"].id,
    }
    shown = outsider.get(path.format(**ids))
    assert "Judged Red by Officer until 1 June 2017" in judged_on(shown)


@pytest.mark.parametrize("kind", ["objective", "priority"])
def test_objectives_and_priorities_are_judged_on_their_priority_s_page(
    kind, officer, standing, paths
):
    page = judge(officer, paths[kind], "not_evidenced")
    assert page.location.startswith(f"/priorities/{standing.priority.id}")
    line = "Judged Not evidenced by Officer until 1 June 2017, awaiting a second"
    shown = officer.get(f"/priorities/{standing.priority.id}")
    assert judged_on(shown) == [f"{line} {WHY}"]
    assert judged_on(officer.get(f"/plans/{standing.plan.id}")) == [line]


def test_a_page_without_a_judgement_has_no_word_of_one(officer, standing, stands_at):
    stands_at(Status.GREEN)
    for path in ("/dashboard", "/measures", f"/measures/{standing.measure.id}", "/my-work"):
        assert judged_on(officer.get(path)) == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"judged": "green"}, "judged", "This is the computed status"),
        ({"judged": "not_evidenced"}, "judged", "Not a valid choice"),
        ({"judged": "not_rated"}, "judged", "Not a valid choice"),
        ({"judged": None}, "judged", "Not a valid choice"),
        ({"reason": "Too short."}, "reason", "Say why in 20 characters or more"),
        ({"reason": f"Short.{' ' * 40}"}, "reason", "Say why in 20 characters or more"),
        ({"expires_on": "15 March 2017"}, "expires_on", "Enter 16 March 2017 or a later date"),
        ({"expires_on": "24 June 2017"}, "expires_on", "Enter 23 June 2017 or an earlier date"),
        ({"expires_on": "soon"}, "expires_on", "Enter a date"),
        ({"expires_on": ""}, "expires_on", "Enter its last day"),
    ],
)
def test_what_breaks_a_rule_is_refused_beside_its_field_and_kept(
    officer, session, stands_at, paths, typed, field, message
):
    stands_at(Status.GREEN)
    page = judge(officer, paths["measure"], "red", **typed)
    assert page.status == 400
    assert message in page.error(field)
    assert page.value("reason").strip() == typed.get("reason", WHY).strip()
    assert stored(session) == []


def test_red_is_never_judged_green_and_is_not_offered(officer, session, stands_at, paths):
    stands_at(Status.RED)
    offered = officer.get(paths["measure"]).tree.xpath('//input[@name="judged"]/@value')
    assert offered == ["amber", "no_data"]
    page = judge(officer, paths["measure"], "green")
    assert "Red can never be judged green" in page.error("judged")
    assert stored(session) == []


def test_missing_evidence_is_never_judged_green(officer, session, paths):
    page = judge(officer, paths["measure"], "green")
    assert "Missing evidence can never be judged green" in page.error("judged")
    assert stored(session) == []


def test_a_newer_judgement_replaces_the_older_one(officer, session, standing, stands_at, paths):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red")
    judge(officer, paths["measure"], "amber", reason="On second thoughts it is not that bad.")
    assert len(stored(session)) == 2
    shown = judged_on(officer.get(f"/measures/{standing.measure.id}"))
    assert len(shown) == 1
    assert "Judged Amber" in shown[0]
    text = register(officer)
    assert "Replaced by a newer one" in text
    assert WHY in text


def test_a_form_that_is_posted_twice_is_stored_once(officer, session, stands_at, paths):
    stands_at(Status.GREEN)
    fields = {
        **officer.hidden(paths["measure"]),
        "judged": "red",
        "reason": WHY,
        "expires_on": LAST,
    }
    pages = [officer.request("POST", paths["measure"], data=fields) for _ in range(2)]
    assert {page.status for page in pages} == {303}
    assert len({page.location for page in pages}) == 1
    assert len(stored(session)) == 1


def test_a_form_that_was_opened_under_another_computed_status_is_stale_and_keeps_the_text(
    officer, session, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    fields = {
        **officer.hidden(paths["measure"]),
        "judged": "amber",
        "reason": WHY,
        "expires_on": LAST,
    }
    count(session, standing, standing.measure, 400, months((2017, 2), (2017, 2)))
    page = officer.request("POST", paths["measure"], data=fields)
    assert page.status == 409
    assert "The computed status is Red now; it was Green when you opened this page" in page.text
    assert page.value("reason") == WHY
    assert page.value("expires_on") == LAST
    assert stored(session) == []
    again = {name: page.value(name) for name in ("computed", "version", "submission_key")}
    sent = officer.request("POST", paths["measure"], data={**fields, **again})
    assert sent.status == 303
    assert stored(session)[0].computed is Status.RED


def test_a_form_over_a_judgement_that_somebody_replaced_shows_theirs(
    officer, lead, session, stands_at, paths
):
    stands_at(Status.GREEN)
    fields = {
        **officer.hidden(paths["measure"]),
        "judged": "amber",
        "reason": WHY,
        "expires_on": LAST,
    }
    judge(lead, paths["measure"], "red", reason="The lead knows of cases not yet counted.")
    page = officer.request("POST", paths["measure"], data=fields)
    assert page.status == 409
    assert "The lead knows of cases not yet counted." in page.text
    assert page.value("reason") == WHY
    assert len(stored(session)) == 1


@pytest.mark.parametrize("computed", [None, "", "purple", "red"])
def test_a_form_that_does_not_say_what_it_was_opened_over_is_stale(
    officer, session, stands_at, paths, computed
):
    stands_at(Status.GREEN)
    page = judge(officer, paths["measure"], "red", computed=computed)
    assert page.status == 409
    assert stored(session) == []


def test_nothing_is_judged_in_a_closed_plan_nor_once_archived(
    officer, session, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    fields = {
        **officer.hidden(paths["measure"]),
        "judged": "red",
        "reason": WHY,
        "expires_on": LAST,
    }
    officer.send(f"/measures/{standing.measure.id}/archive")
    page = officer.request("POST", paths["measure"], data=fields)
    assert page.status == 400
    assert "This item is archived" in page.text
    assert page.value("reason") == WHY
    assert "Not in the plan" in officer.get(paths["measure"]).text
    officer.send(f"/measures/{standing.measure.id}/restore")
    officer.send(f"/plans/{standing.plan.id}/state", state="closed")
    page = judge(officer, paths["measure"], "red")
    assert page.status == 400
    assert "This plan is closed" in page.text
    assert stored(session) == []


# Who may


def test_a_lead_judges_own_items_worse_and_nothing_better(lead, session, stands_at, paths):
    stands_at(Status.AMBER)
    page = lead.get(paths["measure"])
    assert page.tree.xpath('//input[@name="judged"]/@value') == ["red"]
    for judged in ("green", "no_data"):
        refused = judge(lead, paths["measure"], judged)
        assert "worse than the computed one" in refused.error("judged")
    assert judge(lead, paths["measure"], "red").status == 303
    assert [row.status for row in stored(session)] == [Status.RED]


def test_a_lead_has_nothing_to_judge_where_it_is_red(lead, stands_at, paths):
    stands_at(Status.RED)
    assert "Nothing to judge" in lead.get(paths["measure"]).text


@pytest.mark.parametrize("role", ["outsider", "chair", "other_lead", "administrator"])
@pytest.mark.parametrize("kind", ["measure", "objective", "priority"])
def test_nobody_else_judges(role, kind, app, session, standing, stands_at, paths):
    stands_at(Status.GREEN)
    client = signed_in(app, standing, role)
    assert client.get(paths[kind]).status == 403
    data = {"csrf_token": client.token(), "judged": "red", "reason": WHY, "expires_on": LAST}
    assert client.request("POST", paths[kind], data=data).status == 403
    page = client.get(f"/measures/{standing.measure.id}")
    assert "Judge this status" not in page.text
    assert stored(session) == []


def test_those_who_may_judge_are_led_there(officer, lead, standing, stands_at, paths):
    stands_at(Status.GREEN)
    for client in (officer, lead):
        assert paths["measure"] in client.get(f"/measures/{standing.measure.id}").links()
        shown = client.get(f"/priorities/{standing.priority.id}").links()
        assert {paths["objective"], paths["priority"]} <= shown


def test_an_improvement_waits_for_a_second_person(officer, board_member, session, stands_at, paths):
    stands_at(Status.RED)
    page = judge(officer, paths["measure"], "amber")
    assert page.status == 303
    assert "awaiting a second" in judged_on(officer.get(page.location))[0]
    assert "One judgement awaits a second; every status is as computed." in register(officer)
    second = f"/judgements/{number(session)}/second"
    assert second in board_member.get(page.location).links()
    assert second in board_member.get("/judgements").links()
    assert second not in officer.get("/judgements").links()
    assert board_member.post(second).status == 303
    shown = judged_on(officer.get(page.location))[0]
    assert shown.startswith("Judged Amber by Officer, seconded by Chair, until 1 June 2017")
    assert "awaiting" not in shown
    assert "One status is judged differently" in register(officer)


def test_what_was_seconded_is_not_seconded_again(
    officer, board_member, outsider, session, stands_at, paths
):
    stands_at(Status.RED)
    judge(officer, paths["measure"], "amber")
    second = f"/judgements/{number(session)}/second"
    stale = outsider.hidden(second)
    twice = board_member.hidden(second)
    sent = [board_member.request("POST", second, data=twice) for _ in range(2)]
    assert [page.status for page in sent] == [303, 303]
    page = outsider.request("POST", second, data=stale)
    assert page.status == 400
    assert "There is nothing to second: the judgement is in force" in page.text
    session.rollback()
    assert session.scalar(select(func.count()).select_from(JudgementEvent)) == 1


def test_what_stands_alone_needs_no_second(officer, outsider, session, stands_at, paths):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red")
    page = outsider.get(f"/judgements/{number(session)}/second")
    assert "There is nothing to second" in page.text


def test_nobody_seconds_their_own_judgement(session, standing, stands_at):
    stands_at(Status.RED)
    who = {"actor": standing.actor("Officer"), "now": NOW}
    entry = JudgementEntry(Status.AMBER, WHY, date(2017, 5, 1))
    red = Status.RED
    row = services.judge(session, standing.measure, entry, red, Seen(red, 0), **who)
    facts = judgement_from(
        {
            **{name: getattr(row, name) for name in ("id", "status", "computed", "reason")},
            **{name: getattr(row, name) for name in ("expires_on", "known_at", "author_id")},
            "author": "Officer",
            "seconded_by": None,
            "is_withdrawn": False,
        }
    )
    awaiting = StandingJudgement(facts, JudgementState.AWAITING_SECOND)
    with pytest.raises(NotPermitted, match="their own"):
        services.second(session, row, standing.measure, awaiting, **who)


# Withdrawing


def test_the_author_or_an_officer_withdraws_with_a_reason(
    lead, officer, outsider, session, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    for client in (lead, officer):
        judge(lead, paths["measure"], "red")
        withdraw = f"/judgements/{number(session)}/withdraw"
        assert withdraw in client.get(f"/measures/{standing.measure.id}").links()
        refused = client.post(withdraw, reason="  ")
        assert "Enter why it is withdrawn" in refused.error("reason")
        assert client.post(withdraw, reason="The wards have answered.").status == 303
        assert judged_on(outsider.get(f"/measures/{standing.measure.id}")) == []
        assert "There is nothing to withdraw" in client.get(withdraw).text
    text = register(outsider)
    assert "Withdrawn by Police Lead, 15 March 2017: The wards have answered." in text
    assert "Withdrawn by Officer" in text


@pytest.mark.parametrize("role", ["outsider", "chair", "lead", "other_lead", "administrator"])
def test_nobody_else_withdraws(role, app, officer, session, standing, stands_at, paths):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red")
    withdraw = f"/judgements/{number(session)}/withdraw"
    client = signed_in(app, standing, role)
    assert client.get(withdraw).status == 403
    assert withdraw not in client.get("/judgements").links()
    assert withdraw not in client.get(f"/measures/{standing.measure.id}").links()


@pytest.mark.parametrize("reason", ["", "\x00", "a\x07b", "x" * 501])
def test_what_is_no_reason_withdraws_nothing(officer, session, stands_at, paths, reason):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red")
    withdraw = f"/judgements/{number(session)}/withdraw"
    assert officer.post(withdraw, reason=reason).status == 400
    session.rollback()
    assert session.scalar(select(func.count()).select_from(JudgementEvent)) == 0


def test_what_was_withdrawn_or_replaced_is_neither_seconded_nor_withdrawn_again(
    officer, board_member, session, stands_at, paths
):
    stands_at(Status.RED)
    judge(officer, paths["measure"], "amber")
    first = number(session)
    forms = {
        f"/judgements/{first}/{verb}": client.hidden(f"/judgements/{first}/{verb}")
        for verb, client in (("second", board_member), ("withdraw", officer))
    }
    judge(officer, paths["measure"], "no_data", reason="The figures cannot be trusted at all.")
    for (path, hidden), client in zip(forms.items(), (board_member, officer), strict=True):
        data = {**hidden, "reason": "Because of this"}
        page = client.request("POST", path, data=data)
        assert page.status == 400
        assert "the judgement is replaced by a newer one" in page.text


# Lapsing, expiring, past days


def test_a_judgement_lapses_when_a_new_value_changes_the_computed_status(
    officer, lead, session, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "amber")
    value = {"period": "2017-02", "value": "400", "state": "final"}
    assert lead.post(f"/measures/{standing.measure.id}/observations/new", **value).status == 303
    assert judged_on(officer.get(f"/measures/{standing.measure.id}")) == []
    text = register(officer)
    assert "Every status is as computed." in text
    assert "Green then Red now" in text
    assert "Lapsed, because the computed status changed" in text


def test_a_value_that_leaves_the_computed_status_as_it_is_leaves_the_judgement(
    officer, lead, standing, stands_at, paths
):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "amber")
    value = {"period": "2017-02", "value": "80", "state": "final"}
    lead.post(f"/measures/{standing.measure.id}/observations/new", **value)
    assert len(judged_on(officer.get(f"/measures/{standing.measure.id}"))) == 1


@pytest.mark.parametrize(("today", "shown"), [(date(2017, 3, 20), 1), (date(2017, 3, 21), 0)])
def test_a_judgement_holds_to_the_end_of_its_last_day(
    today, shown, app, officer, standing, stands_at, paths, monkeypatch
):
    stands_at(Status.GREEN)
    judge(officer, paths["measure"], "red", expires_on="20 March 2017")
    monkeypatch.setitem(app.config, "TODAY", today)
    assert len(judged_on(officer.get(f"/measures/{standing.measure.id}"))) == shown
    assert ("Expired" in register(officer)) is (not shown)


def test_an_expired_judgement_is_neither_seconded_nor_withdrawn(
    app, officer, board_member, session, stands_at, paths, monkeypatch
):
    stands_at(Status.RED)
    judge(officer, paths["measure"], "amber", expires_on="20 March 2017")
    monkeypatch.setitem(app.config, "TODAY", date(2017, 3, 21))
    path = f"/judgements/{number(session)}"
    assert "the judgement is expired" in board_member.get(f"{path}/second").text.lower()
    assert "the judgement is expired" in officer.get(f"{path}/withdraw").text.lower()


def test_a_past_day_shows_what_was_known_then_and_lets_nobody_judge(
    app, officer, board_member, session, standing, stands_at, paths, monkeypatch
):
    stands_at(Status.RED)
    judge(officer, paths["measure"], "amber")
    first = number(session)
    monkeypatch.setitem(app.config, "TODAY", date(2017, 3, 20))
    board_member.post(f"/judgements/{first}/second")
    monkeypatch.setitem(app.config, "TODAY", date(2017, 3, 25))
    officer.post(f"/judgements/{first}/withdraw", reason="All is counted now.")
    home = f"/measures/{standing.measure.id}"
    days = ("14+March+2017", "15+March+2017", "20+March+2017", "25+March+2017")
    seen = [judged_on(officer.get(f"{home}?as-at={day}")) for day in days]
    assert [len(found) for found in seen] == [0, 1, 1, 0]
    assert "awaiting a second" in seen[1][0]
    assert "seconded by Chair" in seen[2][0]
    past = officer.get(f"{home}?as-at=15+March+2017").text
    assert "Judge this status" not in past
    assert "Withdraw the judgement" not in past
    assert "Second this" not in board_member.get("/judgements?as-at=15+March+2017").text
    assert "One judgement awaits a second" in register(officer, "?as-at=15+March+2017")
    assert "One status is judged differently" in register(officer, "?as-at=20+March+2017")
    assert "All is counted now." not in register(officer, "?as-at=20+March+2017")
    assert "All is counted now." in register(officer)


def test_a_day_in_the_address_of_the_form_judges_today_all_the_same(
    officer, session, stands_at, paths
):
    stands_at(Status.GREEN)
    page = judge(officer, f"{paths['measure']}?as-at=1+June+2016", "red")
    assert page.status == 303
    assert stored(session)[0].computed is Status.GREEN


# Sensitive items


def test_a_judgement_on_a_sensitive_item_is_not_there_for_those_who_may_not_know(
    officer, outsider, other_lead, board_member, lead, session, paths
):
    assert judge(officer, paths["secret"], "red").status == 303
    judgement_id = number(session)
    for client in (outsider, other_lead):
        assert "Quiet referrals" not in register(client)
        assert WHY not in register(client)
        assert WHY not in client.get("/history").text
        for verb in ("second", "withdraw"):
            assert client.get(f"/judgements/{judgement_id}/{verb}").status == 404
    for client in (officer, board_member, lead):
        assert WHY in register(client)


def test_a_board_member_who_is_not_cleared_seconds_nothing_sensitive(
    officer, outsider, board_member, session, standing, paths
):
    count(session, standing, standing.secret_measure, 150, months((2016, 4), (2017, 1)))
    judge(officer, paths["secret"], "amber")
    second = f"/judgements/{number(session)}/second"
    assert outsider.get(second).status == 404
    assert "no-store" in board_member.get(second).response.headers["Cache-Control"]
    assert board_member.post(second).status == 303


def test_a_judgement_of_what_only_some_may_know_gives_nothing_away(
    officer, outsider, session, standing, stands_at, paths
):
    """Red for those who see the measure that is hidden and has no data, amber for the others."""
    stands_at(Status.GREEN)
    judge(officer, paths["objective"], "not_evidenced")
    assert stored(session)[0].computed is Status.RED
    home = f"/priorities/{standing.priority.id}"
    assert len(judged_on(officer.get(home))) == 1
    assert judged_on(outsider.get(home)) == []
    assert "judgements that would give them away" in register(outsider)
    assert WHY not in register(outsider)
    entry = outsider.get("/history").text.partition("judged")[2].partition("logged")[0]
    assert WHY in entry
    assert "Computed" not in entry
    shown = outsider.get(f"/judgements/{number(session)}/second").text
    assert "There is nothing to second" in shown
    assert WHY not in shown


def test_who_may_see_a_sensitive_item_without_clearance_does_not_second_it():
    named = Thing(None, is_sensitive=True, partner_ids=frozenset({1}))
    for is_cleared in (False, True):
        member = Actor(9, "Member", Role.BOARD_MEMBER, partner_id=1, is_cleared=is_cleared)
        assert can(member, Verb.READ, named)
        assert can(member, Verb.SECOND, named) is is_cleared


# The register and the ledger


def test_the_register_lists_the_worst_first_by_priority(officer, stands_at, paths):
    stands_at(Status.GREEN)
    assert "No judgement stands" in register(officer)
    judge(officer, paths["measure"], "amber")
    judge(officer, paths["priority"], "amber")
    page = officer.get("/judgements")
    rows = [" ".join(row.text_content().split()) for row in page.tree.xpath("//tbody/tr")]
    assert [row.split(" ")[0] for row in rows] == ["P1", "M1.1a"]
    sentence = "One status is judged differently from what is computed; one more awaits a second."
    assert sentence in page.text
    assert sentence in officer.get("/dashboard").text


def test_the_dashboard_leads_to_the_register_of_its_day(officer, standing):
    path = f"/judgements?plan={standing.plan.id}"
    assert path in officer.get("/dashboard").links()
    past = officer.get("/dashboard?as-at=2016-10-01").links()
    assert f"{path}&as-at=2016-10-01" in past


def test_before_the_first_plan_the_register_says_so(officer):
    assert "No plan yet" in register(officer, "?plan=999")


def test_the_register_asks_once_more_than_the_plan(officer, session, stands_at, paths):
    stands_at(Status.GREEN)
    for judged in ("red", "amber", "no_data"):
        judge(officer, paths["measure"], judged)
    officer.get("/judgements")
    with asked_of(session.get_bind()) as asked:
        officer.get("/judgements")
    assert len(asked) == 3


def test_each_step_is_an_entry_of_the_ledger_in_words_and_the_chain_holds(
    officer, board_member, session, stands_at, paths
):
    stands_at(Status.RED)
    judge(officer, paths["measure"], "amber")
    board_member.post(f"/judgements/{number(session)}/second")
    officer.post(f"/judgements/{number(session)}/withdraw", reason="All is counted now.")
    session.rollback()
    verbs = session.scalars(select(LedgerEntry.verb).order_by(LedgerEntry.seq.desc()).limit(3))
    assert [*verbs] == ["withdrew the judgement of", "seconded the judgement of", "judged"]
    assert [proof.broken for proof in verify_ledger(session)] == [None, None]
    history = officer.get("/history").text
    for words in (WHY, "All is counted now.", "Computed", "judged"):
        assert words in history
