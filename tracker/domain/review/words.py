"""Parts of sentences and cells that several sections of the review share."""

from collections.abc import Sequence

from tracker.domain.assessment import MeasureAssessment
from tracker.domain.document import Bullets, Distribution, Slice, StatusWord
from tracker.domain.facts import MeasureFacts, UpdateFacts
from tracker.domain.periods import Period, periods_between
from tracker.domain.rollup import Tally
from tracker.domain.status import Verdict
from tracker.domain.targets import Position
from tracker.domain.vocabulary import Aggregation, ItemKind, Provenance
from tracker.domain.wording import (
    PERIOD_WORDS,
    number,
    plain_date,
    plural,
    share,
    signed,
    status_label,
)

ILLUSTRATIVE = "illustrative"
#: What stands in a cell that has nothing: a word, never an empty cell.
NONE = "None"
#: Facts in a short list before the rest is only counted.
_SHORT = 3


def sentence(text: str) -> str:
    """Return a fact as a sentence begins with it: its first letter a capital."""
    return text[:1].upper() + text[1:]


def status_word(verdict: Verdict, kind: ItemKind) -> StatusWord:
    """Return a verdict as its word."""
    return StatusWord(verdict.status, status_label(verdict.status, kind))


def reasons(verdict: Verdict) -> str:
    """Return the reasons of a verdict as one line; :data:`NONE` where there is none."""
    return sentence(facts_of(verdict)) or NONE


def facts_of(verdict: Verdict) -> str:
    """Return the reasons of a verdict as they go on in a sentence."""
    return "; ".join(reason.sentence for reason in verdict.reasons)


def marked(text: str, *provenances: Provenance) -> str:
    """Return a text that says *illustrative* if anything in it was invented."""
    is_invented = Provenance.ILLUSTRATIVE in provenances
    return f"{text} ({ILLUSTRATIVE})" if is_invented else text


def measure_name(measure: MeasureFacts) -> str:
    """Return a measure's code and title, and whether its figures are invented."""
    return marked(f"{measure.code} {measure.title}", measure.provenance)


def said(update: UpdateFacts | None) -> str:
    """Return what was last reported, with its day; says so where nothing was."""
    if update is None:
        return "Nothing was reported"
    return marked(f"{update.happened} ({plain_date(update.known_on)})", update.provenance)


def so_far(measure: MeasureAssessment) -> str:
    """Return the figure that is rated; "No data" where there is none."""
    if measure.position is None:
        return "No data"
    return number(measure.position.actual, measure.facts.unit)


def period_of(measure: MeasureAssessment) -> str:
    """Return what the figure covers, and whether some of it is provisional."""
    position = measure.position
    if position is None:
        return NONE
    words = _covered(measure.facts, position)
    return f"{words}, provisional" if position.is_provisional else words


def difference(measure: MeasureAssessment) -> str:
    """Return how far the figure is from its path, with its sign; a word where there is none."""
    position = measure.position
    if position is None or position.required is None:
        return NONE
    return signed(position.actual - position.required, measure.facts.unit)


def distribution(noun: str, counts: Tally, kind: ItemKind, *, note: str = "") -> Distribution:
    """Return how many items stand at each status, worst first, with the share of all.

    :param noun: what is counted, as "action"; it gets its plural.
    :param note: completes the title after the number of all.
    """
    slices = tuple(
        Slice(status, f"{status_label(status, kind).lower()} ({share(count, counts.total)})", count)
        for status, count in counts.counts
    )
    return Distribution(f"{plural(counts.total, noun)}{note}", slices)


def short_list(label: str, facts: Sequence[str], nothing: str) -> Bullets:
    """Return the first facts of a list, and how many more there are."""
    shown = list(facts[:_SHORT])
    if len(facts) > _SHORT:
        shown.append(f"and {len(facts) - _SHORT} more")
    return Bullets(tuple(shown) or (nothing,), label)


def _covered(measure: MeasureFacts, position: Position) -> str:
    newest = position.period
    if position.periods_counted == 1 or measure.aggregation is Aggregation.LATEST:
        return newest.short_label
    first = newest
    if measure.target is not None:
        first = Period.containing(measure.frequency, measure.target.starts_on)
    start = f"{first.start:%b}" if first.start.year == newest.end.year else f"{first.start:%b %Y}"
    words = f"{start} to {newest.end:%b %Y}"
    if not position.is_year_to_date:
        words += ", average"
    expected = len(periods_between(first, newest))
    if position.periods_counted < expected:
        counted = f"{position.periods_counted} of {expected} {PERIOD_WORDS[measure.frequency][1]}"
        words += f", {counted}"
    return words
