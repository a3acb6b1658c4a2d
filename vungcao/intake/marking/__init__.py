"""The marked copy: the officer's own workbook, each problem as a note and a colour at its cell, a first sheet that
lists them with links; all else as it was. No database, no Django: ``mark(path, problems, out)``.
"""

from vungcao.intake.marking.marker import Marked, mark
from vungcao.intake.marking.package import CannotMark

__all__ = ["CannotMark", "Marked", "mark"]
