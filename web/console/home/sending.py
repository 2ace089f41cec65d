"""Notices and schedules that wait for an approval, notices that were sent back, and how the channels are doing."""

from core.campaigns import CampaignState
from core.officers import Right
from core.ports import ChannelState
from core.schedules import ScheduleState
from web.console.home.panel import SHOWN, Entry, Panel
from web.console.notices.calendar import page_of, series_title
from web.console.visit import Visit
from web.health import State, detail_text, part_name

LOOKED_AT = 100  # notices that were sent back: whose places they are is looked at here


async def unapproved(visit: Visit) -> Panel | None:
    """Notices and schedules that wait for an approval by this officer."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.campaigns.list(CampaignState.SUBMITTED)
        schedules = await uow.schedules.list(ScheduleState.SUBMITTED)
    mine = [one for one in found if visit.officer.may(Right.APPROVE_CAMPAIGNS, localities=one.notice.localities)]
    entries = [
        Entry(
            sign="◇",
            kind="plain",
            href=f"/console/notices/{one.id}",
            text=words.text("console.home.notice", title=one.notice.title, author=one.created_by, number=one.id),
        )
        for one in mine[:SHOWN]
    ]
    entries += [
        Entry(
            sign="◇",
            kind="plain",
            href=page_of(one.id),
            text=words.text(
                "console.home.schedule",
                title=series_title(visit, one.locality, one.series),
                number=len(one.occurrences),
                author=one.created_by,
            ),
        )
        for one in schedules
        if visit.officer.may(Right.APPROVE_CAMPAIGNS, localities=[one.locality])
    ][:SHOWN]
    return Panel(
        id="notices",
        title=words.text("console.home.notices"),
        empty=words.text("console.home.no-notices"),
        entries=tuple(entries),
        more=("/console/notices?show=submitted", words.text("console.home.all-notices")) if len(mine) > SHOWN else None,
    )


async def returned(visit: Visit) -> Panel | None:
    """Notices that were sent back, with the reason, for those who may write there; no panel where none were."""
    words = visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.notices.returned(LOOKED_AT)
    entries = [
        Entry(
            sign="◐",
            kind="warning",
            href=f"/console/notices/{one.id}",
            text=words.text("console.home.returned.line", title=one.notice.title, officer=by.officer, why=by.why),
        )
        for one, by in found
        if visit.officer.may(Right.WRITE_CAMPAIGNS, localities=one.notice.localities)
    ]
    title = words.text("console.home.returned")
    return Panel(id="returned", title=title, entries=tuple(entries[:SHOWN])) if entries else None


async def channels(visit: Visit) -> Panel | None:
    """How the channels are doing, and the parts that all of them need."""
    report, words = await visit.site.health(), visit.words
    looks = {State.OK: ("●", "good"), State.SLOW: ("▲", "warning"), State.DOWN: ("■", "danger")}
    entries = []
    for one in report.checks:
        sign, kind = looks[one.state]
        state = words.text(f"web.health.{one.condition or one.state}")
        troubled = one.state is not State.OK or one.condition not in (None, ChannelState.UP)
        detail = detail_text(one, words) if troubled else ""
        text = words.text("console.home.channel", name=_called(visit, one.name), state=state)
        entries.append(Entry(sign=sign, kind=kind, text=f"{text}. {detail}" if detail else text))
    summary = words.text("console.home.waiting", number=report.outbox_pending) if report.outbox_pending else ""
    return Panel(id="channels", title=words.text("console.home.channels"), summary=summary, entries=tuple(entries))


def _called(visit: Visit, part: str) -> str:
    """A channel by its kind, with the account where it is not the only one."""
    kind, _, account = part.partition(".")
    if not account or not visit.words.has(f"console.kind.{kind}"):
        return part_name(part, visit.words)
    name = visit.words.text(f"console.kind.{kind}")
    return name if account == "main" else f"{name} ({account})"
