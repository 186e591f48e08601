"""Publications, annotations, imports, the search index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0005_library"
down_revision = "0004_partners"

INDEX = {
    "sqlite": [
        "CREATE VIRTUAL TABLE publication_words_fts USING fts5(title, creators, body, other, content='', tokenize=\"ascii tokenchars ':_'\")",
        "CREATE VIRTUAL TABLE publication_forms_fts USING fts5(form, content='', detail=none, columnsize=0, prefix='1 2 3 4 5', tokenize=\"ascii tokenchars ':_'\")",
    ],
    "postgresql": [
        "ALTER TABLE publication_words ALTER words SET STORAGE EXTERNAL, ALTER forms SET STORAGE EXTERNAL, SET (toast_tuple_target = 128)",
        "CREATE INDEX ix_publication_words_words ON publication_words USING gin (words)",
        "CREATE INDEX ix_publication_words_forms ON publication_words USING gin (forms)",
    ],
}
"""Full text search, in each database's own way."""


def upgrade() -> None:
    op.create_table(
        "publication_index",
        sa.Column("publication_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("search_version", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("facets", sa.String(), nullable=False),
        sa.Column("sort_title", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_index")),
    )
    op.create_index(
        op.f("ix_publication_index_sort_title_publication_index_publication_id"),
        "publication_index",
        ["sort_title", "publication_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_publication_index_version"), "publication_index", ["version"], unique=False
    )
    op.create_table(
        "publication_words",
        sa.Column("publication_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", TSVECTOR().with_variant(sa.LargeBinary(), "sqlite"), nullable=False),
        sa.Column("forms", TSVECTOR().with_variant(sa.LargeBinary(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_words")),
    )
    op.create_table(
        "publication_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("options", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["user.id"],
            name=op.f("fk_publication_import_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_import")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("title", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("date", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("container", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("volume", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("pages", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("abstract", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("abstract_public", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("title_key", sa.String(), nullable=False),
        sa.Column("creator_key", sa.String(), nullable=False),
        sa.Column("flags", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"],
            ["user.id"],
            name=op.f("fk_publication_created_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["publication_import.id"],
            name=op.f("fk_publication_import_id_publication_import"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("key", name=op.f("uq_publication_key")),
    )
    op.create_index(op.f("ix_publication_import_id"), "publication", ["import_id"], unique=False)
    op.create_index(
        op.f("ix_publication_state_publication_published_at"),
        "publication",
        ["state", "published_at"],
        unique=False,
    )
    op.create_index(op.f("ix_publication_title_key"), "publication", ["title_key"], unique=False)
    op.create_index(op.f("ix_publication_year"), "publication", ["year"], unique=False)
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("research_basis", sa.String(), nullable=False),
        sa.Column("overall_relevance", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("annotator_id", sa.Integer(), nullable=True),
        sa.Column("annotator_name", sa.String(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reviewer_id IS NULL OR annotator_id IS NULL OR reviewer_id <> annotator_id",
            name=op.f("ck_annotation_reviewed_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["annotator_id"],
            ["user.id"],
            name=op.f("fk_annotation_annotator_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["publication_import.id"],
            name=op.f("fk_annotation_import_id_publication_import"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_annotation_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"],
            ["user.id"],
            name=op.f("fk_annotation_reviewer_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint(
            "publication_id", "number", name=op.f("uq_annotation_publication_id_number")
        ),
    )
    op.create_index(
        op.f("ix_annotation_annotator_id"), "annotation", ["annotator_id"], unique=False
    )
    op.create_index(op.f("ix_annotation_import_id"), "annotation", ["import_id"], unique=False)
    op.create_index(op.f("ix_annotation_state"), "annotation", ["state"], unique=False)
    op.create_table(
        "publication_creator",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("literal", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.CheckConstraint(
            "family <> '' OR literal <> ''", name=op.f("ck_publication_creator_has_a_name")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_creator_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication_id", "position", name=op.f("pk_publication_creator")),
    )
    op.create_index(
        op.f("ix_publication_creator_family"), "publication_creator", ["family"], unique=False
    )
    op.create_table(
        "publication_identifier",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_identifier_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "publication_id", "kind", "value", name=op.f("pk_publication_identifier")
        ),
    )
    op.create_index(
        op.f("ix_publication_identifier_kind_publication_identifier_value"),
        "publication_identifier",
        ["kind", "value"],
        unique=False,
    )
    op.create_table(
        "publication_import_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("entry", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["publication_import.id"],
            name=op.f("fk_publication_import_entry_import_id_publication_import"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_import_entry_publication_id_publication"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_import_entry")),
    )
    op.create_index(
        op.f("ix_publication_import_entry_import_id_publication_import_entry_outcome"),
        "publication_import_entry",
        ["import_id", "outcome"],
        unique=False,
    )
    op.create_index(
        op.f("ix_publication_import_entry_publication_id"),
        "publication_import_entry",
        ["publication_id"],
        unique=False,
    )
    op.create_table(
        "publication_term",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_term_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication_id", "kind", "code", name=op.f("pk_publication_term")),
    )
    op.create_index(
        op.f("ix_publication_term_kind_publication_term_code"),
        "publication_term",
        ["kind", "code"],
        unique=False,
    )
    op.create_table(
        "publication_theme",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_publication_theme_publication_id_publication"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_publication_theme_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("publication_id", "theme_id", name=op.f("pk_publication_theme")),
    )
    op.create_index(
        op.f("ix_publication_theme_theme_id"), "publication_theme", ["theme_id"], unique=False
    )
    op.create_table(
        "annotation_paragraph",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_annotation_paragraph_annotation_id_annotation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"],
            ["theme.id"],
            name=op.f("fk_annotation_paragraph_theme_id_theme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("annotation_id", "theme_id", name=op.f("pk_annotation_paragraph")),
    )
    op.create_index(
        op.f("ix_annotation_paragraph_theme_id"), "annotation_paragraph", ["theme_id"], unique=False
    )
    for statement in INDEX[op.get_bind().dialect.name]:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE publication_words_fts")
        op.execute("DROP TABLE publication_forms_fts")
    op.drop_index(op.f("ix_annotation_paragraph_theme_id"), table_name="annotation_paragraph")
    op.drop_table("annotation_paragraph")
    op.drop_index(op.f("ix_publication_theme_theme_id"), table_name="publication_theme")
    op.drop_table("publication_theme")
    op.drop_index(
        op.f("ix_publication_term_kind_publication_term_code"), table_name="publication_term"
    )
    op.drop_table("publication_term")
    op.drop_index(
        op.f("ix_publication_import_entry_publication_id"), table_name="publication_import_entry"
    )
    op.drop_index(
        op.f("ix_publication_import_entry_import_id_publication_import_entry_outcome"),
        table_name="publication_import_entry",
    )
    op.drop_table("publication_import_entry")
    op.drop_index(
        op.f("ix_publication_identifier_kind_publication_identifier_value"),
        table_name="publication_identifier",
    )
    op.drop_table("publication_identifier")
    op.drop_index(op.f("ix_publication_creator_family"), table_name="publication_creator")
    op.drop_table("publication_creator")
    op.drop_index(op.f("ix_annotation_state"), table_name="annotation")
    op.drop_index(op.f("ix_annotation_import_id"), table_name="annotation")
    op.drop_index(op.f("ix_annotation_annotator_id"), table_name="annotation")
    op.drop_table("annotation")
    op.drop_index(op.f("ix_publication_year"), table_name="publication")
    op.drop_index(op.f("ix_publication_title_key"), table_name="publication")
    op.drop_index(op.f("ix_publication_state_publication_published_at"), table_name="publication")
    op.drop_index(op.f("ix_publication_import_id"), table_name="publication")
    op.drop_table("publication")
    op.drop_table("publication_import")
    op.drop_table("publication_words")
    op.drop_index(op.f("ix_publication_index_version"), table_name="publication_index")
    op.drop_index(
        op.f("ix_publication_index_sort_title_publication_index_publication_id"),
        table_name="publication_index",
    )
    op.drop_table("publication_index")
