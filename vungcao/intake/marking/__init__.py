"""The marked copy: the officer's own workbook, each problem as a note and a colour at its cell, a first sheet that
lists them with links; all else as it was. No database, no Django: ``mark(path, problems, out)``.
"""

from vungcao.intake.marking.marker import Marked, mark
from vungcao.intake.marking.package import CannotMark
from vungcao.intake.marking.returning import Returned, give_back, is_list, refuse_within

__all__ = ["CannotMark", "Marked", "Returned", "give_back", "is_list", "mark", "refuse_within"]
