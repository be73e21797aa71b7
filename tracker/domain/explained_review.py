"""How ready a review is, explained: the share and each line that makes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.domain.explained import Basis, Explanation, added_up, explanation


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the readiness list.

    :param total: how many things there are; ``missing`` names those that are not ready.
    """

    anchor: str
    name: str
    total: int
    missing: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many are ready."""
        return self.total - len(self.missing)


def explain_readiness(percent: int, lines: Sequence[Counted], basis: Basis) -> list[Explanation]:
    """Return the readiness of a review in percent, and each line of its list."""
    done, total = (sum(getattr(line, name) for line in lines) for name in ("done", "total"))
    missing = total - done
    share = f"100 x {done:,} / {total:,} = {percent}%, rounded down" if total else "nothing is due"
    things = "thing is" if missing == 1 else "things are"
    rows = [
        ("Formula", share),
        ("Ready", added_up([f"{line.done} ({line.name.lower()})" for line in lines], str(done))),
        ("Of", added_up([str(line.total) for line in lines], str(total))),
        ("Missing", f"{total} - {done} = {missing}; {missing} {things} missing"),
        ("Rule", "every thing counts the same; 100% means that nothing is missing"),
        ("Left out", basis.kept_back),
        ("Worked out", basis.brief),
    ]
    first = explanation("readiness", f"The review is {percent}% ready", f"{percent}%", rows)
    return [first, *(_line(line, basis) for line in lines)]


def _line(line: Counted, basis: Basis) -> Explanation:
    missing = len(line.missing)
    figure = f"{line.done} of {line.total}"
    rows = [
        ("Formula", f"{line.total} - {missing} missing = {line.done}"),
        ("Missing", "; ".join(line.missing) or "nothing"),
        ("Rule", _RULES[line.anchor]),
        ("Left out", basis.kept_back),
        ("Worked out", basis.brief),
    ]
    return explanation(line.anchor, f"{line.name}: {figure}", figure, rows)


#: What makes a thing of each line ready.
_RULES = {
    "texts": "each text of the review itself that is written",
    "narrative": "each priority of which it is written what was achieved and what was learnt",
    "decision": "each item that somebody has decided on; the others are proposals by the facts",
    "measure": "each measure whose last value that was due is there",
    "action": "each action off track whose newest report says what is next",
}
