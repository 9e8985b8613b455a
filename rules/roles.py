"""May this role do this? One table; which rows is `visible_to` in models/."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What somebody is, at one school or in the whole district."""

    TEACHER = "teacher"
    OBSERVER = "observer"
    COACH = "coach"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


ROLE_WORDS = {
    Role.TEACHER: "Teacher",
    Role.OBSERVER: "Observer",
    Role.COACH: "Coach",
    Role.LEAD: "District lead",
    Role.ADMINISTRATOR: "Administrator",
}

DISTRICT_WIDE = frozenset({Role.LEAD, Role.ADMINISTRATOR})
"""Roles held in the district; the others are held at a school."""

_T, _O, _C, _L, _A = (
    Role.TEACHER,
    Role.OBSERVER,
    Role.COACH,
    Role.LEAD,
    Role.ADMINISTRATOR,
)
EVERYBODY = frozenset(Role)
_VISITORS = frozenset({_O, _C})

MAY: dict[str, frozenset[Role]] = {
    "see-today": EVERYBODY,
    "manage-own-account": EVERYBODY,
    "read-framework": EVERYBODY,
    "export-framework": frozenset({_O, _C, _L, _A}),
    "edit-framework": frozenset({_L, _A}),
    "write-look-fors": frozenset({_C, _L, _A}),
    "publish-look-fors": frozenset({_L, _A}),
    "align-look-fors": frozenset({_C, _L, _A}),
    "take-stance": frozenset({_O, _C, _L, _A}),
    "choose-focus": frozenset({_O, _C, _L}),
    "write-communication": frozenset({_L, _A}),
    "capture": _VISITORS,
    "carry": EVERYBODY,
    "repair": EVERYBODY,
    "see-walkthroughs": frozenset({_T, _O, _C}),
    "write-feedback": _VISITORS,
    "share-feedback": _VISITORS,
    "retract-walkthrough": _VISITORS,
    "read-feedback": frozenset({_T, _O, _C}),
    "answer-feedback": frozenset({_T}),
    "make-self-view": frozenset({_T}),
    "read-self-view": frozenset({_T, _O, _C}),
    "make-voice-sheet": frozenset({_T}),
    "see-voice": frozenset({_T, _O, _C}),
    "see-plans": frozenset({_T, _O, _C}),
    "plan-visit": _VISITORS,
    "make-wish": frozenset({_T}),
    "gather-feedback": frozenset({_T, _O, _C}),
    "set-district-ways": frozenset({_A}),
    "see-trends": frozenset({_O, _C, _L}),
    "see-coverage": _VISITORS,
    "see-coaching": frozenset({_T, _C}),
    "keep-coaching": frozenset({_T, _C}),
    "coach": frozenset({_C}),
    "agree-to-coaching": frozenset({_T}),
    "move-phase": frozenset({_T}),
    "see-steps": frozenset({_T, _O, _C}),
    "adjust-step": frozenset({_T, _O, _C}),
    "close-step": _VISITORS,
    "try-step": frozenset({_T}),
    "see-room-codes": frozenset({_O, _C, _A}),
    "make-room-codes": frozenset({_O, _A}),
    "see-people": frozenset({_O, _C, _L, _A}),
    "invite-people": frozenset({_A}),
    "change-roles": frozenset({_A}),
}
"""Verb → the roles that may. A route names its verb; a role missing here may not."""

PURPOSES_OF = {
    Role.OBSERVER: ("walkthrough", "evaluation"),
    Role.COACH: ("coaching", "walkthrough"),
}
"""Why somebody of this role may visit; only a coach starts a coaching walk."""


def may(roles: Iterable[Role], verb: str) -> bool:
    """Whether anybody holding `roles` may do `verb` (KeyError for an unknown verb)."""
    return not MAY[verb].isdisjoint(roles)
