"""Forms about judgements: judge a status, second a judgement, withdraw one."""

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, TextAreaField

from tracker.domain.errors import Conflict
from tracker.domain.judgements import JUDGED, LONGEST_REASON, JudgementEntry, Seen
from tracker.domain.vocabulary import ItemKind, Status
from tracker.domain.wording import status_label
from tracker.forms.base import DayField, EditForm, Form, Needed, Text, filled, options


class JudgementForm(EditForm):
    """A person's status; it carries what it was opened over.

    ``version`` is the id of the newest judgement that was seen, 0 where there was none.
    """

    computed = HiddenField("Computed status", default="")
    judged = RadioField("How do you judge it?", coerce=str, choices=[])
    reason = TextAreaField("Why do you see it differently?", [Text("why", longest=LONGEST_REASON)])
    expires_on = DayField("Until when?", [Needed("Enter its last day, such as 1 June 2017")])

    #: Set by :meth:`open_over`: the status that is computed now.
    now_computed: Status = Status.NOT_RATED

    def open_over(self, kind: ItemKind, computed: Status, newest_id: int) -> None:
        """Say what is judged; a form that was sent keeps what it was opened over."""
        self.now_computed = computed
        # Every word of its kind is read, so that a form that is stale is told so by the service.
        self.offer(kind, JUDGED[kind])
        if not self.is_submitted():
            self.computed.data, self.version.data = computed.value, str(newest_id)

    def offer(self, kind: ItemKind, statuses: Iterable[Status]) -> None:
        """Set the statuses to choose from."""
        self.judged.choices = options((s.value, status_label(s, kind)) for s in statuses)

    @property
    def seen(self) -> Seen:
        """What the form was opened over."""
        known = {status.value for status in Status}
        computed = self.computed.data
        return Seen(Status(computed) if computed in known else None, self.seen_version)

    def attach_conflict(self, conflict: Conflict) -> None:
        """Show what changed meanwhile; sending again is then about the status of now."""
        super().attach_conflict(conflict)
        self.computed.data = self.now_computed.value

    def entry(self) -> JudgementEntry:
        """Return what was typed."""
        return JudgementEntry(
            judged=Status(self.judged.data),
            reason=self.reason.data or "",
            expires_on=filled(self.expires_on),
        )


class SecondForm(Form):
    """Agreement: nothing is typed."""


class WithdrawForm(Form):
    """Why a judgement is taken back."""

    reason = TextAreaField("Why is it withdrawn?", [Text("why it is withdrawn", longest=500)])
