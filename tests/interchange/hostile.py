"""Files made to do harm to whoever reads them as a framework, each small enough to send."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable

from interchange.workbook import Sheet, write_workbook
from tests.rubric import rows, workbook
from tests.walk import AT

MIB = 1024 * 1024
SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
ITEM = "00000000-0000-4000-8000-00000000000"


def repacked(part: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """The sixty-row workbook with one part exchanged, or one more."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for info in good.infolist():
            if info.filename != part:
                bad.writestr(info.filename, good.read(info))
        before = good.read(part) if part in good.namelist() else b""
        bad.writestr(part, content(before) if callable(content) else content)
    return file.getvalue()


def sheet(rows_of_it: str, head: str = "") -> bytes:
    """A workbook whose first sheet is this XML."""
    text = f"<?xml version='1.0'?>{head}<worksheet {SPACE}><sheetData>{rows_of_it}</sheetData>"
    return repacked(SHEET, f"{text}</worksheet>".encode())


def locked() -> bytes:
    """A zip whose parts claim to be locked with a password."""
    data = bytearray(workbook())
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        flags = struct.unpack_from("<H", data, at + 8)[0]
        struct.pack_into("<H", data, at + 8, flags | 1)
        at += 4
    return bytes(data)


def plain_zip() -> bytes:
    """A zip with a rubric inside that is no workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("rubric.csv", "Code,Name\n1,Planning\n")
    return file.getvalue()


def entities() -> str:
    """Nine entities that would grow to a thousand million letters."""
    names = "abcdefghi"
    lines = ['<!ENTITY a "lol">']
    for this, before in zip(names[1:], names, strict=False):
        lines.append(f'<!ENTITY {this} "{f"&{before};" * 10}">')
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def package(items: str = "", more: str = "") -> bytes:
    """A CASE package with these items, as text so that it can be wrong in any way."""
    document = f'{{"identifier": "{ITEM}0", "title": "Hostile"{more}}}'
    one = f'{{"identifier": "{ITEM}1", "fullStatement": "One"}}'
    return f'{{"CFDocument": {document}, "CFItems": [{items or one}]}}'.encode()


def ring(count: int) -> bytes:
    """Items that stand under each other in one great circle."""
    names = [f"00000000-0000-4000-8000-{at:012d}" for at in range(1, count + 1)]
    return json.dumps(
        {
            "CFDocument": {"identifier": ITEM + "0", "title": "Ring"},
            "CFItems": [{"identifier": each, "fullStatement": each} for each in names],
            "CFAssociations": [
                {
                    "associationType": "isChildOf",
                    "originNodeURI": each,
                    "destinationNodeURI": names[at - 1],
                }
                for at, each in enumerate(names)
            ],
        }
    ).encode()


def many(count: int) -> list[list[str]]:
    """A sheet of so many components."""
    return [["Code", "Name"], *([str(at), f"Part {at}"] for at in range(count))]


def lines(count: int) -> bytes:
    """The same as CSV."""
    return "".join(f"{code},{name}\n" for code, name in many(count)).encode()


def wide(cells: int) -> str:
    """One row of so many cells."""
    return f'<row r="1">{"<c><v>1</v></c>" * cells}</row>'


STYLES = b"<xf numFmtId='0'/>"

# file name -> (content, what its first sentence must say)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero.xlsx": (lambda: b"", "The file is empty"),
    "spaces.csv": (lambda: b" \r\n" * 1000, "The file is empty"),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "This is a picture"),
    "picture.csv": (lambda: b"\xff\xd8\xff\xe0" + b"\0" * 500, "This is a picture"),
    "paper.xlsx": (lambda: b"%PDF-1.7\n" + b"x" * 500, "This is a PDF"),
    "old-or-locked.xlsx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
        "locked with a password, or in the old format",
    ),
    "locked-zip.xlsx": (locked, "locked with a password"),
    "plain-zip.xlsx": (plain_zip, "The file is a zip and no workbook"),
    "half.xlsx": (lambda: workbook()[:3000], "damaged"),
    "zeros.xlsx": (lambda: b"PK\3\4" + b"\0" * 100_000, "damaged"),
    "huge.xlsx": (lambda: b"PK\3\4" + b"\0" * (13 * MIB), "larger than 12 MiB"),
    "bomb.xlsx": (lambda: repacked(SHEET, b"<a/>" + b" " * (200 * MIB)), "unpacks to far more"),
    "bomb-of-words.xlsx": (
        lambda: repacked(
            "xl/sharedStrings.xml",
            f"<sst {SPACE}>".encode() + b"<si><t>a</t></si>" * 450_000 + b"</sst>",
        ),
        "unpacks to far more",
    ),
    "bomb-of-styles.xlsx": (
        lambda: repacked("xl/styles.xml", lambda old: old.replace(b"<cellXfs", STYLES * 60_000, 1)),
        "unpacks to far more",
    ),
    "many-parts.xlsx": (
        lambda: write_workbook([Sheet(f"S{at}", rows()[:2]) for at in range(420)], at=AT),
        "more than 400 parts",
    ),
    "last-row.xlsx": (
        lambda: sheet('<row r="1000000000"><c><v>1</v></c></row>'),
        "The sheet is empty",
    ),
    "many-rows.xlsx": (lambda: write_workbook([Sheet("S", many(30_000))], at=AT), "10,000 rows"),
    "hundred-thousand.csv": (lambda: lines(100_000), "more than 10,000 rows"),
    "nine-thousand.csv": (lambda: lines(9_000), "9,000 components, and 8,000 is the most"),
    "one-wide-row.xlsx": (lambda: sheet(wide(65_000)), "No column is headed “Name”"),
    "deep-xml.xlsx": (
        lambda: sheet('<row r="1">' + "<x>" * 90_000 + "</x>" * 90_000 + "</row>"),
        "",
    ),
    "entities.xlsx": (lambda: sheet(wide(1), entities()), "that no spreadsheet program writes"),
    "outside-entity.xlsx": (
        lambda: sheet(wide(1), '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "that no spreadsheet program writes",
    ),
    "deep.json": (lambda: b"[" * 100_000 + b"]" * 100_000, "nested more than 24 levels deep"),
    "deep-objects.json": (lambda: b'{"a":' * 50_000, "nested more than 24 levels deep"),
    "rather-deep.json": (
        lambda: package(more=', "x": ' + "[" * 60 + "]" * 60),
        "nested more than 24 levels deep",
    ),
    "many-lists.json": (lambda: b"[" + b"[]," * 3_000_000 + b"[]]", "more values than any"),
    "many-commas.json": (lambda: b'{"a": [' + b"1," * 5_000_000 + b"1]}", "more values than any"),
    "too-large.json": (lambda: b'{"a": "' + b"x" * (13 * MIB) + b'"}', "larger than 12 MiB"),
    "digits.json": (lambda: package(more=f', "x": {"9" * 100_000}'), "not a number that can"),
    "infinite.json": (lambda: package(more=', "x": 1e999'), "not a number that can be kept"),
    "not-a-number.json": (lambda: package(more=', "x": NaN'), "“NaN” is not a number"),
    "twice.json": (lambda: package(more=', "title": "Other"'), "“title” is written twice"),
    "half-a-letter.json": (lambda: package(more=r', "notes": "\ud800"'), "half of a letter"),
    "a-zero.json": (lambda: package(more=r', "notes": "a\u0000b"'), "half of a letter, or a zero"),
    "half-a-file.json": (lambda: package()[:60], "stops being JSON here"),
    "ring.json": (lambda: ring(6_000), "stands under itself"),
    "no-name.json": (lambda: package("{}"), "The item has no identifier"),
    "aliases.yaml": (
        lambda: b"a: &a [x, x]\n" + b"".join(b"b%d: [*a, *a]\n" % at for at in range(20)),
        "aliases",
    ),
    "deep.yaml": (lambda: b"[" * 1_000_000, "nested more than 12 levels deep"),
    "command.yaml": (lambda: b'!!python/object/apply:os.system ["true"]\n', "The tag"),
    "open-quote.csv": (lambda: b'Code,Name\n1,"' + b"x" * MIB, "quotation mark"),
    "zeros.csv": (lambda: b"Code,Name\n1,a\0b\n", "This is no text file"),
    "one-line.csv": (lambda: b"x," * 2_000_000, "No column is headed “Name”"),
    "circle.csv": (
        lambda: (
            b"Code,Name,Parent\n"
            + b"".join(b"%d,n,%d\n" % (n, (n + 1) % 5000) for n in range(5000))
        ),
        "stands under itself",
    ),
}
