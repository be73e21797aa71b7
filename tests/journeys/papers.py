"""A Word file read twice: as python-docx has it, and as LibreOffice opens it."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from os import environ
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word

Row = tuple[str, ...]
#: The silhouettes that stand for status shapes where there are no drawings.
SHAPES = re.compile("[◆▲◔○●☑⊖⬚•]")


def plain(text: str) -> str:
    """Return a text without status shapes, blanks folded."""
    return " ".join(SHAPES.sub("", text).split())


@dataclass(frozen=True)
class Paper:
    """A Word file that was taken away."""

    path: Path

    @cached_property
    def _word(self) -> Word:
        return Document(str(self.path))

    @property
    def rows(self) -> set[Row]:
        """Every row of every table, as texts."""
        tables = self._word.tables
        return {tuple(plain(cell.text) for cell in row.cells) for t in tables for row in t.rows}

    @property
    def texts(self) -> set[str]:
        """Every cell and every heading, blanks folded."""
        cells = {cell.text for t in self._word.tables for row in t.rows for cell in row.cells}
        headings = {
            paragraph.text
            for paragraph in self._word.paragraphs
            if paragraph.style is not None and str(paragraph.style.name).startswith("Heading")
        }
        return {" ".join(text.split()) for text in cells | headings}

    def opened_by_libreoffice(self) -> str:
        """Return what LibreOffice reads in the file, blanks folded."""
        office = environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
        if office is None:
            pytest.fail("The tests of documents need LibreOffice: install libreoffice-writer.")
        folder = self.path.parent
        command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder)]
        subprocess.run([*command, str(self.path)], check=True, capture_output=True, timeout=120)
        return " ".join(self.path.with_suffix(".txt").read_text("utf-8").split())
