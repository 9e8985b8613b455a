"""A CSV file as other systems write it: read liberally, complained about exactly.

Byte order marks, UTF-16, Windows-1252, any line ending, commas, semicolons or tabs, headers in
another case or with spaces, and rows without their empty tail are all read. Only the columns asked
for are ever handed on.
"""

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Protocol

from interchange.findings import Findings, Progress, Refused

MAX_LINE = 64 * 1024  # bytes; the longest honest line is a list of a hundred identifiers
MAX_LINES_IN_ROW = 50
MAX_CELL = 4096  # characters
CHUNK = 256 * 1024
DELIMITERS = ",;\t|"
DAMAGE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError)


class Source(Protocol):
    def open(self, file: str) -> IO[bytes]: ...


@dataclass(frozen=True)
class Columns:
    """The columns to read, by the name the format gives them; `required` ones must be there."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return self.required + self.optional


class Row:
    """One row: `row["name"]` is the cell without outer spaces, empty where there is none."""

    __slots__ = ("_cells", "_places", "line")

    def __init__(self, line: int, cells: list[str], places: dict[str, int]) -> None:
        self.line = line
        self._cells = cells
        self._places = places

    def __getitem__(self, column: str) -> str:
        place = self._places[column]
        return clean(self._cells[place]) if 0 <= place < len(self._cells) else ""


def clean(cell: str) -> str:
    """A cell without outer or doubled spaces, line breaks and control characters."""
    if cell.isalnum():
        return cell
    if not cell.isprintable():
        cell = "".join(letter if letter.isprintable() else " " for letter in cell)
    return " ".join(cell.split())


def rows(
    source: Source,
    file: str,
    columns: Columns,
    findings: Findings,
    progress: Progress | None = None,
) -> Iterator[Row]:
    """The rows of `file` in order. Raises Refused where the file cannot be read at all.

    A row that cannot be read is refused in `findings` and left out of what is handed on.
    """
    encoding = _encoding(source, file)
    with closing(io.TextIOWrapper(source.open(file), encoding, newline="")) as text:
        lines = _Lines(file, text)
        header, places, delimiter = _header(file, lines, columns)
        table = csv.reader(lines, delimiter=delimiter, strict=True)
        yield from _body(file, table, lines, len(header), places, columns, findings, progress)


def _body(
    file: str,
    table: Iterator[list[str]],
    lines: "_Lines",
    width: int,
    places: dict[str, int],
    columns: Columns,
    findings: Findings,
    progress: Progress | None,
) -> Iterator[Row]:
    needed = max(places[name] for name in columns.required) + 1
    count = 0
    while (cells := _next(file, table, lines)) is not None:
        count += 1
        if progress and count % 5000 == 0:
            progress(file, count)
        if not any(cells):
            continue
        if fault := _misfit(cells, width, needed):
            findings.refuse(file, lines.first, *fault)
        else:
            yield Row(lines.first, cells, places)
    if progress:
        progress(file, count)


def _next(file: str, table: Iterator[list[str]], lines: "_Lines") -> list[str] | None:
    lines.begin()
    try:
        return next(table, None)
    except csv.Error as error:
        what = "a quotation mark opens a cell here and is not closed where the cell ends."
        remedy = "Double every quotation mark inside a quoted cell, and close the last one."
        raise Refused(file, lines.first, what, remedy) from error


def _misfit(cells: list[str], width: int, needed: int) -> tuple[str, str] | None:
    if len(cells) > width and any(cells[width:]):
        what = f"the row has {len(cells)} cells where the header names {width}."
        return what, "Put a cell that contains the separator in quotation marks."
    if len(cells) < needed:
        what = f"the row has {len(cells)} cells where the header names {width}."
        return what, "Write the missing cells, or take the row out."
    if max(map(len, cells)) > MAX_CELL:
        what = f"a cell has more than {MAX_CELL} characters."
        return what, "Look for a quotation mark that was not closed above."
    return None


class _Lines:
    """Physical lines one at a time, with the line on which the current row began."""

    def __init__(self, file: str, text: io.TextIOWrapper) -> None:
        self.file = file
        self.text = text
        self.line = 0
        self.first = 1

    def begin(self) -> None:
        self.first = self.line + 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = self.text.readline(MAX_LINE + 1)
        except UnicodeDecodeError as error:
            what = "a letter here cannot be read."
            raise Refused(self.file, self.line + 1, what, "Save the file as UTF-8.") from error
        except DAMAGE as error:
            raise _damaged(self.file) from error
        if not line:
            raise StopIteration
        if len(line) > MAX_LINE or self.line - self.first >= MAX_LINES_IN_ROW:
            what = "a row begins here that does not end."
            remedy = "Look for a quotation mark that was not closed, or a file without line ends."
            raise Refused(self.file, self.first, what, remedy)
        self.line += 1
        return line


def _header(file: str, lines: _Lines, columns: Columns) -> tuple[list[str], dict[str, int], str]:
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise Refused(
            file, None, "the file is empty.", f"Its first line must name: {_list(columns)}."
        )
    names = {delimiter: _names(file, first, delimiter) for delimiter in DELIMITERS}
    wanted = {_key(name): name for name in columns.all}
    delimiter = max(names, key=lambda d: sum(name in wanted for name in names[d]))
    header = names[delimiter]
    _refuse_bad_header(file, header, wanted, columns)
    return header, {n: header.index(k) if k in header else -1 for k, n in wanted.items()}, delimiter


def _names(file: str, line: str, delimiter: str) -> list[str]:
    try:
        return [_key(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error as error:
        what = "the first line cannot be read as a header."
        raise Refused(file, 1, what, "Write one column name in each cell.") from error


def _refuse_bad_header(
    file: str, header: list[str], wanted: dict[str, str], columns: Columns
) -> None:
    missing = [name for name in columns.required if _key(name) not in header]
    if missing:
        what = f"the header does not name {_list(missing)}."
        remedy = f"The first line must name: {_list(columns)}."
        raise Refused(file, 1, what, remedy)
    for key, name in wanted.items():
        if header.count(key) > 1:
            what = f"the header names {name} more than once."
            raise Refused(file, 1, what, "Keep one column of that name.")


def _list(names: Columns | Sequence[str]) -> str:
    return ", ".join(names.required if isinstance(names, Columns) else names)


def _key(name: str) -> str:
    """A column's name without case, spaces, underscores and hyphens."""
    return "".join(letter for letter in name.casefold() if letter.isalnum() or letter == ".")


def _encoding(source: Source, file: str) -> str:
    """How the file is written: UTF-8 where it is valid, else what an old Windows would write."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    encoding = "utf-8-sig"
    with source.open(file) as raw:
        chunk = _read(file, raw)
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        while chunk:
            if b"\0" in chunk:
                what = "this is not a text file."
                raise Refused(file, None, what, "Export it again as CSV, not as a spreadsheet.")
            if encoding == "utf-8-sig" and not _decodes(decoder, chunk):
                encoding = "cp1252"
            chunk = _read(file, raw)
    return encoding


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _read(file: str, raw: IO[bytes]) -> bytes:
    try:
        return raw.read(CHUNK)
    except DAMAGE as error:
        raise _damaged(file) from error


def _damaged(file: str) -> Refused:
    what = "the file is damaged and cannot be read to its end."
    return Refused(file, None, what, "Export or copy it again.")
