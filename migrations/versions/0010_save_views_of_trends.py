"""Save views of trends

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text

import models.base
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

Json = sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('trend_views',
    sa.Column('id', models.base.Id(length=16), nullable=False),
    sa.Column('person_id', models.base.Id(length=16), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('asked', Json, nullable=False),
    sa.Column('made_at', models.base.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_trend_views_person_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trend_views')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_trend_views_person_id_name'))
    )


def downgrade() -> None:
    op.drop_table('trend_views')
