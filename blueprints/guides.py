"""Guides: what is looked for, on one page a set, and a wall card, in the district's own codes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, render_template

from blueprints.kit.access import can, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import first, load
from blueprints.kit.paper import as_pdf, asked_paper, printed
from models.coverage import decisions
from models.framework import Component, Framework
from models.look_for import LookFor, LookForSet
from models.report import brand_of
from rules.communication import AUDIENCES
from rules.coverage import COUNTS_AS_ALIGNED
from rules.guide import Line, card_size, pages

bp = Blueprint("guides", __name__)

NO_SET = "There is no published set of this name. Look under Look-fors."


@bp.get("/guide")
@can("read-framework")
def index() -> str:
    """Everything there is to print, before any visit."""
    return render_template(
        "guides/index.html",
        sets=load(LookForSet.visible_to(person())),
        paper=person().district.paper,
        audiences=AUDIENCES,
    )


@bp.get("/guide.pdf")
@can("read-framework")
def booklet() -> Response:
    """Every published set, one after the other."""
    sets = load(LookForSet.visible_to(person()))
    if not sets:
        raise refuse(404, NO_SET)
    return as_pdf(_print("report/guide.html", "What we look for", sets), "guide")


@bp.get("/guide/<key>.pdf")
@can("read-framework")
def pdf(key: str) -> Response:
    """The guide of one set, at most twelve look-fors a page; `?paper=a4` or `letter`."""
    one = _set(key)
    return as_pdf(_print("report/guide.html", one.name, [one]), f"guide-{one.key}")


@bp.get("/guide/<key>/card.pdf")
@can("read-framework")
def card(key: str) -> Response:
    """The wall card of one set: one page, to be read from a few steps away."""
    one = _set(key)
    return as_pdf(_print("report/wall_card.html", one.name, [one]), f"card-{one.key}")


def _set(key: str) -> LookForSet:
    found = first(LookForSet.visible_to(person()).where(LookForSet.key == key))
    if found is None:
        raise refuse(404, NO_SET)
    return found


def _print(template: str, title: str, sets: Sequence[LookForSet]) -> bytes:
    framework = first(
        Framework.visible_to(person()).where(Framework.id == person().district.framework_id)
    )
    parts = {component.id: component for component in framework.components} if framework else {}
    unblended = [
        (parts[component], decision)
        for decision in (decisions(person(), framework) if framework else [])
        if decision.stance in COUNTS_AS_ALIGNED
        for component in parts
        if str(component) == decision.component
    ]
    html = render_template(
        template,
        district=person().district,
        brand=brand_of(person().district),
        framework=framework,
        guides=[(one, pages(_line(each, parts) for each in one.look_fors)) for one in sets],
        unblended=unblended,
        paper=asked_paper(),
        card_size=card_size,
        title=title,
    )
    return printed(html, title=f"{title}, {person().district.name}")


def _line(look_for: LookFor, parts: dict[UUID, Component]) -> Line:
    tied = (parts[tie.component_id] for tie in look_for.alignments if tie.component_id in parts)
    component = next(tied, None)
    return Line(
        look_for.statement,
        look_for.strong,
        component.plate if component else "",
        component.name if component else "",
        look_for.core_four,
        talk=look_for.role == "protects"
        or (look_for.role == "watch_out" and component is not None and component.discourse_linked),
    )
