"""The stage for tests that look at pages: visits in every state that a page can show."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page as Browser
from sqlalchemy import select

from models.base import db
from models.binder import KEPT_FOR, Binder
from models.coaching import Caseload
from models.focus_set import Choice, FocusSet
from models.framework import Component
from models.look_for import LookForSet
from models.sign_in import Invitation
from models.stance import Stance
from rules.calendar import term_of
from rules.roles import Role
from tests.blueprints.test_loop import as_posted
from tests.cast import BEGAN, Cast, named
from tests.page import Visitor
from tests.sealing import seal, told
from tests.voice import MIXED, answer, close, make, sheet
from tests.walk import AT, Phone

Visit = Callable[..., Visitor]
LONG = "Wolfeschlegelsteinhausen-Bergerdorff"


class Stage:
    """Builds what a page is to show, by the ways people do it."""

    def __init__(self, visit: Visit, cast: Cast) -> None:
        self.visit = visit
        self.cast = cast
        self.principal = visit(cast.principal)

    def sent(self, phone: Phone) -> str:
        """What the phone wrote has reached the school; returns the path of the visit."""
        answer = self.principal.sync(phone.batch())
        assert answer.status == 200, answer.text
        return f"/walkthroughs/{phone.walk}"

    def open_visit(self) -> str:
        """A visit that goes on at this moment."""
        phone = Phone("phone-open")
        phone.start(self.cast)
        phone.mark(self.cast, "BL01")
        phone.sweep(11, 4, 2, 6, 0, 0, 1)
        return self.sent(phone)

    def headless_visit(self) -> str:
        """A visit whose start has not arrived."""
        phone = Phone("phone-late")
        phone.start(self.cast)
        phone.mark(self.cast, "BL01")
        phone.events = phone.events[-1:]
        return self.sent(phone)

    def draft(self, *, teacher: str = "okafor", room: str = "math 7", after: int = 0) -> str:
        """A finished visit with the draft the rules wrote; returns the path of the feedback."""
        phone = Phone(f"phone-{teacher}-{after}")
        phone.at = AT.replace(day=AT.day + after)
        phone.whole_visit(self.cast)
        phone.events[0]["data"] |= {
            "teacher": str(named(teacher)),
            "class": str(named(room)),
        }
        return self._feedback(self.sent(phone))

    def bare_draft(self) -> str:
        """A visit without one piece of evidence."""
        phone = Phone("phone-bare")
        phone.start(self.cast)
        phone.events = phone.events[:1]
        phone.act("finished")
        return self._feedback(self.sent(phone))

    def _feedback(self, visit: str) -> str:
        answer = self.principal.get(visit)
        assert answer.status == 302, answer.text
        return str(answer.response.headers["Location"])

    def shared(self, after: int = 0) -> str:
        """Feedback that the teacher may read, and has not."""
        path = self.draft(after=after)
        self._share(path)
        return path

    def posted(self, path: str) -> dict[str, object]:
        """The draft’s form as the principal’s browser would send it back."""
        return as_posted(self.principal.get(path))

    def _share(self, path: str) -> None:
        answer = self.principal.post(f"{path}/share", self.posted(path))
        assert answer.status == 302, answer.words

    def answered(self, after: int = 0) -> str:
        """Feedback with a reply and with what the visit could not see."""
        path = self.shared(after)
        teacher = self.visit(self.cast.teacher)
        teacher.get(path)
        for kind, text in (
            ("reply", "I like the pair stop.\nThursday’s checkpoint is a good place for it."),
            ("context", "The gallery walk was right after you left."),
        ):
            teacher.post(f"{path}/reply", {"text": text, "kind": kind})
        return path

    def corrected(self, after: int = 0, *, again: bool = True) -> str:
        """Feedback in its second version, shared again or still being written."""
        path = self.shared(after)
        self.visit(self.cast.teacher).get(path)
        self.principal.post(f"{path}/correct", {"reason": "A count was wrong"})
        if again:
            self._share(path)
        return path

    def asked(self, after: int = 0) -> str:
        """Feedback with a request for a correction that waits for an answer."""
        path = self.shared(after)
        words = "We did talk it over; the second sweep fell into the reading."
        self.visit(self.cast.teacher).post(f"{path}/reply", {"text": words, "kind": "correction"})
        return path

    def scheduled(self, after: int = 0) -> str:
        """A draft that is shared by itself tomorrow at seven."""
        path = self.draft(after=after)
        self.principal.post(f"{path}/share", self.posted(path) | {"when": "later"})
        return path

    def own_view(self, after: int = 0) -> str:
        """Feedback that the teacher opened by her own view of it; returns the path of that view."""
        path = f"{self.shared(after)}/self-view"
        own = {"BL01": "seen", "DP01": "not_seen", "BL03": "no_chance"}
        given = {f"mark-{self.cast.look_for(key).id}": mark for key, mark in own.items()}
        given |= {"answer-now": "clear", "answer-going": "partly"}
        answer = self.visit(self.cast.teacher).post(path, given)
        assert answer.status == 302, answer.words
        return path

    def voices(self) -> tuple[str, str, str]:
        """Results beside an own view and a look-for, and a sheet that too few answered: the paths
        of the three ways, of the results, and of the other."""
        phone = Phone("phone-interests")
        phone.start(self.cast)
        phone.mark(self.cast, "IN01")
        phone.mark(self.cast, "IN02", "not_seen")
        phone.act("finished")
        path = self._feedback(self.sent(phone))
        self._share(path)
        self.visit(self.cast.teacher).get(path)
        own = self.own_view()
        day = AT.date()
        results, few = (make(self.cast, day=on, at=AT) for on in (day, day + timedelta(days=1)))
        answer(results, MIXED, at=AT)
        for one in (results, few):
            close(one)
        sheet(results.id).share("coach", by=self.cast.teacher, at=AT)
        db.session.commit()
        self.visit(self.cast.coach).get(f"/voice-sheets/{results.id}")
        return own, f"/voice-sheets/{results.id}", f"/voice-sheets/{few.id}"

    def before(self) -> None:
        """The principal plans two visits, and the teacher says what to look at."""
        for day, purpose in (("2099-10-14", "walkthrough"), ("2099-10-21", "evaluation")):
            self.principal.post(
                "/plans",
                {
                    "teacher": str(named("okafor")),
                    "school_class": str(named("math 7")),
                    "purpose": purpose,
                    "day": day,
                },
            )
        wish = "Who talks in the second half, once everybody is on their own path"
        self.visit(self.cast.teacher).post("/wishes", {"text": wish})

    def binder(self, state: str, *, done: int = 0, reason: str = "") -> str:
        """A binder of the principal in some state."""
        db.session.rollback()
        made = Binder.make(term_of(AT.date()), by=self.cast.principal, paper="letter", at=AT)
        assert made is not None
        made.kept_until = datetime.now(UTC) + KEPT_FOR
        made.job.state, made.job.done, made.job.reason = state, done, reason
        db.session.commit()
        return f"/binders/{made.id}"

    def coaching(self) -> tuple[str, str, str, str]:
        """One who is asked, and a coaching with a step and a plan: the paths of all four."""
        coach, day = self.visit(self.cast.coach), datetime.now(UTC).date().isoformat()
        coach.post("/coaching", {"person": str(named("lindqvist"))})
        text = coach.get("/coaching").text
        asked, home = (
            "/coaching/" + str(one)
            for name in ("lindqvist", "okafor")
            for one in db.session.scalars(
                select(Caseload.id).where(Caseload.teacher_id == named(name))
            )
        )
        assert asked in text
        coach.post(f"{home}/notes", {"note": "Look at the pairs.", "readers": "me"})
        made = coach.post(f"{home}/steps", {"step": "One pair stop", "due_on": day})
        plan = {
            "plan": "Talk first",
            "begins_on": day,
            "ends_on": day,
            "resource": "Two questions.",
        }
        coach.post(f"{home}/plan", plan)
        part = coach.get(f"{home}/plan").text.split('href="/coaching/plan/')[1].split('"')[0]
        return asked, home, str(made.response.headers["Location"]), f"/coaching/plan/{part}"

    def stuck(self) -> None:
        """Two versions of a note, an unknown look-for, and a sealed record without its marks."""
        phone = Phone("phone-stuck")
        phone.start(self.cast)
        phone.act("note_written", {"note": "n", "text": "They argued about nothing"})
        phone.act("look_for_marked", {"look_for": str(named("nowhere")), "mark": "seen"})
        self.sent(phone)
        second = deepcopy(phone.events[2])
        second["data"]["text"] = "They argued about zero, and why it is a number at all"
        self.principal.sync({"device": "phone-stuck", "events": [second]})
        unmarked = [[json.dumps(event), ""] for event in phone.events]
        sealed = seal(told(self.principal), [], inside=unmarked)
        self.visit(self.cast.coach).sync({"device": "tablet", "sealed": [sealed]})

    def look_for_draft(self) -> str:
        """The next version of a set, in which one look-for is changed and one retired."""
        db.session.rollback()
        cast, at = self.cast, datetime.now(UTC)
        sets = LookForSet.visible_to(cast.lead).where(LookForSet.key == "discourse-protection")
        draft = db.session.scalars(sets).one().next_draft(by=cast.coach, at=at)
        draft.look_fors[0].statement = "The task needs a second person’s thinking"
        draft.leave_out(draft.look_fors[-1], by=cast.coach, at=at)
        db.session.commit()
        return f"/look-fors/{draft.id}"

    def focus(self) -> None:
        """What Lincoln looks for this year, and what the district looks for next."""
        db.session.rollback()
        at = datetime.now(UTC)
        names = ["discourse-protection DP01", "core-four BL04"]
        year = Choice("Talk", at.date(), at.date() + timedelta(days=300), names, named("lincoln"))
        FocusSet.choose(year, by=self.cast.principal, at=at)
        later = at.date() + timedelta(days=400)
        FocusSet.choose(Choice("Choice", later, later, names), by=self.cast.lead, at=at)
        db.session.commit()

    def decision(self, component: Component) -> None:
        """The district does not blend a component, in one unit."""
        db.session.rollback()
        Stance.take(
            component,
            "refrain",
            unit="Fractions, weeks 3 to 5",
            reason="Students need to hear each other reason before anyone types.",
            school_id=None,
            by=self.cast.lead,
            at=datetime.now(UTC),
        )
        db.session.commit()

    def long_name(self) -> None:
        """Mr. Lindqvist is now called by a name that fills a phone."""
        db.session.rollback()  # what the server wrote since is the ground to write on
        self.cast.colleague.family_name = LONG
        db.session.commit()

    def propose(self) -> None:
        """The roster proposes that the coach observe, too."""
        db.session.rollback()
        self.cast.coach.grant(Role.OBSERVER, school_id=named("harbor"), at=BEGAN, proposed=True)
        db.session.commit()

    def invitation(self) -> str:
        """The path of a link that lets Mr. Lindqvist in."""
        db.session.rollback()
        token = Invitation.make(self.cast.colleague, by=None, at=datetime.now(UTC))
        db.session.commit()
        return f"/invitation/{token}"


def let_in(page: Browser, visitor: Visitor, address: str) -> None:
    """Sign a real browser in without the form: it gets the visitor’s cookie."""
    name = visitor.app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
