"""The cast: people with names, so that a test reads like a sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from models.base import db
from models.coaching import Caseload
from models.district import ClassTeacher, District, School, SchoolClass
from models.framework import Framework
from models.look_for import LookFor, LookForSet
from models.person import Person
from models.shelf import take_shelf
from models.sign_in import set_password
from rules.framework import read_shelf
from rules.roles import Role

BEGAN = datetime(2026, 8, 17, 12, 0, tzinfo=UTC)
PASSWORD = "a long walk to school"


def named(name: str) -> UUID:
    """The id of somebody or something in the cast, the same in every run."""
    return uuid5(UUID(int=0), name)


class Cast:
    """Everybody, read from the database when asked for."""

    principal = property(lambda self: self.person("holt"))
    coach = property(lambda self: self.person("reyes"))
    teacher = property(lambda self: self.person("okafor"))
    colleague = property(lambda self: self.person("lindqvist"))
    other_coach = property(lambda self: self.person("adair"))
    stranger = property(lambda self: self.person("varga"))
    strangers_teacher = property(lambda self: self.person("moreau"))
    lead = property(lambda self: self.person("brooks"))
    administrator = property(lambda self: self.person("quill"))

    def person(self, name: str) -> Person:
        """Somebody with all that permissions need."""
        return db.session.scalars(Person.whole().where(Person.id == named(name))).one()

    def everybody(self) -> dict[str, Person]:
        """By part."""
        parts = (
            "principal coach teacher colleague other_coach stranger strangers_teacher "
            "lead administrator"
        )
        return {part: getattr(self, part) for part in parts.split()}

    @property
    def math(self) -> SchoolClass:
        """Ms. Okafor’s Math 7, Period 3, Room 114."""
        return db.session.get_one(SchoolClass, named("math 7"))

    @property
    def framework(self) -> Framework:
        """The district’s own: Danielson 2022, names."""
        return db.session.scalars(
            Framework.visible_to(self.principal).where(Framework.key == "danielson-2022")
        ).one()

    def look_for(self, key: str) -> LookFor:
        """A look-for by its key, BL01 say."""
        rows = select(LookFor).join(LookForSet).where(LookForSet.state == "published")
        return db.session.scalars(rows.where(LookFor.key == key)).one()


def enter() -> None:
    """Put the cast on the stage: two schools, nine people, three classes, the whole shelf."""
    district = District(
        id=named("district"), name="Cedar Falls", time_zone="America/Chicago", made_at=BEGAN
    )
    db.session.add(district)
    db.session.flush()
    lincoln = School(id=named("lincoln"), district_id=district.id, name="Lincoln Middle School")
    harbor = School(id=named("harbor"), district_id=district.id, name="Harbor Middle School")
    db.session.add_all([lincoln, harbor])
    people = [
        _person(district, "holt", "Ms.", "Grace", (Role.OBSERVER, lincoln)),
        _person(district, "reyes", "Mr.", "Mateo", (Role.COACH, lincoln)),
        _person(district, "okafor", "Ms.", "Ada", (Role.TEACHER, lincoln)),
        _person(district, "lindqvist", "Mr.", "Erik", (Role.TEACHER, lincoln)),
        _person(district, "adair", "Ms.", "June", (Role.COACH, lincoln)),
        _person(district, "varga", "Ms.", "Ilona", (Role.OBSERVER, harbor)),
        _person(district, "moreau", "Ms.", "Claire", (Role.TEACHER, harbor)),
        _person(district, "brooks", "Dr.", "Imani", (Role.LEAD, None)),
        _person(district, "quill", "Mr.", "Owen", (Role.ADMINISTRATOR, None)),
    ]
    set_password(people[0], PASSWORD)
    for person in people[1:]:
        person.password_hash = people[0].password_hash
    db.session.add_all(people)
    db.session.flush()
    _class("math 7", lincoln, "okafor", "Math 7", "Mathematics", "7", "3", "114", 24)
    _class("science 8", lincoln, "lindqvist", "Science 8", "Science", "8", "3", "207", 26)
    _class("history 7", harbor, "moreau", "History 7", "Social Studies", "7", "2", "12", 22)
    db.session.add(Caseload(coach_id=named("reyes"), teacher_id=named("okafor"), since=BEGAN))
    take_shelf(read_shelf(), district, framework="danielson-2022", at=BEGAN)


def _person(
    district: District, name: str, title: str, given: str, post: tuple[Role, School | None]
) -> Person:
    role, school = post
    person = Person(
        id=named(name),
        district_id=district.id,
        given_name=given,
        family_name=name.capitalize(),
        title=title,
        email=f"{name}@cedarfalls.example",
        made_at=BEGAN,
        grants=[],
    )
    person.grant(role, school_id=school.id if school else None, at=BEGAN - timedelta(days=1))
    return person


def _class(
    key: str,
    school: School,
    teacher: str,
    name: str,
    subject: str,
    grade: str,
    period: str,
    room: str,
    count: int,
) -> None:
    db.session.add(
        SchoolClass(
            id=named(key),
            school_id=school.id,
            name=name,
            subject=subject,
            grade=grade,
            period=period,
            room=room,
            student_count=count,
            teaching=[ClassTeacher(teacher_id=named(teacher), position=0)],
        )
    )
