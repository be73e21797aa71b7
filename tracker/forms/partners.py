"""Forms about a partner: what it is, and the day it left."""

from collections.abc import Sequence

from wtforms import StringField, TextAreaField

from tracker.domain.dates import LEGAL_YEARS
from tracker.domain.people import PartnerDetails
from tracker.forms.base import DayField, EditForm, Form, Needed, RowField, Text


class PartnerForm(EditForm):
    """A partner: an organisation, or a team within one."""

    code = StringField("Code", [Text("a code, such as COLP", longest=20)])
    name = StringField("Name", [Text("the name", longest=200)])
    short_name = StringField("Short name", [Text("a short name", longest=60, needed=False)])
    parent_id = RowField("Part of", empty="No other partner")
    statutory_from = DayField("Responsible authority from", years=LEGAL_YEARS)
    legal_basis = TextAreaField("Legal basis", [Text("the basis", longest=500, needed=False)])

    def offer_parents(self, partners: Sequence[tuple[int, str]]) -> None:
        """Set the partners that this one can be a team of."""
        self.parent_id.offer(partners)

    def details(self, *, source: str = "") -> PartnerDetails:
        """Return what was typed; the source is kept, which no form sets."""
        return PartnerDetails(
            code=self.code.data or "",
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            parent_id=self.parent_id.data,
            statutory_from=self.statutory_from.data,
            legal_basis=self.legal_basis.data or "",
            source=source,
        )


class LeftForm(Form):
    """The day a partner left the partnership."""

    left_on = DayField("Left on", [Needed("Enter the day it left, such as 31 March 2017")])
