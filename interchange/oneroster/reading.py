"""One reading of one bundle: its files, what was found so far, and the rows of each file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from interchange.bundle import Bundle
from interchange.findings import Findings, Progress, quoted
from interchange.table import Columns, Row, rows

ACTIVE = {"", "active"}
ENDED = {"tobedeleted", "inactive"}
PARTS = {"orgs": "schools", "users": "staff", "classes": "classes", "enrollments": "teaching"}


@dataclass
class Reading:
    """`files` are the files the manifest says are complete, without `.csv`."""

    bundle: Bundle
    findings: Findings
    progress: Progress | None = None
    files: frozenset[str] = frozenset()
    rows_read: int = 0
    seen: dict[str, dict[str, int]] = field(default_factory=dict)

    def rows(self, kind: str, columns: Columns) -> Iterator[Row]:
        """The rows of a file, or none where the bundle says that it does not send it."""
        if kind not in self.files:
            return
        for row in rows(self.bundle, f"{kind}.csv", columns, self.findings, self.progress):
            self.rows_read += 1
            yield row

    def refuse(self, kind: str, row: Row, what: str, remedy: str) -> None:
        self.findings.refuse(f"{kind}.csv", row.line, what, remedy)

    def refuse_dangling(self, kind: str, row: Row, to: str, what: str, remedy: str) -> None:
        """Refuse a reference into a file, unless faults there may be why it leads nowhere."""
        if f"{to}.csv" not in self.findings.faulty:
            self.refuse(kind, row, what, remedy)

    def leave_out(self, what: str) -> None:
        self.findings.left_out[what] += 1

    def told(self) -> frozenset[str]:
        return frozenset(part for file, part in PARTS.items() if file in self.files)

    def active(self, kind: str, row: Row) -> bool:
        """Whether the row's status says that it is in use; an unknown status is refused."""
        status = row["status"].lower()
        if status not in ACTIVE | ENDED:
            what = f"the status {quoted(row['status'])} is not one OneRoster knows."
            self.refuse(kind, row, what, "Write active or tobedeleted.")
        return status not in ENDED

    def key(self, kind: str, row: Row) -> str:
        """The row's sourcedId, or an empty string where it is missing or taken (and refused)."""
        source_id = row["sourcedId"]
        if not source_id or len(source_id) > 255:
            what = "the sourcedId is empty." if not source_id else "the sourcedId is too long."
            self.refuse(kind, row, what, "Give each row its own sourcedId of up to 255 characters.")
            return ""
        first = self.seen.setdefault(kind, {}).setdefault(source_id, row.line)
        if first != row.line:
            what = f"the sourcedId {quoted(source_id)} is already used in line {first}."
            self.refuse(kind, row, what, "Keep one of the two rows.")
            return ""
        return source_id

    def text(self, kind: str, row: Row, column: str, longest: int = 200) -> str:
        value = row[column]
        if len(value) > longest:
            what = f"{column} has {len(value)} characters, and {longest} is the most."
            self.refuse(kind, row, what, "Shorten it.")
        return value[:longest]


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several, such as `06,07`."""
    return [value for value in (part.strip() for part in cell.split(",")) if value]
