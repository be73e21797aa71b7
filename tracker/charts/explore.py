"""A figure as data, for the script that lets a reader zoom into it."""

import json

from tracker.charts.measures import measure_figure
from tracker.charts.plot import Figure, Slot
from tracker.charts.points import MeasureSeries

#: What could end a script element or a line of it, as JSON escapes.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def explored(series: MeasureSeries) -> Figure:
    """Return the widest figure of a measure; ``narrower`` has the others, the wider first.

    A picture squeezed into less room than it was made for would write words over words.
    """
    wide, *narrower = (measure_figure(series, slot) for slot in Slot)
    return wide | {"narrower": narrower}


def figure_json(figure: Figure) -> str:
    """Return a figure as JSON that is safe inside ``<script type="application/json">``.

    :raises ValueError: if it holds a number that JSON has not, such as infinity.
    """
    text = json.dumps(figure, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
