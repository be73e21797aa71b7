"""Forms about the annual review: open and edit it, write it, decide the refresh, send it back."""

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, StringField, TextAreaField

from tracker.domain.refresh import DecisionDetails, ItemKey, RefreshItem
from tracker.domain.review.build import EDITIONS
from tracker.domain.review.details import NarrativeDetails, ReviewDetails
from tracker.domain.vocabulary import Decision, Edition, ItemKind
from tracker.forms.base import (
    DayField,
    EditForm,
    Form,
    Needed,
    RowField,
    Text,
    choice_of,
    filled,
    options,
)

#: What becomes of an item, with what each means.
DECISIONS = {
    Decision.KEEP: ("Keep", "It goes into the next plan as it is"),
    Decision.AMEND: ("Amend", "It goes on with new wording, target, lead or date"),
    Decision.CLOSE: ("Close", "It is complete, superseded or given up"),
}
NEW_KINDS = (ItemKind.ACTION, ItemKind.MEASURE, ItemKind.OBJECTIVE, ItemKind.PRIORITY)


class ReviewForm(EditForm):
    """A review: which, for which board, up to when, and what its cover says."""

    edition = RadioField(
        "Edition",
        default=Edition.MARCH_REVIEW.value,
        **choice_of(Edition, EDITIONS.__getitem__),
    )
    board_on = DayField("Date of the board", [Needed("Enter a date, such as 31 March 2017")])
    cut_off_on = DayField("Cut-off date", [Needed("Enter a date, such as 15 March 2017")])
    chair_id = RowField("Chair who signs it off", validators=[Needed("Choose the chair")])
    committee = StringField("Committee", [Text("the committee", longest=200, needed=False)])
    report_of = StringField("Report of", [Text("who reports", longest=200, needed=False)])
    report_author = StringField(
        "Report author", [Text("the report's author", longest=200, needed=False)]
    )
    summary = TextAreaField("Summary", [Text("the summary", needed=False)])
    recommendations = TextAreaField("Recommendations", [Text("the recommendations", needed=False)])
    conclusion = TextAreaField("Conclusion", [Text("the conclusion", needed=False)])

    def details(self) -> ReviewDetails:
        """Return what was typed."""
        return ReviewDetails(
            edition=Edition(self.edition.data),
            board_on=filled(self.board_on),
            cut_off_on=filled(self.cut_off_on),
            chair_id=filled(self.chair_id),
            committee=self.committee.data or "",
            report_of=self.report_of.data or "",
            report_author=self.report_author.data or "",
            summary=self.summary.data or "",
            recommendations=self.recommendations.data or "",
            conclusion=self.conclusion.data or "",
        )


class NarrativeForm(EditForm):
    """What was achieved and learnt under one priority."""

    achieved = TextAreaField("What was achieved", [Text("what was achieved", needed=False)])
    learnt = TextAreaField("What we learnt", [Text("what we learnt", needed=False)])

    def details(self) -> NarrativeDetails:
        """Return what was typed."""
        return NarrativeDetails(self.achieved.data or "", self.learnt.data or "")


class DecisionForm(EditForm):
    """The decision on one item; a page holds many, so each has ids of its own."""

    item = HiddenField()
    decision = RadioField(
        "What becomes of it?",
        choices=options((word.value, label) for word, (label, _) in DECISIONS.items()),
        coerce=str,
    )
    new_wording = TextAreaField("What changes", [Text("what changes", longest=1000, needed=False)])
    reason = TextAreaField("Reason", [Text("the reason", longest=1000)])

    @classmethod
    def over(cls, item: RefreshItem) -> "DecisionForm":
        """Return the form of an item, filled with what was decided, else with the proposal."""
        form = cls(formdata=None)
        decided = item.decided
        form.version.data = str(decided.version if decided else 0)
        form.decision.data = item.decision.value
        form.new_wording.data = decided.new_wording if decided else ""
        form.reason.data = item.reason
        form.belongs_to(item.proposal.key)
        return form

    def belongs_to(self, key: ItemKey) -> None:
        """Say which item the form is about; its fields take their ids from it."""
        name = f"{key[0]}-{key[1]}"
        self.item.data = name
        for field in self:
            field.id = f"{name}-{field.short_name}"

    @property
    def key(self) -> ItemKey | None:
        """The item that was sent, ``None`` where it was tampered with."""
        kind, _, digits = (self.item.data or "").partition("-")
        is_known = kind in {word.value for word in ItemKind}
        if not (is_known and digits.isascii() and digits.isdecimal() and len(digits) < 10):
            return None
        return (ItemKind(kind), int(digits))

    def details(self) -> DecisionDetails:
        """Return what was typed."""
        return DecisionDetails(
            Decision(self.decision.data), self.reason.data or "", self.new_wording.data or ""
        )


class NewItemForm(Form):
    """An item that the next plan is to have."""

    item_kind = RadioField(
        "What is it?",
        choices=options((kind.value, kind.value.capitalize()) for kind in NEW_KINDS),
        default=ItemKind.ACTION.value,
        coerce=str,
    )
    new_wording = TextAreaField("The new item", [Text("the new item", longest=1000)])
    reason = TextAreaField("Reason", [Text("the reason", longest=1000)])

    def details(self) -> DecisionDetails:
        """Return what was typed."""
        return DecisionDetails(Decision.ADD, self.reason.data or "", self.new_wording.data or "")


class SignOffForm(EditForm):
    """The chair's signature; the version says which freezing was read."""


class SendBackForm(Form):
    """Why the chair returns a review."""

    reason = TextAreaField("What is to be changed?", [Text("what is to be changed", longest=1000)])


def forms_of(
    items: Iterable[RefreshItem], sent: DecisionForm | None
) -> list[tuple[RefreshItem, DecisionForm]]:
    """Return each item with its form; the one that was refused keeps what was typed."""
    refused = sent.key if sent else None
    return [
        (item, sent if sent and item.proposal.key == refused else DecisionForm.over(item))
        for item in items
    ]
