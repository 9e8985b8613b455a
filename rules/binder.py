"""Names of files in a binder: safe on every system, and none of them a student's."""

import unicodedata
from datetime import date

FORBIDDEN = set('<>:"/\\|?*')
LONGEST = 100


def name_of(day: date, teacher: str, about: str) -> str:
    """“2026-10-13 Okafor, Math 7.pdf”: the day sorts, the rest says whose room it was.

    It begins with a digit, so it is none of the names that Windows keeps for itself.
    """
    words = ", ".join(part for part in (_clean(teacher), _clean(about)) if part) or "feedback"
    return f"{f'{day.isoformat()} {words}'[:LONGEST].strip(' .')}.pdf"


def _clean(words: str) -> str:
    """Without letters that Windows, macOS or Linux do not take in a name."""
    kept = "".join(
        " " if letter in FORBIDDEN or unicodedata.category(letter)[0] in "CZ" else letter
        for letter in unicodedata.normalize("NFC", words)
    )
    return " ".join(kept.split()).strip(" .")


def unlike(name: str, taken: set[str]) -> str:
    """`name`, or with a number where another file has it already; remembers what it gave."""
    stem, number = name.removesuffix(".pdf"), 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}).pdf"
    taken.add(name.casefold())
    return name
