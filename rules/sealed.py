"""What a sealed record and a rescue file must look like, said in words for a person."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

LONGEST_BOX = 1024 * 1024
RESCUE = "crosswalk-rescue"
MOST_SEALED = 2000
_FIELDS = ("id", "key_id", "author", "device", "epk", "iv", "box")


class BadSealed(ValueError):
    """Why a sealed record or a rescue file cannot be taken, in one sentence."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed record as it came: who wrote it is a claim until the marks inside are read."""

    id: UUID
    key_id: UUID
    author: UUID
    device: str
    epk: bytes
    iv: bytes
    box: bytes

    @property
    def head(self) -> bytes:
        """What stands on the outside, in the form in which the box vouches for it."""
        return "\n".join((str(self.id), str(self.key_id), str(self.author), self.device)).encode()


@dataclass(frozen=True, slots=True)
class Marked:
    """One event in a box: its text as the device wrote it, and the mark it bears (or none)."""

    text: str
    mark: bytes


def read_sealed(body: object) -> Sealed:
    """Check one sealed record of a batch (shape: `{id, key_id, author, device, epk, iv, box}`).

    Raises BadSealed with one sentence that names the field.
    """
    if not isinstance(body, dict):
        raise BadSealed("A sealed record must be a JSON object.")
    missing = [field for field in _FIELDS if not isinstance(body.get(field), str)]
    if missing:
        raise BadSealed(f"The sealed record has no “{missing[0]}”. It is incomplete.")
    if not 1 <= len(body["device"]) <= 80:
        raise BadSealed("“device” must be words of at most 80 characters.")
    if len(body["box"]) > LONGEST_BOX:
        raise BadSealed("The sealed record is over 1 MiB.")
    return Sealed(
        id=_id(body, "id"),
        key_id=_id(body, "key_id"),
        author=_id(body, "author"),
        device=body["device"].encode("utf-8", "replace").decode(),
        epk=_bytes(body, "epk"),
        iv=_bytes(body, "iv"),
        box=_bytes(body, "box"),
    )


def read_box(content: bytes) -> list[Marked]:
    """What a box holds: `[[text, mark], …]`. Raises BadSealed where it holds something else."""
    try:
        return [Marked(text, as_bytes(mark)) for text, mark in json.loads(content)]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BadSealed("The box holds something else than taps.") from None


def read_rescue_file(content: bytes) -> list[Any]:
    """The sealed records of a rescue file, not yet looked at one by one.

    Raises BadSealed with one sentence: not a rescue file, cut short, of a newer version, empty.
    """
    name = RESCUE.encode()
    if not content.strip():
        raise BadSealed("That file is empty. Save the rescue file again on the device.")
    try:
        held = json.loads(content)
    except (ValueError, RecursionError):
        if content.lstrip()[:1] == b"{" and name in content[:200]:
            raise BadSealed(
                "That rescue file is cut short or damaged. Save it again on the device; "
                "what it holds is still there."
            ) from None
        held = None
    if not isinstance(held, dict) or held.get("file") != RESCUE:
        raise BadSealed(
            "That is not a rescue file of Crosswalk. Choose the file whose name begins with "
            "crosswalk-rescue."
        )
    if held.get("version") != 1:
        raise BadSealed("That rescue file was written by a newer Crosswalk. Update this one first.")
    sealed = held.get("sealed")
    if not isinstance(sealed, list) or not sealed:
        raise BadSealed("That rescue file holds no taps. Nothing was waiting when it was saved.")
    if len(sealed) > MOST_SEALED:
        raise BadSealed(f"That rescue file holds over {MOST_SEALED:,} records. It is not ours.")
    return sealed


def as_text(value: bytes) -> str:
    """Bytes as they travel: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def as_bytes(text: str) -> bytes:
    """The bytes again; ValueError for anything else."""
    raw = text.encode("ascii")
    return base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)


def _id(body: dict[str, Any], field: str) -> UUID:
    try:
        return UUID(body[field])
    except ValueError:
        raise BadSealed(f"“{field}” of the sealed record must be a UUID.") from None


def _bytes(body: dict[str, Any], field: str) -> bytes:
    try:
        return as_bytes(body[field])
    except (ValueError, binascii.Error):
        raise BadSealed(f"“{field}” of the sealed record is damaged.") from None
