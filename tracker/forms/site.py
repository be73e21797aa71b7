"""The form about the installation."""

from wtforms import StringField

from tracker.forms.base import Form, Text


class SettingsForm(Form):
    """What the partnership is called."""

    name = StringField("Name of the partnership", [Text("the partnership's name", longest=200)])
