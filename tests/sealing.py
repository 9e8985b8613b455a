"""A device in a test: it marks and seals taps as static/js/seal does."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.base import new_id
from models.envelope import mark
from rules.sealed import as_bytes, as_text
from tests.page import Visitor

Told = dict[str, Any]


def told(visitor: Visitor, device: str = "tablet-1") -> Told:
    """What /sync/key gives a device at sign-in."""
    page = visitor.post("/sync/key", json={"device": device}, headers={"X-Crosswalk": "1"})
    assert page.status == 200, page.text
    return page.response.get_json() | {"device": device}  # type: ignore[no-any-return]


def marked(key: Told, events: Sequence[Any]) -> list[list[str]]:
    """Each event’s text with its mark."""
    texts = [json.dumps(event) for event in events]
    return [[text, as_text(mark(as_bytes(key["key"]), text))] for text in texts]


def seal(key: Told, events: Sequence[Any], **changes: Any) -> dict[str, str]:
    """Events marked with `key` and closed for the school, as their author’s."""
    inside = changes.pop("inside", None) or marked(key, events)
    outside = {
        "id": str(new_id()),
        "key_id": key["seal"]["key_id"],
        "author": key["person"],
        "device": key["device"],
    } | changes
    head = "\n".join(outside[name] for name in ("id", "key_id", "author", "device"))
    once = ec.generate_private_key(ec.SECP256R1())
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), as_bytes(key["seal"]["public_key"])
    )
    epk = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    common = HKDF(SHA256(), 32, epk, b"crosswalk box 1").derive(once.exchange(ec.ECDH(), theirs))
    iv = secrets.token_bytes(12)
    box = AESGCM(common).encrypt(iv, json.dumps(inside).encode(), head.encode())
    return outside | {"epk": as_text(epk), "iv": as_text(iv), "box": as_text(box)}
