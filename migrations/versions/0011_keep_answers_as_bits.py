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
    sa.column('asked', sa.BigInteger), sa.column('yes', sa.BigInteger),
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
    op.create_table('trend_marks',
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('marks', Json, nullable=False),
    sa.Column('reasons', Json, nullable=False),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['trend_facts.walkthrough_id'], name=op.f('fk_trend_marks_walkthrough_id_trend_facts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('walkthrough_id', name=op.f('pk_trend_marks'))
    )
    for name in ('same_day', 'read', 'answered'):
        op.add_column('trend_facts', sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ('asked', 'yes'):
        op.add_column('trend_facts', sa.Column(name, sa.BigInteger(), nullable=False, server_default='0'))
    fill(op.get_bind())
    op.execute('UPDATE trend_facts SET read = EXISTS (SELECT 1 FROM feedback f WHERE f.walkthrough_id = trend_facts.walkthrough_id AND f.opened_at IS NOT NULL)')
    op.execute('UPDATE trend_facts SET answered = EXISTS (SELECT 1 FROM feedback f JOIN replies r ON r.feedback_id = f.id WHERE f.walkthrough_id = trend_facts.walkthrough_id)')
    op.execute('INSERT INTO trend_marks (walkthrough_id, marks, reasons) SELECT walkthrough_id, marks, reasons FROM trend_facts')
    op.drop_column('trend_facts', 'marks')
    op.drop_column('trend_facts', 'reasons')
    op.drop_index('ix_trend_facts_school_id_month', 'trend_facts')
    op.drop_index('ix_trend_facts_observer_id', 'trend_facts')
    op.create_index('ix_trend_facts_school_id', 'trend_facts', ['school_id', 'month', 'subject', 'grade', 'model', 'teacher_id', 'verdict', 'same_day', 'read', 'answered', 'asked', 'yes'])
    op.create_index('ix_trend_facts_observer_id', 'trend_facts', ['observer_id', 'school_id'])


def downgrade() -> None:
    op.add_column('trend_facts', sa.Column('reasons', Json, nullable=False, server_default='[]'))
    op.add_column('trend_facts', sa.Column('marks', Json, nullable=False, server_default='{}'))
    for column in ('reasons', 'marks'):
        op.execute(f'UPDATE trend_facts SET {column} = (SELECT m.{column} FROM trend_marks m WHERE m.walkthrough_id = trend_facts.walkthrough_id)')
    op.drop_table('trend_marks')
    op.drop_table('trend_answers')
    op.drop_table('trend_places')
    op.drop_index('ix_trend_facts_school_id', 'trend_facts')
    op.drop_index('ix_trend_facts_observer_id', 'trend_facts')
    for name in ('same_day', 'read', 'answered', 'asked', 'yes'):
        op.drop_column('trend_facts', name)
    op.create_index('ix_trend_facts_school_id_month', 'trend_facts', ['school_id', 'month'])
    op.create_index('ix_trend_facts_observer_id', 'trend_facts', ['observer_id'])


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
            parts = {fact: bits(told, given) for fact, told in said.items()}
            zoned = {fact.walkthrough_id: same_day(fact, ZoneInfo(zone)) for fact in some}
            connection.execute(
                sa.update(facts).where(facts.c.walkthrough_id == sa.bindparam('fact'))
                .values(asked=sa.bindparam('a'), yes=sa.bindparam('y'), same_day=sa.bindparam('d')),
                [{'fact': fact, 'a': told[0][0], 'y': told[0][1], 'd': zoned[fact]} for fact, told in parts.items()])
            more = [{'walkthrough_id': fact, 'part': part, 'asked': asked, 'yes': yes}
                for fact, told in parts.items() for part, (asked, yes) in told.items() if part]
            if more:
                connection.execute(sa.insert(answers), more)
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


def bits(told, given):
    """Answers as numbers by part; the first part is always there."""
    parts = {0: (0, 0)}
    for question, answer in told.items():
        part, bit = divmod(given[question], IN_A_PART)
        asked, yes = parts.get(part, (0, 0))
        parts[part] = asked | 1 << bit, yes | answer << bit
    return parts


def same_day(fact, zone: ZoneInfo) -> bool:
    """Whether it was shared on the day of the visit, on the clock of the district."""
    if fact.shared_at is None:
        return False
    one, other = (instant.astimezone(zone).date() for instant in (fact.started_at, fact.shared_at))
    return one == other
