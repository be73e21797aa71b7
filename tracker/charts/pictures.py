"""A drawing as PNG, for documents that take no SVG. The same drawing gives the same bytes.

Typst draws it with two faces out of a package, never with those of the machine, and needs no
browser. Give it drawings in the print palette: classes mean nothing to it.
"""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

_FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def png(svg_text: str, width_px: int) -> bytes:
    """Return a drawing as a PNG ``width_px`` wide, its height in proportion, on no ground.

    :param svg_text: from :func:`tracker.charts.svg.svg` with ``Palette.PRINT``.
    :raises ValueError: if it is no drawing.
    """
    inputs = {"svg": svg_text, "width": str(width_px)}
    try:
        # 72 points an inch, so that one point becomes one pixel.
        return bytes(
            typst.compile(_PAGE, font_paths=_fonts(), format="png", ppi=72.0, sys_inputs=inputs)
        )
    except typst.TypstError as error:
        raise ValueError(f"This is no drawing: {error}") from error


@cache
def _fonts() -> typst.Fonts:
    """Return the two faces we letter with.

    The package has each face in two formats and Typst takes whichever the folder lists first,
    so it is shown a folder with one of each. It keeps the paths behind the links.
    """
    with as_file(files("font_source_sans_pro") / "files") as folder, TemporaryDirectory() as ours:
        for face in _FACES:
            (Path(ours) / face).symlink_to(folder / face)
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[ours]
        )
