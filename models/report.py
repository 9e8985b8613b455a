"""The report of a visit, from rows to the plain values that the letter and the PDF show."""

from __future__ import annotations

from typing import Any


def report_of(feedback: Any, district: Any) -> Any: ...
def shown(feedback: Any, version: Any = None) -> Any: ...
def readers(feedback: Any) -> list[str]: return []
