"""A folder or zip of files that somebody else made: opened without trusting any of it."""

import os
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from interchange.findings import Refused, quoted

MIB = 1024 * 1024
MAX_FILE = 256 * MIB  # one file, unpacked
MAX_TOTAL = 512 * MIB  # all of them, unpacked
MAX_FILES = 200
MAX_DIRECTORY = 1 * MIB  # a zip's own table of contents
MAX_RATIO = 100  # rosters pack three to twenty times smaller
RATIO_MATTERS = 1 * MIB  # tiny files of one repeated letter harm nobody
EXPORT_AGAIN = "Export it again from your student information system."


class Bundle:
    """The files of a folder or a zip by lower-case name; nothing is ever unpacked to disk."""

    def __init__(self, name: str, sizes: dict[str, int]) -> None:
        self.name = name
        self.sizes = sizes

    def __contains__(self, file: str) -> bool:
        return file.lower() in self.sizes

    def open(self, file: str) -> IO[bytes]:
        raise NotImplementedError


class Folder(Bundle):
    def __init__(self, path: Path) -> None:
        self.paths = {p.name.lower(): p for p in _csv_files(path)}
        super().__init__(path.name, {name: p.stat().st_size for name, p in self.paths.items()})

    def open(self, file: str) -> IO[bytes]:
        return self.paths[file.lower()].open("rb")


class Zip(Bundle):
    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members = _members(name, archive)
        super().__init__(name, {key: info.file_size for key, info in self.members.items()})

    def open(self, file: str) -> IO[bytes]:
        return self.archive.open(self.members[file.lower()])


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The bundle at `path`, a folder or a zip. Raises Refused where it is neither, or unsafe."""
    if path.is_dir():
        yield _within_limits(Folder(path))
    elif not path.is_file():
        raise Refused(str(path), None, "there is no such file or folder.", "Check the path.")
    else:
        _check_directory(path)
        with _archive(path) as archive:
            yield _within_limits(Zip(path.name, archive))


def _csv_files(folder: Path) -> list[Path]:
    found = []
    for entry in os.scandir(folder):
        if entry.name.lower().endswith(".csv") and entry.is_file():
            found.append(Path(entry.path))
            if len(found) > MAX_FILES:
                raise _too_many(folder.name)
    _refuse_twins(folder.name, [p.name.lower() for p in found])
    return sorted(found)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise _not_a_zip(path) from error
    with archive:
        yield archive


def _check_directory(path: Path) -> None:
    """Look at the size of a zip's table of contents before anything reads it into memory."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(-min(file.tell(), 65557), os.SEEK_END)
        tail = file.read()
    start = len(tail) - 22
    if start < 0 or not (tail[start : start + 4] == b"PK\5\6" and tail.endswith(b"\0\0")):
        start = tail.rfind(b"PK\5\6")
    record = tail[start : start + 22]
    if start < 0 or len(record) < 22:
        raise _not_a_zip(path)
    entries, size = struct.unpack("<HL", record[10:16])
    if size > MAX_DIRECTORY or entries > MAX_FILES:
        raise _too_many(path.name)


def _members(name: str, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MAX_FILES:
        raise _too_many(name)
    for info in infos:
        _check_member(name, info)
    wanted = [info for info in infos if _is_wanted(info.filename)]
    _refuse_folders(name, wanted)
    _refuse_twins(name, [PurePosixPath(info.filename).name.lower() for info in wanted])
    return {PurePosixPath(info.filename).name.lower(): info for info in wanted}


def _is_wanted(filename: str) -> bool:
    # Macs add a shadow of every file to the zips they make.
    parts = PurePosixPath(filename).parts
    return filename.lower().endswith(".csv") and "__MACOSX" not in parts


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in info.filename:
        what = f"the zip holds {quoted(info.filename)}, a name that points outside the zip."
        raise Refused(name, None, what, EXPORT_AGAIN)
    if info.flag_bits & 0x1:
        what = f"{quoted(info.filename)} in it is locked with a password."
        raise Refused(name, None, what, "Make the zip again without a password.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        what = f"{quoted(info.filename)} in it is packed in a way that is not read here."
        raise Refused(name, None, what, "Make an ordinary zip (“deflate”).")
    if info.file_size > RATIO_MATTERS and info.file_size > MAX_RATIO * info.compress_size:
        what = f"{quoted(info.filename)} in it unpacks to over {MAX_RATIO} times its size."
        raise Refused(name, None, what, EXPORT_AGAIN)


def _refuse_folders(name: str, infos: list[zipfile.ZipInfo]) -> None:
    """One folder around all the files is common and harmless; files in several are ambiguous."""
    folders = {PurePosixPath(info.filename).parent for info in infos}
    if len(folders) > 1 or any(len(folder.parts) > 1 for folder in folders):
        what = "the zip holds CSV files in several folders."
        raise Refused(name, None, what, "Put the CSV files of one export at the top of the zip.")


def _refuse_twins(name: str, files: list[str]) -> None:
    for file in files:
        if files.count(file) > 1:
            what = f"it holds {quoted(file)} more than once."
            raise Refused(name, None, what, "Keep the newer one.")


def _within_limits(bundle: Bundle) -> Bundle:
    for file, size in bundle.sizes.items():
        if size > MAX_FILE:
            what = f"the file has {size // MIB} MiB, and {MAX_FILE // MIB} MiB is the most."
            raise Refused(file, None, what, "Export one district at a time.")
    total = sum(bundle.sizes.values())
    if total > MAX_TOTAL:
        what = (
            f"its files have {total // MIB} MiB together, and {MAX_TOTAL // MIB} MiB is the most."
        )
        raise Refused(bundle.name, None, what, "Export one district at a time.")
    return bundle


def _too_many(name: str) -> Refused:
    what = f"it holds more than {MAX_FILES} files."
    return Refused(name, None, what, "A OneRoster bundle has fewer than twenty CSV files.")


def _not_a_zip(path: Path) -> Refused:
    what = "this is not a zip that can be opened."
    return Refused(path.name, None, what, "Send the zip as it was exported, or the folder.")
