"""Look-fors and their sets: a draft is edited, a published set is superseded and never edited."""

from models.look_for.look_for import WORDS, LookFor
from models.look_for.look_for_set import LookForSet
from models.look_for.ties import (
    Standing,
    alignable_by,
    aligned_to,
    known,
    look_for_keys,
    look_for_views,
    standings,
)

__all__ = [
    "WORDS",
    "LookFor",
    "LookForSet",
    "Standing",
    "alignable_by",
    "aligned_to",
    "known",
    "look_for_keys",
    "look_for_views",
    "standings",
]
