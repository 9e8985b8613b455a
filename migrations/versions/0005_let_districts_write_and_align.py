"""Let districts write and align look-fors

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

import models.base

revision = "0005"
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("look_for_sets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("summary", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("look_for_sets", schema=None) as batch_op:
        batch_op.alter_column("summary", server_default=None)
    with op.batch_alter_table("alignments", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("since", models.base.UTCDateTime(timezone=True), nullable=True)
        )
    op.create_table(
        "past_alignments",
        sa.Column("id", models.base.Id(length=16), nullable=False),
        sa.Column("look_for_id", models.base.Id(length=16), nullable=False),
        sa.Column("component_id", models.base.Id(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("since", models.base.UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", models.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["component_id"],
            ["components.id"],
            name=op.f("fk_past_alignments_component_id_components"),
        ),
        sa.ForeignKeyConstraint(
            ["look_for_id"], ["look_fors.id"], name=op.f("fk_past_alignments_look_for_id_look_fors")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_alignments")),
    )
    op.create_index(
        op.f("ix_past_alignments_component_id"), "past_alignments", ["component_id"], unique=False
    )
    op.create_index(
        op.f("ix_past_alignments_look_for_id"), "past_alignments", ["look_for_id"], unique=False
    )
    op.create_table(
        "stances",
        sa.Column("id", models.base.Id(length=16), nullable=False),
        sa.Column("district_id", models.base.Id(length=16), nullable=False),
        sa.Column("school_id", models.base.Id(length=16), nullable=True),
        sa.Column("component_id", models.base.Id(length=16), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", models.base.Id(length=16), nullable=False),
        sa.Column("made_at", models.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", models.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["component_id"], ["components.id"], name=op.f("fk_stances_component_id_components")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_stances_district_id_districts")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_stances_made_by_people")),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_stances_school_id_schools")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stances")),
    )
    op.create_index(op.f("ix_stances_component_id"), "stances", ["component_id"], unique=False)
    op.create_index(op.f("ix_stances_district_id"), "stances", ["district_id"], unique=False)
    op.create_table(
        "focus_sets",
        sa.Column("id", models.base.Id(length=16), nullable=False),
        sa.Column("district_id", models.base.Id(length=16), nullable=False),
        sa.Column("school_id", models.base.Id(length=16), nullable=True),
        sa.Column("person_id", models.base.Id(length=16), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column(
            "look_fors",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("made_by", models.base.Id(length=16), nullable=False),
        sa.Column("made_at", models.base.UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", models.base.UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_focus_sets_district_id_districts")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["people.id"], name=op.f("fk_focus_sets_made_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_focus_sets_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_focus_sets_school_id_schools")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focus_sets")),
    )
    op.create_index(op.f("ix_focus_sets_district_id"), "focus_sets", ["district_id"], unique=False)
    op.create_index(op.f("ix_focus_sets_made_by"), "focus_sets", ["made_by"], unique=False)
    op.create_table(
        "communications",
        sa.Column("id", models.base.Id(length=16), nullable=False),
        sa.Column("district_id", models.base.Id(length=16), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("say", sa.Text(), nullable=False),
        sa.Column("avoid", sa.Text(), nullable=False),
        sa.Column("written_at", models.base.UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_communications_district_id_districts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communications")),
        sa.UniqueConstraint(
            "district_id", "audience", name=op.f("uq_communications_district_id_audience")
        ),
    )


def downgrade() -> None:
    op.drop_table("communications")
    op.drop_table("focus_sets")
    op.drop_table("stances")
    op.drop_table("past_alignments")
    with op.batch_alter_table("alignments", schema=None) as batch_op:
        batch_op.drop_column("since")
    with op.batch_alter_table("look_for_sets", schema=None) as batch_op:
        batch_op.drop_column("summary")
