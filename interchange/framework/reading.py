"""Tells by its content what kind of file somebody sent, and reads it."""

from __future__ import annotations

from pathlib import Path, PurePath

from interchange.findings import quoted
from interchange.framework.case import read_case
from interchange.framework.refusals import Fault, NotRead, refused
from interchange.framework.spreadsheet import read_csv, read_xlsx
from interchange.framework.strict_json import read_json
from rules.framework import Brought, Faults, Framework, read_bytes

MOST_BYTES = 12 * 1024 * 1024
KINDS = "a spreadsheet (XLSX or CSV), a CASE package (JSON) or our YAML"
# What a file begins with that is none of ours.
OTHERS = {
    b"\xd0\xcf\x11\xe0": (
        "The workbook is locked with a password, or in the old format of Excel",
        "Save it as .xlsx without a password.",
    ),
    b"\x89PNG": ("This is a picture", f"Choose {KINDS}."),
    b"\xff\xd8\xff": ("This is a picture", f"Choose {KINDS}."),
    b"GIF8": ("This is a picture", f"Choose {KINDS}."),
    b"%PDF": ("This is a PDF, whose tables cannot be read", "Copy its rows into our template."),
    b"\x1f\x8b": ("The file is packed", "Unpack it and choose the file inside."),
}
YAML_ENDINGS = (".yaml", ".yml")


def read(source: Path | bytes, name: str = "") -> Brought:
    """The framework in a file, whichever format it is in. Raises NotRead; changes nothing.

    `name` is what the file is called in faults, and its ending helps where the content leaves
    doubt between YAML and CSV.
    """
    if isinstance(source, Path):
        return read(_content(source), name or source.name)
    if not source.strip():
        raise refused(name, "The file is empty", f"Choose {KINDS}.")
    if len(source) > MOST_BYTES:
        what = f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB and was not read"
        raise refused(name, what, "Export one framework at a time.")
    for start, (what, remedy) in OTHERS.items():
        if source.startswith(start):
            raise refused(name, what, remedy)
    if source.startswith(b"PK"):
        return read_xlsx(source, name)
    if _is_yaml(source, name):
        return _from_shelf(source, name)
    if _is_json(source):
        return read_case(read_json(source, name), name)
    return read_csv(source, name)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise refused(str(path), "There is no such file", "Check the path.")
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"The file cannot be opened: {error.strerror}"
        raise refused(str(path), what, "Check its permissions.") from error


def _is_json(data: bytes) -> bool:
    start = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start[:1] in (b"{", b"[")


def _is_yaml(data: bytes, name: str) -> bool:
    ending = PurePath(name).suffix.lower()
    first = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    return ending in YAML_ENDINGS or first.startswith((b"kind:", b"%YAML", b"---"))


def _from_shelf(data: bytes, name: str) -> Brought:
    try:
        found = read_bytes(data, name)
    except Faults as faults:
        raise NotRead(
            Fault(name, f"line {f.line}, column {f.column}", f.what, f.remedy)
            for f in faults.faults
        ) from None
    if not isinstance(found, Framework):
        what = f"The file holds {quoted(found.kind)}, not a framework"
        raise refused(name, what, "Choose the file that begins with “kind: framework”.")
    return Brought.of(found)
