"""The data of one installation, opened: for the service, and for every command that looks at it or changes it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import installation
from bot.parts import sealed_by
from bot.settings import Settings
from db import schema
from db.engine import close_engine, make_engine
from db.unit_of_work import SqlStorage
from handlers.context import Keeping

WEBCHAT = "webchat.main"  # the account of the pages


@asynccontextmanager
async def opened(settings: Settings, *, create: bool = False) -> AsyncIterator[tuple[SqlStorage, bytes]]:
    """The database, of the right version, and the installation's key; with `create` one is made where none is.

    Raises StorageError.
    """
    installation.prepare(settings, create=create)
    engine = make_engine(settings.database)
    try:
        await schema.prepare(engine)
        key = await installation.key_of(settings, SqlStorage(engine), create=create)
        yield SqlStorage(engine, sealed_by(key)), key
    finally:
        await close_engine(engine)


def keeping(settings: Settings) -> Keeping:
    """How long things are kept, as the handlers tell people."""
    return Keeping(
        messages=settings.keep_messages_days,
        questions=settings.keep_questions_days,
        ledger=settings.keep_ledger_days,
        answer_within=settings.answer_within_days,
    )
