"""The form about a milestone."""

from wtforms import StringField

from tracker.domain.items import MilestoneDetails
from tracker.domain.vocabulary import Provenance
from tracker.forms.base import DayField, EditForm, Needed, Text, filled


class MilestoneForm(EditForm):
    """A milestone: a step of an action, and when it is due."""

    title = StringField("What will be done", [Text("what will be done", longest=300)])
    due_on = DayField("Due on", [Needed("Enter the day it is due, such as 30 September 2016")])

    def details(self, *, provenance: Provenance = Provenance.DOCUMENTED) -> MilestoneDetails:
        """Return what was typed; the provenance is kept, which no form sets."""
        return MilestoneDetails(
            title=self.title.data or "", due_on=filled(self.due_on), provenance=provenance
        )
