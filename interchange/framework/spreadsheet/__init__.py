"""A rubric in a spreadsheet: one row a component, one column a level; CSV and XLSX."""

from interchange.framework.spreadsheet.reading import read_csv, read_xlsx
from interchange.framework.spreadsheet.writing import write_csv, write_xlsx

__all__ = ["read_csv", "read_xlsx", "write_csv", "write_xlsx"]
