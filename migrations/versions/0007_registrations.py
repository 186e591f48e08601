"""Registrations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007_registrations"
down_revision = "0006_activities"


def upgrade() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("queue_number", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("latin_name", sa.String(), nullable=False),
        sa.Column("address_as", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("actor_group", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("sharing", sa.String(), nullable=False),
        sa.Column("sharing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consents", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (queue_number IS NOT NULL)",
            name=op.f("ck_registration_numbered_queue"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_registration_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_registration_organisation_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_registration_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_registration_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint(
            "activity_id", "queue_number", name=op.f("uq_registration_activity_id_queue_number")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_registration_key")),
    )
    op.create_index(
        op.f("ix_registration_activity_id_registration_state"),
        "registration",
        ["activity_id", "state"],
        unique=False,
    )
    op.create_index(op.f("ix_registration_mailbox"), "registration", ["mailbox"], unique=False)
    op.create_index(
        op.f("ix_registration_organisation_id"), "registration", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_registration_person_id"), "registration", ["person_id"], unique=False)
    op.create_index(op.f("ix_registration_phone"), "registration", ["phone"], unique=False)
    op.create_index(op.f("ix_registration_user_id"), "registration", ["user_id"], unique=False)
    op.create_index(
        "uq_registration_live_mailbox",
        "registration",
        ["activity_id", "mailbox"],
        unique=True,
        sqlite_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND mailbox <> ''"
        ),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND mailbox <> ''"
        ),
    )
    op.create_index(
        "uq_registration_live_phone",
        "registration",
        ["activity_id", "phone"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled') AND phone <> ''"),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND phone <> ''"
        ),
    )
    op.create_table(
        "registration_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(32), nullable=True),
        sa.Column("to_state", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user.id"],
            name=op.f("fk_registration_change_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_change_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_change")),
    )
    op.create_index(
        op.f("ix_registration_change_registration_id"),
        "registration_change",
        ["registration_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_registration_change_registration_id"), table_name="registration_change")
    op.drop_table("registration_change")
    op.drop_index(
        "uq_registration_live_phone",
        table_name="registration",
        sqlite_where=sa.text("state NOT IN ('declined', 'withdrawn', 'cancelled') AND phone <> ''"),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND phone <> ''"
        ),
    )
    op.drop_index(
        "uq_registration_live_mailbox",
        table_name="registration",
        sqlite_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND mailbox <> ''"
        ),
        postgresql_where=sa.text(
            "state NOT IN ('declined', 'withdrawn', 'cancelled') AND mailbox <> ''"
        ),
    )
    op.drop_index(op.f("ix_registration_user_id"), table_name="registration")
    op.drop_index(op.f("ix_registration_phone"), table_name="registration")
    op.drop_index(op.f("ix_registration_person_id"), table_name="registration")
    op.drop_index(op.f("ix_registration_organisation_id"), table_name="registration")
    op.drop_index(op.f("ix_registration_mailbox"), table_name="registration")
    op.drop_index(op.f("ix_registration_activity_id_registration_state"), table_name="registration")
    op.drop_table("registration")
