"""Where people see a status differently: one list for the board, and words beside a status."""

from tracker.domain.disagreements import Disagreement, disagreement_sentence, disagreements
from tracker.domain.document import Block, Cell, Column, Paragraph, Section, StatusWord, Table
from tracker.domain.judgements import StandingJudgement, judgement_line
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.words import reasons, status_word
from tracker.domain.vocabulary import ItemKind
from tracker.domain.wording import plain_date, status_label

_COLUMNS = (
    Column("Item", weight=8),
    Column("Computed", weight=5),
    Column("Judged", weight=5),
    Column("Why it is judged differently", weight=12),
    Column("By whom, until when", weight=8),
)


def judgements(material: ReviewMaterial) -> Section:
    """Return the section that lists every disagreement as at the cut-off date, worst first."""
    found = disagreements(material.now)
    blocks: list[Block] = [Paragraph(disagreement_sentence(found))]
    if found:
        rows = tuple(_row(one) for one in found)
        blocks.append(Table("Computed and judged, worst first", _COLUMNS, rows))
    return Section("Judgements", tuple(blocks))


def beside(word: StatusWord, judgement: StandingJudgement | None, kind: ItemKind) -> StatusWord:
    """Return a computed status in words, with the judged one after it where there is one."""
    if judgement is None or not judgement.is_shown:
        return word
    judged = status_label(judgement.facts.status, kind)
    words = f"{judged} awaits a second" if judgement.is_awaiting_second else f"judged {judged}"
    return StatusWord(word.status, f"{word.text}; {words}")


def judged_lines(judgement: StandingJudgement | None, kind: ItemKind) -> list[Block]:
    """Return who judged an item how and why, nothing where the computed status stands alone."""
    if judgement is None or not judgement.is_shown:
        return []
    return [Paragraph(f"{judgement_line(judgement, kind)}. {judgement.facts.reason}", "note")]


def _row(one: Disagreement) -> tuple[Cell, ...]:
    about, facts = one.about, one.judgement.facts
    return (
        about.name,
        status_word(about.verdict, about.kind),
        StatusWord(facts.status, status_label(facts.status, about.kind)),
        f"{facts.reason} (Computed: {reasons(about.verdict)})",
        _who(one),
    )


def _who(one: Disagreement) -> str:
    facts = one.judgement.facts
    words = [facts.author]
    if facts.seconded_by:
        words.append(f"seconded by {facts.seconded_by}")
    words.append(f"until {plain_date(facts.expires_on)}")
    if one.judgement.is_awaiting_second:
        words.append("awaits a second, does not count yet")
    return ", ".join(words)
