"""Posts that are kept for another house until it fetches them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.held import HeldCount, HeldPost, Kept, NewHeldPost, Room
from db.channel_tables import held_posts as t
from db.in_turn import in_turn


class SqlHeldPosts:
    """See core.held.HeldPosts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def keep(self, post: NewHeldPost, room: Room) -> Kept:
        """Store a post. Of one account's posts, who is stored later has the higher id, in whatever process."""
        await self._one_after_another(post.account)
        mine = t.c.account == post.account
        if (await self._db.execute(select(t.c.id).where(mine, t.c.digest == post.digest))).first() is not None:
            return Kept.KNOWN
        found = await self._db.execute(select(func.count(), func.coalesce(func.sum(t.c.size), 0)).where(mine))
        posts, size = found.one()
        if posts >= room.posts or size + len(post.body) > room.size:
            return Kept.FULL
        await self._db.execute(
            insert(t).values(
                account=post.account,
                digest=post.digest,
                headers=dict(post.headers),
                body=post.body,
                size=len(post.body),
                received_at=post.received_at,
            )
        )
        return Kept.STORED

    async def _one_after_another(self, account: str) -> None:
        # A number is given before the commit. Without this, one with a lower number could become visible after a higher
        # one was fetched, and would be deleted with it, unread.
        await in_turn(self._db, f"held {account}")

    async def waiting(self, account: str, *, after: int, most: Room) -> list[HeldPost]:
        """The oldest posts with a higher id, no more than `most`, but one in any case."""
        sizes = await self._db.execute(
            select(t.c.id, t.c.size).where(t.c.account == account, t.c.id > after).order_by(t.c.id).limit(most.posts)
        )
        last, sum_of_sizes = None, 0
        for id_, size in sizes:
            sum_of_sizes += size
            if last is not None and sum_of_sizes > most.size:
                break
            last = id_
        if last is None:
            return []
        rows = await self._db.execute(
            select(t.c.id, t.c.headers, t.c.body, t.c.received_at)
            .where(t.c.account == account, t.c.id > after, t.c.id <= last)
            .order_by(t.c.id)
        )
        return [
            HeldPost(id=row.id, headers=row.headers, body=bytes(row.body), received_at=row.received_at) for row in rows
        ]

    async def taken(self, account: str, up_to: int) -> int:
        """Delete the posts up to this id: who fetches them has stored them. Gives how many."""
        return (await self._db.execute(delete(t).where(t.c.account == account, t.c.id <= up_to))).rowcount

    async def drop(self, before: datetime) -> dict[str, int]:
        """Delete what came before that moment and was not fetched; gives how many posts of which account."""
        old = t.c.received_at < before
        counted = await self._db.execute(select(t.c.account, func.count()).where(old).group_by(t.c.account))
        dropped = {row[0]: int(row[1]) for row in counted}
        if dropped:
            await self._db.execute(delete(t).where(old))
        return dropped

    async def counts(self, accounts: Sequence[str]) -> dict[str, HeldCount]:
        """What waits, of these accounts; one for which nothing waits is left out."""
        found = await self._db.execute(
            select(t.c.account, func.count(), func.sum(t.c.size), func.min(t.c.received_at))
            .where(t.c.account.in_(accounts))
            .group_by(t.c.account)
        )
        return {
            account: HeldCount(posts=posts, size=int(size), oldest=oldest) for account, posts, size, oldest in found
        }
