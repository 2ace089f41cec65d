"""The demonstration's job fairs: three a place, in the weeks to come. Neither employers nor people exist."""

from datetime import datetime, time, timedelta

from bot.app import App
from content.reminding import at
from core.caps import LOCAL
from core.events import EventKind, EventState, JobEvent

WRITES, VERIFIES = "Lan (người mẫu)", "Minh (người mẫu)"
ORGANISER = "Trung tâm Việc làm Tưởng Tượng"
CONTACT = "chị Mẫu, số điện thoại mẫu 0900 000 000"
# What is held, in how many days, at which hours, where, how many seats, what to bring, who comes.
FAIRS = (
    (
        EventKind.FAIR,
        "Ngày hội việc làm mẫu",
        (5, time(7, 30), time(11, 0)),
        ("Nhà văn hóa mẫu", 60, "căn cước, bút"),
        ("Công ty May Tưởng Tượng", "Quán ăn Hai Mẫu", "Hợp tác xã Rau Không Có Thật"),
    ),
    (
        EventKind.EXCHANGE,
        "Phiên giao dịch việc làm mẫu",
        (12, time(13, 30), time(16, 30)),
        ("Sân trường mẫu", None, "căn cước"),
        ("Công ty Gỗ Tưởng Tượng", "Công ty May Tưởng Tượng"),
    ),
    (
        EventKind.INTRODUCTION,
        "Hội nghị giới thiệu việc làm mẫu",
        (24, time(8, 0), time(10, 30)),
        ("Hội trường mẫu", 30, ""),
        ("Xưởng mây tre Tưởng Tượng",),
    ),
)


async def announce(app: App) -> None:
    """Put them in, once: places that have any keep what they have."""
    now = app.clock.now()
    async with app.storage.write() as uow:
        for place in app.knowledge.content.localities:
            _, known = await uow.events.list([place], now, 1)
            for event in _events(now) if not known else ():
                number = await uow.events.add(place, event, by=WRITES, now=now)
                one = await uow.events.get(number)
                if one is not None:
                    await uow.events.step(one, state=EventState.VERIFIED, verified_by=VERIFIES, changed_at=now)
        await uow.commit()


def _events(now: datetime) -> list[JobEvent]:
    found, today = [], now.astimezone(LOCAL).date()
    for kind, title, (days, begins, ends), (place, seats, bring), employers in FAIRS:
        day = today + timedelta(days=days)
        found.append(
            JobEvent(
                kind=kind,
                title=title,
                place=place,
                starts_at=at(day, begins),
                ends_at=at(day, ends),
                organiser=ORGANISER,
                contact=CONTACT,
                employers="\n".join(employers),
                bring=bring,
                seats=seats,
            )
        )
    return found
