"""The press: a child process that sets pages, within limits of time and memory."""

import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
MEGABYTES = 1024
# A child is replaced after so many documents, whatever its libraries may have kept.
DOCUMENTS = 500
SAME = "Nothing is lost: the page shows the same."
HEADER = struct.Struct("!cQ")
DONE, REFUSED, FAILED, FULL, ABSENT = b"d", b"r", b"x", b"f", b"a"
# What the child may know of this process: where programs, libraries and fonts are.
KEPT = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"
)  # fmt: skip


class NoPdf(RuntimeError):
    """There is no PDF; the message says why and what to do, in words for a person."""


class PdfUnavailable(NoPdf):
    """This machine cannot make PDFs; the message says what to install."""


class PdfTooSlow(NoPdf):
    """One document took longer than a document may."""


class PdfTooLarge(NoPdf):
    """One document needed more memory than a document may."""


class PdfFailed(NoPdf):
    """One document met a fault of ours or of the library; the message names its kind."""


class Press:
    """One child process and the lock in front of it.

    `seconds` and `megabytes` limit one document; a child that passes them is ended and the next
    document starts a new one.
    """

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        command: tuple[str, ...] = (sys.executable, "-m", "jobs.pdf.child"),
    ) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._command = command
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._made = 0

    def render(self, html: str, *, lang: str, title: str, author: str = "") -> bytes:
        """Return one document as PDF bytes. Errors as jobs.pdf.render says."""
        if not lang.strip() or not title.strip():
            raise ValueError("A PDF needs a language and a title: say both.")
        job = json.dumps({"html": html, "lang": lang, "title": title, "author": author})
        with self._lock:
            child = self._ready()
            kind, body = self._exchange(child, job.encode())
            self._made += 1
            if kind == FULL or self._made >= DOCUMENTS:
                self._end()
        if kind == DONE:
            return body
        if kind == FULL:
            raise PdfTooLarge(_too_large(self._megabytes))
        if kind == FAILED:
            raise PdfFailed(f"The PDF could not be made ({body.decode()}). {SAME}")
        raise ValueError(body.decode())

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._end()

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None:
            self._end()
            self._child = self._start()
        return self._child

    def _start(self) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [*self._command, str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
        )
        self._child, self._owner, self._made = child, os.getpid(), 0
        try:
            kind, body = self._answer(child, time.monotonic() + SECONDS)
        except NoPdf:
            raise PdfUnavailable(f"The process that makes PDFs does not start. {SAME}") from None
        if kind == ABSENT:
            self._end()
            raise PdfUnavailable(body.decode())
        return child

    def _exchange(self, child: "subprocess.Popen[bytes]", job: bytes) -> tuple[bytes, bytes]:
        assert child.stdin is not None
        deadline = time.monotonic() + self._seconds
        try:
            child.stdin.write(HEADER.pack(DONE, len(job)) + job)
            child.stdin.flush()
        except BrokenPipeError:
            self._end()
            raise PdfTooLarge(_too_large(self._megabytes)) from None
        return self._answer(child, deadline)

    def _answer(self, child: "subprocess.Popen[bytes]", deadline: float) -> tuple[bytes, bytes]:
        assert child.stdout is not None
        try:
            kind, size = HEADER.unpack(_read(child.stdout, HEADER.size, deadline))
            return kind, _read(child.stdout, size, deadline)
        except TimeoutError:
            self._end()
            raise PdfTooSlow(_too_slow(self._seconds)) from None
        except EOFError:
            self._end()
            raise PdfTooLarge(_too_large(self._megabytes)) from None

    def _end(self) -> None:
        child, self._child = self._child, None
        # After a fork the child still belongs to the first process: leave it alone.
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _read(stream: IO[bytes], size: int, deadline: float) -> bytes:
    """Return exactly so many bytes; TimeoutError past the deadline, EOFError at a closed pipe."""
    taken = bytearray()
    with selectors.DefaultSelector() as watch:
        watch.register(stream, selectors.EVENT_READ)
        while len(taken) < size:
            if not watch.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            piece = os.read(stream.fileno(), min(size - len(taken), 1 << 16))
            if not piece:
                raise EOFError
            taken += piece
    return bytes(taken)


def _too_slow(seconds: float) -> str:
    return f"The PDF took more than {seconds:g} s. {SAME}"


def _too_large(megabytes: int) -> str:
    return f"The PDF needed more than {megabytes} MB. {SAME}"
