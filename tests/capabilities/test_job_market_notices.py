"""job-market-notices: who looks for work is told of what suits, once and in one message, and can ask at any time.

Seen on people's phones and through the officers' commands; the service is a process that is killed.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tests.capabilities.ward import Neighbour, Ward, ward
from tests.support.telegram.people import Person
from tests.work.lists import HEAD, saved, workbook

pytestmark = pytest.mark.thorough  # a ward's service as a process of its own

# Title, days until it is over, seats. By its title a trade is known.
OFFERS: Sequence[tuple[str, int, str]] = (
    ("Công nhân may", 40, "20"),
    ("Thợ may", 40, "20"),
    ("Đầu bếp", 40, "20"),
    ("Phụ bếp", 40, "20"),
    ("Hái cà phê", 40, "20"),
    ("Lái xe tải", 40, "20"),
    ("Giao hàng", 40, "20"),
    ("Tạp vụ", 40, "20"),
    ("Thợ làm tóc", 40, "1"),
    ("Bán hàng ở chợ", 3, "20"),
    ("Nhân viên bán hàng", 40, "20"),
    ("Thợ xây", 40, "20"),
    ("Phụ hồ", 40, "20"),
    ("Thợ hàn", 40, "20"),
    ("Kế toán", 40, "20"),
    ("Giáo viên mầm non", 40, "20"),
    ("Giúp việc nhà", 40, "20"),
    ("Chăm sóc người già", 40, "20"),
    ("Công nhân lắp ráp điện tử", 40, "20"),
    ("Đóng gói", 40, "20"),
)
# What each of ten people wants, and how the ward's list knows their household.
WANTS = ("may", "nấu ăn", "cà phê", "lái xe", "tạp vụ", "làm tóc", "làm tóc", "làm tóc", "làm tóc", "bán hàng")
STATUSES = ("poor", "", "near_poor", "poor", "", "", "near_poor", "poor", "poor", "poor")
SUITS: Mapping[str, frozenset[str]] = {
    "may": frozenset({"Công nhân may", "Thợ may"}),
    "nấu ăn": frozenset({"Đầu bếp", "Phụ bếp"}),
    "cà phê": frozenset({"Hái cà phê"}),
    "lái xe": frozenset({"Lái xe tải", "Giao hàng"}),
    "tạp vụ": frozenset({"Tạp vụ"}),
    "làm tóc": frozenset({"Thợ làm tóc"}),
    "bán hàng": frozenset({"Nhân viên bán hàng"}),  # the other one is over when they want news again
}
NEWS = "mới hợp với nhà mình"


@pytest.fixture(scope="module")
async def here(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ward]:
    """One ward, in which twenty vacancies are put in by Lan and verified by Minh."""
    async with ward(tmp_path_factory.mktemp("ward")) as made:
        shows(made, 9)
        await made.started()
        yield made


def shows(here: Ward, hour: int, *, day: int = 0) -> None:
    """The service's clock shows this hour in Viet Nam, so many days after tomorrow: it only goes forward here."""
    now = datetime.now(UTC)
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    here.clock.wrong_by(seconds=(first + timedelta(days=day, hours=hour - 7) - now).total_seconds())


async def imported(here: Ward, name: str, *rows: tuple[str, ...]) -> str:
    """What is said of a list that Lan puts in."""
    file = here.folder / name
    await asyncio.to_thread(file.write_bytes, saved(workbook(HEAD, *rows)))
    return await here.done("work", "import", str(file), "--locality", "dak-cam", by="Lan")


async def put_in(here: Ward) -> None:
    """A list of the office, whose last days are told from the day that the service's clock shows; once."""
    if await here.done("work", "list", "--locality", "dak-cam", by="Lan"):
        return
    today = here.clock.now()
    rows = [
        (title, f"Đơn vị {number}", "phường Đăk Cấm", "7-9tr", seats, f"{today + timedelta(days=days):%d/%m/%Y}")
        for number, (title, days, seats) in enumerate(OFFERS, 1)
    ]
    said = await imported(here, "tin.xlsx", *rows)
    assert said == "20 new, 0 known already, 0 left out\n"
    await here.done("work", "verify", *(str(number) for number in range(1, 21)), by="Minh")


async def answers(here: Ward, phone: Person, said: str) -> None:
    """Somebody writes, and something comes back."""
    before = len(phone.shown)
    phone.says(said)
    await here.until(lambda: len(phone.shown) > before)


async def tells(here: Ward, phone: Person, wish: str) -> None:
    """What somebody looks for, in their own words."""
    for said in ("tìm việc", "đồng ý", wish, wish, "sáng đi tối về", "lúc nào cũng được", "không vướng gì"):
        await answers(here, phone, said)
    await here.until(lambda: "gõ: thôi tìm việc" in "\n".join(one.text for one in phone.shown))


def news(phone: Person) -> list[frozenset[str]]:
    """The titles in each message of news on a phone."""
    told = [one.text for one in phone.shown if NEWS in one.text]
    return [frozenset(title for title, *_ in OFFERS if f"Việc: {title}." in text) for text in told]


async def test_each_gets_exactly_what_suits_once_and_poor_households_come_first(here: Ward) -> None:
    people = here.phones(len(WANTS))
    listed = [Neighbour(phone=one, status=status) for one, status in zip(people, STATUSES, strict=True)]
    await here.listed(listed)
    await asyncio.gather(*(tells(here, one, wish) for one, wish in zip(people, WANTS, strict=True)))
    resting = people[-1]
    resting.says("tạm dừng tin một tuần")
    await here.until(lambda: "Nghỉ tin báo" in resting.shown[-1].text)
    await put_in(here)
    # Late in the morning: of four who would do hair one waits, whose household is not poor.
    shows(here, 11)
    told = [one for number, one in enumerate(people) if number not in (5, 9)]
    await here.until(lambda: all(news(one) for one in told))
    # The next message to somebody goes when it was noted that the one before arrived: nothing is in doubt then.
    await asyncio.gather(*(answers(here, one, "menu") for one in told))
    await here.kill()
    await here.started()
    await here.telegram.quiet()
    assert news(people[5]) == news(resting) == []
    # The next day it is that one's turn, and nobody hears again of what they heard of.
    shows(here, 12, day=1)
    await here.until(lambda: news(people[5]))
    # After the rest, and when one of the vacancies is over.
    shows(here, 12, day=9)
    await here.until(lambda: news(resting))
    await here.telegram.quiet()
    assert [news(one) for one in people] == [[SUITS[wish]] for wish in WANTS]
    shown = await here.done("work", "show", "9", by="Lan")
    assert "people told in a message: 4\n" in shown and "people interested: 0\n" in shown


async def test_what_is_over_is_not_shown_and_who_asks_is_answered_at_any_time(here: Ward) -> None:
    await put_in(here)
    shows(here, 12, day=9)
    (somebody,) = here.phones(1)
    await here.listed([Neighbour(phone=somebody)])
    somebody.says("có việc gì không")
    await here.until(lambda: somebody.shown and "Chỉ xem việc" in somebody.shown[-1].text)
    somebody.says("chỉ xem việc")
    await here.until(lambda: "Việc 1:" in somebody.shown[-1].text)
    for number in range(2, 20):
        somebody.says("Xem thêm")
        await here.until(lambda number=number: f"Việc {number}:" in somebody.shown[-1].text)  # type: ignore[misc]
    seen = "\n".join(one.text for one in somebody.shown)
    assert "Bán hàng ở chợ" not in seen and "Nhân viên bán hàng" in seen
    assert all(label != "Xem thêm" for label in somebody.shown[-1].labels)


async def test_who_stops_gets_no_more(here: Ward) -> None:
    await put_in(here)
    (somebody,) = here.phones(1)
    await here.listed([Neighbour(phone=somebody)])
    await tells(here, somebody, "may")
    shows(here, 14, day=10)
    await here.until(lambda: news(somebody))
    somebody.says("dừng tin việc làm")
    await here.until(lambda: "Đã dừng tin việc làm" in somebody.shown[-1].text)
    today = f"{here.clock.now() + timedelta(days=5):%d/%m/%Y}"
    await imported(here, "thêm.xlsx", ("Thợ may giỏi", "Tổ may Ba", "phường Đăk Cấm", "7-9tr", "5", today))
    await here.done("work", "verify", "21", by="Minh")
    (other,) = here.phones(1)
    await here.listed([Neighbour(phone=other)])
    await tells(here, other, "may")
    shows(here, 17, day=11)
    await here.until(lambda: news(other))
    await here.telegram.quiet()
    assert len(news(somebody)) == 1
