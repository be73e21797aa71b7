"""Page components: what they say, whom they point to, and that they escape what people typed.

Rendered without the application, in a bare Jinja environment as strict as the product's.
"""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker import formatting
from tracker.domain.facts import JudgementFacts
from tracker.domain.judgements import JudgementState, StandingJudgement
from tracker.domain.rollup import Tally
from tracker.domain.spc_chart import Assurance, Meaning, Side, Variation
from tracker.domain.vocabulary import Direction, ItemKind, Marking, Provenance, Status

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
STYLES = "\n".join(p.read_text() for p in sorted((ROOT / "tracker/static/css").glob("*.css")))
SPRITE = (TEMPLATES / "components/sprite.html").read_text()
PARTNERS = [SelectChoice("1", "City Police"), SelectChoice("2", "Fire Brigade")]
HOSTILE = '<script>alert("1")</script>'


class Elements(HTMLParser):
    """Every start tag of a page as (name, attributes), and its text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.texts = [], []
        self.feed(str(page))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag, **wanted):
        wanted = {name.strip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [a for t, a in self.found if t == tag and wanted.items() <= a.items()]

    def one(self, tag, **wanted):
        (attributes,) = self.all(tag, **wanted)
        return attributes

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.found if "id" in attributes]

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


@pytest.fixture(scope="module")
def jinja():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.filters.update(
        day=formatting.day,
        figure=formatting.figure,
        runs=formatting.runs,
        status_word=formatting.status_word,
    )
    environment.globals.update(
        url_for=lambda endpoint: f"/{endpoint.replace('.', '/')}",
        asset=lambda name: f"/assets/{name}",
        csrf_token=lambda: "key",
        get_flashed_messages=lambda **_: [("success", "Value for March 2017 saved")],
    )
    return environment


@pytest.fixture
def render(jinja):
    """Call the macro of a component; the answer can be searched."""

    def rendered(name, *arguments, **keywords):
        macro = getattr(jinja.get_template(f"components/{name}.html").module, name)
        return Elements(macro(*arguments, **keywords))

    return rendered


@pytest.fixture
def render_from(jinja):
    """Call a macro that is not named after its component."""

    def rendered(component, macro, *arguments, **keywords):
        module = jinja.get_template(f"components/{component}.html").module
        return Elements(getattr(module, macro)(*arguments, **keywords))

    return rendered


class ReportForm(Form):
    version = HiddenField()
    title = StringField("Title", [InputRequired("Enter a title"), Length(max=300)])
    value = StringField(
        "Complaints",
        [Regexp(r"\d+$", message="Enter a whole number, such as 52")],
        render_kw={"inputmode": "numeric"},
    )
    words = TextAreaField("What happened?")
    secret = PasswordField("Password")
    partner = SelectField("Lead partner", choices=PARTNERS)
    is_provisional = BooleanField("This value is provisional")
    confidence = RadioField(
        "How sure are you?",
        [InputRequired("Choose how sure you are")],
        choices=[SelectChoice("high", "On track"), SelectChoice("low", "Off track")],
    )
    partners = SelectMultipleField(
        "Supporting partners",
        choices=PARTNERS,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def validate_version(self, field):
        if field.data == "stale":
            raise ValidationError("This page is out of date")


def sent(**values):
    form = ReportForm(MultiDict(values))
    form.validate()
    return form


# Status


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_shape_a_colour_and_a_place_in_the_bar(status):
    assert f'id="s-{status}"' in SPRITE
    for block in ("st", "fill", "on"):
        assert re.search(rf"\.{block}--{status}\b", STYLES), block


def test_no_two_statuses_share_a_shape():
    drawings = re.findall(r'<symbol id="s-[a-z_]+" viewBox="0 0 16 16">(.*?)</symbol>', SPRITE)
    assert len(drawings) == len(set(drawings)) == len(Status)


def test_every_picture_of_the_icon_folder_names_a_status_that_exists():
    names = {p.stem.removeprefix("status-") for p in (ROOT / "tracker/static/icons").glob("st*")}
    assert names == set(Status)


def test_a_status_is_shown_in_words_beside_its_shape(render):
    page = render("status_tag", Status.NOT_UPDATED, "Not updated")
    assert page.text == "Not updated"
    assert page.one("use") == {"href": "#s-not_updated"}
    assert page.one("span")["class"] == "st st--not_updated"


def test_a_tally_has_one_shape_for_each_thing_and_says_it_in_words(render):
    page = render("tally", [(Status.RED, "Red")] * 2 + [(Status.GREEN, "Green")], "2 red, 1 green")
    assert [a["href"] for a in page.all("use")] == ["#s-red", "#s-red", "#s-green"]
    assert page.one("span", role="img")["aria-label"] == "2 red, 1 green"


def test_a_distribution_names_each_count_below_even_where_the_bar_has_no_room(render):
    wide = SimpleNamespace(
        status=Status.RED, text="off track", count=63, x="0%", width="98.4%", label_fits=True
    )
    thin = SimpleNamespace(
        status=Status.AMBER, text="at risk", count=1, x="98.4%", width="1.6%", label_fits=False
    )
    page = render("distribution", "64 actions", [wide, thin])
    assert len(page.all("rect")) == 2
    assert len(page.all("text")) == 1
    assert "63 off track 1 at risk" in page.text
    assert page.all("a") == []


def test_the_figures_of_a_distribution_lead_to_their_explanations(render):
    only = SimpleNamespace(
        status=Status.RED, text="off track", count=9, x="0%", width="100%", label_fits=True
    )
    page = render("distribution", "9 actions", [only], "/explain/plans/1#actions")
    assert [link["href"] for link in page.all("a")] == [
        "/explain/plans/1#actions",
        "/explain/plans/1#actions-red",
    ]


def test_counts_in_words_lead_to_their_explanations(render):
    tally = Tally(((Status.RED, 2), (Status.COMPLETE, 1)))
    page = render("counts", tally, ItemKind.ACTION, "/explain/partners/1#actions")
    assert [link["href"] for link in page.all("a")] == [
        "/explain/partners/1#actions-red",
        "/explain/partners/1#actions-complete",
    ]
    assert page.text == render("counts", tally, ItemKind.ACTION).text == "2 off track, 1 complete"


def test_the_way_to_an_explanation_says_of_what_it_is(render):
    page = render("explain_link", "/explain/plans/1#silent", "what was not reported")
    assert page.text == "Explain what was not reported"
    assert page.one("a")["href"] == "/explain/plans/1#silent"


def test_illustrative_is_said_of_invented_figures_only(render):
    assert render("mark", Provenance.ILLUSTRATIVE).text == "illustrative"
    assert [render("mark", p).text for p in (Provenance.RECORDED, None)] == ["", ""]


def test_the_marking_is_shown_on_sensitive_items_only(render):
    assert render("marking_tag", Marking.OFFICIAL_SENSITIVE).text == "OFFICIAL-SENSITIVE"
    assert render("marking_tag", Marking.OFFICIAL).text == ""


def judgement(state, **changes):
    facts = {
        "id": 1,
        "status": Status.AMBER,
        "computed": Status.RED,
        "reason": "Half of the wards were never asked.",
        "author": "Officer",
        "judged_on": date(2017, 3, 1),
        "expires_on": date(2017, 6, 1),
    }
    return StandingJudgement(JudgementFacts(**facts | changes), state)


def test_a_judgement_says_who_judged_what_until_when_and_why(render):
    page = render("judged", judgement(JudgementState.IN_FORCE), ItemKind.MEASURE)
    assert page.text == (
        "Judged Amber by Officer until 1 June 2017 Half of the wards were never asked."
    )
    assert page.one("use") == {"href": "#s-amber"}


def test_a_judgement_names_who_seconded_it_or_that_nobody_has(render):
    seconded = judgement(JudgementState.IN_FORCE, seconded_by="Chair")
    page = render("judged", seconded, ItemKind.MEASURE, brief=True)
    assert page.text == "Judged Amber by Officer, seconded by Chair, until 1 June 2017"
    awaiting = judgement(JudgementState.AWAITING_SECOND)
    page = render("judged", awaiting, ItemKind.MEASURE, brief=True)
    assert page.text == "Judged Amber by Officer until 1 June 2017, awaiting a second"


@pytest.mark.parametrize("state", [s for s in JudgementState if not s.is_shown])
def test_a_judgement_that_no_longer_stands_is_not_shown(render, state):
    assert render("judged", judgement(state), ItemKind.MEASURE).found == []


def test_where_nobody_judged_nothing_is_said_and_nothing_sent(jinja):
    macro = jinja.get_template("components/judged.html").module.judged
    assert macro(None, ItemKind.MEASURE) == ""


def test_the_reason_of_a_judgement_is_shown_as_it_was_typed(render):
    hostile = judgement(JudgementState.IN_FORCE, reason=HOSTILE, author=HOSTILE)
    page = render("judged", hostile, ItemKind.MEASURE)
    assert page.all("script") == []
    assert page.text.count(HOSTILE) == 2


# Signals

VARIATIONS = [
    Variation(Meaning.COMMON_CAUSE),
    *(
        Variation(meaning, side)
        for meaning in Meaning
        if meaning is not Meaning.COMMON_CAUSE
        for side in Side
    ),
]
GOALS = (Direction.LOWER, Direction.HIGHER)


def paths(page):
    return [a["d"] for a in page.all("path")]


def test_every_variation_has_an_icon_of_its_own(render):
    drawn = [tuple(paths(render("signal_icon", one, Direction.LOWER))) for one in VARIATIONS]
    assert len(set(drawn)) == len(VARIATIONS)


def test_every_assurance_has_an_icon_that_follows_the_way_that_is_good(render):
    drawn = {
        (one, good): tuple(paths(render("signal_icon", one, good)))
        for one in Assurance
        for good in GOALS
    }
    assert len(set(drawn.values())) == 5
    lower, higher = (drawn[Assurance.HIT_OR_MISS, good] for good in GOALS)
    assert lower == higher


@pytest.mark.parametrize("icon", [*Assurance, *VARIATIONS], ids=str)
def test_an_icon_has_a_colour_by_what_it_means_and_is_silent(render, icon):
    drawn = render("signal_icon", icon, Direction.HIGHER).one("svg")
    meaning = icon.meaning if isinstance(icon, Variation) else icon
    assert drawn["class"] == f"vi vi--{meaning}"
    assert drawn["aria-hidden"] == "true"
    assert re.search(rf"\.vi--{meaning}\b", STYLES)


def test_an_icon_stands_beside_its_words(render_from):
    page = render_from(
        "signal_icon", "signal_line", Assurance.PASSING, Direction.LOWER, HOSTILE, large=True
    )
    assert page.text == HOSTILE
    assert page.one("svg")["class"] == "vi vi--passing vi--l"


# Fields


def test_hint_and_error_are_tied_to_their_input(render):
    form = sent(value="52 or so")
    page = render("field", form.value, hint="Count each complaint once.", unit="complaints")
    box = page.one("input")
    assert box["aria-describedby"].split() == ["value-hint", "value-error"]
    assert set(box["aria-describedby"].split()) <= set(page.ids)
    assert box["aria-invalid"] == "true"
    assert "Enter a whole number, such as 52" in page.text


def test_what_was_typed_stays_in_the_field(render):
    assert render("field", sent(value="52 or so").value).one("input")["value"] == "52 or so"


def test_a_field_without_hint_or_error_describes_itself_by_nothing(render):
    box = render("field", ReportForm().title).one("input")
    assert "aria-describedby" not in box
    assert "aria-invalid" not in box


def test_a_label_points_to_its_input_and_says_when_it_may_stay_empty(render):
    page = render("field", ReportForm().title, optional=True)
    assert page.one("label")["for"] == page.one("input")["id"]
    assert page.text == "Title (optional)"


def test_a_number_is_set_to_the_right_with_its_unit_beside_it(render):
    page = render("field", ReportForm().value, unit="complaints")
    assert "form-control--num" in page.one("input")["class"].split()
    assert page.text.endswith("complaints")


def test_a_text_is_not_set_as_a_number(render):
    assert render("field", ReportForm().title).one("input")["class"] == "form-control"


def test_typed_markup_is_text(render):
    page = render("field", sent(words=HOSTILE).words, rows=4)
    assert page.all("script") == []
    assert page.one("textarea")["rows"] == "4"
    assert HOSTILE in page.text


def test_a_password_does_not_come_back(render):
    assert "value" not in {
        name
        for name, value in render("field", sent(secret="x" * 12).secret).one("input").items()
        if value
    }


def test_a_select_keeps_what_was_chosen(render):
    page = render("field", sent(partner="2").partner)
    assert page.one("select")["class"] == "form-select"
    assert page.one("option", value="2").keys() >= {"selected"}


def test_a_single_checkbox_has_its_label_after_it(render):
    page = render("field", sent(is_provisional="y").is_provisional, hint="It may still change")
    assert "checked" in page.one("input", type="checkbox")
    assert page.one("label")["for"] == "is_provisional"
    assert page.text == "This value is provisional It may still change"


def test_choices_are_a_group_with_a_name_an_error_and_a_meaning_for_each(render):
    page = render("choices", sent().confidence, hints={"high": "I expect to meet the date"})
    assert page.one("fieldset")["aria-describedby"] == "confidence-error"
    assert "confidence-error" in page.ids
    labelled = {a["for"] for a in page.all("label")}
    assert labelled == {a["id"] for a in page.all("input", type="radio")}
    assert "I expect to meet the date" in page.text


def test_a_group_of_checkboxes_keeps_every_tick_and_requires_none(render):
    boxes = render("field", sent(partners="2").partners).all("input", type="checkbox")
    assert [("checked" in a, "required" in a) for a in boxes] == [(False, False), (True, False)]


def test_ids_are_unique_on_a_page_with_every_field(render):
    form = sent(value="x")
    ids = [i for f in form if f.name != "version" for i in render("field", f, hint="Hint").ids]
    assert len(ids) == len(set(ids))


# Errors and conflicts


def test_the_summary_links_each_error_to_its_field(render):
    form = sent(value="52 or so", partner="1")
    page = render("error_summary", form, {"value": "Noise complaints"})
    links = {a["href"].removeprefix("#") for a in page.all("a")}
    assert links == set(form.errors)
    assert links <= {i for name in links for i in render("field", form[name]).ids}
    assert "There are 3 problems" in page.text
    assert "Noise complaints: Enter a whole number, such as 52" in page.text


def test_an_error_of_the_whole_form_or_of_a_hidden_field_has_no_link(render):
    form = sent(title="A", value="1", partner="1", confidence="high", version="stale")
    form.form_errors.append("The round has closed")
    page = render("error_summary", form)
    assert page.all("a") == []
    assert "This page is out of date" in page.text
    assert "The round has closed" in page.text


def test_a_form_without_errors_has_no_summary(render):
    form = sent(title="A", value="1", partner="1", confidence="high")
    assert render("error_summary", form).found == []


def test_one_error_is_a_problem(render):
    form = sent(title="A", value="x", partner="1", confidence="high")
    assert "There is a problem" in render("error_summary", form).text


def test_a_conflict_shows_what_is_stored_now_and_that_the_own_text_is_kept(render):
    conflict = SimpleNamespace(message="Changed at 14:02.")
    page = render("conflict_notice", conflict, [("Title", HOSTILE), ("Due on", "")])
    assert page.all("script") == []
    assert f"Title, stored now {HOSTILE}" in page.text
    assert "Due on, stored now Nothing" in page.text
    assert "is not saved yet" in page.text


def test_without_a_conflict_nothing_is_said(render):
    assert render("conflict_notice", None).found == []


# Buttons, lists and pictures


def test_a_change_is_a_post_with_the_key_against_forgery(render):
    page = render("confirm_button", "/reviews/1/freeze", "Freeze", fields={"version": 3})
    assert page.one("form")["method"] == "post"
    assert page.one("input", name="csrf_token")["value"] == "key"
    assert page.one("input", name="version")["value"] == "3"


def test_a_filter_shows_what_it_is_set_to(render):
    select = SimpleNamespace(
        name="status", label="Status", value="red", options=[("", "Any"), (Status.RED, "Red")]
    )
    page = render("filters", "/dashboard", [select])
    assert page.one("form")["method"] == "get"
    assert [a["value"] for a in page.all("option") if "selected" in a] == ["red"]


def test_another_day_keeps_the_rest_of_the_query(render):
    page = render("as_at", "/dashboard", "1 Octember", "Enter a date", [("priority", 2)])
    assert page.one("input", type="hidden") == {"type": "hidden", "name": "priority", "value": "2"}
    assert page.one("input", id="as-at")["aria-describedby"] == "as-at-hint as-at-error"


def test_the_first_page_of_a_list_has_no_previous_one(render):
    first = SimpleNamespace(summary="1 to 50 of 120", previous_url=None, next_url="?page=2")
    assert [a["rel"] for a in render("pagination", first).all("a")] == ["next"]


def test_progress_draws_a_step_for_each_thing_done_and_open(render):
    steps = [a["class"] for a in render("progress_line", 2, 3, "2 of 3 done").all("rect")]
    assert steps == ["step-done", "step-done", "step-open"]


def test_the_page_itself_ends_the_breadcrumb_without_a_link(render):
    page = render("crumbs", [("Acquisitive Crime", "/priorities/3"), ("P3.1", None)])
    assert len(page.all("a")) == 1
    assert page.one("li", aria_current="page") is not None


def test_a_timeline_shows_only_what_an_entry_has(render):
    page = render("timeline", [{"when": "1 May 2016", "title": "Due date moved"}])
    assert page.text == "1 May 2016 Due date moved"


def test_facts_show_a_status_in_words(render):
    page = render("facts", [{"label": "Status", "status": Status.AMBER, "status_text": "Amber"}])
    assert (page.one("use")["href"], page.text) == ("#s-amber", "Status Amber")


def test_a_figure_among_facts_is_the_link_to_its_explanation(render):
    year = {"label": "Year end", "figure": "3,499", "explain": "forecast"}
    page = render("facts", [year], "/explain/measures/7")
    assert page.one("a")["href"] == "/explain/measures/7#forecast"
    assert render("facts", [year]).all("a") == []


def picture(render, figure_url, *widths):
    slots = [SimpleNamespace(slot=w, svg=Markup("<svg></svg>")) for w in widths]
    return render("chart", "crimes", slots, "Crimes", "Source: force", figure_url, "points")


def test_a_picture_says_which_widths_it_has_a_drawing_for(render):
    page = picture(render, "", "wide", "narrow")
    assert len(page.all("svg")) == 2
    assert page.one("figure")["class"] == "picture has-narrow is-fitted"
    assert picture(render, "", "wide", "mid", "narrow").one("figure")["class"] == (
        "picture has-mid has-narrow"
    )


def test_a_picture_has_its_key_in_words_below_it(render):
    entries = [SimpleNamespace(svg=Markup("<svg class='mark'></svg>"), words="a signal: better")]
    slots = [SimpleNamespace(slot="wide", svg=Markup("<svg></svg>"))]
    page = render("chart", "crimes", slots, "Crimes", key=entries)
    assert len(page.all("svg", class_="mark")) == 1
    assert page.one("ul", class_="chart-key small")["aria-label"] == "Key"
    assert page.text == "a signal: better"
    assert picture(render, "", "wide").all("ul") == []


def test_explore_is_hidden_until_it_can_work_and_knows_its_figure(render):
    button = picture(render, "/measures/1/figure.json", "wide").one("button")
    assert "hidden" in button
    assert button["data-figure"] == "/measures/1/figure.json"
    assert picture(render, "", "wide").all("button") == []


# Layouts


def page_of(jinja, source, **changes):
    context = {
        "installation": SimpleNamespace(name="Safer City Partnership"),
        "plan": None,
        "person": None,
        "nav": [],
        "demonstration": None,
        "foot": None,
    }
    return Elements(jinja.from_string(source).render(context | changes))


BASE = (
    "{% extends 'layouts/base.html' %}{% block title %}{{ 'Crime & <b>order</b>' }}{% endblock %}"
)


def foot(**changes):
    values = {
        "as_at": date(2016, 10, 1),
        "is_past": True,
        "today_url": "/dashboard",
        "rules_version": 1,
        "ledger_seq": 1204,
        "ledger_hash": "a81f03c9" + "0" * 56,
        "attribution": True,
    }
    return SimpleNamespace(**(values | changes))


def test_the_title_of_a_page_is_its_heading(jinja):
    page = page_of(jinja, BASE)
    assert page.text.count("Crime & <b>order</b>") == 2
    assert len(page.all("h1")) == 1
    assert page.all("b") == []


def test_a_past_date_is_said_under_the_masthead_with_the_way_back(jinja):
    page = page_of(jinja, BASE, foot=foot())
    assert "As at 1 October 2016: only what was known then is shown. Show today" in page.text
    assert "Past date" not in [
        a.get("aria-label") for a in page_of(jinja, BASE, foot=foot(is_past=False)).all("aside")
    ]


def test_the_foot_says_which_change_of_the_ledger_a_page_shows(jinja):
    text = page_of(jinja, BASE, foot=foot()).text
    assert "Status rules version 1. Change 1,204 of the ledger, a81f 03c9." in text
    assert "Open Government Licence v3.0" in text


def test_the_licence_is_named_only_where_its_data_is(jinja):
    assert "Licence" not in page_of(jinja, BASE, foot=foot(attribution=False)).text


def test_signing_out_is_a_post(jinja):
    person = SimpleNamespace(
        name="A. Person",
        role_label="Lead",
        partner_name="Fire Brigade",
    )
    page = page_of(jinja, BASE, person=person)
    assert page.one("form", action="/account/sign_out")["method"] == "post"
    assert "A. Person, lead, Fire Brigade" in page.text


def test_nobody_signed_in_is_nobody_named(jinja):
    assert page_of(jinja, BASE).all("form") == []


def test_the_demonstration_says_what_is_invented_on_every_page(jinja):
    said = SimpleNamespace(sentence="People in it are invented.")
    for layout in (BASE, BASE.replace("base", "bare")):
        assert "People in it are invented." in page_of(jinja, layout, demonstration=said).text


def test_the_current_page_is_marked_in_the_navigation(jinja):
    nav = [
        SimpleNamespace(label="Plan", url="/plan", is_current=False),
        SimpleNamespace(label="Measures", url="/measures", is_current=True),
    ]
    assert page_of(jinja, BASE, nav=nav).one("a", aria_current="page")["href"] == "/measures"


def test_what_was_just_saved_is_announced(jinja):
    page = page_of(jinja, BASE)
    assert page.one("div", role="status")["class"] == "notice notice--success"


def test_bare_pages_stand_before_there_is_a_partnership(jinja):
    source = "{% extends 'layouts/bare.html' %}{% block title %}Sign in{% endblock %}"
    page = Elements(jinja.from_string(source).render(installation=None, demonstration=None))
    assert page.all("nav") == []
    assert page.text.count("Sign in") == 2
