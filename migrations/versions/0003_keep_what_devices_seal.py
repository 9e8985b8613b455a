"""Keep what devices seal

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('seal_keys',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('public', sa.LargeBinary(), nullable=False),
    sa.Column('locked', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seal_keys'))
    )
    op.create_table('sealed_asides',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('sealed_id', sa.Text(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('author_id', models.base.Id(length=16), nullable=True),
    sa.Column('carrier_id', models.base.Id(length=16), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('received_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.Column('settled_at', models.base.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_sealed_asides_author_id_people')),
    sa.ForeignKeyConstraint(['carrier_id'], ['people.id'], name=op.f('fk_sealed_asides_carrier_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sealed_asides')),
    sa.UniqueConstraint('digest', name=op.f('uq_sealed_asides_digest'))
    )
    with op.batch_alter_table('sealed_asides') as table:
        table.create_index(op.f('ix_sealed_asides_author_id'), ['author_id'])
    with op.batch_alter_table('event_asides') as table:
        table.add_column(sa.Column('settled_at', models.base.UTCDateTime(timezone=True), nullable=True))
        table.create_index(op.f('ix_event_asides_author_id'), ['author_id'])


def downgrade() -> None:
    with op.batch_alter_table('event_asides') as table:
        table.drop_index(op.f('ix_event_asides_author_id'))
        table.drop_column('settled_at')
    op.drop_table('sealed_asides')
    op.drop_table('seal_keys')
