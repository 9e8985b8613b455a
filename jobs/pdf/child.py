"""The child of the press: the one door to WeasyPrint, with no network and no files but fonts."""

import contextlib
import json
import os
import resource
import sys
from hashlib import sha256
from pathlib import Path
from typing import IO

from jobs.pdf.press import ABSENT, DONE, FAILED, FULL, HEADER, REFUSED, ROOT

PRINT_CSS = ROOT / "static" / "css" / "print.css"
REMEDY = (
    "The PDF cannot be made on this machine, because Pango is missing. Debian and Ubuntu: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "macOS: brew install pango."
)


def serve(megabytes: int) -> None:
    """Answer documents on standard input until it closes."""
    # Libraries may print: the pipe is kept for answers alone.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit(megabytes)
    try:
        from jobs.pdf.setting import Desk

        desk = Desk(PRINT_CSS.read_text(encoding="utf-8"))
    except OSError:
        _send(answers, ABSENT, REMEDY.encode())
        return
    _send(answers, DONE, b"")
    while head := sys.stdin.buffer.read(HEADER.size):
        _, size = HEADER.unpack(head)
        job = json.loads(sys.stdin.buffer.read(size))
        identifier = sha256(repr(sorted(job.items())).encode()).digest()[:16]
        try:
            _send(answers, DONE, desk.set(identifier=identifier, **job))
        except MemoryError:
            _send(answers, FULL, b"")
            return
        except PermissionError as denied:
            _send(answers, REFUSED, str(denied).encode())
        except Exception as fault:
            # Only the kind: a message may hold what somebody wrote.
            _send(answers, FAILED, type(fault).__name__.encode())


def _limit(megabytes: int) -> None:
    # Not every system enforces this; where it does, a hostile document ends itself.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _send(answers: IO[bytes], kind: bytes, body: bytes) -> None:
    answers.write(HEADER.pack(kind, len(body)) + body)
    answers.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    serve(int(sys.argv[1]))
