"""The tables of the officers' console: how they sign in, what they typed, and who works on which question."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text, text

from db.columns import NEVER_AGAIN, Id, Moment, metadata

credentials = Table(
    "credentials",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("password", String(200), nullable=False),  # an Argon2 hash
    Column("secret", LargeBinary, nullable=False),  # of the second factor, sealed (db/sealing.py)
    Column("used_step", BigInteger, nullable=False),
    Column("set_at", Moment, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("keyed_hash", LargeBinary(32), primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token", LargeBinary(32), nullable=False, unique=True),  # SHA-256: nobody signs in with what is read here
    Column("officer_id", Id, ForeignKey("officers.id"), nullable=False, index=True),
    Column("browser", String(80), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
    **NEVER_AGAIN,
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("token", LargeBinary(32), primary_key=True),  # SHA-256
    Column("officer_id", Id, ForeignKey("officers.id"), index=True),  # NULL: the first administrator
    Column("purpose", String(20), nullable=False),
    Column("secret", LargeBinary, nullable=False),  # of the second factor that its page shows, sealed
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# By keyed hashes of names, of those that nobody has too: whoever tries must not learn which exist.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("locked_until", Moment),
)

form_posts = Table(
    "form_posts",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("nonce", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

form_drafts = Table(
    "form_drafts",
    metadata,
    Column("officer_id", Id, ForeignKey("officers.id"), primary_key=True, autoincrement=False),
    Column("page", String(200), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# By keyed hashes: nobody binds a chat with what is read here.
officer_chat_codes = Table(
    "officer_chat_codes",
    metadata,
    Column("code", LargeBinary(32), primary_key=True),
    Column("officer_id", Id, ForeignKey("officers.id"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

officer_chats = Table(
    "officer_chats",
    metadata,
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True, autoincrement=False),
    Column("officer_id", Id, ForeignKey("officers.id"), nullable=False, index=True),
    Column("bound_at", Moment, nullable=False),
)

question_holders = Table(
    "question_holders",
    metadata,
    Column("question_id", Id, ForeignKey("questions.id"), primary_key=True, autoincrement=False),
    Column("officer_id", Id, ForeignKey("officers.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

question_slips = Table(
    "question_slips",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("entry_id", Id, ForeignKey("question_entries.id"), nullable=False, index=True),  # the answer on it
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("numbers", Boolean, nullable=False, server_default=text("false")),  # also those that are no office's
)

question_notes = Table(
    "question_notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question_id", Id, ForeignKey("questions.id"), nullable=False, index=True),
    Column("officer", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
)
