"""Keep answers as bits

Revision: 0011, after 0010.
"""

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text

import models.base
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')
Id, Instant = models.base.Id(length=16), models.base.UTCDateTime(timezone=True)

AT_ONCE = 5000
IN_A_PART = 63

facts = sa.table('trend_facts',
    sa.column('walkthrough_id', Id), sa.column('district_id', Id), sa.column('started_at', Instant),
    sa.column('shared_at', Instant), sa.column('same_day', sa.Boolean), sa.column('verdict', Text),
    sa.column('reasons', Json), sa.column('marks', Json))
districts = sa.table('districts', sa.column('id', Id), sa.column('time_zone', Text))
places = sa.table('trend_places',
    sa.column('district_id', Id), sa.column('question', Text), sa.column('place', sa.Integer))
answers = sa.table('trend_answers',
    sa.column('walkthrough_id', Id), sa.column('part', sa.Integer),
    sa.column('asked', sa.BigInteger), sa.column('yes', sa.BigInteger))


def upgrade() -> None:
    op.create_table('trend_places',
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_trend_places_district_id_districts')),
    sa.PrimaryKeyConstraint('district_id', 'question', name=op.f('pk_trend_places')),
    sa.UniqueConstraint('district_id', 'place', name=op.f('uq_trend_places_district_id_place'))
    )
    op.create_table('trend_answers',
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('asked', sa.BigInteger(), nullable=False),
    sa.Column('yes', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['trend_facts.walkthrough_id'], name=op.f('fk_trend_answers_walkthrough_id_trend_facts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('walkthrough_id', 'part', name=op.f('pk_trend_answers'))
    )
    op.add_column('trend_facts', sa.Column('same_day', sa.Boolean(), nullable=False, server_default=sa.false()))
    fill(op.get_bind())


def downgrade() -> None:
    op.drop_table('trend_answers')
    op.drop_table('trend_places')
    op.drop_column('trend_facts', 'same_day')


def fill(connection: sa.Connection) -> None:
    """Read the answers of every fact out of what it says in words.

    The rules are written out here as they were on this day, since a migration outlives them.
    """
    for district, zone in connection.execute(sa.select(districts.c.id, districts.c.time_zone)).all():
        given: dict[str, int] = {}
        for some in in_turns(connection, district):
            said = {fact.walkthrough_id: dict(read(fact)) for fact in some}
            for question in (*OF_RULES, *sorted({key for told in said.values() for key in told})):
                given.setdefault(question, len(given))
            rows = [row for fact, told in said.items() for row in bits(fact, told, given)]
            connection.execute(sa.insert(answers), rows)
            mark_same_day(connection, [fact for fact in some if same_day(fact, ZoneInfo(zone))])
        if given:
            rows = [{'district_id': district, 'question': question, 'place': place} for question, place in given.items()]
            connection.execute(sa.insert(places), rows)


def in_turns(connection: sa.Connection, district):
    """The facts of a district, some thousand at a time."""
    last = None
    while True:
        rows = sa.select(facts).where(facts.c.district_id == district)
        if last is not None:
            rows = rows.where(facts.c.walkthrough_id > last)
        some = connection.execute(rows.order_by(facts.c.walkthrough_id).limit(AT_ONCE)).all()
        if not some:
            return
        yield some
        last = some[-1].walkthrough_id


FIRM = ('preserved', 'at_risk', 'displaced')
REASONS = ('headphone_room', 'solo_device_room', 'listening_room', 'no_talk_structure',
    'no_peer_talk', 'topics_thin', 'topics_fragmented', 'planned_not_seen')
LOOKED_FOR = ('seen', 'not_seen', 'in_focus')
KNOWING, ORGANIZING = 'knowing-and-organizing/KO01', 'knowing-and-organizing/KO02'
DEVICE, CHANGED = 'substitution/SU01', ('substitution/SU02', 'substitution/SU03', 'substitution/SU04')
OF_RULES = ('talk:preserved', 'talk:displaced', 'talk:firm', *('why:' + code for code in REASONS),
    'pair:gap', 'alarm:substitution')


def read(fact):
    """Every question a visit answers by itself, with its answer."""
    marks, firm = fact.marks, fact.verdict in FIRM
    if firm:
        yield 'talk:preserved', fact.verdict == 'preserved'
        yield 'talk:displaced', fact.verdict == 'displaced'
        for code in REASONS:
            yield 'why:' + code, code in fact.reasons
    if fact.verdict != 'not_applicable':
        yield 'talk:firm', firm
    known, organized = marks.get(KNOWING), marks.get(ORGANIZING)
    if known in ('seen', 'not_seen') and organized in ('seen', 'not_seen'):
        yield 'pair:gap', known == 'seen' and organized == 'not_seen'
    if marks.get(DEVICE) == 'seen':
        yield 'alarm:substitution', all(marks.get(key) == 'not_seen' for key in CHANGED)
    for key, mark in marks.items():
        if mark in LOOKED_FOR:
            yield key, mark == 'seen'


def bits(fact, told, given):
    """Answers as numbers, so many to a row; the first row is always there."""
    asked, yes = {0: 0}, {0: 0}
    for question, answer in told.items():
        part, bit = divmod(given[question], IN_A_PART)
        asked[part] = asked.get(part, 0) | 1 << bit
        yes[part] = yes.get(part, 0) | answer << bit
    for part in asked:
        yield {'walkthrough_id': fact, 'part': part, 'asked': asked[part], 'yes': yes[part]}


def same_day(fact, zone: ZoneInfo) -> bool:
    """Whether it was shared on the day of the visit, on the clock of the district."""
    if fact.shared_at is None:
        return False
    one, other = (instant.astimezone(zone).date() for instant in (fact.started_at, fact.shared_at))
    return one == other


def mark_same_day(connection: sa.Connection, some) -> None:
    """Say so of these."""
    if some:
        told = sa.update(facts).where(facts.c.walkthrough_id == sa.bindparam('fact')).values(same_day=True)
        connection.execute(told, [{'fact': fact.walkthrough_id} for fact in some])
