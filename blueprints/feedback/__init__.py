"""Feedback: the observer writes and shares it, the teacher reads and answers it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from blueprints.feedback.forms import (
    AnswerForm,
    CorrectionForm,
    DraftForm,
    ReplyForm,
    by_place,
)
from blueprints.kit.access import can, now, person, wants_json
from blueprints.kit.errors import refuse
from blueprints.kit.load import find, load
from blueprints.kit.paper import as_pdf, asked_paper, printed
from blueprints.kit.public import public_url
from blueprints.kit.transaction import after_answer
from jobs import mail
from models.act import NotNow
from models.base import db
from models.coverage import on_purpose
from models.feedback import Feedback, FeedbackPdf, FeedbackVersion, FeedbackView
from models.job import Job
from models.plan import Wish
from models.report import digest, flags, frozen, readers, shown
from models.self_view import SelfView
from models.settle import findings, left_out
from rules.calendar import clock, day, tomorrow_at_seven
from rules.discourse import moves
from rules.feedback.changes import Change, changes
from rules.feedback.report import Reply, Report
from rules.loop import due_words, unopened

bp = Blueprint("feedback", __name__, url_prefix="/feedback")


@bp.get("/<uuid:feedback_id>")
@can("read-feedback")
def show(feedback_id: UUID) -> str:
    """The draft to its author, the letter to everybody who may read it."""
    feedback = find(Feedback.visible_to(person()), id=feedback_id)
    mine = feedback.walkthrough.observer_id == person().id
    if mine and feedback.draft is not None:
        return _write(feedback)
    return _letter(feedback, ReplyForm())


def _write(feedback: Feedback, form: DraftForm | None = None) -> str:
    district = person().district
    found = findings(feedback.walkthrough, district)
    draft = feedback.draft
    assert draft is not None
    if form is None:
        form = DraftForm.of(feedback, found.evidence)
    sentences = by_place(draft.sentences)
    return render_template(
        "feedback/write.html",
        feedback=feedback,
        walk=feedback.walkthrough,
        draft=draft,
        found=found,
        report=shown(feedback, draft, district),
        form=form,
        faults=form.faults(),
        groups=form.groups([sentence["because"] if sentence else "" for sentence in sentences]),
        bare=sum(1 for s in draft.sentences if s["text"].strip() and not s["evidence"]),
        left_out=left_out(found, district) if draft.untouched else (),
        moves=moves(found.check),
        may_decide=person().may("take-stance"),
        kept_on_purpose=on_purpose(person(), feedback.walkthrough.framework_id),
        readers=readers(feedback, whose="the teacher’s"),
        used=form.used(),
        zone=district.zone,
        wishes=Wish.of_visit(feedback.walkthrough),
        due=_due(feedback),
        flags=flags(feedback, district, at=now()),
    )


def _said_back(feedback: Feedback, report: Report, *, mine: bool) -> list[Reply]:
    """The replies, but to their author no request that stands above them with its buttons."""
    above = feedback.requests if mine else []
    told = zip(report.replies, feedback.replies, strict=True)
    return [one for one, kept in told if kept not in above]


def _due(feedback: Feedback) -> str:
    """When it is to be shared, as long as it never was."""
    if feedback.share_by is None or feedback.shared_at is not None:
        return ""
    return due_words(feedback.share_by, now().astimezone(person().district.zone).date())


def _letter(
    feedback: Feedback,
    form: ReplyForm,
    correction: CorrectionForm | None = None,
    answer: AnswerForm | None = None,
) -> str:
    _note_view(feedback)
    version = feedback.shared
    assert version is not None  # an author’s draft is shown by _write
    teacher = feedback.walkthrough.teacher_id == person().id
    mine = feedback.walkthrough.observer_id == person().id
    report = shown(feedback, version, person().district)
    return render_template(
        "feedback/letter.html",
        feedback=feedback,
        report=report,
        said_back=_said_back(feedback, report, mine=mine),
        form=form,
        correction=correction or CorrectionForm(formdata=None),
        answer=answer or AnswerForm(formdata=None),
        changes=_changes(feedback, version),
        wishes=Wish.of_visit(feedback.walkthrough),
        self_view=SelfView.of(feedback, person()),
        outside=_outside(feedback) if mine else None,
        teacher=teacher,
        mine=mine,
        readers=readers(feedback, whose="your" if teacher else "the teacher’s"),
        views=load(FeedbackView.of(feedback)) if teacher or mine else [],
        zone=person().district.zone,
    )


def _changes(feedback: Feedback, version: FeedbackVersion) -> tuple[Change, ...]:
    """What a correction changed, beside the version shared before it."""
    before = [v for v in feedback.versions if v.shared_at and v.number < version.number]
    return changes(before[-1].sentences, version.sentences) if before else ()


@dataclass(frozen=True, slots=True)
class Outside:
    """How the teacher hears of it: the mail, and a link to hand over until it is opened."""

    mail: mail.Standing | None
    link: str
    unopened: bool


def _outside(feedback: Feedback) -> Outside:
    district = person().district
    waits = feedback.opened_at is None and feedback.shared_at is not None
    since = feedback.shared_at or now()
    return Outside(
        mail=mail.standing(Job.about(feedback.id, mail.FEEDBACK), district.zone),
        link=public_url("self_views.show", feedback_id=feedback.id) if waits else "",
        unopened=waits and unopened(since, now(), district.zone, district.holidays),
    )


def _note_view(feedback: Feedback) -> None:
    """Write the view log when the answer is out; the teacher’s own first look opens the loop."""
    feedback_id, reader, at = feedback.id, person().id, now()
    if feedback.walkthrough.observer_id == reader:
        return

    def write() -> None:
        kept = db.session.scalar(Feedback.whole().where(Feedback.id == feedback_id))
        if kept is None:
            return
        if kept.walkthrough.teacher_id == reader:
            kept.open(by=reader, at=at)
        else:
            db.session.add(FeedbackView(feedback_id=feedback_id, person_id=reader, at=at))

    after_answer(write)


@bp.post("/<uuid:feedback_id>")
@can("write-feedback")
def write(feedback_id: UUID) -> AnyResponse | tuple[str, int]:
    """Keep the draft; `then=pdf` shows it on paper, and the page itself may ask without a word."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    refused = _keep(feedback)
    if refused:
        return refused
    if wants_json():
        return jsonify(server="crosswalk", at=clock(now(), person().district.zone))
    if request.form.get("then") == "pdf":
        return redirect(url_for("feedback.pdf", feedback_id=feedback.id))
    flash("The draft is kept. Nobody else can see it yet.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.post("/<uuid:feedback_id>/share")
@can("share-feedback")
def share(feedback_id: UUID) -> AnyResponse | tuple[str, int]:
    """Keep the words as they stand, and let the teacher read them."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    refused = _keep(feedback)
    if refused:
        return refused
    try:
        flash(_share_later(feedback) if request.form.get("when") == "later" else _share(feedback))
    except NotNow as no:
        raise refuse(409, str(no)) from None
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


def _share(feedback: Feedback) -> str:
    feedback.share(_frozen(feedback), by=person(), at=now())
    mail.tell_of_feedback(feedback, by=person(), at=now())
    return f"Shared with {_teacher_name(feedback)}."


def _share_later(feedback: Feedback) -> str:
    due, zone = tomorrow_at_seven(now(), person().district.zone), person().district.zone
    feedback.share_later(due, by=person(), at=now())
    return (
        f"Kept. It is shared by itself on {day(due, zone)} at 7:00; you can change it until then."
    )


@bp.post("/<uuid:feedback_id>/hold-back")
@can("share-feedback")
def hold_back(feedback_id: UUID) -> AnyResponse:
    """Do not share it by itself after all."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    try:
        feedback.hold_back(by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash("It stays a draft until you share it.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


def _frozen(feedback: Feedback) -> dict[str, object]:
    if feedback.draft is None:
        raise NotNow("This feedback is shared already. Nothing was sent twice.")
    return frozen(feedback, feedback.draft, person().district, at=now())


def _keep(feedback: Feedback) -> tuple[str, int] | None:
    found = findings(feedback.walkthrough, person().district)
    form = DraftForm.posted(found.evidence)
    if not form.validate():
        if wants_json():
            raise refuse(422, form.faults()[0][1])
        return _write(feedback, form), 422
    if request.form.get("then") == "pdf" and not form.changes(feedback, found.evidence):
        return None  # looking at the paper leaves the rules’ own words theirs
    try:
        feedback.write(form.sentences(feedback, found.evidence), by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    return None


@bp.post("/<uuid:feedback_id>/take-back")
@can("share-feedback")
def take_back(feedback_id: UUID) -> AnyResponse:
    """Undo a share that nobody has opened."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    try:
        feedback.take_back(by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash("Taken back. It is a draft again, and nobody has read it.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.post("/<uuid:feedback_id>/correct")
@can("share-feedback")
def correct(feedback_id: UUID) -> AnyResponse | tuple[str, int]:
    """Begin a new version, saying why; the one before stays readable."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    form = CorrectionForm()
    if feedback.shared is None or feedback.draft is not None:
        raise refuse(409, "This is a draft already: change its words, then share it.")
    if not form.validate_on_submit():
        return _letter(feedback, ReplyForm(formdata=None), form), 422
    try:
        feedback.correct(form.reason.data.strip(), by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.post("/<uuid:feedback_id>/answer")
@can("share-feedback")
def answer(feedback_id: UUID) -> AnyResponse | tuple[str, int]:
    """Answer a request for a correction in words."""
    feedback = find(Feedback.editable_by(person()), id=feedback_id)
    form = AnswerForm()
    if feedback.shared is None:
        raise refuse(409, "This is a draft: nobody has asked for a correction yet.")
    if not form.validate_on_submit():
        return _letter(feedback, ReplyForm(formdata=None), answer=form), 422
    try:
        feedback.answer(form.text.data.strip(), by=person(), at=now())
    except NotNow as no:
        raise refuse(409, str(no)) from None
    flash(f"Sent. Your answer stands beside what {_teacher_name(feedback)} asked.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.post("/<uuid:feedback_id>/acknowledge")
@can("answer-feedback")
def acknowledge(feedback_id: UUID) -> AnyResponse:
    """Read, not necessarily agreed."""
    feedback = find(Feedback.answerable_by(person()), id=feedback_id)
    feedback.acknowledge(by=person(), at=now())
    flash(f"{feedback.walkthrough.observer.name} can see that you have read it.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.post("/<uuid:feedback_id>/reply")
@can("answer-feedback")
def reply(feedback_id: UUID) -> AnyResponse | tuple[str, int]:
    """Answer, or add what the visitor could not see."""
    feedback = find(Feedback.answerable_by(person()), id=feedback_id)
    form = ReplyForm()
    if not form.validate_on_submit():
        return _letter(feedback, form), 422
    feedback.reply(form.text.data.strip(), kind=form.kind.data, by=person(), at=now())
    flash("Sent. Your words stay with this feedback and with its PDF.")
    return redirect(url_for("feedback.show", feedback_id=feedback.id))


@bp.get("/<uuid:feedback_id>.pdf")
@can("read-feedback")
def pdf(feedback_id: UUID) -> AnyResponse:
    """The current version as a PDF, or `?version=N`; made once and kept."""
    feedback = find(Feedback.visible_to(person()), id=feedback_id)
    mine = feedback.walkthrough.observer_id == person().id
    version = _version(feedback, request.args.get("version", type=int), mine=mine)
    paper = asked_paper()
    report = shown(feedback, version, person().district)
    if version.shared_at is None:
        return _as_pdf(_print(report, paper), feedback)
    _note_view(feedback)
    mark = digest(report, paper)
    kept = FeedbackPdf.find(version.id, paper, mark)
    if kept is None:
        kept = _print(report, paper)
        _keep_pdf(version, paper, mark, kept)
    return _as_pdf(kept, feedback)


def _keep_pdf(version: FeedbackVersion, paper: str, mark: bytes, body: bytes) -> None:
    version_id, at = version.id, now()
    after_answer(lambda: FeedbackPdf.keep(version_id, paper, mark, body, at=at))


def _version(feedback: Feedback, number: int | None, *, mine: bool) -> FeedbackVersion:
    if number is None:
        current = (feedback.draft if mine else None) or feedback.shared
    else:
        current = next((v for v in feedback.versions if v.number == number), None)
        if current is not None and current.shared_at is None and not mine:
            current = None
    if current is None:
        raise refuse(404, f"This feedback has no version {number}. Open it without ?version.")
    return current


def _print(report: Report, paper: str) -> bytes:
    html = render_template("report/feedback.html", report=report, paper=paper)
    return printed(html, title=report.title, author=report.cover.observer)


def _as_pdf(body: bytes, feedback: Feedback) -> Response:
    day = feedback.walkthrough.started_at or feedback.made_at
    return as_pdf(body, f"feedback-{day.astimezone(person().district.zone):%Y-%m-%d}")


def _teacher_name(feedback: Feedback) -> str:
    teacher = feedback.walkthrough.teacher
    return teacher.name if teacher else "the teacher"
