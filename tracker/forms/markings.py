"""The choice of a security marking, the same on every form that has one."""

from typing import Any

from tracker.domain.vocabulary import Marking
from tracker.forms.base import choice_of

_WORDS = {Marking.OFFICIAL: "OFFICIAL", Marking.OFFICIAL_SENSITIVE: "OFFICIAL-SENSITIVE"}

#: Arguments of the field: OFFICIAL unless a person says otherwise.
MARKING: dict[str, Any] = {
    "default": Marking.OFFICIAL.value,
    **choice_of(Marking, _WORDS.__getitem__),
}
