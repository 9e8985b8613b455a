"""The faces of a page: Noto Sans and Noto Serif, cut once per process from their pip packages."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from cffi import FFI  # type: ignore[import-untyped]

SANS, SERIF = "Paper Sans", "Paper Serif"
CUTS = (
    (SANS, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "normal", 400),
    (SANS, "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "normal", 700),
    (SERIF, "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", "normal", 400),
    (SERIF, "fontpkg_noto_serif", "NotoSerif-Italic[wdth,wght].ttf", "italic", 400),
)
# Every script these two families write, punctuation and symbols included.
LAST_CHARACTER = 0x2FFF
NAMES = ("libharfbuzz{}.so.0", "libharfbuzz{}.0.dylib", "libharfbuzz{}-0.dll")
DECLARED = """
typedef struct hb_blob_t hb_blob_t;
typedef struct hb_face_t hb_face_t;
typedef struct hb_set_t hb_set_t;
typedef struct hb_subset_input_t hb_subset_input_t;
hb_blob_t *hb_blob_create(const char *, unsigned int, int, void *, void *);
const char *hb_blob_get_data(hb_blob_t *, unsigned int *);
void hb_blob_destroy(hb_blob_t *);
hb_face_t *hb_face_create(hb_blob_t *, unsigned int);
hb_blob_t *hb_face_reference_blob(hb_face_t *);
void hb_face_destroy(hb_face_t *);
void hb_set_add_range(hb_set_t *, uint32_t, uint32_t);
hb_subset_input_t *hb_subset_input_create_or_fail(void);
hb_set_t *hb_subset_input_unicode_set(hb_subset_input_t *);
int hb_subset_input_pin_axis_location(hb_subset_input_t *, hb_face_t *, uint32_t, float);
void hb_subset_input_destroy(hb_subset_input_t *);
hb_face_t *hb_subset_or_fail(hb_face_t *, const hb_subset_input_t *);
"""


@dataclass(frozen=True)
class Face:
    """One face: the address the style sheet knows it by, its bytes, and its @font-face rule."""

    url: str
    data: bytes
    rule: str


def faces() -> tuple[Face, ...]:
    """Return the four faces our pages use, as fixed fonts where HarfBuzz can cut them.

    The packages hold variable fonts. Those would do, but the library would then work each one
    out anew for every document (about half its time) and stamp it with the hour, so that equal
    input would not give equal bytes. An older HarfBuzz cannot cut: then the variable font stays.
    """
    return tuple(_faces())


def _faces() -> Iterator[Face]:
    for family, package, name, style, weight in CUTS:
        data = (files(package) / "files" / name).read_bytes()
        with suppress(OSError, AttributeError):
            data = _cut(data, weight) or data
        url = f"face:{family.replace(' ', '-')}-{style}-{weight}".lower()
        rule = (
            f'@font-face {{ font-family: "{family}"; font-style: {style}; '
            f'font-weight: {weight}; src: url("{url}") }}'
        )
        yield Face(url, data, rule)


def _cut(data: bytes, weight: int) -> bytes | None:
    """Return the variable font fixed at one weight and normal width, or None where it cannot be."""
    ffi = FFI()
    ffi.cdef(DECLARED)
    basic, subset = _open(ffi, ""), _open(ffi, "-subset")
    held = ffi.from_buffer(data)
    blob = basic.hb_blob_create(held, len(data), 1, ffi.NULL, ffi.NULL)
    face = basic.hb_face_create(blob, 0)
    wanted = subset.hb_subset_input_create_or_fail()
    basic.hb_set_add_range(subset.hb_subset_input_unicode_set(wanted), 0x20, LAST_CHARACTER)
    for axis, value in (("wght", weight), ("wdth", 100)):
        tag = int.from_bytes(axis.encode(), "big")
        subset.hb_subset_input_pin_axis_location(wanted, face, tag, value)
    cut = subset.hb_subset_or_fail(face, wanted)
    made = _bytes(ffi, basic, cut) if cut != ffi.NULL else None
    subset.hb_subset_input_destroy(wanted)
    basic.hb_face_destroy(face)
    basic.hb_blob_destroy(blob)
    return made


def _bytes(ffi: FFI, basic: Any, face: Any) -> bytes:
    blob = basic.hb_face_reference_blob(face)
    size = ffi.new("unsigned int *")
    made = bytes(ffi.buffer(basic.hb_blob_get_data(blob, size), size[0]))
    basic.hb_blob_destroy(blob)
    basic.hb_face_destroy(face)
    return made


def _open(ffi: FFI, part: str) -> Any:
    for name in NAMES:
        with suppress(OSError):
            return ffi.dlopen(name.format(part))
    raise OSError(f"libharfbuzz{part} not found")
