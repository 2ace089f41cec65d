"""The tables, one for each noun. Uniqueness is the database's, so that two workers need no luck."""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from core.delivery import DeliveryStatus
from db import (
    campaign_tables,
    channel_tables,
    console_tables,
    content_tables,
    event_tables,
    lead_tables,
    market_tables,
    need_tables,
    place_tables,
    training_tables,
    work_tables,
)
from db.columns import NEVER_AGAIN, Id, Json, Moment

metadata = campaign_tables.campaigns.metadata  # of all tables, those of the modules imported here included
# So that nobody takes these imports for idle.
_ELSEWHERE = (
    channel_tables.held_posts,
    console_tables.sessions,
    content_tables.content_changes,
    event_tables.job_events,
    market_tables.market_posts,
    place_tables.tasks,
    work_tables.work_offers,
    training_tables.enrolments,
    lead_tables.work_leads,
    need_tables.stated_needs,
)
assert {one.metadata for one in _ELSEWHERE} == {metadata}  # noqa: S101

channel_accounts = Table(
    "channel_accounts",
    metadata,
    Column("id", String(80), primary_key=True),  # "webchat.main"
    Column("kind", String(40), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("paused_until", Moment),  # the channel asked for silence, or refuses us: nothing is sent before
)

sending_shares = Table(
    "sending_shares",
    metadata,
    Column("account", String(80), ForeignKey("channel_accounts.id"), primary_key=True),
    Column("worker", String(80), primary_key=True),
    Column("share", Integer, nullable=False),  # messages a second that this process may send
    Column("expires_at", Moment, nullable=False),  # by the database's clock
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80)),
    Column("hamlet", String(200)),
    Column("language", String(8), nullable=False, server_default="vi"),
    Column("address_word", String(20)),
    # What the ward's list says of them; empty for who came by themselves.
    Column("name", String(80)),
    Column("phone", String(20)),
    Column("household_status", String(20)),
    Column("household_id", Id, index=True),
    Column("status", String(20), nullable=False, server_default="active"),
    Column("created_at", Moment, nullable=False),
    Column("last_inbound_at", Moment),
    Column("joined_at", Moment),  # when an address was last joined; NULL: there is but one
    # How they want notices.
    Column("rhythm", String(20), nullable=False, server_default="at-once"),
    Column("muted_until", Moment),
    Column("notice_channel", String(40)),  # by which they would rather have them, such as "zalo"
    Column("status_since", Date),  # when the commune recognised the household as it is
    Index("ix_contacts_locality_household_status", "locality", "household_status"),
    # Who was known by some day, counted from it alone; by id, so that whoever goes on to the rows reads them in order.
    Index("ix_contacts_locality_id_created_at", "locality", "id", "created_at"),
    **NEVER_AGAIN,
)

households = Table(
    "households",
    metadata,
    Column("id", Id, primary_key=True),
    Column("locality", String(80), nullable=False),
    Column("code", String(60), nullable=False),  # as the ward numbers it
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("locality", "code"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True),
    Column("topic", String(80), primary_key=True, index=True),
    Column("wanted", Boolean, nullable=False, server_default=text("true")),  # or stopped
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", String(80), ForeignKey("channel_accounts.id"), nullable=False),
    Column("path", String(200), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("refusal", String(20)),  # why it takes nothing from us; NULL: it does
    Column("open_since", Moment),  # when it last began to take something again
    Column("interacted_at", Moment),  # when they last did what the channel counts; kept where it has a window
    UniqueConstraint("account", "path"),
)

join_codes = Table(
    "join_codes",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False, index=True),  # where it was given
    Column("expires_at", Moment, nullable=False, index=True),
    Column("used_at", Moment),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("wording", String(120), nullable=False),
    UniqueConstraint("contact_id", "purpose"),
)

officers = Table(
    "officers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)

roles = Table(
    "roles",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True),
    Column("role", String(20), primary_key=True),
    Column("locality", String(80), primary_key=True),  # "" is the whole installation
    Column("office", String(80), primary_key=True),  # "" is every office there
)

needs = Table(
    "needs",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True),
    Column("dimension", String(40), primary_key=True, index=True),  # in which the household lacks something
)

conversations = Table(
    "conversations",
    metadata,
    Column("contact_id", Id, ForeignKey("contacts.id"), primary_key=True),
    Column("waiting_state", String(80)),
    Column("waiting_data", Json),
    Column("topic", String(80)),
    Column("offered", Json, nullable=False),
    Column("earlier", Json, nullable=False),
    Column("heard", Json),  # the words last answered, and as what
    Column("misses", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("expires_at", Moment),
    Column("notes", LargeBinary),  # what was told in private, sealed (db/sealing.py)
    Column("notes_until", Moment),
)

inbound_updates = Table(
    "inbound_updates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", String(80), ForeignKey("channel_accounts.id"), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("path", String(200)),  # gone once handled
    Column("raw", Json),  # gone once handled
    Column("handled_at", Moment),
    Column("fetching", Boolean, nullable=False, server_default=text("false")),  # its files are still with the channel
    UniqueConstraint("account", "external_id"),
    Index(
        "ix_inbound_updates_waiting",
        "id",
        sqlite_where=text("handled_at IS NULL"),
        postgresql_where=text("handled_at IS NULL"),
    ),
    Index(
        "ix_inbound_updates_fetching",
        "path",
        sqlite_where=text("fetching = 1"),
        postgresql_where=text("fetching"),
    ),
    **NEVER_AGAIN,
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", String(80), nullable=False),
    Column("path", String(200), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),  # NULL: the farewell after an erasure
    Column("direction", String(3), nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("body", Json, nullable=False),  # OutboundMessage.to_json()
    Column("external_id", String(200)),  # of an inbound one: that of its update
    Column("forget_at", Moment),  # it holds what was told in private
    Index("ix_messages_address", "account", "path", "id"),
    Index(
        "ix_messages_forgotten",
        "forget_at",
        sqlite_where=text("forget_at IS NOT NULL"),
        postgresql_where=text("forget_at IS NOT NULL"),
    ),
    **NEVER_AGAIN,
)

message_files = Table(
    "message_files",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True, index=True),
)

# The states of the partial indexes below; SQLite sees that one fits only where a statement says it word for word.
UNFINISHED = (DeliveryStatus.QUEUED, DeliveryStatus.LEASED, DeliveryStatus.RETRY, DeliveryStatus.IN_DOUBT)
WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.RETRY, DeliveryStatus.IN_DOUBT)


def _only(*states: DeliveryStatus, besides: str = "") -> dict[str, Any]:
    words = ", ".join(f"'{state.value}'" for state in states)
    which = text(f"status IN ({words})" + (f" AND {besides}" if besides else ""))
    return {"sqlite_where": which, "postgresql_where": which}


deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dedup_key", String(120), nullable=False, unique=True),
    # NULL: of a campaign, whose ledger is kept for longer than its bubbles.
    Column("message_id", Id, ForeignKey("messages.id", ondelete="CASCADE"), index=True),
    Column("account", String(80), ForeignKey("channel_accounts.id"), nullable=False),
    Column("path", String(200), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),
    Column("priority", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("attempt", Integer, nullable=False, server_default="0"),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("progress", Integer, nullable=False, server_default="0"),  # pieces sent, of a message that needs several
    Column("available_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("leased_by", String(80)),
    Column("leased_until", Moment),
    Column("external_id", String(200)),
    Column("last_error", Text),
    Column("forget", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("campaign_id", Id),
    Column("fall_back_at", Moment),  # when another way is tried, unless this one brought it
    Column("together", Boolean, nullable=False, server_default=text("false")),  # may go with others in one message
    Column("bundle", Id),  # with which it went: the first of them
    Index(
        "ix_deliveries_campaign",
        "campaign_id",
        "id",
        sqlite_where=text("campaign_id IS NOT NULL"),
        postgresql_where=text("campaign_id IS NOT NULL"),
    ),
    # Small partial indexes: the outbox keeps its speed however long its history grows.
    Index("ix_deliveries_due", "priority", "id", **_only(*WAITING, besides="campaign_id IS NULL")),
    Index("ix_deliveries_notices", "campaign_id", "account", "available_at", "id", **_only(*WAITING)),
    Index(
        "ix_deliveries_fall_back",
        "fall_back_at",
        sqlite_where=text("fall_back_at IS NOT NULL"),
        postgresql_where=text("fall_back_at IS NOT NULL"),
    ),
    Index("ix_deliveries_unfinished", "account", "path", "id", **_only(*UNFINISHED)),
    Index("ix_deliveries_leased", "leased_until", **_only(DeliveryStatus.LEASED)),
    Index("ix_deliveries_unconfirmed", "account", "path", **_only(DeliveryStatus.SENT)),
    Index("ix_deliveries_failed", "account", "path", **_only(DeliveryStatus.FAILED)),
    Index("ix_deliveries_doubts", "campaign_id", "id", **_only(DeliveryStatus.IN_DOUBT)),
    **NEVER_AGAIN,
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), index=True),  # NULL once erased: only the count stays
    Column("locality", String(80)),
    Column("office", String(80)),
    Column("topic", String(80)),
    Column("kind", String(20), nullable=False, server_default="question"),  # core.questions.QuestionKind
    Column("state", String(20), nullable=False, index=True),
    Column("urgent", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    Column("due_at", Moment, nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),  # moves with whatever an officer should see first
    Column("talk_until", Moment),  # an officer talks to the person themselves until then
    Column("upper", String(160)),  # whoever above the place was asked, by name
    # Of the first answer, for the totals: they stay true when words and people are gone.
    Column("answered_at", Moment),
    Column("late", Boolean),
    Index("ix_questions_locality_created_at", "locality", "created_at"),  # a report reads a place's period
    **NEVER_AGAIN,
)

question_entries = Table(
    "question_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question_id", Id, ForeignKey("questions.id"), nullable=False, index=True),
    Column("author", String(20), nullable=False),
    Column("officer", String(80)),
    Column("at", Moment, nullable=False, index=True),
    Column("body", Json, nullable=False),
)

entry_files = Table(
    "entry_files",
    metadata,
    Column("entry_id", Id, ForeignKey("question_entries.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True, index=True),
)

misreadings = Table(
    "misreadings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False),
    Column("locality", String(80)),
    Column("at", Moment, nullable=False, index=True),
    Column("day", String(10), nullable=False),  # the same, where people live
    Column("why", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", String(500), nullable=False, index=True),  # the key under which words are the same
    Column("read_as", String(200)),
    Column("state", String(20), nullable=False),
    Column("label", String(80)),
    Column("proposed_text", Text),
    Column("proposed_by", String(80)),
    UniqueConstraint("contact_id", "day", "folded"),
    **NEVER_AGAIN,
)

# Counts of finished self-checks: no row leads to a person.
code_tries = Table(
    "code_tries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", String(80), nullable=False),
    Column("contact_id", Id, ForeignKey("contacts.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False, index=True),
)

check_tally = Table(
    "check_tally",
    metadata,
    Column("month", String(7), primary_key=True),  # "2026-11", where people live
    Column("locality", String(80), primary_key=True),  # "" where it was not told; the hamlet likewise
    Column("hamlet", String(200), primary_key=True),
    Column("dimension", String(80), primary_key=True),  # "": the checks themselves
    Column("count", Integer, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("keyed_hash", LargeBinary(32), primary_key=True),
    Column("erased_at", Moment, nullable=False),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # 1, 2, 3, ...: a gap is a break
    Column("at", Moment, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(80), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("detail", Json, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)

# Where the log ends, so that entries taken off its end are missed too. One row, once there is an entry.
audit_head = Table(
    "audit_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("last_id", Id, nullable=False),
    Column("last_hash", String(64), nullable=False),
    CheckConstraint("one = 1", name="ck_audit_head_one"),
)
