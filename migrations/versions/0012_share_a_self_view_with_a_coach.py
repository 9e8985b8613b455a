"""Share a self-view with a coach

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('self_views') as batch_op:
        batch_op.add_column(sa.Column('coach_at', models.base.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('self_views') as batch_op:
        batch_op.drop_column('coach_at')
