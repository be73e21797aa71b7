"""The form about an objective."""

from wtforms import BooleanField, RadioField, StringField

from tracker.domain.items import ObjectiveDetails
from tracker.domain.vocabulary import Marking
from tracker.forms.base import EditForm, Text
from tracker.forms.markings import MARKING


class ObjectiveForm(EditForm):
    """An objective: what should become true."""

    code = StringField("Code", [Text("a code, such as P1.2", longest=20)])
    title = StringField("What should become true", [Text("what should become true", longest=300)])
    is_critical = BooleanField("Critical: its priority is red if this objective is")
    marking = RadioField("Marking", **MARKING)

    def details(self, *, source: str = "") -> ObjectiveDetails:
        """Return what was typed; the source is kept, which no form sets."""
        return ObjectiveDetails(
            code=self.code.data or "",
            title=self.title.data or "",
            is_critical=self.is_critical.data,
            marking=Marking(self.marking.data),
            source=source,
        )
