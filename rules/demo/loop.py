"""How the loop of one invented visit closed: shared, opened, acknowledged, answered; or not yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.demo.chance import chance
from rules.demo.phrases import CONTEXTS, REPLIES
from rules.demo.visits import Visit

#: Hours from the visit until it is shared, and how often: the same day, mostly.
SHARED_AFTER = {0.5: 30, 2: 25, 5: 20, 24: 15, 70: 10}
#: Nobody leaves a draft lying longer than this.
STILL_A_DRAFT = timedelta(days=4)


@dataclass(frozen=True)
class Loop:
    """Aware instants, None where it has not come so far. `reply` is (kind, words)."""

    shared_at: datetime | None = None
    opened_at: datetime | None = None
    acknowledged_at: datetime | None = None
    reply: tuple[str, str] | None = None


def loop(visit: Visit, finished_at: datetime, until: datetime) -> Loop:
    """What became of a visit, as far as it can be known at `until`."""
    if visit.ending == "draft":
        return Loop()
    source = chance(visit.seed, "loop", visit.id)
    hours = source.weighted(SHARED_AFTER)
    shared = finished_at + timedelta(hours=hours, minutes=source.randint(1, 50))
    opened = shared + timedelta(hours=source.choice((0.3, 2, 5, 20)), minutes=source.randint(1, 50))
    read, answers, words = source.random(), source.random(), _words(visit, source.random())
    if visit.ending == "unread":
        return Loop(shared_at=min(shared, until))
    if visit.teacher.signs_in:
        read = 0.0  # whoever signs in finds one new letter, and a history behind it
    if shared > until or (read > 0.9 and until - finished_at < STILL_A_DRAFT):
        return Loop()
    if opened > until or read > 0.95:
        return Loop(shared_at=shared)
    answered = opened + timedelta(minutes=source.randint(2, 90))
    if answered > until or read > 0.86:
        return Loop(shared_at=shared, opened_at=opened)
    reply = words if answers < 0.55 else None
    return Loop(shared, opened, answered, reply)


def _words(visit: Visit, draw: float) -> tuple[str, str]:
    """A reply that fits the room, or what the visit could not see."""
    if draw < 0.2:
        return "context", CONTEXTS[int(draw * 5 * len(CONTEXTS)) % len(CONTEXTS)]
    fitting = REPLIES.get(visit.room, REPLIES["other"])
    return "reply", fitting[int(draw * 100) % len(fitting)]
