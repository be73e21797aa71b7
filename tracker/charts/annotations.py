"""Words as Plotly has them: an annotation on a place, without an arrow."""

from collections.abc import Iterable

from tracker.charts.inks import Ink, Letter, font
from tracker.charts.lettering import marked_up
from tracker.charts.plot import Mark


def words(lines: Iterable[str], letter: Letter, x: tuple[str, float], y: tuple[str, float]) -> Mark:
    """Return words centred on a place, each of x and y with what it refers to."""
    return {
        "name": letter.value,
        "text": marked_up(*lines),
        "xref": x[0],
        "x": x[1],
        "yref": y[0],
        "y": y[1],
        "xanchor": "center",
        "yanchor": "middle",
        "align": "center",
        "showarrow": False,
        "font": font(letter),
        **({"bgcolor": Ink.BAND.value} if letter is Letter.HALO else {}),
    }
