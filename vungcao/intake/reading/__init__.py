"""Reads any Vietnamese administrative workbook as it is said: tables, heads, units, hierarchy, claims and checks.

No database, no Django: ``read_workbook(path)`` in, a frozen ``Reading`` out (its JSON is DESIGN §4).
"""

from vungcao.intake.reading.document import CannotRead, Check, Column, Reading, Row, Sheet, Table, Value
from vungcao.intake.reading.reader import read_workbook

__all__ = ["CannotRead", "Check", "Column", "Reading", "Row", "Sheet", "Table", "Value", "read_workbook"]
