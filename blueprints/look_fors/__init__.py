"""Look-fors: the published sets for everybody, and the drafts of those who write them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from blueprints.kit.access import can, now, person
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, first, load
from blueprints.look_fors.forms import LookForForm, SetForm
from models.act import NotNow
from models.focus_set import FocusSet
from models.framework import Framework
from models.look_for import LookFor, LookForSet
from rules.look_for import group_of

bp = Blueprint("look_fors", __name__, url_prefix="/look-fors")

Answer = str | Response | tuple[str, int]


@bp.get("")
@can("read-framework")
def index() -> str:
    """The published sets; the drafts, for those who may write; what is in focus now."""
    sets = load(LookForSet.visible_to(person()))
    drafts = load(LookForSet.drafts_of(person()))
    retired = load(LookForSet.readable_by(person()).where(LookForSet.state == "retired"))
    today = now().astimezone(person().district.zone).date()
    return render_template(
        "look_fors/index.html",
        sets=sets,
        drafts=drafts,
        retired=retired,
        focus=[one for one in load(FocusSet.visible_to(person())) if one.covers(today)],
        may_write=person().may("write-look-fors"),
        may_align=person().may("align-look-fors"),
    )


@bp.get("/new")
@can("write-look-fors")
def new() -> str:
    """A new set of the district's own: its name first."""
    return render_template("look_fors/new.html", form=SetForm(formdata=None))


@bp.post("/new")
@can("write-look-fors")
def begin() -> Answer:
    """Begin the draft."""
    form = SetForm()
    if not form.validate_on_submit():
        return render_template("look_fors/new.html", form=form), 422
    draft = LookForSet.begin(*_set_words(form), by=person(), at=now())
    flash("A draft is begun. Visits see it when it is published.")
    return _to(draft)


def _set_words(form: SetForm) -> tuple[str, str]:
    return form.name.data.strip(), (form.summary.data or "").strip()


def _to(look_for_set: LookForSet) -> Response:
    return redirect(url_for("look_fors.show", set_id=look_for_set.id))


@bp.get("/<uuid:set_id>")
@can("read-framework")
def show(set_id: UUID) -> str:
    """One set: every look-for in full, with its place in the district's framework."""
    return _show(find(LookForSet.readable_by(person()), id=set_id))


def _show(look_for_set: LookForSet, form: SetForm | None = None) -> str:
    framework = first(
        Framework.visible_to(person()).where(Framework.id == person().district.framework_id)
    )
    draft = look_for_set.state == "draft"
    before = look_for_set.before() if draft else None
    return render_template(
        "look_fors/draft.html" if draft else "look_fors/show.html",
        look_for_set=look_for_set,
        groups=_groups(look_for_set),
        components={c.id: c for c in framework.components} if framework else {},
        framework=framework,
        before=before,
        changes=_changes(look_for_set, before) if draft else {},
        left_out=look_for_set.left_out() if draft else [],
        form=form or SetForm(formdata=None, obj=look_for_set),
        may_write=person().may("write-look-fors"),
        may_publish=person().may("publish-look-fors"),
    )


def _groups(look_for_set: LookForSet) -> dict[str, list[LookFor]]:
    """Look-fors under their headings, in the order of the headings."""
    found: dict[str, list[LookFor]] = {}
    order = ["flexible", "targeted", "reflection", "data"]
    ranked = sorted(
        look_for_set.look_fors,
        key=lambda each: order.index(each.core_four) if each.core_four in order else len(order),
    )
    for look_for in ranked:
        found.setdefault(group_of(look_for.core_four), []).append(look_for)
    return found


def _changes(draft: LookForSet, before: LookForSet | None) -> dict[str, str]:
    """What a draft changes, by key: “new” or “changed”."""
    known = {look_for.key: look_for.words() for look_for in before.look_fors} if before else {}
    return {
        look_for.key: "changed" if look_for.key in known else "new"
        for look_for in draft.look_fors
        if known.get(look_for.key) != look_for.words()
    }


@bp.post("/<uuid:set_id>/next")
@can("write-look-fors")
def next_version(set_id: UUID) -> Response:
    """Open the draft of the next version."""
    look_for_set = find(LookForSet.changeable_by(person()), id=set_id)
    return _to(look_for_set.next_draft(by=person(), at=now()))


@bp.post("/<uuid:draft_id>/name")
@can("write-look-fors")
def rename(draft_id: UUID) -> Answer:
    """Name a draft."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    form = SetForm()
    if not form.validate_on_submit():
        return _show(draft, form), 422
    draft.rename(*_set_words(form), by=person(), at=now())
    flash("Saved.")
    return _to(draft)


@bp.post("/<uuid:set_id>/publish")
@can("publish-look-fors")
def publish(set_id: UUID) -> Response:
    """Offer a draft to visits."""
    draft = find(LookForSet.readable_by(person()), id=set_id)
    _do(lambda: draft.publish(by=person(), at=now()))
    flash("Published. Visits that start from now on use this version.")
    return _to(draft)


@bp.post("/<uuid:set_id>/discard")
@can("write-look-fors")
def discard(set_id: UUID) -> Response:
    """Throw a draft away."""
    draft = find(LookForSet.readable_by(person()), id=set_id)
    _do(lambda: draft.discard(by=person(), at=now()))
    flash("The draft is discarded. Nothing else has changed.")
    return redirect(url_for("look_fors.index"))


@bp.post("/<uuid:set_id>/retire")
@can("publish-look-fors")
def retire(set_id: UUID) -> Response:
    """Offer a set no longer."""
    look_for_set = find(LookForSet.changeable_by(person()), id=set_id)
    _do(lambda: look_for_set.retire(by=person(), at=now()))
    flash("Retired. Visits that used it keep it; new ones do not offer it.")
    return _to(look_for_set)


@bp.post("/<uuid:set_id>/reopen")
@can("publish-look-fors")
def reopen(set_id: UUID) -> Response:
    """Offer a retired set again."""
    look_for_set = find(LookForSet.changeable_by(person()), id=set_id)
    _do(lambda: look_for_set.reopen(by=person(), at=now()))
    flash("New visits offer this set again.")
    return _to(look_for_set)


def _do(act: Callable[[], None]) -> None:
    try:
        act()
    except NotNow as no:
        raise refuse(409, str(no)) from None


@bp.get("/<uuid:draft_id>/write")
@can("write-look-fors")
def write(draft_id: UUID) -> str:
    """A new look-for in a draft."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    return _form(draft, None, LookForForm(formdata=None))


@bp.post("/<uuid:draft_id>/write")
@can("write-look-fors")
def add(draft_id: UUID) -> Answer:
    """Keep the new look-for."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    form = LookForForm()
    if not form.validate_on_submit():
        return _form(draft, None, form), 422
    draft.add(form.words(), by=person(), at=now())
    flash("Written. Tie it to your framework under Alignments.")
    return _to(draft)


@bp.get("/<uuid:draft_id>/<uuid:look_for_id>")
@can("write-look-fors")
def edit(draft_id: UUID, look_for_id: UUID) -> str:
    """A look-for of a draft, to be changed."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    look_for = _in(draft, look_for_id)
    return _form(draft, look_for, LookForForm.of(look_for))


@bp.post("/<uuid:draft_id>/<uuid:look_for_id>")
@can("write-look-fors")
def rewrite(draft_id: UUID, look_for_id: UUID) -> Answer:
    """Keep what was changed."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    look_for = _in(draft, look_for_id)
    form = LookForForm()
    if not form.validate_on_submit():
        return _form(draft, look_for, form), 422
    if form.overtaken(look_for):
        return _form(draft, look_for, form), 409
    look_for.rewrite(form.words(), by=person(), at=now())
    flash("Saved in the draft.")
    return _to(draft)


def _form(draft: LookForSet, look_for: LookFor | None, form: LookForForm) -> str:
    return render_template("look_fors/write.html", look_for_set=draft, look_for=look_for, form=form)


def _in(draft: LookForSet, look_for_id: UUID) -> LookFor:
    found = next((each for each in draft.look_fors if each.id == look_for_id), None)
    if found is None:
        abort(404)
    return found


@bp.post("/<uuid:draft_id>/<uuid:look_for_id>/retire")
@can("write-look-fors")
def leave_out(draft_id: UUID, look_for_id: UUID) -> Response:
    """Retire a look-for with the next version."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    draft.leave_out(_in(draft, look_for_id), by=person(), at=now())
    flash("Left out of this version. Older visits keep it.")
    return _to(draft)


@bp.post("/<uuid:draft_id>/<uuid:left_out_id>/bring-back")
@can("write-look-fors")
def bring_back(draft_id: UUID, left_out_id: UUID) -> Response:
    """Take a look-for of the version before into the draft again."""
    draft = find(LookForSet.drafts_of(person()), id=draft_id)
    found = next((each for each in draft.left_out() if each.id == left_out_id), None)
    if found is None:
        abort(404)
    draft.bring_back(found, by=person(), at=now())
    return _to(draft)
