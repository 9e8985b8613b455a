"""A district's rubric as it lies on a principal's computer: sixty rows in a workbook."""

from __future__ import annotations

from datetime import UTC, datetime

from interchange.workbook import Sheet, write_workbook

DOMAINS = ("Planning", "Learning together", "Checking and answering", "Growing as a teacher")
LEVELS = ("Beginning", "Growing", "Strong")
IN_EACH = 14
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows() -> list[list[str]]:
    """The headings, and four domains with fourteen components each: sixty rows."""
    found = [["Code", "Name", "Parent", "Description", *LEVELS]]
    for number, domain in enumerate(DOMAINS, 1):
        found.append([str(number), domain, "", f"What belongs to {domain.lower()}.", "", "", ""])
        for at in range(IN_EACH):
            code = f"{number}{chr(ord('a') + at)}"
            said = [f"{domain} {code}, {level.lower()}: what it looks like." for level in LEVELS]
            found.append([code, f"{domain}, part {at + 1}", str(number), "", *said])
    return found


def workbook() -> bytes:
    """The same as .xlsx."""
    return write_workbook([Sheet("Rubric", rows())], at=datetime(2026, 8, 3, tzinfo=UTC))
