"""The programme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006_activities"
down_revision = "0005_library"


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("secondary_types", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("meeting_kind", sa.String(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("description", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("online_link", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("dates_tentative", sa.Boolean(), nullable=False),
        sa.Column("is_cross_border", sa.Boolean(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("no_network_reason", sa.String(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("actor_groups", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("relevance", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("framework", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("impact", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("beneficiaries", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("beneficiaries_number", sa.Integer(), nullable=True),
        sa.Column("planned_participants", sa.Integer(), nullable=True),
        sa.Column("actual_participants", sa.Integer(), nullable=True),
        sa.Column("planned_products", sa.Integer(), nullable=True),
        sa.Column("actual_products", sa.Integer(), nullable=True),
        sa.Column("products", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("amount_usd", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "cancelled_reason", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("admission", sa.String(), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("hides_participants", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copied_from_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "capacity IS NULL OR seats_taken <= capacity", name=op.f("ck_activity_not_oversold")
        ),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at > starts_at", name=op.f("ck_activity_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"],
            ["activity.id"],
            name=op.f("fk_activity_copied_from_id_activity"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user.id"],
            name=op.f("fk_activity_created_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["organisation.id"],
            name=op.f("fk_activity_group_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"],
            ["organisation.id"],
            name=op.f("fk_activity_network_id_organisation"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["user.id"],
            name=op.f("fk_activity_responsible_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("code", name=op.f("uq_activity_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_uid")),
    )
    op.create_index(op.f("ix_activity_group_id"), "activity", ["group_id"], unique=False)
    op.create_index(op.f("ix_activity_network_id"), "activity", ["network_id"], unique=False)
    op.create_index(
        op.f("ix_activity_published_at_activity_starts_at"),
        "activity",
        ["published_at", "starts_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_activity_responsible_id"), "activity", ["responsible_id"], unique=False
    )
    op.create_index(op.f("ix_activity_stage"), "activity", ["stage"], unique=False)
    op.create_table(
        "activity_country",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("is_origin", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_country_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "activity_id", "country", "is_origin", name=op.f("pk_activity_country")
        ),
    )
    op.create_index(
        op.f("ix_activity_country_country"), "activity_country", ["country"], unique=False
    )
    op.create_table(
        "activity_language",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_interpreted", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_language_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "language", name=op.f("pk_activity_language")),
    )
    op.create_index(
        op.f("ix_activity_language_language"), "activity_language", ["language"], unique=False
    )
    op.create_table(
        "activity_organiser",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_organiser_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_activity_organiser_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "activity_id", "organisation_id", name=op.f("pk_activity_organiser")
        ),
    )
    op.create_index(
        op.f("ix_activity_organiser_organisation_id"),
        "activity_organiser",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "activity_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_place_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_place")),
    )
    op.create_index(
        op.f("ix_activity_place_activity_id"), "activity_place", ["activity_id"], unique=False
    )
    op.create_index(
        op.f("ix_activity_place_province"), "activity_place", ["province"], unique=False
    )
    op.create_table(
        "activity_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ends_at > starts_at", name=op.f("ck_activity_session_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_session_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_session")),
        sa.UniqueConstraint("uid", name=op.f("uq_activity_session_uid")),
    )
    op.create_index(
        op.f("ix_activity_session_activity_id"), "activity_session", ["activity_id"], unique=False
    )
    op.create_table(
        "activity_theme",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_activity_theme_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_activity_theme_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("activity_id", "theme_id", name=op.f("pk_activity_theme")),
    )
    op.create_index(
        op.f("ix_activity_theme_theme_id"), "activity_theme", ["theme_id"], unique=False
    )
    op.create_table(
        "stage_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(32), nullable=True),
        sa.Column("to_stage", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_stage_change_activity_id_activity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user.id"], name=op.f("fk_stage_change_by_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    op.create_index(
        op.f("ix_stage_change_activity_id"), "stage_change", ["activity_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_stage_change_activity_id"), table_name="stage_change")
    op.drop_table("stage_change")
    op.drop_index(op.f("ix_activity_theme_theme_id"), table_name="activity_theme")
    op.drop_table("activity_theme")
    op.drop_index(op.f("ix_activity_session_activity_id"), table_name="activity_session")
    op.drop_table("activity_session")
    op.drop_index(op.f("ix_activity_place_province"), table_name="activity_place")
    op.drop_index(op.f("ix_activity_place_activity_id"), table_name="activity_place")
    op.drop_table("activity_place")
    op.drop_index(op.f("ix_activity_organiser_organisation_id"), table_name="activity_organiser")
    op.drop_table("activity_organiser")
    op.drop_index(op.f("ix_activity_language_language"), table_name="activity_language")
    op.drop_table("activity_language")
    op.drop_index(op.f("ix_activity_country_country"), table_name="activity_country")
    op.drop_table("activity_country")
    op.drop_index(op.f("ix_activity_stage"), table_name="activity")
    op.drop_index(op.f("ix_activity_responsible_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_published_at_activity_starts_at"), table_name="activity")
    op.drop_index(op.f("ix_activity_network_id"), table_name="activity")
    op.drop_index(op.f("ix_activity_group_id"), table_name="activity")
    op.drop_table("activity")
