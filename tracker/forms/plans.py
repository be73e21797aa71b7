"""The form about a plan itself: its title, vision, period and review."""

from wtforms import StringField, TextAreaField

from tracker.domain.items import PlanDetails
from tracker.forms.base import DayField, EditForm, Needed, Text, WholeField, filled


class PlanForm(EditForm):
    """A plan: what it is called, what it is for, from when until when."""

    title = StringField("Title", [Text("the title", longest=200)])
    vision = TextAreaField("Vision", [Text("the vision", needed=False)])
    starts_on = DayField("First day", [Needed("Enter the first day, such as 1 April 2016")])
    ends_on = DayField("Last day", [Needed("Enter the last day, such as 31 March 2017")])
    review_on = DayField(
        "Day of the annual review", [Needed("Enter the day of the review, such as 15 March 2017")]
    )
    suppression_threshold = WholeField(
        "Smallest count that the public sees",
        [Needed("Enter a number from 0 to 50, such as 5")],
        default=5,
    )

    def details(self) -> PlanDetails:
        """Return what was typed."""
        return PlanDetails(
            title=self.title.data or "",
            vision=self.vision.data or "",
            starts_on=filled(self.starts_on),
            ends_on=filled(self.ends_on),
            review_on=filled(self.review_on),
            suppression_threshold=filled(self.suppression_threshold),
        )
