"""Reports find a place's people and questions of a period by an index."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two indexes."""
    op.create_index("ix_contacts_locality_id_created_at", "contacts", ["locality", "id", "created_at"])
    op.create_index("ix_questions_locality_created_at", "questions", ["locality", "created_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_questions_locality_created_at", table_name="questions")
    op.drop_index("ix_contacts_locality_id_created_at", table_name="contacts")
