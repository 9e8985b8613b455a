"""What is looked for: the frameworks of the district and their look-fors, open to everybody."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from blueprints.frameworks.level import level
from blueprints.frameworks.place import bp
from blueprints.kit.access import can, person
from blueprints.kit.load import find, load
from models.framework import Framework
from models.framework.versions import left_without, own_before, replaced_by
from models.look_for import LookFor, LookForSet, Standing, aligned_to, standings


@bp.get("")
@can("read-framework")
def index() -> str:
    """The frameworks and the look-for sets of the district."""
    return render_template(
        "frameworks/index.html",
        frameworks=[f for f in load(Framework.listed_for(person())) if not f.draft],
        drafts=[f for f in load(Framework.listed_for(person())) if f.draft],
        may_edit=person().may("edit-framework"),
        sets=load(LookForSet.visible_to(person())),
        own=person().district.framework_id,
    )


@bp.get("/<uuid:framework_id>")
@can("read-framework")
def show(framework_id: UUID) -> str:
    """One framework: its components, each with the look-fors aligned to it."""
    framework = find(Framework.visible_to(person()), id=framework_id)
    branches = framework.branches()
    own = person().district.framework_id
    return render_template(
        "frameworks/show.html",
        framework=framework,
        branches=branches,
        level=level(branches),
        labels={level["value"]: level["label"] for level in framework.levels},
        aligned=aligned_to(framework),
        own=own,
        newer=replaced_by(framework),
        lost=_lost(framework, own),
        standings=_standings(framework, own),
        may_edit=person().may("edit-framework"),
        may_align=person().may("align-look-fors"),
        may_export=person().may("export-framework"),
    )


def _standings(framework: Framework, own: UUID | None) -> list[Standing]:
    """The sets with look-fors that wear no code of the district’s own framework yet."""
    if framework.id != own or not person().may("align-look-fors"):
        return []
    return [one for one in standings(framework, load(LookForSet.visible_to(person()))) if one.open]


def _lost(framework: Framework, own: UUID | None) -> list[LookFor]:
    """The look-fors that choosing this framework would leave without a code."""
    if framework.id == own or not person().may("edit-framework"):
        return []
    return left_without(own_before(framework), framework)
