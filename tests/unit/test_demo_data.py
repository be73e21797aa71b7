"""The demonstration's files hold together: figures, dates, marks and references.

Reads the files as they are shipped; knows nothing of how they are loaded.
"""

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from tracker.domain.vocabulary import (
    ActionState,
    Aggregation,
    Confidence,
    Direction,
    Frequency,
    Marking,
    ObservationState,
    PriorityKind,
    Provenance,
    Standing,
    Trajectory,
    Unit,
)

Json = dict[str, Any]
ACQUISITIVE = {
    "Burglary",
    "Robbery",
    "Theft from the person",
    "Bicycle theft",
    "Shoplifting",
    "Vehicle crime",
    "Other theft",
}


def text(name: str) -> str:
    return files("tracker.demo").joinpath(name).read_text("utf-8")


def load(name: str) -> Json:
    content: Json = json.loads(text(name))
    return content


PLAN, STORY, VALUES = load("plan.json"), load("progress.json"), load("values.json")["values"]
FIGURES = load("police_uk_monthly.json")
BREAKS = load("breaks.json")["breaks"]
ROWS = list(csv.DictReader(text("police_uk_monthly.csv").splitlines()))
CLOCK, START, END = PLAN["clock"], PLAN["starts_on"], PLAN["ends_on"]
OBJECTIVES = [o for p in PLAN["priorities"] for o in p["objectives"]]
ACTIONS: dict[str, Json] = {a["code"]: a for o in OBJECTIVES for a in o["actions"]}
MEASURES: dict[str, Json] = {m["code"]: m for o in OBJECTIVES for m in o["measures"]}
PARTNERS: dict[str, Json] = {p["code"]: p for p in PLAN["partners"]}


def plan_year(crime_types: set[str]) -> int:
    return sum(
        int(row["count"])
        for row in ROWS
        if row["crime_type"] in crime_types and "2016-04" <= row["month"] <= "2017-03"
    )


def updates() -> Iterator[tuple[str, Json]]:
    for code, story in STORY["actions"].items():
        for update in story["updates"]:
            yield code, update


def moved_due_dates(code: str) -> list[str]:
    reported = STORY["actions"][code]["updates"]
    return [u["due_date_move"]["due_on"] for u in reported if u["due_date_move"]]


@pytest.mark.parametrize(
    ("crime_types", "total"),
    [
        ({"Violence and sexual offences"}, 922),
        (ACQUISITIVE, 3555),
        ({"Anti-social behaviour"}, 1463),
    ],
)
def test_the_plan_years_recorded_totals_are_the_published_ones(
    crime_types: set[str], total: int
) -> None:
    assert plan_year(crime_types) == total


def test_the_acquisitive_measure_adds_up_the_seven_types() -> None:
    assert set(MEASURES["M3.1a"]["police_uk_crime_types"]) == ACQUISITIVE


def test_the_only_recorded_gaps_are_the_ones_that_are_named() -> None:
    months = {row["month"] for row in ROWS}
    present = {f"{year}-{month:02d}" for year in range(2014, 2019) for month in range(1, 13)}
    empty = {(row["month"], row["crime_type"]) for row in ROWS if not row["count"]}
    gaps = FIGURES["known_gaps"]
    assert present - months == {
        m for m in present if gaps[0]["first_month"] <= m <= gaps[0]["last_month"]
    }
    assert empty == {(gaps[1]["first_month"], gaps[1]["crime_type"])}


def test_every_month_has_each_type_once() -> None:
    pairs = [(row["month"], row["crime_type"]) for row in ROWS]
    assert len(pairs) == len(set(pairs)) == len({m for m, _ in pairs}) * len({t for _, t in pairs})


def test_recorded_figures_carry_only_month_type_and_count_and_their_licence() -> None:
    assert list(ROWS[0]) == ["month", "crime_type", "count"]
    assert FIGURES["licence_sentence"] == (
        "Contains public sector information licensed under the Open Government Licence v3.0"
    )


def test_the_plan_is_whole() -> None:
    kinds = [p["kind"] for p in PLAN["priorities"]]
    assert (kinds.count(PriorityKind.PRIORITY), kinds.count(PriorityKind.STRAND)) == (5, 3)
    assert [len(x) for x in (OBJECTIVES, ACTIONS, MEASURES, PARTNERS)] == [20, 64, 50, 20]


def test_codes_are_used_once_and_say_where_an_item_belongs() -> None:
    codes = [p["code"] for p in PLAN["priorities"]] + [o["code"] for o in OBJECTIVES]
    codes += [i["code"] for o in OBJECTIVES for i in [*o["actions"], *o["measures"]]]
    assert len(codes) == len(set(codes))
    for objective in OBJECTIVES:
        assert all(a["code"].startswith(f"{objective['code']}.") for a in objective["actions"])
        stem = objective["code"] if objective["code"][0] != "P" else objective["code"][1:]
        assert all(m["code"].startswith(f"M{stem}") for m in objective["measures"])


def test_every_partner_that_is_named_exists() -> None:
    named = {p["lead_partner"] for p in PLAN["priorities"]} | {
        m["owner"] for m in MEASURES.values()
    }
    for action in ACTIONS.values():
        named |= {action["lead_partner"], *action["supporting_partners"]}
        assert action["lead_partner"] not in action["supporting_partners"]
    named |= {p["parent"] for p in PARTNERS.values() if p["parent"]}
    assert named <= set(PARTNERS)


def test_partners_have_names_of_their_own_and_parents_come_first() -> None:
    seen: set[str] = set()
    for code, partner in PARTNERS.items():
        assert partner["parent"] is None or partner["parent"] in seen
        assert partner["statutory"] == (partner["statutory_from"] is not None)
        seen.add(code)
    assert len({p["short_name"] for p in PARTNERS.values()}) == len(PARTNERS)


def test_measures_use_the_vocabulary_and_say_what_they_count() -> None:
    for measure in MEASURES.values():
        unit = Unit(measure["unit"])
        assert Standing(measure["standing"])
        assert Direction(measure["direction"])
        assert Frequency(measure["frequency"])
        assert Marking(measure["marking"])
        assert (unit is Unit.COUNT) == bool(measure["unit_noun"])
        assert not (unit is Unit.PERCENT and Aggregation(measure["aggregation"]) is Aggregation.SUM)
        assert measure["definition"].endswith(".")


def test_recorded_measures_take_their_values_from_police_uk_and_no_others_do() -> None:
    recorded = {c for c, m in MEASURES.items() if m["provenance"] == Provenance.RECORDED}
    assert recorded == {c for c, m in MEASURES.items() if m["police_uk_crime_types"]}
    assert recorded.isdisjoint(VALUES)
    assert set(VALUES) | recorded == set(MEASURES)
    assert all(MEASURES[code]["licence"] for code in recorded)


def test_no_invented_target_or_value_passes_for_a_recorded_one() -> None:
    for code, measure in MEASURES.items():
        target = measure["target"]
        if target and target["target"] is not None:
            assert target["provenance"] != Provenance.RECORDED, code
        if target and target["baseline_provenance"] == Provenance.RECORDED:
            assert measure["provenance"] == Provenance.RECORDED, code
    stated = {v["provenance"] for rows in VALUES.values() for v in rows}
    assert stated == {Provenance.ILLUSTRATIVE, Provenance.DOCUMENTED}
    assert all(
        v["provenance"] == MEASURES[c]["provenance"] for c, rows in VALUES.items() for v in rows
    )


def test_everything_says_which_document_it_comes_from_or_that_it_is_illustrative() -> None:
    known = {*PLAN["sources"], "illustrative"}
    for item in [*PLAN["priorities"], *OBJECTIVES, *ACTIONS.values(), *MEASURES.values()]:
        assert set(item["source"].split(", ")) <= known, item["code"]
    for action in ACTIONS.values():
        assert {action["lead_source"], action["due_source"]} <= known


def test_targets_have_a_path_that_can_be_walked() -> None:
    for measure in MEASURES.values():
        target = measure["target"]
        if target is None:
            continue
        assert (target["starts_on"], target["ends_on"]) == (START, END)
        assert (target["baseline"] is None) == (target["baseline_provenance"] is None)
        assert (target["baseline"] is None) == (target["baseline_label"] == "")
        assert Trajectory(target["trajectory"]) is Trajectory.FLAT or target["baseline"] is not None
        assert Decimal(target["tolerance_percent"]) in (0, 10)


def test_the_four_kinds_of_nothing_and_a_correction_are_there() -> None:
    rows = [row for versions in VALUES.values() for row in versions if row["known_on"] <= CLOCK]
    assert {row["state"] for row in rows} == set(ObservationState)
    assert VALUES["M4.3a"][0]["value"] == MEASURES["M4.3a"]["target"]["baseline"] == "0"
    corrected = [row for row in rows if row["change_reason"]]
    assert [row["period_start"] for row in corrected] == ["2016-04-01"]


def test_values_are_known_after_their_period_in_order_and_on_time() -> None:
    for code, rows in VALUES.items():
        assert [row["known_on"] for row in rows] == sorted(row["known_on"] for row in rows), code
        for row in rows:
            assert date.fromisoformat(row["known_on"]) > period_end(code, row["period_start"])
            assert time.fromisoformat(row["time"])


def period_end(code: str, start: str) -> date:
    months = 12 if MEASURES[code]["frequency"] == Frequency.YEARLY else 3
    first = date.fromisoformat(start)
    later = first.year * 12 + first.month - 1 + months
    return date(later // 12, later % 12 + 1, 1).replace(day=1) - date.resolution


def test_each_later_version_of_a_value_says_why_it_differs() -> None:
    for rows in VALUES.values():
        seen: dict[str, Json] = {}
        for row in rows:
            earlier = seen.get(row["period_start"])
            assert bool(row["change_reason"]) == (earlier is not None)
            assert earlier is None or (row["value"], row["state"]) != (
                earlier["value"],
                earlier["state"],
            )
            seen[row["period_start"]] = row


def test_a_value_without_a_number_says_why() -> None:
    for rows in VALUES.values():
        for row in rows:
            assert ObservationState(row["state"]).has_value == (row["value"] is not None)
            assert row["value"] is not None or row["note"]


def test_parts_of_a_percentage_make_exactly_its_value_or_say_how_many_answered() -> None:
    for code, rows in VALUES.items():
        for row in rows:
            numerator, denominator = row.get("numerator"), row.get("denominator")
            if numerator is not None:
                made = 100 * Decimal(numerator) / Decimal(denominator)
                assert made == Decimal(row["value"]), code
            assert denominator is None or MEASURES[code]["unit"] == Unit.PERCENT, code


def test_every_illustrative_survey_says_how_many_answered_few_among_them() -> None:
    answers = {
        code: [int(row["denominator"]) for row in VALUES[code] if row["value"] is not None]
        for code, measure in MEASURES.items()
        if re.search(r"answering|surveyed", measure["definition"])
    }
    assert set(answers) == {
        "M1.2c",
        "M1.3a",
        "M2.3b",
        "M3.2b",
        "M3.2c",
        "M5.3b",
        "MS2.1b",
    }
    assert answers["M1.2c"] == [6]
    poor = [code for code, m in MEASURES.items() if "response rates were poor" in (m["note"] or "")]
    assert [max(answers[code]) < 50 for code in poor] == [True]
    assert min(answers["M1.3a"]) > 100


def test_every_action_has_a_story_or_is_silent_on_purpose() -> None:
    silent = STORY["silent"]
    assert set(STORY["actions"]) == set(ACTIONS)
    assert [c for c, s in STORY["actions"].items() if not s["updates"]] == silent["never_reported"]
    last = {c: s["updates"][-1]["on"] for c, s in STORY["actions"].items() if s["updates"]}
    live = {
        c for c in last if STORY["actions"][c]["updates"][-1]["state"] == ActionState.IN_PROGRESS
    }
    assert {c for c in live if last[c] < "2016-12-01"} == set(silent["since_autumn"])


def test_milestones_lie_between_the_start_and_the_last_due_date_of_their_action() -> None:
    for code, story in STORY["actions"].items():
        last = max([ACTIONS[code]["due_on"], *moved_due_dates(code)])
        days = [m["due_on"] for m in story["milestones"]]
        assert 2 <= len(days) <= 4, code
        assert days == sorted(days), code
        assert ACTIONS[code]["starts_on"] <= days[0], code
        assert days[-1] <= last, code


def test_updates_are_in_order_within_the_plan_and_known_by_the_clock() -> None:
    for code, story in STORY["actions"].items():
        moments = [(u["on"], u["time"]) for u in story["updates"]]
        assert moments == sorted(set(moments)), code
        assert all(START <= on <= CLOCK for on, _ in moments), code


def test_milestones_are_ticked_once_and_not_before_they_are_done() -> None:
    for code, story in STORY["actions"].items():
        titles = [m["title"] for m in story["milestones"]]
        ticked = [(u["on"], done) for u in story["updates"] for done in u["milestones_done"]]
        assert len({d["title"] for _, d in ticked}) == len(ticked), code
        assert {d["title"] for _, d in ticked} <= set(titles), code
        assert all(START <= d["done_on"] <= on for on, d in ticked), code


def test_updates_say_what_the_rules_ask_of_them() -> None:
    for code, update in updates():
        state = ActionState(update["state"])
        assert (update["confidence"] is None) == (state is not ActionState.IN_PROGRESS), code
        assert update["confidence"] is None or Confidence(update["confidence"])
        assert update["percent"] is None or 0 <= update["percent"] <= 100
        assert update["help_needed"] or not update["is_blocked"], code
        assert update["happened"].endswith("."), code


def test_due_dates_move_later_with_a_reason_and_not_past_midsummer() -> None:
    for code, action in ACTIONS.items():
        days = [action["due_on"], *moved_due_dates(code)]
        assert days == sorted(set(days)), code
        assert days[-1] <= "2017-06-30", code
    moves = [u["due_date_move"] for _, u in updates() if u["due_date_move"]]
    assert all(move["reason"].endswith(".") for move in moves)


def test_updates_are_illustrative_or_rest_on_a_document_known_by_then() -> None:
    for code, update in updates():
        if update["provenance"] == Provenance.ILLUSTRATIVE:
            assert update["source"] == "", code
            continue
        assert update["provenance"] == Provenance.DOCUMENTED, code
        assert update["source"] in ACTIONS[code]["documented_outcome_source"], code
        assert PLAN["sources"][update["source"]]["known_on"] <= update["on"], code
        assert (update["next_steps"], update["help_needed"], update["percent"]) == ("", "", None)


def test_milestones_are_illustrative_but_for_the_one_a_document_gives() -> None:
    documented = [
        (code, m["due_on"])
        for code, story in STORY["actions"].items()
        for m in story["milestones"]
        if m["provenance"] != Provenance.ILLUSTRATIVE
    ]
    assert documented == [("S1.1.1", "2017-02-03")]


def test_the_figures_that_updates_quote_are_those_of_the_plan() -> None:
    not_figures = re.compile(
        r"\d+ (January|February|March|June|December)\b|20 mph|28 days|\b20\d\d(-\d\d)?\b"
    )
    said = " ".join(not_figures.sub("", update["happened"]) for _, update in updates())
    quoted = set(re.findall(r"\d+(?:\.\d+)?", said))
    numbers = {row["value"] for rows in VALUES.values() for row in rows}
    targets = [m["target"] for m in MEASURES.values() if m["target"]]
    assert quoted
    assert quoted <= numbers | {t[key] for t in targets for key in ("baseline", "target")}


def test_a_break_is_illustrative_and_comes_after_the_recorded_figures_that_it_names() -> None:
    assert [(b["measure"], b["starts_on"]) for b in BREAKS] == [("M4.1a", "2016-09-01")]
    published = FIGURES["publication"]
    for one in BREAKS:
        assert one["provenance"] == Provenance.ILLUSTRATIVE
        assert "Illustrative judgement" in one["reason"]
        (kind,) = MEASURES[one["measure"]]["police_uk_crime_types"]
        counts = {row["month"]: row["count"] for row in ROWS if row["crime_type"] == kind}
        named = dict(re.findall(r"(\d+) in (August|September|October)", one["reason"]))
        months = {"August": "2016-08", "September": "2016-09", "October": "2016-10"}
        assert {counts[months[month]]: month for month in months} == named
        known = date(2016, 10 + published["months_after"], published["day"])
        assert known <= date.fromisoformat(one["on"]) <= date.fromisoformat(CLOCK)


def test_sensitive_prevent_items_are_marked() -> None:
    items = [*ACTIONS.values(), *MEASURES.values()]
    marked = {i["code"] for i in items if i["marking"] == Marking.OFFICIAL_SENSITIVE}
    assert marked == {"P5.2.1", "P5.3.3", "M5.2a", "M5.2b"}


def test_no_file_names_a_host_of_code_or_a_path_of_a_machine() -> None:
    names = ("plan.json", "progress.json", "values.json", "breaks.json", "police_uk_monthly.json")
    for name in names:
        assert not re.search(r"https?://|git(hub|lab)|/(home|root|tmp|usr)/", text(name)), name
