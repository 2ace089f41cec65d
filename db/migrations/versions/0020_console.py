"""The officers' console: passwords, sessions, links, tries, what was typed; and who works on which question."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "question_notes",
    "question_holders",
    "form_drafts",
    "form_posts",
    "sign_in_tries",
    "sign_in_links",
    "sessions",
    "recovery_codes",
    "credentials",
)


def upgrade() -> None:
    """Add a column, two indexes and nine tables."""
    op.add_column("questions", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_questions_created_at"), "questions", ["created_at"])
    op.create_index(op.f("ix_question_entries_at"), "question_entries", ["at"])
    _signing_in()
    _working()


def _officer(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f(f"fk_{table}_officer_id_officers"))


def _signing_in() -> None:
    op.create_table(
        "credentials",
        sa.Column("officer_id", ID, nullable=False, autoincrement=False),
        sa.Column("password", sa.String(length=200), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("used_step", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        _officer("credentials"),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_credentials")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("officer_id", ID, nullable=False, autoincrement=False),
        sa.Column("keyed_hash", sa.LargeBinary(length=32), nullable=False),
        _officer("recovery_codes"),
        sa.PrimaryKeyConstraint("officer_id", "keyed_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        _officer("sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token", name=op.f("uq_sessions_token")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sessions_officer_id"), "sessions", ["officer_id"])
    op.create_table(
        "sign_in_links",
        sa.Column("token", sa.LargeBinary(length=32), nullable=False),
        sa.Column("officer_id", ID),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger()),
        _officer("sign_in_links"),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sign_in_links")),
    )
    op.create_index(op.f("ix_sign_in_links_officer_id"), "sign_in_links", ["officer_id"])
    op.create_table(
        "sign_in_tries",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("locked_until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_tries")),
    )


def _working() -> None:
    op.create_table(
        "form_posts",
        sa.Column("officer_id", ID, nullable=False, autoincrement=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _officer("form_posts"),
        sa.PrimaryKeyConstraint("officer_id", "nonce", name=op.f("pk_form_posts")),
    )
    op.create_table(
        "form_drafts",
        sa.Column("officer_id", ID, nullable=False, autoincrement=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _officer("form_drafts"),
        sa.PrimaryKeyConstraint("officer_id", "page", name=op.f("pk_form_drafts")),
    )
    op.create_table(
        "question_holders",
        sa.Column("question_id", ID, nullable=False, autoincrement=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _officer("question_holders"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_holders_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question_holders")),
    )
    op.create_index(op.f("ix_question_holders_officer_id"), "question_holders", ["officer_id"])
    op.create_table(
        "question_notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("officer", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_notes_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_notes")),
    )
    op.create_index(op.f("ix_question_notes_question_id"), "question_notes", ["question_id"])


def downgrade() -> None:
    """Forget them: everybody needs a new link, and notes are lost."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index(op.f("ix_question_entries_at"), table_name="question_entries")
    op.drop_index(op.f("ix_questions_created_at"), table_name="questions")
    op.drop_column("questions", "version")
