"""The review's document: what it says of the facts, and what it says is missing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.domain.factories import (
    FIRE,
    POLICE,
    action,
    level,
    measure,
    objective,
    observation,
    plan,
    priority,
    target,
    update,
)
from tracker.domain.assessment import assess
from tracker.domain.document import (
    Bullets,
    Chart,
    Distribution,
    Markdown,
    Paragraph,
    StatusWord,
    Table,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.refresh import Decided, propose, refresh_items
from tracker.domain.review import build_review
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.review.material import (
    Definition,
    Duty,
    LedgerCount,
    ReviewMaterial,
    Source,
    compared_with,
)
from tracker.domain.snapshot import Readership
from tracker.domain.vocabulary import (
    Confidence,
    Decision,
    Edition,
    ItemKind,
    Marking,
    ObservationState,
    PriorityKind,
    Provenance,
    Standing,
    Status,
)

CUT_OFF = date(2017, 3, 15)
EARLIER = date(2016, 12, 31)
DETAILS = ReviewDetails(
    Edition.MARCH_REVIEW,
    board_on=date(2017, 3, 31),
    cut_off_on=CUT_OFF,
    chair_id=1,
    committee="Strategy Board",
    report_of="Community Safety Team",
    report_author="The officer",
)


def material(facts, *, was=None, **changes):
    now = assess(facts, CUT_OFF)
    given = {
        "partnership": "Safer City Partnership",
        "readership": Readership.CLEARED,
        "details": DETAILS,
        "now": now,
        "earlier": assess(was or facts, EARLIER),
        "earlier_on": EARLIER,
        "narratives": {},
        "refresh": refresh_items(now, {}),
        "added": (),
        "duties": (),
        "definitions": {},
        "sources": (),
        "ledger": (),
        "sensitive": 0,
        "pictures": {},
    }
    return ReviewMaterial(**given | changes)


def built(facts, **changes):
    return build_review(material(facts, **changes))


def section(document, title):
    def walk(sections):
        for found in sections:
            yield found
            yield from walk(found.sections)

    return next(s for s in walk(document.sections) if s.title.startswith(title))


def blocks(found, kind):
    own = [block for block in found.blocks if isinstance(block, kind)]
    return own + [block for inner in found.sections for block in blocks(inner, kind)]


def table(document, title):
    return blocks(section(document, title), Table)[0]


def words(document):
    """Every text of a document, in its order."""
    found = [document.title, document.marking, *(row.text for row in document.cover)]
    for part in document.sections:
        found += words_of(part)
    return " | ".join([*found, *document.notes])


def words_of(part):
    found = [part.title]
    for block in part.blocks:
        match block:
            case Paragraph(text, _) | Markdown(text):
                found.append(text)
            case Bullets(items, label):
                found += [label, *items]
            case Table(caption, _, rows):
                cells = [cell for row in rows for cell in row]
                found += [caption, *(c.text if isinstance(c, StatusWord) else c for c in cells)]
            case Distribution(title, slices):
                found += [title, *(s.text for s in slices)]
            case _:
                pass
    return found + [text for inner in part.sections for text in words_of(inner)]


RED_ACTION = action(
    code="P1.1.1",
    title="Patrol",
    due_on=date(2017, 1, 31),
    latest=update(date(2017, 2, 20), help_needed="A decision", happened="Two nights lost."),
)
GREEN_ACTION = action(code="P1.1.2", title="Train", latest=update(date(2017, 2, 20)), lead=FIRE)
RED_MEASURE = measure(["20"] * 10, code="M1.1a", title="Crimes recorded")
WHOLE = plan(priority(objective([GREEN_ACTION, RED_ACTION], [RED_MEASURE])))


def test_the_cover_has_what_committees_ask_for():
    cover = {row.label: row.text for row in built(WHOLE).cover}
    assert cover["Committee"] == "Strategy Board"
    assert cover["Date"] == "31 March 2017"
    assert cover["Subject"] == "Annual review 2016-17: Plan 2016-17"
    assert cover["Report of"] == "Community Safety Team"
    assert cover["Report author"] == "The officer"
    assert cover["For"] == "Information"
    assert cover["Cut-off date"] == "15 March 2017"


def test_a_paper_with_recommendations_is_for_decision():
    document = built(WHOLE, details=replace(DETAILS, recommendations="- Agree the refresh"))
    assert {row.label: row.text for row in document.cover}["For"] == "Decision"
    assert section(document, "Recommendations").blocks == (Markdown("- Agree the refresh"),)


def test_the_headline_says_how_much_is_red_complete_and_missing():
    lead = section(built(WHOLE), "Summary").blocks[0]
    assert lead == Paragraph(
        "The one priority is red. Of 2 actions 1 is off track and 0 are complete; "
        "0 of 1 measure have no data.",
        "lead",
    )


def test_a_distribution_says_number_share_and_denominator_and_what_is_unrated():
    facts = plan(priority(objective([], [RED_MEASURE, measure([], standing=Standing.CONTEXT)])))
    bars = blocks(section(built(facts), "Summary"), Distribution)
    assert bars[1].title == "2 measures, 1 of them rated (50%), 1 unrated"
    assert [(s.count, s.text) for s in bars[1].slices] == [(1, "red (50%)"), (1, "not rated (50%)")]


def test_what_asks_something_of_the_board_comes_before_other_red_items():
    rows = table(built(WHOLE), "The exceptions that matter most").rows
    assert [row[0] for row in rows] == ["P1.1.1 Patrol", "M1.1a Crimes recorded"]
    assert rows[0][3] == "A decision"
    assert rows[1][3] == "Nothing asked"


def test_an_exception_tells_cause_last_words_owner_date_and_what_is_asked():
    row = table(built(WHOLE), "Red and off track").rows[0]
    assert row == (
        "P1.1.1 Patrol",
        StatusWord(Status.RED, "Off track"),
        "43 days overdue",
        "Two nights lost. (20 February 2017)",
        "City Police, due 31 January 2017",
        "A decision",
    )


def test_a_plan_without_exceptions_says_so():
    facts = plan(priority(objective([GREEN_ACTION], [])))
    assert blocks(section(built(facts), "Exceptions"), Table) == []


def test_a_measures_row_has_baseline_target_figure_period_difference_and_status():
    facts = measure(
        ["8"] * 10,
        provisional=1,
        code="M1.1a",
        title="Crimes",
        target=target("120", baseline="130"),
    )
    row = table(built(plan(priority(objective([], [facts])))), "Measures").rows[0]
    assert row == (
        "M1.1a Crimes",
        "130",
        "120",
        "80",
        "Apr 2016 to Jan 2017, provisional",
        "\u221220",
        StatusWord(Status.GREEN, "Green"),
    )


def test_a_gap_in_the_year_is_said_beside_the_figure():
    facts = measure(["8", "8", None, "8", "8", "8", "8", "8", "8", "8"])
    row = table(built(plan(priority(objective([], [facts])))), "Measures").rows[0]
    assert row[4] == "Apr 2016 to Jan 2017, 9 of 10 months"


def test_a_measure_without_values_baseline_or_target_says_so_in_every_cell():
    facts = measure([], target=target(None))
    row = table(built(plan(priority(objective([], [facts])))), "Measures").rows[0]
    assert row[1:6] == ("None", "None", "No data", "None", "None")


def test_whatever_is_invented_says_illustrative_where_it_stands():
    invented = replace(RED_MEASURE, provenance=Provenance.ILLUSTRATIVE)
    said = replace(GREEN_ACTION.latest, provenance=Provenance.ILLUSTRATIVE)
    facts = plan(priority(objective([replace(GREEN_ACTION, latest=said)], [invented])))
    document = built(facts)
    assert table(document, "Measures").rows[0][0] == "M1.1a Crimes recorded (illustrative)"
    assert table(document, "Actions").rows[0][4].endswith("(20 February 2017) (illustrative)")


def test_an_invented_target_of_a_recorded_measure_says_illustrative():
    facts = measure(["8"], target=target("120", provenance=Provenance.ILLUSTRATIVE))
    document = built(plan(priority(objective([], [facts]))))
    assert table(document, "Measures").rows[0][2] == "120 (illustrative)"


def test_only_headline_measures_have_a_picture():
    other = replace(RED_MEASURE, id=9_999, standing=Standing.SUPPORTING)
    pictures = {m.id: Chart(f"Picture {m.id}", "", {}) for m in (RED_MEASURE, other)}
    facts = plan(priority(objective([], [RED_MEASURE, other])))
    found = blocks(section(built(facts, pictures=pictures), "Measures"), Chart)
    assert [chart.title for chart in found] == [f"Picture {RED_MEASURE.id}"]


def test_what_was_achieved_and_learnt_stands_under_its_priority():
    owner = WHOLE.priorities[0].id
    document = built(WHOLE, narratives={owner: NarrativeDetails("**Much**", "")})
    assert section(document, "What was achieved").blocks == (Markdown("**Much**"),)
    assert section(document, "What we learnt").blocks == (Paragraph("Not written yet.", "note"),)


def test_strands_stand_in_one_section_after_the_priorities():
    facts = plan(priority(), priority(kind=PriorityKind.STRAND))
    titles = [s.title for s in built(facts).sections]
    assert titles.index("Strands") == titles.index("P1 Crime") + 1
    assert [s.title for s in section(built(facts), "Strands").sections] == ["P1 Crime"]


def test_a_status_that_moved_says_from_where_to_where_and_why():
    moves = table(built(WHOLE), "What changed since 31 December 2016")
    assert ("P1.1.1 Patrol", "Off track", "43 days overdue") in [
        (row[0], row[2].text, row[3]) for row in moves.rows
    ]


def test_a_due_date_that_slipped_shows_both_dates():
    was = plan(priority(objective([replace(GREEN_ACTION, due_on=date(2017, 1, 31))])))
    facts = plan(replace(was.priorities[0], objectives=(objective([GREEN_ACTION]),)))
    row = table(built(facts, was=was), "Due dates").rows[0]
    assert row[:3] == ("P1.1.2 Train", "31 January 2017", "31 March 2017")


def test_a_figure_that_was_revised_shows_both_values():
    first = observation(date(2016, 4, 1), "10", ObservationState.PROVISIONAL)
    was = measure([], observations=(first,))
    now = replace(was, observations=(replace(first, value=Decimal(12), version=2),))
    document = built(plan(priority(objective([], [now]))), was=plan(priority(objective([], [was]))))
    assert table(document, "Figures").rows == (("M1 Crimes", "Apr 2016", "10", "12"),)


def test_a_target_that_changed_shows_both():
    was = measure(["8"], target=target("120"))
    now = replace(was, target=target("110"))
    document = built(plan(priority(objective([], [now]))), was=plan(priority(objective([], [was]))))
    row = table(document, "Targets").rows[0]
    assert row[1:] == ("120 by 31 March 2017", "110 by 31 March 2017")


def test_an_item_that_joined_the_plan_is_named():
    was = plan(replace(WHOLE.priorities[0], objectives=()))
    joined = blocks(section(built(WHOLE, was=was), "Items"), Bullets)[0]
    assert joined.label == "Joined the plan"
    assert "P1.1.1 Patrol" in joined.items


def test_nothing_changed_is_said():
    facts = plan(priority())
    assert "Nothing changed." in words(built(facts))


def test_partners_are_counted_by_status_and_statutory_ones_are_marked():
    rows = {row[0]: row[1:] for row in table(built(WHOLE), "Partners").rows}
    assert rows["City Police*"] == ("1", "1", "0", "0", "0", "0", "1", "1")
    assert rows["Fire Brigade*"] == ("1", "0", "0", "0", "1", "0", "0", "0")


def test_data_quality_counts_and_names_the_measures():
    weak = measure([], code="M2", target=target(None))
    held = measure(
        [],
        code="M3",
        observations=(observation(date(2017, 1, 1), None, ObservationState.WITHHELD),),
    )
    facts = plan(priority(objective([], [RED_MEASURE, weak, held])))
    small = {RED_MEASURE.id: Definition("Counted", "Police", "OGL", "", has_small_numbers=True)}
    rows = {row[0]: row[1:] for row in table(built(facts, definitions=small), "Data quality").rows}
    assert rows["No target, though rated"] == ("1", "33%", "M2")
    assert rows["A value withheld by its owner"] == ("1", "33%", "M3")
    assert rows["Small numbers: read with care"] == ("1", "33%", "M1.1a")
    assert rows["No value at all"] == ("2", "67%", "M2, M3")


def test_a_proposal_says_that_it_is_one_until_somebody_decides():
    assert "Keep (proposed)" in [row[5] for row in table(built(WHOLE), "Actions").rows]
    key = (ItemKind.ACTION, RED_ACTION.id)
    decided = Decided(1, 1, *key, Decision.AMEND, "Patrol on Fridays", "Weekends first", "Officer")
    now = assess(WHOLE, CUT_OFF)
    document = built(WHOLE, refresh=refresh_items(now, {key: decided}))
    refresh = blocks(section(document, "Refresh for the next plan"), Table)
    row = next(row for t in refresh for row in t.rows if row[0] == "P1.1.1 Patrol")
    assert row == ("P1.1.1 Patrol", "Amend", "Patrol on Fridays", "Weekends first")


def test_the_refresh_says_how_much_is_decided():
    total = len(propose(assess(WHOLE, CUT_OFF)))
    intro = section(built(WHOLE), "Refresh for the next plan").blocks[0]
    assert intro.text.startswith(f"0 of {total} items decided (0%).")


def test_new_items_stand_in_the_refresh():
    new = Decided(5, 1, ItemKind.MEASURE, None, Decision.ADD, "Hate crime", "Asked for", "Officer")
    document = built(WHOLE, added=(new,))
    assert table(document, "New items").rows == (("Measure", "Hate crime", "Asked for"),)


def test_the_appendices_have_definitions_rules_sources_and_the_ledger():
    document = built(
        WHOLE,
        definitions={
            RED_MEASURE.id: Definition(
                "All crimes", "police.uk", "OGL v3.0", "", has_small_numbers=False
            )
        },
        sources=(Source("D1", "Minutes", "example.org/minutes"),),
        ledger=(LedgerCount("logged progress on", 12),),
    )
    assert table(document, "Measure definitions").rows[0][1] == "All crimes"
    assert table(document, "Sources and licences").rows == (
        ("D1", "Minutes", "example.org/minutes"),
    )
    assert table(document, "The ledger in figures").rows == (("Logged progress on", "12"),)


def test_the_thresholds_in_force_are_printed_as_they_are_set():
    rules = replace(WHOLE.rules, chart_points=15, unlikely_percent=27, change_floor=1)
    document = built(replace(WHOLE, rules=rules))
    printed = " ".join(blocks(section(document, "Status rules"), Bullets)[0].items)
    for threshold in ("107 days", "With 15 final values", "under 27%", "from 1 case on"):
        assert threshold in printed


def test_partners_with_their_legal_basis_stand_in_the_background():
    duties = (Duty(POLICE, "s.5(1)(b)"), Duty(replace(FIRE, is_statutory=False), ""))
    rows = table(built(WHOLE, duties=duties), "Background").rows
    assert rows == (
        ("City of London Police*", "s.5(1)(b)"),
        ("London Fire Brigade", "Invited partner"),
    )


def test_sensitive_items_that_are_left_out_are_counted_in_words():
    document = built(replace(WHOLE, left_out=2), readership=Readership.EVERYBODY)
    assert document.marking == "OFFICIAL"
    assert document.notes == (
        "Two OFFICIAL-SENSITIVE items are left out of this paper: no figure in it counts them.",
    )


def test_a_paper_that_holds_sensitive_items_is_marked_so():
    secret = replace(GREEN_ACTION, marking=Marking.OFFICIAL_SENSITIVE)
    document = built(plan(priority(objective([secret]))), sensitive=1)
    assert document.marking == "OFFICIAL-SENSITIVE"
    assert "Non-public: holds OFFICIAL-SENSITIVE items" in words(document)


def test_an_empty_plan_still_makes_a_review():
    titles = [s.title for s in built(plan()).sections]
    assert titles[0] == "Summary"
    assert titles[-1] == "Appendices"


def test_no_cell_of_a_table_is_empty():
    facts = plan(
        priority(objective([RED_ACTION, GREEN_ACTION], [RED_MEASURE, measure([]), level(["70"])]))
    )
    document = built(facts, duties=(Duty(POLICE, ""),))
    for part in document.sections:
        for found in blocks(part, Table):
            assert all(cell for row in found.rows for cell in row), found.caption


def test_low_confidence_that_became_so_is_told_as_worse():
    was = plan(priority(objective([GREEN_ACTION])))
    unsure = replace(GREEN_ACTION, latest=update(date(2017, 2, 20), confidence=Confidence.MEDIUM))
    facts = plan(replace(was.priorities[0], objectives=(objective([unsure]),)))
    bullets = blocks(section(built(facts, was=was), "Summary"), Bullets)
    worse = next(b for b in bullets if b.label.startswith("Worsened"))
    assert "P1.1.2 Train: on track to at risk" in worse.items


@pytest.mark.parametrize(
    ("cut_off", "last", "expected"),
    [
        (date(2017, 3, 31), None, date(2016, 12, 31)),
        (date(2017, 3, 15), None, date(2016, 12, 31)),
        (date(2017, 6, 30), None, date(2017, 3, 31)),
        (date(2017, 1, 15), None, date(2016, 9, 30)),
        (date(2016, 4, 20), None, date(2016, 4, 1)),
        (date(2017, 6, 30), date(2017, 3, 15), date(2017, 3, 15)),
    ],
)
def test_a_review_compares_with_the_last_one_or_the_last_quarter(cut_off, last, expected):
    assert compared_with(cut_off, date(2016, 4, 1), last) == expected


def test_the_cut_off_is_not_after_the_board():
    details = replace(DETAILS, board_on=date(2017, 3, 1))
    with pytest.raises(RuleBroken, match="on or before the board's date") as refused:
        details.checked(CUT_OFF)
    assert refused.value.field == "cut_off_on"


def test_the_cut_off_is_not_a_day_to_come():
    with pytest.raises(RuleBroken, match="14 March 2017 or an earlier date"):
        DETAILS.checked(date(2017, 3, 14))
