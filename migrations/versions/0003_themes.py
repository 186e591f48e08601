"""Themes and their mapping."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003_themes"
down_revision = "0002_accounts"


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("landportal_theme", sa.String(), nullable=False),
        sa.Column("landvoc", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("code", name=op.f("uq_theme_code")),
    )
    op.create_table(
        "theme_mapping",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("key_theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_theme_id"],
            ["theme.id"],
            name=op.f("fk_theme_mapping_key_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_theme_mapping_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("theme_id", "key_theme_id", name=op.f("pk_theme_mapping")),
    )


def downgrade() -> None:
    op.drop_table("theme_mapping")
    op.drop_table("theme")
