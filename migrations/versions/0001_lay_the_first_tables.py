"""Lay the first tables

Revision: 0001, after .
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import models.base

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('districts',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('source_id', sa.Text(), nullable=True),
    sa.Column('time_zone', sa.Text(), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.Column('brand_colour', sa.Text(), nullable=True),
    sa.Column('brand_logo', sa.LargeBinary(), nullable=True),
    sa.Column('framework_id', models.base.Id(length=16), nullable=True),
    sa.Column('discourse_thresholds', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_districts')),
    sa.UniqueConstraint('source_id', name=op.f('uq_districts_source_id'))
    )
    op.create_table('sign_in_throttles',
    sa.Column('account_digest', sa.LargeBinary(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('closed_until', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('account_digest', name=op.f('pk_sign_in_throttles'))
    )
    op.create_table('frameworks',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('rights', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('levels', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_frameworks_district_id_districts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_frameworks')),
    sa.UniqueConstraint('district_id', 'key', 'version', name=op.f('uq_frameworks_district_id_key_version'))
    )
    with op.batch_alter_table('frameworks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_frameworks_district_id'), ['district_id'], unique=False)

    # a district names its own framework, and frameworks belong to a district: tied when both exist
    with op.batch_alter_table('districts', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_districts_framework_id_frameworks', 'frameworks', ['framework_id'], ['id'])

    op.create_table('look_for_sets',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('version', sa.Text(), nullable=False),
    sa.Column('rights', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_look_for_sets_district_id_districts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_for_sets')),
    sa.UniqueConstraint('district_id', 'key', 'version', name=op.f('uq_look_for_sets_district_id_key_version'))
    )
    with op.batch_alter_table('look_for_sets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_look_for_sets_district_id'), ['district_id'], unique=False)

    op.create_table('people',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('source_id', sa.Text(), nullable=True),
    sa.Column('given_name', sa.Text(), nullable=False),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('password_hash', sa.Text(), nullable=True),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_people_district_id_districts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('district_id', 'source_id', name=op.f('uq_people_district_id_source_id')),
    sa.UniqueConstraint('email', name=op.f('uq_people_email'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_district_id'), ['district_id'], unique=False)

    op.create_table('schools',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('district_id', models.base.Id(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('source_id', sa.Text(), nullable=True),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['district_id'], ['districts.id'], name=op.f('fk_schools_district_id_districts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schools')),
    sa.UniqueConstraint('district_id', 'source_id', name=op.f('uq_schools_district_id_source_id'))
    )
    with op.batch_alter_table('schools', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schools_district_id'), ['district_id'], unique=False)

    op.create_table('acts',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=True),
    sa.Column('act', sa.Text(), nullable=False),
    sa.Column('subject_id', models.base.Id(length=16), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_acts_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acts'))
    )
    op.create_table('caseloads',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('coach_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('since', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['coach_id'], ['people.id'], name=op.f('fk_caseloads_coach_id_people')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_caseloads_teacher_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_caseloads')),
    sa.UniqueConstraint('coach_id', 'teacher_id', 'since', name=op.f('uq_caseloads_coach_id_teacher_id_since'))
    )
    with op.batch_alter_table('caseloads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_caseloads_coach_id'), ['coach_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_caseloads_teacher_id'), ['teacher_id'], unique=False)

    op.create_table('classes',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=False),
    sa.Column('source_id', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('subject', sa.Text(), nullable=False),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('period', sa.Text(), nullable=False),
    sa.Column('room', sa.Text(), nullable=False),
    sa.Column('student_count', sa.Integer(), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_classes_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_classes')),
    sa.UniqueConstraint('school_id', 'source_id', name=op.f('uq_classes_school_id_source_id'))
    )
    with op.batch_alter_table('classes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_classes_school_id'), ['school_id'], unique=False)

    op.create_table('components',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('framework_id', models.base.Id(length=16), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('plate', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('parent_id', models.base.Id(length=16), nullable=True),
    sa.Column('discourse_linked', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['framework_id'], ['frameworks.id'], name=op.f('fk_components_framework_id_frameworks')),
    sa.ForeignKeyConstraint(['parent_id'], ['components.id'], name=op.f('fk_components_parent_id_components')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_components')),
    sa.UniqueConstraint('framework_id', 'key', name=op.f('uq_components_framework_id_key'))
    )
    op.create_table('event_asides',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('event_id', sa.Text(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('author_id', models.base.Id(length=16), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_event_asides_author_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_asides')),
    sa.UniqueConstraint('digest', name=op.f('uq_event_asides_digest'))
    )
    op.create_table('invitations',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('token_digest', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_by', models.base.Id(length=16), nullable=True),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('used_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by'], ['people.id'], name=op.f('fk_invitations_made_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_invitations_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_invitations_token_digest'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_person_id'), ['person_id'], unique=False)

    op.create_table('look_fors',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('set_id', models.base.Id(length=16), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('core_four', sa.Text(), nullable=True),
    sa.Column('leap', sa.Text(), nullable=True),
    sa.Column('role', sa.Text(), nullable=True),
    sa.Column('ask', sa.Text(), nullable=False),
    sa.Column('starting', sa.Text(), nullable=False),
    sa.Column('growing', sa.Text(), nullable=False),
    sa.Column('strong', sa.Text(), nullable=False),
    sa.Column('example', sa.Text(), nullable=False),
    sa.Column('artifact', sa.Text(), nullable=False),
    sa.Column('resource', sa.Text(), nullable=False),
    sa.Column('strength_phrase', sa.Text(), nullable=False),
    sa.Column('observation_phrase', sa.Text(), nullable=False),
    sa.Column('step_phrase', sa.Text(), nullable=False),
    sa.Column('question_phrase', sa.Text(), nullable=False),
    sa.Column('focus', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['set_id'], ['look_for_sets.id'], name=op.f('fk_look_fors_set_id_look_for_sets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_fors')),
    sa.UniqueConstraint('set_id', 'key', name=op.f('uq_look_fors_set_id_key'))
    )
    op.create_table('role_grants',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=True),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('granted_by', models.base.Id(length=16), nullable=True),
    sa.Column('since', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['people.id'], name=op.f('fk_role_grants_granted_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_role_grants_person_id_people')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_role_grants_school_id_schools')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grants'))
    )
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grants_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_role_grants_school_id_role', ['school_id', 'role'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('token_digest', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_sign_ins_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_sign_ins_token_digest'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_person_id'), ['person_id'], unique=False)

    op.create_table('alignments',
    sa.Column('look_for_id', models.base.Id(length=16), nullable=False),
    sa.Column('component_id', models.base.Id(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['component_id'], ['components.id'], name=op.f('fk_alignments_component_id_components')),
    sa.ForeignKeyConstraint(['look_for_id'], ['look_fors.id'], name=op.f('fk_alignments_look_for_id_look_fors')),
    sa.PrimaryKeyConstraint('look_for_id', 'component_id', name=op.f('pk_alignments'))
    )
    with op.batch_alter_table('alignments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alignments_component_id'), ['component_id'], unique=False)

    op.create_table('class_teachers',
    sa.Column('class_id', models.base.Id(length=16), nullable=False),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['classes.id'], name=op.f('fk_class_teachers_class_id_classes')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_class_teachers_teacher_id_people')),
    sa.PrimaryKeyConstraint('class_id', 'teacher_id', name=op.f('pk_class_teachers'))
    )
    with op.batch_alter_table('class_teachers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_teachers_teacher_id'), ['teacher_id'], unique=False)

    op.create_table('walkthroughs',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('observer_id', models.base.Id(length=16), nullable=False),
    sa.Column('school_id', models.base.Id(length=16), nullable=True),
    sa.Column('teacher_id', models.base.Id(length=16), nullable=True),
    sa.Column('class_id', models.base.Id(length=16), nullable=True),
    sa.Column('purpose', sa.Text(), nullable=True),
    sa.Column('framework_id', models.base.Id(length=16), nullable=True),
    sa.Column('sets', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('started_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('finished_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('retracted_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('received_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['classes.id'], name=op.f('fk_walkthroughs_class_id_classes')),
    sa.ForeignKeyConstraint(['framework_id'], ['frameworks.id'], name=op.f('fk_walkthroughs_framework_id_frameworks')),
    sa.ForeignKeyConstraint(['observer_id'], ['people.id'], name=op.f('fk_walkthroughs_observer_id_people')),
    sa.ForeignKeyConstraint(['school_id'], ['schools.id'], name=op.f('fk_walkthroughs_school_id_schools')),
    sa.ForeignKeyConstraint(['teacher_id'], ['people.id'], name=op.f('fk_walkthroughs_teacher_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_walkthroughs'))
    )
    with op.batch_alter_table('walkthroughs', schema=None) as batch_op:
        batch_op.create_index('ix_walkthroughs_observer_id_started_at', ['observer_id', 'started_at'], unique=False)
        batch_op.create_index('ix_walkthroughs_school_id_started_at', ['school_id', 'started_at'], unique=False)
        batch_op.create_index('ix_walkthroughs_teacher_id_started_at', ['teacher_id', 'started_at'], unique=False)

    op.create_table('discourse_checks',
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('rule_version', sa.Text(), nullable=False),
    sa.Column('thresholds', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('inputs', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('result', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('override_verdict', sa.Text(), nullable=True),
    sa.Column('override_reason', sa.Text(), nullable=True),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_discourse_checks_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('walkthrough_id', name=op.f('pk_discourse_checks'))
    )
    op.create_table('events',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('author_id', models.base.Id(length=16), nullable=False),
    sa.Column('device', sa.Text(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('elapsed_ms', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_events_author_id_people')),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_events_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index('ix_events_walkthrough_id', ['walkthrough_id'], unique=False)

    op.create_table('feedback',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('walkthrough_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('opened_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['walkthrough_id'], ['walkthroughs.id'], name=op.f('fk_feedback_walkthrough_id_walkthroughs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('walkthrough_id', name=op.f('uq_feedback_walkthrough_id'))
    )
    op.create_table('feedback_versions',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('feedback_id', models.base.Id(length=16), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sentences', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', models.base.Id(length=16), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('edited_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('shared_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.Column('frozen', sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql'), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_feedback_versions_author_id_people')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_feedback_versions_feedback_id_feedback')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_versions')),
    sa.UniqueConstraint('feedback_id', 'number', name=op.f('uq_feedback_versions_feedback_id_number'))
    )
    op.create_table('feedback_views',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('feedback_id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_feedback_views_feedback_id_feedback')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feedback_views_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_views'))
    )
    with op.batch_alter_table('feedback_views', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_views_feedback_id', ['feedback_id'], unique=False)

    op.create_table('replies',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('feedback_id', models.base.Id(length=16), nullable=False),
    sa.Column('author_id', models.base.Id(length=16), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_replies_author_id_people')),
    sa.ForeignKeyConstraint(['feedback_id'], ['feedback.id'], name=op.f('fk_replies_feedback_id_feedback')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replies'))
    )
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replies_feedback_id'), ['feedback_id'], unique=False)

    op.create_table('feedback_pdfs',
    sa.Column('version_id', models.base.Id(length=16), nullable=False),
    sa.Column('paper', sa.Text(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['feedback_versions.id'], name=op.f('fk_feedback_pdfs_version_id_feedback_versions')),
    sa.PrimaryKeyConstraint('version_id', 'paper', 'digest', name=op.f('pk_feedback_pdfs'))
    )


def downgrade() -> None:
    with op.batch_alter_table('districts', schema=None) as batch_op:
        batch_op.drop_constraint('fk_districts_framework_id_frameworks', type_='foreignkey')

    op.drop_table('feedback_pdfs')
    with op.batch_alter_table('replies', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_replies_feedback_id'))

    op.drop_table('replies')
    with op.batch_alter_table('feedback_views', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_views_feedback_id')

    op.drop_table('feedback_views')
    op.drop_table('feedback_versions')
    op.drop_table('feedback')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index('ix_events_walkthrough_id')

    op.drop_table('events')
    op.drop_table('discourse_checks')
    with op.batch_alter_table('walkthroughs', schema=None) as batch_op:
        batch_op.drop_index('ix_walkthroughs_teacher_id_started_at')
        batch_op.drop_index('ix_walkthroughs_school_id_started_at')
        batch_op.drop_index('ix_walkthroughs_observer_id_started_at')

    op.drop_table('walkthroughs')
    with op.batch_alter_table('class_teachers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_teachers_teacher_id'))

    op.drop_table('class_teachers')
    with op.batch_alter_table('alignments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alignments_component_id'))

    op.drop_table('alignments')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_person_id'))

    op.drop_table('sign_ins')
    with op.batch_alter_table('role_grants', schema=None) as batch_op:
        batch_op.drop_index('ix_role_grants_school_id_role')
        batch_op.drop_index(batch_op.f('ix_role_grants_person_id'))

    op.drop_table('role_grants')
    op.drop_table('look_fors')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitations_person_id'))

    op.drop_table('invitations')
    op.drop_table('event_asides')
    op.drop_table('components')
    with op.batch_alter_table('classes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_classes_school_id'))

    op.drop_table('classes')
    with op.batch_alter_table('caseloads', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_caseloads_teacher_id'))
        batch_op.drop_index(batch_op.f('ix_caseloads_coach_id'))

    op.drop_table('caseloads')
    op.drop_table('acts')
    with op.batch_alter_table('schools', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_schools_district_id'))

    op.drop_table('schools')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_district_id'))

    op.drop_table('people')
    with op.batch_alter_table('look_for_sets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_look_for_sets_district_id'))

    op.drop_table('look_for_sets')
    with op.batch_alter_table('frameworks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_frameworks_district_id'))

    op.drop_table('frameworks')
    op.drop_table('sign_in_throttles')
    op.drop_table('districts')
