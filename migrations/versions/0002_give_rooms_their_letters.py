"""Give rooms their letters

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('room_codes',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=False),
    sa.Column('room', sa.Text(), nullable=True),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=True),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(room IS NULL) <> (teacher_id IS NULL)', name=op.f('ck_room_codes_room_or_teacher')),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_room_codes_district_id_districts')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_room_codes_school_id_schools')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_room_codes_teacher_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_codes')),
    sa.UniqueConstraint('district_id', 'code', name=op.f('uq_room_codes_district_id_code')),
    sa.UniqueConstraint('school_id', 'room', name=op.f('uq_room_codes_school_id_room')),
    sa.UniqueConstraint('school_id', 'teacher_id', name=op.f('uq_room_codes_school_id_teacher_id'))
    )


def downgrade() -> None:
    op.drop_table('room_codes')
