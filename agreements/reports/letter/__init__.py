"""The raadsinformatiebrief that goes with a report: a draft for the college, to be edited in a text program."""

from agreements.reports.letter.text import Letter, letter
from agreements.reports.letter.write import as_docx, as_odt

__all__ = ["Letter", "as_docx", "as_odt", "letter"]
