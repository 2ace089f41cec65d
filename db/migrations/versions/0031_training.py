"""Training: who learns in which course, which courses were made known, what people wish to learn."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add four tables."""
    op.create_table(
        "enrolments",
        sa.Column("id", ID, nullable=False),
        sa.Column("offer_id", ID, nullable=False),
        sa.Column("contact_id", ID),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("learner", sa.JSON(), nullable=False),
        sa.Column("told", sa.String(length=80), nullable=False),
        sa.Column("reminded", sa.Date()),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["work_offers.id"], name=op.f("fk_enrolments_offer_id_work_offers")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_enrolments_contact_id_contacts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("offer_id", "contact_id", name="uq_enrolments_offer_id_contact_id"),
        sa.UniqueConstraint("offer_id", "code", name="uq_enrolments_offer_id_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_enrolments_offer_id_state", "enrolments", ["offer_id", "state"])
    op.create_index(op.f("ix_enrolments_contact_id"), "enrolments", ["contact_id"])
    op.create_table(
        "course_calls",
        sa.Column("offer_id", ID, autoincrement=False, nullable=False),
        sa.Column("households", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", ID, nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["offer_id"], ["work_offers.id"], name=op.f("fk_course_calls_offer_id_work_offers")),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_course_calls")),
    )
    op.create_table(
        "surveys",
        sa.Column("id", ID, nullable=False),
        sa.Column("locality", sa.String(length=80), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_surveys_locality"), "surveys", ["locality"])
    op.create_table(
        "survey_answers",
        sa.Column("survey_id", ID, autoincrement=False, nullable=False),
        sa.Column("contact_id", ID, autoincrement=False, nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("hamlet", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_answers_survey_id_surveys")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_survey_answers_contact_id_contacts")),
        sa.PrimaryKeyConstraint("survey_id", "contact_id", name=op.f("pk_survey_answers")),
    )
    op.create_index(op.f("ix_survey_answers_contact_id"), "survey_answers", ["contact_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("survey_answers")
    op.drop_table("surveys")
    op.drop_table("course_calls")
    op.drop_table("enrolments")
