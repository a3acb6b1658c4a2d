"""Benchmark D: a Word report of 25 tables, and a list of 50,000 × 20 as a workbook."""
