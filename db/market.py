"""What households sell and buyers look for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.market import Goods, NewPost, Posted, PostState, Side, last_day_of, other_side, read_post
from db.market_tables import market_posts

p = market_posts.c
MOST_OWN = 20  # of somebody's own posts


class SqlMarketPosts:
    """See core.market_storage.MarketPosts."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def add(self, new: NewPost, now: datetime, on: date) -> int | None:
        """Keep a post until an officer looks at it; None where the same came on that day already."""
        key = new.key(on)
        known = await self._db.execute(select(p.id).where(p.locality == new.locality, p.key == key))
        if known.first() is not None:
            return None
        row = insert(market_posts).values(
            locality=new.locality,
            contact_id=new.contact_id,
            side=new.side,
            goods=new.goods,
            state=PostState.WAITING,
            post=new.post.plain(),
            key=key,
            last_day=last_day_of(new.side, on),
            version=0,
            created_at=now,
            why="",
        )
        return int((await self._db.execute(row.returning(p.id))).scalar_one())

    async def waiting(self, locality: str, on: date) -> int:
        """How many came by the public page of a place, are not over on a day, and wait for an officer."""
        here = and_(p.locality == locality, p.contact_id.is_(None), p.last_day >= on)
        wanted = select(func.count()).select_from(market_posts).where(here, p.state == PostState.WAITING)
        return int((await self._db.execute(wanted)).scalar_one())

    async def get(self, post_id: int) -> Posted | None:
        """One post."""
        row = (await self._db.execute(select(market_posts).where(p.id == post_id))).first()
        return None if row is None else _posted(row)

    async def of(self, contact_id: int, on: date) -> Sequence[Posted]:
        """Somebody's own posts that wait or are open, the newest first."""
        stands = or_(p.state == PostState.WAITING, p.state == PostState.VERIFIED)
        wanted = select(market_posts).where(p.contact_id == contact_id, stands, p.last_day >= on)
        return [_posted(row) for row in await self._db.execute(wanted.order_by(p.id.desc()).limit(MOST_OWN))]

    async def open_in(
        self, localities: Sequence[str], on: date, *, side: Side | None = None, offset: int = 0, limit: int = 30
    ) -> Sequence[Posted]:
        """What everybody may see in these places on a day, the newest first."""
        here = and_(p.locality.in_(localities), p.state == PostState.VERIFIED, p.last_day >= on)
        which = and_(here, p.side == side if side is not None else true())
        wanted = select(market_posts).where(which).order_by(p.decided_at.desc(), p.id.desc())
        return [_posted(row) for row in await self._db.execute(wanted.offset(offset).limit(limit))]

    async def page(
        self, localities: Sequence[str], state: PostState, *, offset: int = 0, limit: int = 30
    ) -> tuple[Sequence[Posted], int]:
        """Posts of these places in a state, those that wait longest first, else the newest; with how many in all."""
        which = and_(p.locality.in_(localities), p.state == state)
        total = (await self._db.execute(select(func.count()).select_from(market_posts).where(which))).scalar_one()
        order = p.id if state is PostState.WAITING else p.id.desc()
        rows = await self._db.execute(select(market_posts).where(which).order_by(order).offset(offset).limit(limit))
        return [_posted(row) for row in rows], int(total)

    async def step(
        self, one: Posted, state: PostState, *, by: str, now: datetime, why: str = "", last_day: date | None = None
    ) -> bool:
        """Decide; False where it is not as it was seen."""
        values: dict[str, Any] = {"state": state, "decided_by": by, "decided_at": now, "why": why}
        values |= {"version": one.version + 1, **({"last_day": last_day} if last_day is not None else {})}
        seen = and_(p.id == one.id, p.version == one.version)
        changed = await self._db.execute(update(market_posts).where(seen).values(**values).returning(p.id))
        return changed.first() is not None

    async def regroup(self, one: Posted, goods: Goods) -> bool:
        """Put it in another group of goods; False where it is not as it was seen."""
        seen = and_(p.id == one.id, p.version == one.version)
        values = {"goods": goods, "version": one.version + 1}
        changed = await self._db.execute(update(market_posts).where(seen).values(**values).returning(p.id))
        return changed.first() is not None

    async def fitting(self, one: Posted, localities: Sequence[str], on: date, limit: int) -> Sequence[Posted]:
        """Open posts of the other side in these places, of the same group of goods; the newest first."""
        if one.goods is Goods.OTHER:
            return []
        here = and_(p.locality.in_(localities), p.state == PostState.VERIFIED, p.last_day >= on)
        same = and_(here, p.goods == one.goods, p.side == other_side(one.side))
        # Nobody is told of what they wrote themselves.
        others = or_(p.contact_id.is_(None), p.contact_id != one.contact_id) if one.contact_id is not None else true()
        wanted = select(market_posts).where(same, others).order_by(p.id.desc()).limit(limit)
        return [_posted(row) for row in await self._db.execute(wanted)]


def _posted(row: Row[Any]) -> Posted:
    return Posted(
        id=row.id,
        locality=row.locality,
        contact_id=row.contact_id,
        side=Side(row.side),
        goods=Goods(row.goods),
        state=PostState(row.state),
        post=read_post(row.post),
        last_day=row.last_day,
        version=row.version,
        created_at=row.created_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        why=row.why,
    )
