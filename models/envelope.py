"""The door to cryptography: boxes that devices seal to the school, and the marks of authors.

A box is closed on a device and opened here: ECDH on P-256 with a pair made for this one box,
HKDF-SHA-256, AES-256-GCM. A mark is HMAC-SHA-256 by a key that one person has on one device.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
BOX = b"crosswalk box 1"
LOCK = b"crosswalk lock 1"
MARK = b"crosswalk mark 1"
IV_BYTES = 12


class Broken(ValueError):
    """It cannot be opened: damaged, changed, or closed for another key."""


def new_pair() -> tuple[bytes, bytes]:
    """A private number of 32 bytes, and the public point as browsers take it: raw, 65 bytes."""
    private = ec.generate_private_key(CURVE)
    return private.private_numbers().private_value.to_bytes(32), _raw(private.public_key())


def open_box(private: bytes, *, epk: bytes, iv: bytes, box: bytes, head: bytes) -> bytes:
    """What a device closed to this pair; `head` is what stood on the outside, unchanged."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, epk)
        ours = ec.derive_private_key(int.from_bytes(private), CURVE)
        key = _derived(ours.exchange(ec.ECDH(), theirs), BOX, salt=epk)
        return AESGCM(key).decrypt(iv, box, head)
    except (ValueError, InvalidTag) as error:
        raise Broken from error


def lock(private: bytes, secret: str, *, name: bytes) -> bytes:
    """A private key as the database keeps it: of no use without the instance’s secret."""
    iv = secrets.token_bytes(IV_BYTES)
    return iv + AESGCM(_derived(secret.encode(), LOCK)).encrypt(iv, private, name)


def unlock(locked: bytes, secret: str, *, name: bytes) -> bytes:
    """The private key again; Broken where the secret is another."""
    try:
        iv, box = locked[:IV_BYTES], locked[IV_BYTES:]
        return AESGCM(_derived(secret.encode(), LOCK)).decrypt(iv, box, name)
    except InvalidTag as error:
        raise Broken from error


def mark_key(secret: str, *, person: bytes, device: str) -> bytes:
    """The key by which one person’s taps on one device are marked; worked out, never stored."""
    return _derived(secret.encode(), b"|".join((MARK, person, device.encode())))


def mark(key: bytes, text: str) -> bytes:
    """The mark on one event, over its text exactly as the device wrote it."""
    return hmac.digest(key, text.encode(), "sha256")


def bears(key: bytes, text: str, found: bytes) -> bool:
    """Whether a text bears the mark of this key."""
    return hmac.compare_digest(mark(key, text), found)


def _raw(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, use: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), 32, salt, use).derive(secret)
