"""What was observed on a walk: plain frozen values, the same on the phone and at school."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime

from rules.capture.event import instant_text


@dataclass(frozen=True)
class Started:
    """How the walk began; the first start that stands, since the purpose is locked."""

    at: datetime
    teacher: str | None
    class_: str | None
    purpose: str
    framework: str | None
    sets: tuple[str, ...]
    focus: tuple[str, ...]


@dataclass(frozen=True)
class Context:
    """The lesson around the visit; what was never said is None."""

    present: int | None = None
    model: str | None = None
    phase: str | None = None
    subject: str | None = None
    grade: str | None = None
    discourse_goal: bool | None = None
    planned_talk_at: str | None = None
    minutes_in: int | None = None


@dataclass(frozen=True)
class Tap:
    """One sighting of a look-for."""

    event: str
    at: datetime


@dataclass(frozen=True)
class Mark:
    """The last mark of one look-for; `taps` are its sightings, only where it was seen."""

    look_for: str
    mark: str
    at: datetime
    event: str
    taps: tuple[Tap, ...]


@dataclass(frozen=True)
class Sweep:
    """One count of the room; `counted` says whether it is valid, `note` why it is not."""

    event: str
    number: int
    began_at: datetime
    at: datetime
    counts: Mapping[str, int]
    present: int | None
    total: int
    counted: bool
    note: str


@dataclass(frozen=True)
class Structure:
    """A talk structure seen; `name` where it is another than those listed."""

    event: str
    at: datetime
    structure: str
    name: str | None


@dataclass(frozen=True)
class Heard:
    """A student answered, added to or questioned another student's idea."""

    event: str
    at: datetime


@dataclass(frozen=True)
class Topics:
    """Sizes of same-topic groups; `partly` where they cover too few of those present."""

    event: str
    at: datetime
    sizes: tuple[int, ...]
    partly: bool


@dataclass(frozen=True)
class Asked:
    """What student A, B or C answered: now, going and how as clear, partly or not_yet."""

    event: str
    at: datetime
    student: str
    now: str | None
    going: str | None
    how: str | None
    classmate: str | None
    quote: str | None


@dataclass(frozen=True)
class Note:
    """One line of the script in its latest words; `at` is when it was first written."""

    note: str
    event: str
    at: datetime
    text: str
    speaker: str | None
    look_fors: tuple[str, ...]
    components: tuple[str, ...]
    slot: str | None


@dataclass(frozen=True)
class Level:
    """A level given to a component; only where the purpose is evaluation."""

    event: str
    at: datetime
    component: str
    level: str


@dataclass(frozen=True)
class Override:
    """The observer's other verdict with its reason; the rule's verdict stays beside it."""

    event: str
    at: datetime
    verdict: str
    reason: str


@dataclass(frozen=True)
class Observed:
    """The fold of a walk's events."""

    started: Started | None = None
    context: Context = field(default_factory=Context)
    marks: tuple[Mark, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    structures: tuple[Structure, ...] = ()
    structure_answered: bool = False
    uptakes: tuple[Heard, ...] = ()
    uptake_answered: bool = False
    topics: Topics | None = None
    students: tuple[Asked, ...] = ()
    notes: tuple[Note, ...] = ()
    levels: tuple[Level, ...] = ()
    override: Override | None = None
    finished_at: datetime | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None

    def as_dict(self) -> dict[str, object]:
        """The shape of the phone's fold: same names, instants as text, `class` for class_."""
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self)}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        names = (each.name for each in fields(value))
        return {name.rstrip("_"): _plain(getattr(value, name)) for name in names}
    return value
