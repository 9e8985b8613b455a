"""Keep coaching in confidence

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('caseloads', schema=None) as batch_op:
        batch_op.add_column(sa.Column('beside_id', models.base.Id(length=16), nullable=True))
        batch_op.add_column(sa.Column('state', sa.Text(), nullable=False, server_default='active'))
        batch_op.create_foreign_key(batch_op.f('fk_caseloads_beside_id_caseloads'), 'caseloads', ['beside_id'], ['id'])
    with op.batch_alter_table('caseloads', schema=None) as batch_op:
        batch_op.alter_column('state', server_default=None)

    op.create_table('coaching_notes',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_coaching_notes_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_coaching_notes_caseload_id_caseloads')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coaching_notes'))
    )
    with op.batch_alter_table('coaching_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coaching_notes_caseload_id'), ['caseload_id'], unique=False)

    op.create_table('goals',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_goals_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_goals_caseload_id_caseloads')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goals'))
    )
    with op.batch_alter_table('goals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goals_caseload_id'), ['caseload_id'], unique=False)

    op.create_table('mentoring',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('students', sa.Integer(), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_mentoring_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_mentoring_caseload_id_caseloads')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring'))
    )
    with op.batch_alter_table('mentoring', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mentoring_caseload_id'), ['caseload_id'], unique=False)

    op.create_table('phase_moves',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=False),
    sa.Column('look_for_id', models.base.Id(length=16), nullable=False),
    sa.Column('phase', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_phase_moves_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_phase_moves_caseload_id_caseloads')),
    sa.ForeignKeyConstraint(['look_for_id'], ['look_fors.id'], name=op.f('fk_phase_moves_look_for_id_look_fors')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phase_moves'))
    )
    with op.batch_alter_table('phase_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phase_moves_caseload_id'), ['caseload_id'], unique=False)

    op.create_table('plan_parts',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=False),
    sa.Column('look_for_id', models.base.Id(length=16), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('resource', sa.Text(), nullable=False),
    sa.Column('begins_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('dropped_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_plan_parts_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_plan_parts_caseload_id_caseloads')),
    sa.ForeignKeyConstraint(['look_for_id'], ['look_fors.id'], name=op.f('fk_plan_parts_look_for_id_look_fors')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_parts'))
    )
    with op.batch_alter_table('plan_parts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_parts_caseload_id'), ['caseload_id'], unique=False)

    op.create_table('steps',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('by_id', models.base.Id(length=16), nullable=False),
    sa.Column('caseload_id', models.base.Id(length=16), nullable=True),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=True),
    sa.Column('look_for_id', models.base.Id(length=16), nullable=True),
    sa.Column('after_id', models.base.Id(length=16), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('due_at', sa.Time(), nullable=True),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('done_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['after_id'], ['steps.id'], name=op.f('fk_steps_after_id_steps')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_steps_by_id_people')),
    sa.ForeignKeyConstraint(['caseload_id'], ['caseloads.id'], name=op.f('fk_steps_caseload_id_caseloads')),
    sa.ForeignKeyConstraint(['look_for_id'], ['look_fors.id'], name=op.f('fk_steps_look_for_id_look_fors')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_steps_teacher_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_steps_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_steps'))
    )
    with op.batch_alter_table('steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_steps_caseload_id'), ['caseload_id'], unique=False)
        batch_op.create_index('ix_steps_teacher_id_made_at', ['teacher_id', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_steps_walkthrough_id'), ['walkthrough_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('steps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_steps_walkthrough_id'))
        batch_op.drop_index('ix_steps_teacher_id_made_at')
        batch_op.drop_index(batch_op.f('ix_steps_caseload_id'))

    op.drop_table('steps')
    with op.batch_alter_table('plan_parts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_parts_caseload_id'))

    op.drop_table('plan_parts')
    with op.batch_alter_table('phase_moves', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phase_moves_caseload_id'))

    op.drop_table('phase_moves')
    with op.batch_alter_table('mentoring', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mentoring_caseload_id'))

    op.drop_table('mentoring')
    with op.batch_alter_table('goals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_goals_caseload_id'))

    op.drop_table('goals')
    with op.batch_alter_table('coaching_notes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_coaching_notes_caseload_id'))

    op.drop_table('coaching_notes')

    # who was only asked, or stood beside somebody, would become a coach in full
    op.execute("DELETE FROM caseloads WHERE state <> 'active' OR beside_id IS NOT NULL")
    with op.batch_alter_table('caseloads', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_caseloads_beside_id_caseloads'), type_='foreignkey')
        batch_op.drop_column('state')
        batch_op.drop_column('beside_id')
