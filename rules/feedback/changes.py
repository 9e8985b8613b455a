"""What a correction changed: the words of one version beside those of the version before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

SLOTS = {
    "strength": "What was strong",
    "discourse": "Talk about the content",
    "step": "One next step",
    "question": "A question to think about",
}


@dataclass(frozen=True)
class Change:
    """One sentence that differs; an empty side means that it was added or taken out."""

    heading: str
    was: str
    now: str


def changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[Change, ...]:
    """Return what differs between two versions' sentences, in the order of the letter.

    A sentence is a mapping with `slot` and `text`. Sentences that only moved are no change.
    """
    found = []
    for slot, heading in SLOTS.items():
        old, new = _texts(before, slot), _texts(after, slot)
        gone = [text for text in old if text not in new]
        come = [text for text in new if text not in old]
        found += [Change(heading, *pair) for pair in zip_longest(gone, come, fillvalue="")]
    return tuple(found)


def _texts(sentences: Sequence[Mapping[str, Any]], slot: str) -> list[str]:
    return [str(one["text"]).strip() for one in sentences if one["slot"] == slot]
