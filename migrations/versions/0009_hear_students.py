"""Hear students

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text

import models.base
from sqlalchemy.dialects import postgresql

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('voice_sheets',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('class_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('tickets', sa.Integer(), nullable=False),
    sa.Column('locked', sa.LargeBinary(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('results', Json, nullable=True),
    sa.Column('coach_since', sa.Date(), nullable=True),
    sa.Column('observers_since', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['classes.id'], name=op.f('fk_voice_sheets_class_id_classes')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_voice_sheets_teacher_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice_sheets')),
    sa.UniqueConstraint('class_id', 'day', name=op.f('uq_voice_sheets_class_id_day'))
    )
    op.create_index('ix_voice_sheets_teacher_id', 'voice_sheets', ['teacher_id'])
    op.create_table('voice_tickets',
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('sheet_id', models.base.Id(length=16), nullable=False),
    sa.Column('spent', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['voice_sheets.id'], name=op.f('fk_voice_tickets_sheet_id_voice_sheets')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_voice_tickets')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_voice_tickets_sheet_id', 'voice_tickets', ['sheet_id'])
    op.create_table('voice_guesses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('wrong', sa.Float(), nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_voice_guesses'))
    )
    op.create_table('views',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('subject_id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_views_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_views'))
    )
    op.create_index('ix_views_subject_id', 'views', ['subject_id'])


def downgrade() -> None:
    op.drop_table('views')
    op.drop_table('voice_guesses')
    op.drop_table('voice_tickets')
    op.drop_table('voice_sheets')
