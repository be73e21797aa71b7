"""What each partner leads, where it stands, and which priorities it carries."""

from tracker.domain.assessment import Workload
from tracker.domain.document import Column, Paragraph, Section, Table
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.vocabulary import Status

_COLUMNS = (
    Column("Partner", weight=4),
    Column("Actions led", is_number=True, weight=2),
    Column("Off track", is_number=True, weight=2),
    Column("At risk", is_number=True, weight=2),
    Column("Not updated", is_number=True, weight=2),
    Column("On track", is_number=True, weight=2),
    Column("Complete", is_number=True, weight=2),
    Column("Overdue", is_number=True, weight=2),
    Column("Measures", is_number=True, weight=2),
)


def partners(material: ReviewMaterial) -> Section:
    """Return the section on the partners; actions that start later or are closed count as led."""
    loads = material.now.workloads
    if not loads:
        return Section("Partners", (Paragraph("No action or measure has a partner yet."),))
    rows = tuple(_row(load) for load in loads)
    idle = [d.partner.short_name for d in material.duties if d.partner.id not in _ids(loads)]
    blocks: tuple[Paragraph | Table, ...] = (
        Table(
            "Actions led and measures owned; responsible authorities are marked *", _COLUMNS, rows
        ),
        _contributions(material, loads),
    )
    if idle:
        blocks += (
            Paragraph(f"Leading no action and owning no measure: {', '.join(idle)}.", "note"),
        )
    return Section("Partners", blocks)


def _row(load: Workload) -> tuple[str, ...]:
    tally = load.action_tally
    counted = (Status.RED, Status.AMBER, Status.NOT_UPDATED, Status.GREEN, Status.COMPLETE)
    return (
        _name(load),
        str(len(load.actions)),
        *(str(tally.of(status)) for status in counted),
        str(load.overdue),
        str(len(load.measures)),
    )


def _contributions(material: ReviewMaterial, loads: tuple[Workload, ...]) -> Table:
    priorities = material.now.priorities
    columns = (
        Column("Partner", weight=4),
        *(Column(p.facts.code, is_number=True, weight=1) for p in priorities),
    )
    rows = tuple(
        (_name(load), *(_led(load, {a.facts.id for a in p.actions}) for p in priorities))
        for load in loads
        if load.actions
    )
    return Table("How many actions each partner leads under each priority", columns, rows)


def _led(load: Workload, action_ids: set[int]) -> str:
    return str(sum(action.facts.id in action_ids for action in load.actions))


def _name(load: Workload) -> str:
    return f"{load.partner.short_name}*" if load.partner.is_statutory else load.partner.short_name


def _ids(loads: tuple[Workload, ...]) -> set[int]:
    return {load.partner.id for load in loads}
