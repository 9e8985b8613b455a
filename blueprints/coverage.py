"""Coverage: what already happens, what is left unblended on purpose, and only then what is open."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from sqlalchemy import Select

from blueprints.kit.access import can, person
from blueprints.kit.load import find, load
from models.coverage import Map, coverage_for
from models.framework import Framework
from models.look_for import LookForSet
from models.stance import Stance
from rules.coverage import STANCE_MEANS, STANCES
from rules.framework.branch import MANY

bp = Blueprint("coverage", __name__, url_prefix="/coverage")


@bp.get("")
@can("read-framework")
def index() -> str:
    """One framework by the published sets, or by one of them: `?framework=…&set=…`."""
    framework = _framework()
    chosen = _id("set")
    sets = load(LookForSet.visible_to(person()))
    wanted = [one for one in sets if chosen in (None, one.id)]
    if chosen and not wanted:
        abort(404)
    found = coverage_for(person(), framework, wanted) if framework else None
    part = _id("part")
    return render_template(
        "coverage/index.html",
        framework=framework,
        frameworks=load(Framework.listed_for(person())),
        sets=sets,
        chosen=chosen,
        found=found,
        part=part,
        many=MANY,
        groups=_groups(found) if found and framework and not part else {},
        components={str(c.id): c for c in framework.components} if framework else {},
        mine={stance.id for stance in load(Stance.editable_by(person()))} if _decides() else set(),
        stances=load(Stance.on(framework, person())) if framework else [],
        stance_words=STANCES,
        stance_means=STANCE_MEANS,
        may_decide=_decides(),
        may_align=person().may("align-look-fors"),
        reads_visits=person().may("capture"),
    )


def _groups(found: Map) -> dict[str, int]:
    """How many open components stand under each, where there are too many for one page."""
    rows = found.coverage.open
    counts = Counter(row.part.parent or "" for row in rows)
    return dict(counts) if len(rows) > MANY else {}


def _decides() -> bool:
    return person().may("take-stance")


def _framework() -> Framework | None:
    wanted = _id("framework") or person().district.framework_id
    rows: Select[tuple[Framework]] = Framework.visible_to(person())
    return find(rows, id=wanted) if wanted else None


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args[name]) if request.args.get(name) else None
    except ValueError:
        abort(404)
