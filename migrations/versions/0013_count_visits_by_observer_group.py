"""Count visits by observer group

Revision: 0013, after 0012.
"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

NAME = 'ix_trend_facts_school_id'
HELD = ['school_id', 'month', 'subject', 'grade', 'model', 'teacher_id', 'verdict',
    'same_day', 'read', 'answered', 'asked', 'yes']


def upgrade() -> None:
    op.drop_index(NAME, table_name='trend_facts')
    op.create_index(NAME, 'trend_facts', [*HELD, 'observer_id'])


def downgrade() -> None:
    op.drop_index(NAME, table_name='trend_facts')
    op.create_index(NAME, 'trend_facts', HELD)
