"""The demonstration's vacancies and courses: made from a small file, the same for everybody on the same day.

Nobody of these employers exists, and no number can be called.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bot.app import App
from core.caps import LOCAL
from core.questions import CODE_ALPHABET, CODE_LENGTH
from core.records import AuditEntry
from core.storage import UnitOfWork
from core.work import Offer, OfferKind, OfferState, Paid

FILE = Path(__file__).with_name("demo_work.yaml")
VACANCIES, COURSES = 62, 16  # of each place
WRITER, VERIFIER = "Thu (ví dụ)", "Duy (ví dụ)"
# How many of them stand otherwise: not verified yet, full, closed.
DRAFTS, FULL, CLOSED = 3, 2, 1
STEP = 100_000  # đồng, to which monthly wages are rounded; others to a hundredth of it
LURE = "Đặt cọc 500.000 đồng tiền đồng phục khi nhận việc."


async def fill_work(app: App) -> None:
    """Put them in where a place has nothing open; a second start finds them there."""
    now = app.clock.now()
    today = now.astimezone(LOCAL).date()
    told = yaml.safe_load(FILE.read_text("utf-8"))
    for place in told["places"]:
        async with app.storage.write() as uow:
            if place not in app.knowledge.content.localities or await uow.work.open_in(place, today):
                continue
            await _fill(app, uow, place, told, today)
            entry = AuditEntry(at=now, actor="operator", action="work.demo", subject=f"locality:{place}", detail={})
            await uow.audit.append([entry])
            await uow.commit()


async def _fill(app: App, uow: UnitOfWork, place: str, told: Any, today: date) -> None:
    now = app.clock.now()
    vacancies = list(vacancies_of(place, told, today))
    courses = list(courses_of(place, told, today))
    numbers = (await uow.work.add(place, [*vacancies, *courses], by=WRITER, now=now)).new
    drafts = {*numbers[:DRAFTS], numbers[-1]}
    for number in numbers:
        if number not in drafts:
            step = OfferState.DRAFT, OfferState.VERIFIED
            await uow.work.step(number, *step, verified_by=VERIFIER, verified_at=now)
    full = [(number, one.seats) for number, one in zip(numbers, vacancies, strict=False) if one.seats is not None]
    for number, seats in full[DRAFTS : DRAFTS + FULL]:
        await uow.work.take_seats(number, seats)
    for number in numbers[DRAFTS + FULL + 1 :][:CLOSED]:
        await uow.work.step(
            number, OfferState.VERIFIED, OfferState.CLOSED, closed_by=VERIFIER, why="nơi tuyển báo đã đủ người (ví dụ)"
        )
    chance = Random(f"{place} {today}")
    for one in sent_in(place, told, today):
        code = "M7" + "".join(chance.choices(CODE_ALPHABET, k=CODE_LENGTH - 2))
        await uow.offers.receive(place, one, code=code, sender=b"demo", now=now)


def vacancies_of(place: str, told: Any, today: date) -> Iterator[Offer]:
    """The vacancies of a place that its officers put in."""
    here, chance = told["places"][place], Random(place)
    trades = [*here["own"], *told["common"], *here["own"]]
    for number in range(VACANCIES - 2):  # two more are sent in by employers
        far = number % 15 == 14
        trade = here["far"]["trade"] if far else trades[number % len(trades)]
        yield _vacancy(trade, (told, here), (number, far), chance, today)


def _vacancy(trade: str, of: tuple[Any, Any], which: tuple[int, bool], chance: Random, today: date) -> Offer:
    (told, here), (number, far) = of, which
    job, titles = told["jobs"][trade], told["jobs"][trade]["titles"]
    paid = Paid(job["paid"])
    least, most = (_sum(one, here["level"], paid, chance) for one in job["wage"])
    # From three days to two months: some end soon.
    deadline = today + timedelta(days=3 + number * 17 % 55)
    theirs = [name for name, trades in here["employers"].items() if trade in trades]
    employer = here["far"]["employer"] if far else theirs[chance.randrange(len(theirs))]
    agreed = number % 20 == 9
    return Offer(
        kind=OfferKind.VACANCY,
        title=f"{titles[chance.randrange(len(titles))]}",
        occupation=trade,
        place=here["far"]["place"] if far else here["here"],
        employer=f"{employer} (ví dụ)",
        deadline=deadline,
        contact="" if number % 3 else f"người phụ trách {employer} (ví dụ), hỏi tại nơi làm",
        wage_from=None if agreed else min(least, most),
        wage_to=None if agreed else max(least, most),
        paid=Paid.AGREED if agreed else paid,
        hours=job["hours"],
        age_from=18 if number % 2 else None,
        papers="căn cước" if number % 4 else "",
        degree=job.get("degree", ""),
        no_degree="degree" not in job,
        seats=chance.choice((1, 2, 3, 5, 10, 20)),
        away=far,
        lodging="có nhà ở, bao ăn trưa" if far else "có xe đưa đón" if number % 9 == 0 else "",
    )


def _sum(usual: int, level: int, paid: Paid, chance: Random) -> int:
    step = STEP if paid is Paid.MONTH else STEP // 10 if paid is Paid.DAY else STEP // 100
    return max(step, round(usual * level * chance.uniform(0.95, 1.05) / 100 / step) * step)


def courses_of(place: str, told: Any, today: date) -> Iterator[Offer]:
    """The courses of a place."""
    here: Any = told["places"][place]
    for number, one in enumerate(told["courses"][:COURSES]):
        deadline = today + timedelta(days=5 + number * 11 % 53)
        yield Offer(
            kind=OfferKind.COURSE,
            title=one["title"],
            occupation=one["occupation"],
            place=here["here"],
            employer=f"{told['school']} {here['here'].removeprefix('phường ')} (ví dụ)",
            deadline=deadline,
            level="lớp nghề ngắn, có chứng chỉ",
            length=one["length"],
            opens=deadline + timedelta(days=7),
            seats=(20, 25, 30)[number % 3],
            support="không thu học phí; tiền ăn, đi lại: hỏi cán bộ",
            priority="hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo",
            no_degree=True,
        )


def sent_in(place: str, told: Any, today: date) -> Sequence[Offer]:
    """What employers sent in by themselves: an honest vacancy, and one that asks workers for a deposit."""
    here, deadline = told["places"][place], today + timedelta(days=30)
    common = {"kind": OfferKind.VACANCY, "place": here["here"], "deadline": deadline, "seats": 4}
    honest = Offer(
        **common,
        title="Trông quầy hàng",
        occupation="shop",
        employer="Tiệm tạp hóa Đầu Ngõ (ví dụ)",
        contact="chủ tiệm (ví dụ), hỏi tại tiệm",
        wage_from=5_000_000,
        wage_to=6_000_000,
        paid=Paid.MONTH,
    )
    lure = Offer(
        **common,
        title="Đóng gói tại nhà, lương cao",
        occupation="packing",
        employer="Nơi tuyển Không Rõ (ví dụ)",
        contact="không để lại tên (ví dụ)",
        wage_from=900_000,
        wage_to=1_500_000,
        paid=Paid.DAY,
        note=LURE,
    )
    return honest, lure
