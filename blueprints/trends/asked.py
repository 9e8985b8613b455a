"""What the address of a page of trends asks for: each value is one of a list, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request

from blueprints.kit.errors import refuse
from models.trends.reading import Published
from models.trends.rooms import Rooms
from rules.trends import months_of, period_title, term_of
from rules.trends.heat import ROW_BY_ROW

FILTERS = tuple(name for name in ROW_BY_ROW if name != "month")
"""What visits can be narrowed to; months come by the term."""
Named = tuple[str, str]
"""A value and its name."""
MISSING = "-"
"""Stands for “not recorded” in an address, where an empty value asks for nothing."""


def one_of(name: str, known: Mapping[str, object], usual: str) -> str:
    """The value asked for, or the usual one; where that is unknown too, the first there is."""
    asked = request.args.get(name, "")
    if not asked:
        return usual if usual in known else next(iter(known), "")
    if asked not in known:
        raise refuse(
            400,
            f"This address asks for {name} “{asked[:40]}”, which is not there. "
            "Open Trends and choose from its lists.",
        )
    return asked


def term_asked(published: Published) -> str:
    """The term asked for; without one, the latest of which something could be shown."""
    return one_of("term", dict.fromkeys(published.told_terms), "")


def school_asked() -> str:
    """Part of a school's name, for districts whose schools fill more than a screen."""
    return " ".join(request.args.get("find", "").split())


def called(schools: Iterable[Named], find: str) -> list[Named]:
    """Those whose name has these words in it; all where none are given."""
    return [one for one in schools if find.casefold() in one[1].casefold()]


@dataclass(frozen=True)
class Choice:
    """One filter: its name, its values with their words, and the value chosen."""

    name: str
    title: str
    values: tuple[tuple[str, str], ...]
    chosen: str

    @property
    def words(self) -> str:
        """What is chosen, in words; empty where nothing is."""
        return next((words for value, words in self.values if value == self.chosen), "")


@dataclass(frozen=True)
class Asked:
    """Everything chosen on the page of one's own visits."""

    by: str
    choices: tuple[Choice, ...]
    rooms: Rooms
    compared: Rooms | None

    @classmethod
    def of(cls, whole: Rooms) -> Asked:
        """Read the address against what these visits hold."""
        by = one_of("by", ROW_BY_ROW, "month")
        terms = list(dict.fromkeys(term_of(month) for month, _ in whole.values("month")))[::-1]
        named = tuple((term, period_title(term)) for term in terms)
        choices = [
            _choice("term", "Term", named),
            _choice("compare", "Compared with", named),
            *(_choice(name, _title(name), _marked(whole.values(name))) for name in FILTERS),
        ]
        wanted = {choice.name: choice.chosen for choice in choices}
        filters = {name: "" if wanted[name] == MISSING else wanted[name] for name in FILTERS}
        kept = _only(whole, filters, wanted)
        term, other = wanted["term"], wanted["compare"]
        return cls(
            by=by,
            choices=tuple(choices),
            rooms=kept.within(months_of(term)) if term else kept,
            compared=kept.within(months_of(other)) if other else None,
        )

    def value(self, name: str) -> str:
        """What is chosen of one filter."""
        return next(choice.chosen for choice in self.choices if choice.name == name)

    @property
    def sentence(self) -> str:
        """The filters folded into one line."""
        words = [choice.words for choice in self.choices if choice.words]
        return ", ".join(words) or "every month, every room"

    @property
    def chosen(self) -> dict[str, str]:
        """Everything chosen, as it is saved under a name."""
        return {"by": self.by, **self.address}

    @property
    def address(self) -> dict[str, str]:
        """The same choices for another link."""
        return {choice.name: choice.chosen for choice in self.choices if choice.chosen}


def _only(whole: Rooms, filters: Mapping[str, str], wanted: Mapping[str, str]) -> Rooms:
    kept = whole.only(**filters)
    missing = [name for name in FILTERS if wanted[name] == MISSING]
    return kept.without(missing)


def _title(name: str) -> str:
    return ROW_BY_ROW[name].capitalize()


def _marked(values: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((value or MISSING, words) for value, words in values)


def _choice(name: str, title: str, values: tuple[tuple[str, str], ...]) -> Choice:
    asked = request.args.get(name, "")
    chosen = one_of(name, dict(values), "") if asked else ""
    return Choice(name, title, values, chosen)
