"""The annual review as one document: its cover and its sections, in the order of the paper."""

from tracker.domain.document import Block, CoverRow, Document, Markdown, Paragraph, Section
from tracker.domain.review.appendices import appendices
from tracker.domain.review.background import background
from tracker.domain.review.changes import changes
from tracker.domain.review.exceptions import exceptions
from tracker.domain.review.judgements import judgements
from tracker.domain.review.material import ReviewMaterial
from tracker.domain.review.partners import partners
from tracker.domain.review.priorities import priority_sections
from tracker.domain.review.quality import quality
from tracker.domain.review.refresh_table import refresh_section
from tracker.domain.review.summary import left_out, summary
from tracker.domain.snapshot import Readership
from tracker.domain.vocabulary import Edition, Marking
from tracker.domain.wording import plain_date

EDITIONS = {Edition.MARCH_REVIEW: "March review", Edition.FINAL_OUTTURN: "Final outturn"}
MARKINGS = {Marking.OFFICIAL: "OFFICIAL", Marking.OFFICIAL_SENSITIVE: "OFFICIAL-SENSITIVE"}
_TO_BE_ENTERED = "To be entered"


def build_review(material: ReviewMaterial) -> Document:
    """Return the review for one readership, without a version on it."""
    details = material.details
    edition, cut_off = EDITIONS[details.edition], plain_date(details.cut_off_on)
    hidden = material.now.facts.left_out
    return Document(
        title=_title(material),
        marking=MARKINGS[marking_of(material)],
        is_draft=True,
        footer=f"{edition} · cut-off {cut_off}",
        cover=_cover(material),
        sections=(
            summary(material),
            _text("Recommendations", details.recommendations),
            background(material),
            *priority_sections(material),
            exceptions(material),
            judgements(material),
            changes(material),
            partners(material),
            quality(material),
            refresh_section(material),
            _text("Conclusion", details.conclusion),
            appendices(material),
        ),
        notes=(left_out(hidden),) if hidden else (),
    )


def marking_of(material: ReviewMaterial) -> Marking:
    """Return the highest marking of what the document shows to its readership."""
    if material.readership is Readership.CLEARED and material.holds_sensitive:
        return Marking.OFFICIAL_SENSITIVE
    return Marking.OFFICIAL


def _title(material: ReviewMaterial) -> str:
    facts = material.now.facts
    years = f"{facts.starts_on.year}-{facts.ends_on.year % 100:02d}"
    one_year = facts.starts_on.year == facts.ends_on.year
    return f"Annual review {facts.starts_on.year if one_year else years}"


def _cover(material: ReviewMaterial) -> tuple[CoverRow, ...]:
    details = material.details
    is_for_decision = bool(details.recommendations)
    is_sensitive = marking_of(material) is Marking.OFFICIAL_SENSITIVE
    public = "Non-public: holds OFFICIAL-SENSITIVE items" if is_sensitive else "Non-public"
    return (
        CoverRow("Committee", details.committee or _TO_BE_ENTERED),
        CoverRow("Date", plain_date(details.board_on)),
        CoverRow("Subject", f"{_title(material)}: {material.now.facts.title}"),
        CoverRow("Public or non-public", public),
        CoverRow("Report of", details.report_of or material.partnership),
        CoverRow("Report author", details.report_author or _TO_BE_ENTERED),
        CoverRow("For", "Decision" if is_for_decision else "Information"),
        CoverRow("Edition", EDITIONS[details.edition]),
        CoverRow("Cut-off date", plain_date(details.cut_off_on)),
    )


def _text(title: str, written: str) -> Section:
    block: Block = Markdown(written) if written else Paragraph("Not written yet.", "note")
    return Section(title, (block,))
