"""orgs.csv: the district, its schools, and the departments inside them."""

from dataclasses import dataclass

from interchange.findings import Refused, quoted
from interchange.oneroster.reading import Reading
from interchange.table import Columns, Row
from rules.roster import Org

COLUMNS = Columns(required=("sourcedId", "name", "type"), optional=("status", "parentSourcedId"))
ABOVE = {"state", "national"}  # understood, and not ours to keep
TYPES = {"district", "school", "department", "local"} | ABOVE


@dataclass(frozen=True)
class Orgs:
    """`homes` says for every org in the file which school it is or lies in; None: the district."""

    district: Org | None
    schools: dict[str, Org]
    homes: dict[str, str | None]


@dataclass(frozen=True)
class _Line:
    row: Row
    org: Org
    kind: str
    parent: str


def read_orgs(reading: Reading) -> Orgs:
    lines: dict[str, _Line] = {}
    for row in reading.rows("orgs", COLUMNS):
        if line := _line(reading, row):
            lines[line.org.source_id] = line
    schools = {key: line.org for key, line in lines.items() if line.kind == "school"}
    homes = {key: _home(reading, lines, key) for key in lines}
    return Orgs(_district(lines), schools, homes)


def _line(reading: Reading, row: Row) -> _Line | None:
    active = reading.active("orgs", row)
    key = reading.key("orgs", row)
    kind = row["type"].lower()
    if kind not in TYPES:
        what = f"the type {quoted(row['type'])} is not one OneRoster knows."
        reading.refuse("orgs", row, what, "Write district, school or department.")
        kind = "school"  # so that everyone in it is not refused as well
    name = reading.text("orgs", row, "name")
    if not name:
        reading.refuse("orgs", row, "the name is empty.", "Write the name people know it by.")
    if kind in ABOVE:
        reading.leave_out(f"{kind} orgs")
    return _Line(row, Org(key, name, active), kind, row["parentSourcedId"]) if key else None


def _district(lines: dict[str, _Line]) -> Org | None:
    """The one district; some senders call it `local`."""
    for kind in ("district", "local"):
        found = [line for line in lines.values() if line.kind == kind and line.org.active]
        if len(found) > 1:
            what = f"this is the second {kind}, after line {found[0].row.line}."
            raise Refused("orgs.csv", found[1].row.line, what, "Export one district at a time.")
        if found:
            return found[0].org
    return None


def _home(reading: Reading, lines: dict[str, _Line], key: str) -> str | None:
    """The school that an org is or belongs to, by climbing its parents."""
    climbed: set[str] = set()
    while (line := lines.get(key)) and line.kind == "department" and key not in climbed:
        climbed.add(key)
        if line.parent not in lines:
            what = f"its parent {quoted(line.parent)} is not in orgs.csv."
            remedy = "Add the parent’s row, or correct the id."
            reading.refuse_dangling("orgs", line.row, "orgs", what, remedy)
            return None
        key = line.parent
    if key in climbed:
        row = lines[key].row
        reading.refuse("orgs", row, "it is its own ancestor.", "Correct its parentSourcedId.")
    return key if line and line.kind == "school" else None
