"""The form about a priority or strand."""

from collections.abc import Sequence

from wtforms import RadioField, StringField, TextAreaField

from tracker.domain.items import PriorityDetails
from tracker.domain.vocabulary import Marking, PriorityKind
from tracker.forms.base import EditForm, Needed, RowField, Text, choice_of
from tracker.forms.markings import MARKING


class PriorityForm(EditForm):
    """A priority: what the partnership works on, why, and who leads it."""

    code = StringField("Code", [Text("a code, such as P1", longest=20)])
    title = StringField("Title", [Text("the title", longest=300)])
    aim = TextAreaField("Aim", [Text("the aim", longest=1000, needed=False)])
    kind = RadioField("Kind", default=PriorityKind.PRIORITY.value, **choice_of(PriorityKind))
    lead_partner_id = RowField("Lead partner", validators=[Needed("Choose the partner that leads")])
    marking = RadioField("Marking", **MARKING)

    def offer_partners(self, partners: Sequence[tuple[int, str]]) -> None:
        """Set the partners to choose from."""
        self.lead_partner_id.offer(partners)

    def details(self, *, source: str = "") -> PriorityDetails:
        """Return what was typed; the source is kept, which no form sets."""
        return PriorityDetails(
            code=self.code.data or "",
            title=self.title.data or "",
            aim=self.aim.data or "",
            kind=PriorityKind(self.kind.data),
            lead_partner_id=self.lead_partner_id.data,
            marking=Marking(self.marking.data),
            source=source,
        )
