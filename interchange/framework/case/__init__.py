"""1EdTech CASE packages, 1.0 and 1.1: a framework as other systems exchange it."""

from interchange.framework.case.reading import read_case
from interchange.framework.case.writing import write_case

__all__ = ["read_case", "write_case"]
