"""Who guesses codes, of questions or for joining, is soon stopped."""

from datetime import datetime, timedelta

from core.storage import UnitOfWork

TRIES, TRIES_OF_ALL = 5, 100  # wrong codes within TRIES_WITHIN: of one person, and of all at a channel account
TRIES_WITHIN = timedelta(hours=1)


async def too_many(uow: UnitOfWork, account: str, contact: int, now: datetime) -> bool:
    """Whether this person, or all at this channel account, typed too many codes that nobody has."""
    own, everybody = await uow.questions.tried(account, contact, since=now - TRIES_WITHIN)
    return own >= TRIES or everybody >= TRIES_OF_ALL
