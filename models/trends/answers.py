"""Answers of facts as bits, so that the database itself can count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Select,
    UniqueConstraint,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Model, db, write_new, write_or_renew
from rules.trends import Rate
from rules.trends.question import KEPT, answered_inside

IN_A_PART = 63
"""Bits of a signed number of eight bytes that can be asked for without minding its sign."""

LANE = IN_A_PART // 3
ONE_LANE = (1 << LANE) - 1
EVERY_LANE = 1 | 1 << LANE | 1 << 2 * LANE

Bits = tuple[int, int]
"""A bit for each question that was asked, and one for each that was answered yes."""


class Place(Model):
    """The bit of one question in all facts of a district: given once, and never to another."""

    __tablename__ = "trend_places"
    __table_args__ = (UniqueConstraint("district_id", "place"),)

    district_id: Mapped[UUID] = mapped_column(ForeignKey("districts.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    """As rules/trends/question.py names it, or a look-for by set and key (“core-four/BL01”)."""
    place: Mapped[int]

    @classmethod
    def of(cls, district_id: UUID) -> dict[str, int]:
        """Every place that is given in a district."""
        rows = db.session.execute(_places(), {"district": district_id})
        return {question: place for question, place in rows.tuples()}  # noqa: C416

    @classmethod
    def give(cls, district_id: UUID, questions: Iterable[str]) -> dict[str, int]:
        """Every place, with one for each of these questions; those of the rules come first."""
        wanted, given = dict.fromkeys((*KEPT, *questions)), cls.of(district_id)
        # somebody else may have taken the next place by now: then this one asks again
        while new := [question for question in wanted if question not in given]:
            places = enumerate(new, start=len(given))
            rows = [
                {"district_id": district_id, "question": question, "place": place}
                for place, question in places
            ]
            write_new(cls, rows)
            given = cls.of(district_id)
        return given


@cache
def _places() -> Select[tuple[str, int]]:
    return select(Place.question, Place.place).where(Place.district_id == bindparam("district"))


class Answers(Model):
    """What a fact answers beyond the first part, which stands in the fact itself."""

    __tablename__ = "trend_answers"

    walkthrough_id: Mapped[UUID] = mapped_column(
        ForeignKey("trend_facts.walkthrough_id", ondelete="CASCADE"), primary_key=True
    )
    part: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[int] = mapped_column(BigInteger)
    yes: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def keep(cls, parts: Mapping[UUID, Sequence[Bits]]) -> None:
        """Bring what facts answer beyond the first part up to date."""
        rows = [
            {"walkthrough_id": fact, "part": part, "asked": asked, "yes": yes}
            for fact, bits in parts.items()
            for part, (asked, yes) in enumerate(bits)
            if part
        ]
        if rows:
            write_or_renew(cls, rows)


def in_bits(district_id: UUID, facts: Sequence[Mapping[str, Any]]) -> dict[UUID, list[Bits]]:
    """The answers of facts, one pair of numbers for every part that a district has by now.

    A part of which nothing is left gets zeros, so that nothing has to be looked for and deleted.
    """
    said = {
        fact["walkthrough_id"]: answered_inside(fact["marks"], fact["verdict"], fact["reasons"])
        for fact in facts
    }
    places = Place.give(district_id, sorted({key for told in said.values() for key in told}))
    return {fact: _bits(told, places) for fact, told in said.items()}


def _bits(told: Mapping[str, bool], places: Mapping[str, int]) -> list[Bits]:
    asked = sum(1 << places[question] for question in told)
    yes = sum(1 << places[question] for question, answer in told.items() if answer)
    whole = (1 << IN_A_PART) - 1
    return [(asked >> at & whole, yes >> at & whole) for at in range(0, len(places), IN_A_PART)]


def in_parts(places: Mapping[str, int]) -> Mapping[int, list[tuple[str, int]]]:
    """Questions by the part they are in, each with its bit."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for question, place in places.items():
        part, bit = divmod(place, IN_A_PART)
        found[part].append((question, bit))
    return found


def sums(table: str, bits: Sequence[tuple[str, int]]) -> list[ColumnElement[int]]:
    """What counts these questions over rows of a table with both columns, to be read by `read`.

    One sum counts three questions whose bits lie a lane apart: each gets a lane of the sum, which
    is wide enough for two million visits.
    """
    columns = (f"{table}.asked", f"{table}.yes")
    return [_sum(column, shift) for shift in _shifts(bits) for column in columns]


def _shifts(bits: Sequence[tuple[str, int]]) -> list[int]:
    return sorted({bit % LANE for _, bit in bits})


@cache
def _sum(column: str, shift: int) -> ColumnElement[int]:
    # text of our own and two numbers: built of parts, forty of these cost more than the query
    return literal_column(f"CAST(sum(({column} >> {shift}) & {EVERY_LANE}) AS BIGINT)")


def read(bits: Sequence[tuple[str, int]], row: Sequence[int]) -> dict[str, Rate]:
    """What `sums` came to, for the questions that anybody was asked."""
    shifts = _shifts(bits)
    asked = dict(zip(shifts, row[::2], strict=True))
    yes = dict(zip(shifts, row[1::2], strict=True))
    told = {}
    for question, bit in bits:
        shift, lane = bit % LANE, bit // LANE * LANE
        if n := asked[shift] >> lane & ONE_LANE:
            told[question] = Rate(yes[shift] >> lane & ONE_LANE, n)
    return told
