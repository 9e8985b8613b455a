"""Count visits for trends

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text

import models.base
from sqlalchemy.dialects import postgresql

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('trend_facts',
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('observer_id', models.base.Id(length=16), nullable=False),
    sa.Column('class_id', models.base.Id(length=16), nullable=True),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('model', sa.Text(), nullable=False),
    sa.Column('phase', sa.Text(), nullable=False),
    sa.Column('started_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('month', sa.Text(), nullable=True),
    sa.Column('rule_version', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('reasons', Json, nullable=False),
    sa.Column('marks', Json, nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['classes.id'], name=op.f('fk_trend_facts_class_id_classes')),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_trend_facts_district_id_districts')),
    sa.ForeignKeyConstraint(['observer_id'], ['people.id'], name=op.f('fk_trend_facts_observer_id_people')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_trend_facts_school_id_schools')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_trend_facts_teacher_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_trend_facts_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('walkthrough_id', name=op.f('pk_trend_facts'))
    )
    op.create_index('ix_trend_facts_district_id_month', 'trend_facts', ['district_id', 'month'])
    op.create_index('ix_trend_facts_school_id_month', 'trend_facts', ['school_id', 'month'])
    op.create_index('ix_trend_facts_teacher_id', 'trend_facts', ['teacher_id'])
    op.create_index('ix_trend_facts_observer_id', 'trend_facts', ['observer_id'])
    op.create_table('trend_counted',
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('month', sa.Text(), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('observer_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('model', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('reasons', Json, nullable=False),
    sa.Column('marks', Json, nullable=False),
    sa.Column('same_day', sa.Boolean(), nullable=False),
    sa.Column('read', sa.Boolean(), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('walkthrough_id', name=op.f('pk_trend_counted'))
    )
    op.create_index('ix_trend_counted_district_id_month', 'trend_counted', ['district_id', 'month'])
    op.create_table('trend_periods',
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('limits', Json, nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_trend_periods_district_id_districts')),
    sa.PrimaryKeyConstraint('district_id', 'period', name=op.f('pk_trend_periods'))
    )
    op.create_table('trend_tables',
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('since', sa.Text(), nullable=False),
    sa.Column('cells', Json, nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_trend_tables_district_id_districts')),
    sa.PrimaryKeyConstraint('district_id', 'period', 'by', 'question', name=op.f('pk_trend_tables'))
    )
    op.create_table('trend_alerts',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=False),
    sa.Column('run', sa.Integer(), nullable=False),
    sa.Column('since', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_trend_alerts_person_id_people')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_trend_alerts_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trend_alerts'))
    )
    op.create_index('ix_trend_alerts_person_id', 'trend_alerts', ['person_id'])
    op.add_column('districts', sa.Column('small_groups', Json, nullable=False, server_default='{}'))


def downgrade() -> None:
    op.drop_column('districts', 'small_groups')
    op.drop_table('trend_alerts')
    op.drop_table('trend_tables')
    op.drop_table('trend_periods')
    op.drop_table('trend_counted')
    op.drop_table('trend_facts')
