"""Forms about actions: report progress, correct a report, add or change an action."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from tracker.domain.facts import MilestoneFacts
from tracker.domain.items import ActionDetails
from tracker.domain.progress import ProgressEntry
from tracker.domain.vocabulary import ActionState, Confidence, Marking
from tracker.domain.wording import plain_date
from tracker.forms.base import (
    DayField,
    EditForm,
    Form,
    ManyField,
    Needed,
    RowField,
    Text,
    WholeField,
    choice_of,
    filled,
    options,
)
from tracker.forms.markings import MARKING

#: How sure a lead is, in the words of the board, with what each means.
SURE = {
    Confidence.HIGH: ("On track", "I expect to meet the due date"),
    Confidence.MEDIUM: ("At risk", "There are problems, and a plan to mend them"),
    Confidence.LOW: ("Off track", "I do not expect to meet it as things are"),
}
STATES = {
    ActionState.IN_PROGRESS: "Work goes on",
    ActionState.COMPLETED: "It is complete",
    ActionState.CANCELLED: "It is cancelled",
}


class ProgressForm(Form):
    """Three inputs an item: how sure, what happened and what is next, milestones."""

    state = RadioField(
        "Where does it stand?",
        default=ActionState.IN_PROGRESS.value,
        **choice_of(ActionState, STATES.__getitem__),
    )
    confidence = RadioField(
        "How sure are you of the due date?",
        validate_choice=False,
        **choice_of(Confidence, lambda word: SURE[word][0]),
    )
    happened = TextAreaField("What happened?", [Text("what happened")])
    next_steps = TextAreaField("What is next?", [Text("what is next", needed=False)])
    milestones = ManyField("Milestones done", validate_choice=False)
    #: The ticks that were there when the form was opened.
    milestones_seen = HiddenField()
    percent = WholeField("How much is done?")
    is_blocked = BooleanField("It is blocked: it cannot go on without help")
    help_needed = TextAreaField("Help needed", [Text("the help needed", needed=False)])

    def offer_milestones(self, milestones: Iterable[MilestoneFacts]) -> None:
        """Set the milestones to tick; those that are done are ticked at first."""
        self.milestones.choices = options(
            (str(m.id), f"{m.title} (due {plain_date(m.due_on)})") for m in milestones
        )
        if not self.is_submitted():
            done = [str(m.id) for m in milestones if m.done_on]
            self.milestones.data, self.milestones_seen.data = done, ",".join(done)

    def entry(self, today: date) -> ProgressEntry:
        """Return what was typed; a milestone ticked now is done today."""
        state = ActionState(self.state.data)
        known = {word.value for word in Confidence}
        sure = self.confidence.data if self.confidence.data in known else None
        return ProgressEntry(
            state=state,
            confidence=Confidence(sure) if sure and state is ActionState.IN_PROGRESS else None,
            happened=self.happened.data or "",
            next_steps=self.next_steps.data or "",
            help_needed=self.help_needed.data or "",
            percent=self.percent.data,
            is_blocked=self.is_blocked.data,
            milestones_done=self._ticked(today) if "milestones" in self else None,
            milestones_seen=self._seen(),
        )

    def validate_confidence(self, field: RadioField) -> None:
        """Ask for confidence while work goes on."""
        if self.state.data == ActionState.IN_PROGRESS and field.data not in set(Confidence):
            raise ValidationError("Choose how sure you are: on track, at risk or off track")

    def validate_percent(self, field: WholeField) -> None:
        """Refuse more than the whole."""
        if field.data is not None and field.data > 100:
            raise ValidationError("Enter a whole number from 0 to 100")

    def _seen(self) -> frozenset[int] | None:
        text = self.milestones_seen.data
        if text is None:
            return None
        return frozenset(int(i) for i in text.split(",") if i.isdecimal() and len(i) < 10)

    def _ticked(self, today: date) -> dict[int, date]:
        ids = (text for text in self.milestones.data or () if text.isdecimal() and len(text) < 10)
        return {int(text): today for text in ids}


class CorrectProgressForm(ProgressForm):
    """The same inputs, filled with what is stored, and the reason for the change."""

    reason = StringField("Why is it corrected?", [Text("why it is corrected", longest=500)])


class ActionForm(EditForm):
    """An action: what, who, from when until when."""

    code = StringField("Code", [Text("a code, such as P1.2.3", longest=20)])
    title = StringField("What will be done", [Text("what will be done", longest=300)])
    lead_partner_id = RowField("Lead partner", validators=[Needed("Choose the partner that leads")])
    supporting_partner_ids = ManyField("Supporting partners")
    starts_on = DayField("Starts on", [Needed("Enter the day it starts, such as 1 April 2016")])
    due_on = DayField("Due on", [Needed("Enter the day it is due, such as 31 March 2017")])
    due_reason = StringField(
        "Why does the due date move?", [Text("the reason", longest=500, needed=False)]
    )
    is_critical = BooleanField("Critical: its objective is red if this action is")
    marking = RadioField("Marking", **MARKING)

    def offer_partners(self, partners: Sequence[tuple[int, str]]) -> None:
        """Set the partners to choose from."""
        self.lead_partner_id.offer(partners)
        self.supporting_partner_ids.choices = options((str(id_), name) for id_, name in partners)

    def details(self, **kept: Any) -> ActionDetails:
        """Return what was typed; ``kept`` are the sources, which no form sets."""
        return ActionDetails(
            code=self.code.data or "",
            title=self.title.data or "",
            lead_partner_id=filled(self.lead_partner_id),
            supporting_partner_ids=tuple(int(i) for i in self.supporting_partner_ids.data or ()),
            starts_on=filled(self.starts_on),
            due_on=filled(self.due_on),
            due_reason=self.due_reason.data or "" if "due_reason" in self else "",
            is_critical=self.is_critical.data,
            marking=Marking(self.marking.data),
            **kept,
        )
