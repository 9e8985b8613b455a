"""Let districts bring frameworks of their own

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import models.base

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('framework_uploads',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('file', sa.Text(), nullable=False),
    sa.Column('brought', JSON, nullable=False),
    sa.Column('at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_framework_uploads_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_framework_uploads'))
    )
    op.create_index(op.f('ix_framework_uploads_person_id'), 'framework_uploads', ['person_id'])
    with op.batch_alter_table('frameworks') as batch_op:
        batch_op.add_column(sa.Column('summary', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('predecessor_id', models.base.Id(length=16), nullable=True))
        batch_op.add_column(sa.Column('outside', JSON, nullable=False, server_default='{}'))
        batch_op.create_foreign_key(batch_op.f('fk_frameworks_predecessor_id_frameworks'), 'frameworks', ['predecessor_id'], ['id'])
    with op.batch_alter_table('components') as batch_op:
        batch_op.add_column(sa.Column('description', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('descriptors', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('source', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('outside', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('revision', sa.Integer(), nullable=False, server_default='0'))
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)


ADDED = {
    'frameworks': ('summary', 'outside'),
    'components': ('description', 'note', 'descriptors', 'outside', 'revision'),
}


def downgrade() -> None:
    with op.batch_alter_table('components') as batch_op:
        for column in ('revision', 'outside', 'source', 'descriptors', 'note', 'description'):
            batch_op.drop_column(column)
    with op.batch_alter_table('frameworks') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_frameworks_predecessor_id_frameworks'), type_='foreignkey')
        for column in ('outside', 'predecessor_id', 'summary'):
            batch_op.drop_column(column)
    op.drop_table('framework_uploads')
