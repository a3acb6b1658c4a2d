"""Reads any Vietnamese administrative workbook as it is said: tables, heads, units, hierarchy, claims and checks.

No database, no Django: ``read_workbook(path)`` in, a frozen ``Reading`` out (its JSON is DESIGN §4).
"""

from vungcao.intake.reading.document import CannotRead, Reading
from vungcao.intake.reading.reader import read_workbook

__all__ = ["CannotRead", "Reading", "read_workbook"]
