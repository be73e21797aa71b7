"""What the plan is, who is bound by it, and how to read the report."""

from tracker.domain.document import Block, Bullets, Column, Paragraph, Section, StatusWord, Table
from tracker.domain.review.material import Duty, ReviewMaterial
from tracker.domain.review.words import ILLUSTRATIVE, NONE
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import plain_date, plain_date_range, status_label

_LAW = (
    "The responsible authorities, marked * below, must have a strategy to reduce crime and "
    "disorder, the misuse of drugs, alcohol and other substances, and re-offending in their area "
    "(Crime and Disorder Act 1998, sections 5 to 7), and look every year at how well it is put "
    "into practice."
)
_HOW = (
    "A status is worked out from what was reported, by the rules in the appendices; nobody sets it.",
    "Silence is shown: what nobody reported on in time never keeps its last status.",
    "Provisional figures may still change and can never improve a status.",
    f"Whatever is invented for demonstration says {ILLUSTRATIVE} beside it.",
)
#: What each status says of an action, and of a measure, objective or priority.
_MEANINGS: dict[Status, tuple[str, str]] = {
    Status.RED: (
        "Overdue, blocked, or not expected to meet its date",
        "Further from its path than is tolerated",
    ),
    Status.AMBER: ("Something endangers its date", "Off its path, within what is tolerated"),
    Status.GREEN: ("Expected to meet its date", "On its path or better"),
    Status.COMPLETE: ("Done, with all its milestones", NONE),
    Status.NOT_STARTED: ("Starts later", NONE),
    Status.NOT_UPDATED: ("Nobody reported on it in time", NONE),
    Status.CLOSED: ("Cancelled", NONE),
    Status.NO_DATA: (NONE, "The last value that was due is missing"),
    Status.NOT_RATED: (NONE, "For context, or without a target"),
    Status.NOT_EVIDENCED: (NONE, "Objectives and priorities: too little data to tell"),
}
_OF_ACTIONS = (
    Status.RED,
    Status.AMBER,
    Status.GREEN,
    Status.COMPLETE,
    Status.NOT_STARTED,
    Status.NOT_UPDATED,
    Status.CLOSED,
)


def background(material: ReviewMaterial) -> Section:
    """Return the section on vision, legal basis and partners, and how to read the report."""
    facts = material.now.facts
    span = plain_date_range(facts.starts_on, facts.ends_on)
    blocks: list[Block] = [
        Paragraph(f"{facts.title} runs from {span.replace(' to ', ' until ', 1)}."),
    ]
    if facts.vision:
        blocks.append(Paragraph(f"Vision: {facts.vision}"))
    blocks.append(Paragraph(_LAW))
    if material.duties:
        blocks.append(_partners(material.duties))
    return Section("Background", tuple(blocks), (_how_to_read(material),))


def partner_name(duty: Duty) -> str:
    """Return a partner's name, with * if it is a responsible authority."""
    return f"{duty.partner.name}*" if duty.partner.is_statutory else duty.partner.name


def _partners(duties: tuple[Duty, ...]) -> Table:
    columns = (Column("Partner", weight=3), Column("Legal basis", weight=4))
    rows = tuple((partner_name(duty), duty.legal_basis or "Invited partner") for duty in duties)
    return Table("Partners; responsible authorities are marked *", columns, rows)


def _how_to_read(material: ReviewMaterial) -> Section:
    known = plain_date(material.as_at)
    columns = (
        Column("Status", weight=2),
        Column("Of an action", weight=4),
        Column("Of a measure, objective or priority", weight=4),
    )
    rows = tuple(
        (StatusWord(status, _words(status)), *meanings) for status, meanings in _MEANINGS.items()
    )
    return Section(
        "How to read this report",
        (
            Bullets((f"Only what was known by the end of {known} counts.", *_HOW)),
            Table("Status words", columns, rows),
        ),
    )


def _words(status: Status) -> str:
    """Return a status as actions say it, then as the others do where they say it otherwise."""
    if status not in _OF_ACTIONS:
        return status_label(status, ItemKind.MEASURE)
    of_actions = status_label(status, ItemKind.ACTION)
    is_rated = status in (Status.RED, Status.AMBER, Status.GREEN)
    return (
        f"{of_actions}, {status_label(status, ItemKind.MEASURE).lower()}"
        if is_rated
        else of_actions
    )
