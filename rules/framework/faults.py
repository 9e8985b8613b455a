"""What is wrong in a file of the shelf: where, what, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 100


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one file; line and column count from 1, as editors do.

    `what` has no full stop, `remedy` is a whole sentence.
    """

    file: str
    line: int
    column: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.what}. {self.remedy}"


class Faults(ValueError):
    """Raised when a file cannot be taken as it stands; carries every fault found, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(in_order(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults of one file from top to bottom, each once, at most a hundred and then a count."""
    found = sorted(set(faults))
    if len(found) <= MOST_SHOWN:
        return found
    last = found[MOST_SHOWN - 1]
    rest = len(found) - MOST_SHOWN
    note = Fault(
        last.file,
        last.line,
        last.column,
        f"{rest} more faults follow",
        "Mend the ones above and check the file again.",
    )
    return [*found[:MOST_SHOWN], note]


def quoted(text: str, most: int = 40) -> str:
    """Somebody else's text inside a sentence of ours: short, printable, in quotation marks."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[: most + 1])
    return f"“{shown[:most]}…”" if len(shown) > most else f"“{shown}”"
