"""What lists on a page count, explained: the board's exceptions, a partner's share and work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.assessment import ActionAssessment, MeasureAssessment
from tracker.domain.explained import Basis, Explanation, Named, added_up, explanation
from tracker.domain.explained_counts import (
    Group,
    explain_group,
    many,
    named_action,
    named_measure,
    shared_rows,
)
from tracker.domain.rollup import tally
from tracker.domain.rules import StatusRules
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import days, plain_date, status_label

_EXCEPTION = "an action that is off track or a measure that is red, unless at risk is asked for"
_SILENCE = (
    "an action without a report for longer than the reporting cycle and its grace, or a measure "
    "whose last value that was due is missing, withheld or was not collected"
)
_ASKED = "the newest report on it says what help is needed"
_OVERDUE = (
    "its due date has passed, and it is neither complete nor closed; due that day is not late"
)
_SUPPORTED = "another partner leads it and names this one as supporting; it counts for its lead"


@dataclass(frozen=True, slots=True)
class Share:
    """What a partner leads, owns and supports; ``name`` is its short name.

    :param under: code of each priority, and how many of its actions the partner leads.
    """

    name: str
    actions: tuple[ActionAssessment, ...]
    measures: tuple[MeasureAssessment, ...]
    supported: tuple[ActionAssessment, ...] = ()
    under: tuple[tuple[str, int], ...] = ()


def explain_board(
    listed: Sequence[Named],
    silent: Sequence[Named],
    asked: Sequence[Named],
    basis: Basis,
    *,
    narrowed: str = "",
) -> list[Explanation]:
    """Return how many the dashboard lists: exceptions, those that ask for help, not reported.

    :param narrowed: what the reader narrowed the dashboard to, in words; empty for nothing.
    """
    shared = [("Narrowed to", narrowed), *shared_rows(basis)]
    count = str(len(asked))
    asking = [("Formula", f"{count} = those of the {len(listed)} that ask for help")]
    return [
        _listed("exceptions", "Exceptions", listed, [("Rule", _EXCEPTION), *shared]),
        explanation(
            "asked",
            f"Exceptions that ask for help: {count} of {len(listed)}",
            count,
            [*asking, ("Rule", _ASKED), *shared],
            tuple(asked),
        ),
        _listed("silent", "Not reported", silent, [("Rule", _SILENCE), *shared]),
    ]


def _listed(
    anchor: str, words: str, items: Sequence[Named], rows: Iterable[tuple[str, str]]
) -> Explanation:
    count = str(len(items))
    formula = added_up(_by_kind(items), count) if items else "none"
    return explanation(
        anchor, f"{words}: {count}", count, [("Formula", formula), *rows], tuple(items)
    )


def _by_kind(items: Iterable[Named]) -> list[str]:
    found = list(items)
    return [
        f"{many(count, kind)} {status_label(status, kind).lower()}"
        for kind in (ItemKind.ACTION, ItemKind.MEASURE)
        for status, count in tally(item.status for item in found if item.kind is kind).counts
    ]


def explain_partner(share: Share, rules: StatusRules, basis: Basis) -> list[Explanation]:
    """Return the figures of a partner: what it leads, owns and supports, and what is overdue."""
    led, owned = map(named_action, share.actions), map(named_measure, share.measures)
    leads = Group(ItemKind.ACTION, f"led by {share.name}", tuple(led))
    owns = Group(ItemKind.MEASURE, f"owned by {share.name}", tuple(owned))
    return [
        *explain_group(leads, rules, basis),
        _contributions(share, basis),
        _overdue(share.name, share.actions, basis),
        *explain_group(owns, rules, basis),
        _supported(share.name, share.supported, basis),
    ]


def _contributions(share: Share, basis: Basis) -> Explanation:
    count = str(len(share.actions))
    parts = [f"{led} under {code}" for code, led in share.under]
    rows = [
        ("Formula", added_up(parts, count) if parts else "no priority is in the plan"),
        ("Rule", "an action counts under the priority of its objective"),
        *shared_rows(basis),
    ]
    title = f"{many(len(share.actions), ItemKind.ACTION)} led by {share.name}, by priority"
    return explanation("contributions", title, count, rows)


def _overdue(name: str, actions: Sequence[ActionAssessment], basis: Basis) -> Explanation:
    late = tuple(action for action in actions if action.is_overdue)
    whole = many(len(actions), ItemKind.ACTION)
    rows = [
        ("Formula", f"{len(late)} = those past their due date, of {whole} led by {name}"),
        ("Rule", _OVERDUE),
        ("By", "; ".join(_late(action, basis.as_at) for action in late)),
        *shared_rows(basis),
    ]
    title = f"{len(late)} of {whole} led by {name}: overdue"
    return explanation("overdue", title, str(len(late)), rows, tuple(map(named_action, late)))


def _late(action: ActionAssessment, as_at: date) -> str:
    due = action.facts.due_on
    return f"{action.facts.code} {days((as_at - due).days)}, due {plain_date(due)}"


def _supported(name: str, supported: Sequence[ActionAssessment], basis: Basis) -> Explanation:
    count = len(supported)
    rows = [
        ("Formula", f"{count} = the actions that name {name} as supporting, {basis.when}"),
        ("Rule", _SUPPORTED),
        *shared_rows(basis),
    ]
    title = f"{many(count, ItemKind.ACTION)} supported by {name}"
    return explanation("supports", title, str(count), rows, tuple(map(named_action, supported)))


def explain_work(
    name: str, due: Sequence[Named], done: Sequence[Named], fresh_days: int, basis: Basis
) -> list[Explanation]:
    """Return how much a partner is asked for: what My work counts.

    :param fresh_days: days after a report until its action is asked for again.
    """
    whole = len(due) + len(done)
    rule = (
        f"a live action asks for a word {fresh_days} days after the last one; a measure for a "
        "number as soon as a period is over that has none"
    )
    rows = [("Rule", rule), *shared_rows(basis)]
    asks = f"{len(due)} of {whole} items of {name} ask for a word or a number"
    rest = f"{len(done)} of {whole} items of {name} ask for nothing now"
    return [
        explanation(
            "due",
            asks,
            str(len(due)),
            [("Formula", added_up(_asking(due), str(len(due))) if due else "none"), *rows],
            tuple(due),
        ),
        explanation(
            "done",
            rest,
            str(len(done)),
            [("Formula", f"{whole} - {len(due)} = {len(done)}"), *rows],
            tuple(done),
        ),
    ]


def _asking(items: Sequence[Named]) -> list[str]:
    counted = (
        (kind, sum(item.kind is kind for item in items))
        for kind in (ItemKind.ACTION, ItemKind.MEASURE)
    )
    return [many(count, kind) for kind, count in counted if count]
