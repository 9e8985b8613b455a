"""The manifest: which files a bundle sends, and whether each of them is complete."""

from interchange.findings import Refused, quoted
from interchange.oneroster.reading import Reading
from interchange.table import Columns, rows

COLUMNS = Columns(required=("propertyName", "value"))
FILE = "manifest.csv"
NEEDED = ("orgs", "users")
READ = ("orgs", "users", "courses", "classes", "enrollments")


def read_manifest(reading: Reading) -> frozenset[str]:
    """The files to read, without `.csv`. Raises Refused where the bundle cannot be trusted whole.

    Whoever is missing from a complete export has left, so a bundle that does not say it is
    complete is not read at all.
    """
    if FILE not in reading.bundle:
        what = "manifest.csv is not there, and only it says which files are complete."
        remedy = "Export a OneRoster 1.1 CSV bundle, all its files at the top of the folder or zip."
        raise Refused(reading.bundle.name, None, what, remedy)
    found = {
        row["propertyName"].lower(): (row.line, row["value"])
        for row in rows(reading.bundle, FILE, COLUMNS, reading.findings)
    }
    _check_version(found)
    files = frozenset(file for file in READ if _is_sent(reading, found, file))
    for file in NEEDED:
        if file not in files:
            what = f"{file}.csv is said to be absent, and nothing can be read without it."
            raise Refused(FILE, None, what, f"Export {file}.csv as bulk too.")
    return files


def _check_version(found: dict[str, tuple[int, str]]) -> None:
    line, version = found.get("oneroster.version", (None, ""))
    if not version.startswith(("1.0", "1.1")):
        said = f"the OneRoster version is {quoted(version)}." if version else "it names no version."
        raise Refused(FILE, line, said, "Export the bundle as OneRoster 1.1 CSV.")


def _is_sent(reading: Reading, found: dict[str, tuple[int, str]], file: str) -> bool:
    line, mode = found.get(f"file.{file.lower()}", (None, "absent"))
    if mode.lower() in ("", "absent"):
        return False
    if mode.lower() != "bulk":
        what = f"{file}.csv is sent as {quoted(mode)}."
        raise Refused(FILE, line, what, "Export the whole roster (bulk), not only changes.")
    if f"{file}.csv" not in reading.bundle:
        what = f"it names {file}.csv, which is not there."
        raise Refused(FILE, line, what, f"Add {file}.csv, or mark it absent.")
    return True
