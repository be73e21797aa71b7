"""Explain this number: every figure of every page has its way to what explains it."""

from datetime import date

import pytest
from lxml import html

from tests.figures import figures_of, numbers_in, troubles
from tests.standing import action_details
from tests.walking import KNOWN, ROLES, address, one_of_each, signed_in, value_of
from tracker.domain.items import PlanDetails
from tracker.domain.periods import Period
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import Frequency
from tracker.services.items import change_action
from tracker.services.plans import begin_plan

PEOPLE = [role for role in ROLES if role != "public"]
#: Pages that are asked for in more ways than one.
ASKED = (
    "/dashboard?status=at-risk",
    "/dashboard?priority={priority_id}&partner=1",
    "/dashboard?as-at=2017-02-21",
    "/dashboard?plan={plan_id}",
    "/measures?as-at=2017-02-21",
    "/partners?plan={plan_id}",
    "/plans/{plan_id}?as-at=2016-05-01",
    "/priorities/{priority_id}?as-at=2017-02-21",
    "/priorities/{priority_id}?as-at=2016-03-01",
    "/actions/{action_id}?as-at=2017-02-21",
    "/my-work?as-at=2017-02-21",
)
KINDS = ("plans", "priorities", "partners", "actions", "measures", "reviews")


@pytest.fixture
def ids(session, standing):
    """One of each thing, and a year and a half of values, so that there is a chart to explain."""
    for months in range(1, 17):
        period = Period.parse("2017-01", Frequency.MONTHLY)
        for _each in range(months):
            period = period.previous()
        value_of(session, standing, standing.measure, 90 + months % 5, period)
    return one_of_each(session, standing)


def explained(page, anchor):
    """Return the section of one explanation: its figure, its rows and what it lists."""
    (section,) = page.tree.xpath(f'//section[@id="{anchor}"]')
    figure = section.findtext(".//p[@class='explained__fig']")
    terms = [term.text for term in section.xpath("./dl/dt")]
    texts = [text.text_content() for text in section.xpath("./dl/dd")]
    items = [link.text_content() for link in section.xpath(".//li/span/a")]
    return figure, dict(zip(terms, texts, strict=True)), items


def fetching(client):
    """Return how explanations are fetched, each one once."""
    kept = {}

    def fetch(path):
        if path not in kept:
            page = client.get(path)
            kept[path] = (page.status, page.tree)
        return kept[path]

    return fetch


def pages(app, ids):
    """Return the addresses of all pages that are read, in all the ways they are asked for."""
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in rule.methods)
    found = [address(rule, ids.open) for rule in rules if rule.endpoint != "static"]
    return [*found, *(path.format(**ids.open) for path in ASKED)]


@pytest.mark.parametrize("role", PEOPLE)
def test_every_figure_of_every_page_leads_to_what_explains_it(role, app, standing, ids):
    client = signed_in(app, standing, role)
    fetch, seen = fetching(client), 0
    for path in pages(app, ids):
        page = client.request("GET", path)
        if page.status != 200 or page.response.mimetype != "text/html":
            continue
        assert troubles(page.tree, fetch) == [], path
        seen += len(list(figures_of(page.tree)))
    assert seen > 100, "the walk saw figures at all"


def test_a_figure_without_an_explanation_is_found(officer, standing, ids):
    page = officer.get("/dashboard")
    assert troubles(page.tree, fetching(officer)) == []
    planted = page.tree
    rows = (
        "<table><tr><td>a</td><td class='num'>7</td></tr></table><p class='verdict'>8 are red</p>"
    )
    for section in planted.xpath("//section"):
        for link in section.xpath(".//div[@class='section__head']//a"):
            link.drop_tag()
    planted.xpath("//section")[-1].extend(html.fragments_fromstring(rows))
    found = troubles(planted, fetching(officer))
    assert [text for text in found if text.startswith(("'7'", "'8 are red'"))] == [
        "'7' has no way to an explanation",
        "'8 are red' has no way to an explanation",
    ]


@pytest.mark.parametrize(
    ("way", "trouble"),
    [
        ("#none", "where there is no such figure"),
        ("#actions", "knows no 987"),
        ("9#actions", "answers 404"),
    ],
)
def test_a_figure_that_leads_astray_is_found(way, trouble, officer, standing):
    tree = officer.get("/dashboard").tree
    link = f"<td class='num'><a href='/explain/plans/{standing.plan.id}{way}'>987</a></td>"
    tree.xpath("//main")[0].append(html.fragment_fromstring(link))
    found = troubles(tree, lambda path: (officer.get(path).status, officer.get(path).tree))
    assert len(found) == 1
    assert trouble in found[0]


def test_a_link_in_another_row_explains_nothing(officer, standing):
    rows = """<main id="main"><section><table>
        <tr><td class="num"><a href="/explain/plans/1#actions">2</a></td></tr>
        <tr><td class="num">5</td></tr></table></section></main>"""
    assert [figure.ways for figure in figures_of(html.fromstring(rows))] == [
        ("/explain/plans/1#actions",),
        (),
    ]


def test_the_figures_of_the_dashboards_sentence_are_links_themselves(officer, standing, ids):
    tree = officer.get("/dashboard").tree
    links = tree.xpath("//p[@class='verdict']//a/@href")
    assert [link.partition("#")[2] for link in links] == ["verdict", "actions-red"]


def test_a_count_says_of_how_many_by_which_rule_and_names_each(officer, standing, ids):
    page = officer.get(f"/explain/plans/{standing.plan.id}")
    figure, rows, items = explained(page, "actions-red")
    assert figure == "1"
    assert rows["Formula"] == (
        "1 = the actions whose status is off track, of 2 actions in the plan as at 15 March 2017 "
        "that you may see"
    )
    assert "one more than 60 days" in rows["Rule"]
    assert rows["Worked out"].startswith("as at 15 March 2017, by rules version 1, at change ")
    assert items == ["P1.1.1 Patrol together"]


def test_a_count_equals_what_the_page_counts_and_what_it_lists(officer, standing, ids):
    plan = officer.get(f"/explain/plans/{standing.plan.id}")
    keys = officer.get("/dashboard").tree.xpath("//ul[@class='dist__key']//a")
    assert len(keys) > 2
    for key in keys:
        figure, _rows, items = explained(plan, key.get("href").partition("#")[2])
        assert key.text_content().split()[0] == figure == str(len(items))


def test_the_lights_of_an_objective_name_the_line_that_decided(officer, standing, ids):
    page = officer.get(f"/explain/priorities/{standing.priority.id}")
    figure, rows, items = explained(page, f"delivery-{standing.objective.id}")
    assert figure == "Red"
    assert rows["Formula"] == "1 of 2 actions off track"
    assert rows["Line that decided"] == (
        "3 of 6: a third or more of the actions that are reported on are off track: red"
    )
    assert rows["Inputs"] == "2 actions: 1 off track, 1 at risk"
    assert items == ["P1.1.1 Patrol together", "P1.1.2 Watch quietly"]


def test_an_action_says_how_its_due_date_moved_and_who_moved_it(officer, session, standing):
    police = standing.partners["CoLP"].id
    moved = action_details(police, due_on=date(2017, 2, 28), due_reason="Sooner is better")
    who = {"actor": standing.actor("Officer"), "now": KNOWN}
    change_action(session, standing.action, moved, standing.action.version, **who)
    session.commit()
    page = officer.get(f"/explain/actions/{standing.action.id}")
    figure, rows, _items = explained(page, "moves")
    assert figure == "1"
    assert rows["28 February 2017"] == "set on 20 February 2017 by Officer: Sooner is better"
    figure, rows, _items = explained(page, "due")
    assert figure == "15 days overdue"
    assert rows["Formula"] == "15 March 2017 less 28 February 2017 = 15 days"


def test_a_measure_says_who_set_its_target(officer, standing, ids):
    page = officer.get(f"/explain/measures/{standing.measure.id}")
    _figure, rows, _items = explained(page, "targets")
    assert "target 1,200" in rows["1 April 2016"]
    assert "set by the system" in rows["1 April 2016"]


def test_a_partner_says_what_is_overdue_and_what_is_asked_for(officer, standing, ids):
    page = officer.get(f"/explain/partners/{standing.partners['CoLP'].id}")
    figure, rows, _items = explained(page, "overdue")
    assert (figure, rows["Formula"]) == (
        "0",
        "0 = those past their due date, of 2 actions led by City Police",
    )
    figure, rows, items = explained(page, "due")
    assert figure == str(len(items))
    assert "31 days" in rows["Rule"]


def test_the_readiness_of_a_review_is_worked_out_in_front_of_the_reader(officer, standing, ids):
    review = f"/reviews/{ids.open['review_id']}"
    page = officer.get(f"/explain{review}")
    figure, rows, _items = explained(page, "readiness")
    shown = officer.get(review).tree.xpath("//table/caption")[0].text_content()
    assert numbers_in(shown) == {figure}
    done, total = rows["Formula"].split(" = ")[0].removeprefix("100 x ").split(" / ")
    assert figure == f"{100 * int(done) // int(total)}%"


def test_what_an_outsider_may_not_know_of_is_in_no_explanation(outsider, officer, standing, ids):
    paths = [f"/explain/{kind}/{ids.open[key]}" for kind, key in zip(KINDS, keys(), strict=True)]
    paths += [f"/explain/partners/{partner.id}" for partner in standing.partners.values()]
    for path in paths:
        text = outsider.get(path).text
        assert "Watch quietly" not in text, path
        assert "Quiet referrals" not in text, path
    assert "Watch quietly" in officer.get(f"/explain/plans/{standing.plan.id}").text


def keys():
    """Return the names of the ids that the kinds of explanation take."""
    return [f"{kind[:-3]}y_id" if kind == "priorities" else f"{kind[:-1]}_id" for kind in KINDS]


def test_what_is_left_out_is_said_and_counted_nowhere(outsider, standing, ids):
    page = outsider.get(f"/explain/plans/{standing.plan.id}")
    figure, _rows, _items = explained(page, "left-out")
    assert figure == "2"
    figure, rows, items = explained(page, "actions-red")
    assert (figure, len(items)) == ("1", 1)
    assert "of 1 action in the plan" in rows["Formula"]
    assert rows["Left out"] == (
        "2 sensitive items of the plan that you may not see; no figure counts them"
    )


@pytest.mark.parametrize("kind", ["actions", "measures"])
def test_the_explanation_of_a_sensitive_item_is_not_there_for_outsiders(
    kind, outsider, lead, standing, ids
):
    path = f"/explain/{kind}/{ids.secret[kind[:-1] + '_id']}"
    assert outsider.get(path).status == 404
    reply = lead.get(path)
    assert reply.status == 200
    assert reply.response.headers["Cache-Control"] == "no-store"


def test_an_explanation_is_as_at_the_day_that_its_page_shows(officer, standing, ids):
    page = officer.get(f"/priorities/{standing.priority.id}?as-at=2017-02-19")
    links = [link for link in page.links() if link.startswith("/explain/")]
    assert links
    assert all("as-at=2017-02-19" in link for link in links)
    then = officer.get(f"/explain/measures/{standing.measure.id}?as-at=2017-02-19").text
    assert "As at 19 February 2017" in then
    assert "No data" in then


@pytest.mark.parametrize("kind", KINDS)
def test_the_figures_of_what_is_not_there_are_not_found(kind, officer, standing):
    assert officer.get(f"/explain/{kind}/999").status == 404
    assert officer.get(f"/explain/{kind}/99999999999").status == 404


def test_a_plan_without_anything_counts_to_nothing(officer, session, standing):
    details = PlanDetails("Next", "", date(2017, 4, 1), date(2018, 3, 31), date(2018, 3, 31))
    plan = begin_plan(session, details, actor=standing.actor("Officer"), now=KNOWN)
    session.commit()
    page = officer.get(f"/explain/plans/{plan.id}")
    assert "verdict" not in page.tree.xpath("//section/@id")
    figure, rows, items = explained(page, "actions")
    assert (figure, rows["Formula"], items) == ("0", "none is in the plan", [])
    assert troubles(officer.get(f"/dashboard?plan={plan.id}").tree, fetching(officer)) == []


@pytest.mark.parametrize("kind", ["priorities", "actions", "measures"])
def test_on_a_day_before_it_joined_an_item_has_no_figures(kind, officer, standing, ids):
    key = dict(zip(KINDS, keys(), strict=True))[kind]
    page = officer.get(f"/explain/{kind}/{ids.open[key]}?as-at=2016-03-01")
    assert "There is no figure to explain on 1 March 2016" in page.text


def test_a_dashboard_that_is_narrowed_is_explained_as_it_is_narrowed(officer, standing, ids):
    fire = standing.partners["LFB"].id
    page = officer.get(f"/dashboard?partner={fire}&status=off-track")
    (link,) = page.tree.xpath("//section[@aria-labelledby='exceptions']/div//a/@href")
    figure, rows, items = explained(officer.get(link), "exceptions")
    assert (figure, items) == ("0", [])
    assert rows["Narrowed to"] == "partner none of this plan, off track or red"


def test_before_the_first_plan_a_partner_has_no_figures(empty_app):
    assert empty_app.test_client().get("/explain/partners/1").status_code == 303


def test_the_help_page_prints_the_thresholds_in_force(officer, session, standing):
    own = StatusRules(chart_points=15, unlikely_percent=17, rare_mean=6, change_floor=33)
    standing.plan.rules = own.to_json()
    session.commit()
    text = officer.get("/help/status").text
    assert "With 15 final values or more since the last break" in text
    assert "Under 15 final values the target alone decides" in text
    assert "unlikely is a chance under 17%" in text
    assert "Under 6 events a period" in text
    assert "from 33 cases on" in text
