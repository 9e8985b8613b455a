"""Hostile files get one clear sentence, quickly, in little memory, and change nothing."""

import struct
import time
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from interchange import bundle, oneroster
from tests.interchange.bundles import district
from tests.interchange.test_oneroster import only_refusal

MIB = 1024 * 1024
Write = Callable[[zipfile.ZipFile], None]


def made(path: Path, write: Write) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # duplicate names are meant
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            write(archive)
    return path


def named(*names: str) -> Write:
    def write(archive: zipfile.ZipFile) -> None:
        for name in names:
            archive.writestr(name, "a,b\n")

    return write


HOSTILE: dict[str, tuple[Write, str]] = {
    "a bomb": (
        lambda archive: archive.writestr("users.csv", b"a" * 30 * MIB),
        "“users.csv” in it unpacks to over 100 times its size.",
    ),
    "a bomb under another name": (
        lambda archive: archive.writestr("photo.jpg", b"a" * 30 * MIB),
        "“photo.jpg” in it unpacks to over 100 times its size.",
    ),
    "too many files": (
        named(*(f"{number}.csv" for number in range(201))),
        "it holds more than 200 files.",
    ),
    "a path upwards": (
        named("../users.csv"),
        "the zip holds “../users.csv”, a name that points outside the zip.",
    ),
    "a path from the root": (
        named("/etc/users.csv"),
        "the zip holds “/etc/users.csv”, a name that points outside the zip.",
    ),
    "a path with backslashes": (
        named("a\\..\\..\\users.csv"),
        "a name that points outside the zip.",
    ),
    "a drive": (named("C:users.csv"), "a name that points outside the zip."),
    "a name twice": (named("users.csv", "users.csv"), "it holds “users.csv” more than once."),
    "a name in two cases": (named("users.csv", "Users.csv"), "“users.csv” more than once."),
    "files in several folders": (
        named("a/users.csv", "b/orgs.csv"),
        "the zip holds CSV files in several folders.",
    ),
    "folders in folders": (named("a/b/users.csv"), "the zip holds CSV files in several folders."),
    "nothing": (named(), "manifest.csv is not there"),
    "another packing": (
        lambda archive: archive.writestr("users.csv", "a,b\n", zipfile.ZIP_LZMA),
        "“users.csv” in it is packed in a way that is not read here.",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_zip_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    write, said = HOSTILE[case]
    assert said in only_refusal(oneroster.read(made(tmp_path / "hostile.zip", write)))


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "locked.zip", named("users.csv"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert only_refusal(oneroster.read(path)) == (
        "locked.zip: “users.csv” in it is locked with a password."
        " Make the zip again without a password."
    )


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", b"PK\5\6" + b"\0" * 17, b"\0" * 5000])
def test_what_is_not_a_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "not.zip").write_bytes(data)
    assert only_refusal(oneroster.read(tmp_path / "not.zip")) == (
        "not.zip: this is not a zip that can be opened."
        " Send the zip as it was exported, or the folder."
    )


def test_a_zip_cut_short_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = district().zip(tmp_path / "whole.zip").read_bytes()
    (tmp_path / "short.zip").write_bytes(whole[: len(whole) // 2])
    assert "not a zip that can be opened" in only_refusal(oneroster.read(tmp_path / "short.zip"))
    spoiled = bytearray(whole)
    start = whole.index(b"users.csv") + 60
    spoiled[start : start + 40] = b"\x55" * 40
    (tmp_path / "spoiled.zip").write_bytes(spoiled)
    assert "users.csv: the file is damaged" in only_refusal(
        oneroster.read(tmp_path / "spoiled.zip")
    )


def test_a_zip_whose_table_of_contents_is_huge_is_refused_before_it_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "directory.zip"
    size = 200 * MIB
    with path.open("wb") as file:
        file.truncate(size)
        file.seek(size)
        file.write(struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, size, 0, 0))
    assert "it holds more than 200 files." in only_refusal(oneroster.read(path))


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    assert "there is no such file or folder." in only_refusal(oneroster.read(tmp_path / "no.zip"))


def test_files_over_the_limit_are_refused_before_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = district().folder(tmp_path / "b")
    monkeypatch.setattr(bundle, "MAX_FILE", 2000)
    assert "2000" not in only_refusal(oneroster.read(folder))
    monkeypatch.setattr(bundle, "MAX_FILE", bundle.MAX_TOTAL)
    monkeypatch.setattr(bundle, "MAX_TOTAL", 2000)
    assert "files have 0 MiB together" in only_refusal(oneroster.read(folder))


ENDLESS = {
    "a cell that never closes": b'sourcedId,name,type\n1,"' + b"a\n" * 10 * MIB,
    "a line that never ends": b"sourcedId,name,type\n" + b"a" * 20 * MIB,
    "a header that never ends": b"a," * 10 * MIB,
    "a letter that is none": b"sourcedId,name,type\n1,\x81,school\n",
    "zeros": b"\0" * 20 * MIB,
    "a spreadsheet": b"PK\3\4\0\0",
    "an open quotation mark at the end": b'sourcedId,name,type\n1,"a,school\n',
    "nothing at all": b"",
    "only line ends": b"\n" * 5 * MIB,
    "only separators": b"sourcedId,name,type\n" + b",,,,,,,\n" * (MIB // 4),
    "nothing but faults": b"sourcedId,name,type\n" + b"a,b,c,d\n" * MIB,
}


@pytest.mark.parametrize("case", ENDLESS)
def test_a_hostile_file_is_done_with_at_once_in_little_memory(tmp_path: Path, case: str) -> None:
    folder = district().folder(tmp_path / "b")
    (folder / "orgs.csv").write_bytes(ENDLESS[case])
    began = time.process_time()
    roster = oneroster.read(folder)
    took = time.process_time() - began
    assert roster.refused >= 1
    assert all(refusal.file for refusal in roster.refusals)
    assert took < 2, f"{took:.1f} s"


def test_a_file_that_never_ends_a_row_needs_little_memory(tmp_path: Path) -> None:
    folder = district().folder(tmp_path / "b")
    (folder / "orgs.csv").write_bytes(ENDLESS["a line that never ends"])
    tracemalloc.start()
    oneroster.read(folder)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MIB
