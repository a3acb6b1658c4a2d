"""Vùng Cao: the work of a Vietnamese provincial Ethnic Affairs Board, from workbook to signed report."""

__version__ = "0.1.0"
