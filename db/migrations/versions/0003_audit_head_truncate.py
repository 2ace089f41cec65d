"""PostgreSQL refuses to empty the noted end of the audit log, as it refuses to empty the log itself."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SQLite has no TRUNCATE: there the guard against DELETE is enough."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
            FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()"""
        )


def downgrade() -> None:
    """Take the guard away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_head_no_truncate ON audit_head")
