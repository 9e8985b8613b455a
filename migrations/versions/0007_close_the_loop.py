"""Close the loop: plans, wishes, self-views, jobs, binders, and the clocks of sharing

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import models.base

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('jobs',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('subject_id', models.base.Id(length=16), nullable=False),
    sa.Column('asked_by', models.base.Id(length=16), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('due_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('told_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('beat_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_jobs_asked_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs')),
    sa.UniqueConstraint('key', name=op.f('uq_jobs_key'))
    )
    op.create_index('ix_jobs_state_due_at', 'jobs', ['state', 'due_at'], unique=False)
    op.create_index('ix_jobs_subject_id', 'jobs', ['subject_id'], unique=False)
    op.create_table('binders',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('job_id', models.base.Id(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('kept_until', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.id'], name=op.f('fk_binders_job_id_jobs')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_binders_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_binders'))
    )
    op.create_index(op.f('ix_binders_person_id'), 'binders', ['person_id'], unique=False)
    op.create_table('plans',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('observer_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('class_id', models.base.Id(length=16), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('dropped_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=True),
    sa.ForeignKeyConstraint(['class_id'], ['classes.id'], name=op.f('fk_plans_class_id_classes')),
    sa.ForeignKeyConstraint(['observer_id'], ['people.id'], name=op.f('fk_plans_observer_id_people')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_plans_teacher_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_plans_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans'))
    )
    op.create_index('ix_plans_observer_id_day', 'plans', ['observer_id', 'day'], unique=False)
    op.create_index('ix_plans_teacher_id_day', 'plans', ['teacher_id', 'day'], unique=False)
    op.create_table('self_views',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('marks', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_self_views_teacher_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_self_views_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_self_views')),
    sa.UniqueConstraint('walkthrough_id', name=op.f('uq_self_views_walkthrough_id'))
    )
    op.create_table('wishes',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('plan_id', models.base.Id(length=16), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=True),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_wishes_plan_id_plans')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_wishes_teacher_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_wishes_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wishes'))
    )
    op.create_index('ix_wishes_teacher_id', 'wishes', ['teacher_id'], unique=False)
    op.create_index(op.f('ix_wishes_walkthrough_id'), 'wishes', ['walkthrough_id'], unique=False)
    op.create_table('binder_pages',
    sa.Column('binder_id', models.base.Id(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('feedback_id', models.base.Id(length=16), nullable=False),
    sa.Column('version_id', models.base.Id(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=True),
    sa.Column('fault', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['binder_id'], ['binders.id'], name=op.f('fk_binder_pages_binder_id_binders')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_binder_pages_feedback_id_feedback')),
    sa.ForeignKeyConstraint(['version_id'], ['feedback_versions.id'], name=op.f('fk_binder_pages_version_id_feedback_versions')),
    sa.PrimaryKeyConstraint('binder_id', 'position', name=op.f('pk_binder_pages'))
    )
    op.add_column('districts', sa.Column('share_within', sa.Integer(), server_default='5', nullable=False))
    op.add_column('districts', sa.Column('evaluation_notice', sa.Integer(), server_default='0', nullable=False))
    op.add_column('districts', sa.Column('days_off', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), server_default='[]', nullable=False))
    op.add_column('districts', sa.Column('mail_return', sa.Text(), server_default='', nullable=False))
    op.add_column('feedback', sa.Column('share_by', sa.Date(), nullable=True))
    op.add_column('feedback', sa.Column('share_at', models.base.UTCDateTime(timezone=True), nullable=True))
    op.add_column('replies', sa.Column('answered_at', models.base.UTCDateTime(timezone=True), nullable=True))
    op.add_column('replies', sa.Column('answered_in', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('replies', 'answered_in')
    op.drop_column('replies', 'answered_at')
    op.drop_column('feedback', 'share_at')
    op.drop_column('feedback', 'share_by')
    op.drop_column('districts', 'mail_return')
    op.drop_column('districts', 'days_off')
    op.drop_column('districts', 'evaluation_notice')
    op.drop_column('districts', 'share_within')
    op.drop_table('binder_pages')
    op.drop_table('wishes')
    op.drop_table('self_views')
    op.drop_table('plans')
    op.drop_table('binders')
    op.drop_table('jobs')
