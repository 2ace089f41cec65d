"""Two channels of one person, through what each of them is told; on both databases."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.knowledge import Knowledge
from bot.parts import Parts
from core.contacts import Consent, Purpose
from core.records import NewContact, NewUpdate
from db.models import audit_log, deliveries, messages
from db.unit_of_work import SqlStorage
from handlers.service import Service
from tests.support.chance import SeededChance
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import everything, make_account, urn
from tests.support.talk import Talk, receiving

pytestmark = pytest.mark.either

PAGE, PHONE = urn("page"), urn("phone", "telegram.main")


class TwoChannels:
    """One person with a page and with Telegram."""

    def __init__(self, service: Service, storage: SqlStorage, clock: FixedClock) -> None:
        self.service, self.storage, self.clock = service, storage, clock
        self.updates, self.read = 0, 0

    async def write(self, address: object, text: str) -> None:
        """Somebody writes; nobody answers yet."""
        assert address in (PAGE, PHONE)
        self.updates += 1
        account, path = (PAGE.account, PAGE.path) if address == PAGE else (PHONE.account, PHONE.path)
        update = NewUpdate(
            account=account,
            external_id=str(self.updates),
            path=path,
            raw={"text": text},
            received_at=self.clock.now(),
        )
        async with self.storage.write() as uow:
            await uow.inbox.add([update])
            await uow.commit()

    async def answers(self) -> list[tuple[str, str]]:
        """What is answered to all that waits, and at which channel."""
        while await self.service.handle_waiting():
            pass
        async with self.storage.engine.connect() as connection:
            rows = await connection.execute(
                select(deliveries.c.id, deliveries.c.account, messages.c.body)
                .join(messages, messages.c.id == deliveries.c.message_id)
                .where(deliveries.c.id > self.read)
                .order_by(deliveries.c.id)
            )
            told = [(row.id, row.account.partition(".")[0], row.body["text"]) for row in rows]
        self.read = max((one[0] for one in told), default=self.read)
        return [(channel, text) for _, channel, text in told]

    async def say(self, address: object, text: str) -> list[tuple[str, str]]:
        """Write, and be answered."""
        await self.write(address, text)
        return await self.answers()

    async def code(self, address: object = PAGE) -> str:
        """A code that was just given."""
        ((_, text),) = await self.say(address, "nối máy")
        return text.partition("Mã nối máy: ")[2].partition("\n")[0]

    async def join(self) -> list[tuple[str, str]]:
        """Telegram is joined to the page."""
        await self.say(PHONE, await self.code())
        return await self.say(PHONE, "có")


@pytest.fixture
async def two(storage: SqlStorage, knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> TwoChannels:
    parts = Parts(
        storage=storage,
        knowledge=knowledge,
        channels={one.account: FakeChannel(account=one.account) for one in (PAGE, PHONE)},
        clock=clock,
        chance=SeededChance(),
        data_dir=tmp_path,
        key=b"k" * 32,
        worker="one",
    )
    await make_account(storage)
    await make_account(storage, PHONE.account)
    return TwoChannels(Service(parts.desk(parts.files())), storage, clock)


async def acts(storage: SqlStorage) -> list[tuple[str, str, str, dict[str, int]]]:
    async with storage.engine.connect() as connection:
        rows = await connection.execute(select(audit_log).where(audit_log.c.action.startswith("contact.")))
        return [(row.action, row.actor, row.subject, row.detail) for row in rows]


async def test_only_the_kind_of_the_other_channel_is_named_and_both_are_told(two: TwoChannels) -> None:
    ((channel, asked),) = await two.say(PHONE, f"mã đây {await two.code()}")
    assert channel == "telegram" and asked.startswith("Nối máy này với máy dùng trang web?") and "page" not in asked
    (done, told) = await two.say(PHONE, "có")
    assert done[0] == "telegram" and done[1].startswith("Đã nối máy này với máy dùng trang web.")
    assert told[0] == "webchat" and told[1].startswith("Máy dùng Telegram vừa nối chung với máy này.")
    ((_, kept),) = await two.say(PAGE, "dữ liệu của tôi")
    assert "Đã nối 2 máy: máy dùng trang web, máy dùng Telegram" in kept
    assert await acts(two.storage) == [("contact.joined", "contact:2", "contact:1", {"dropped": 2, "address": 2})]


async def test_the_first_one_undoes_it_with_the_words_it_was_told(two: TwoChannels) -> None:
    await two.join()
    (done, told) = await two.say(PAGE, "Tách kênh này")
    assert done == ("webchat", "Đã tách máy dùng Telegram ra.\nMáy đó không xem được việc bà con đã gửi nữa.")
    assert told[0] == "telegram" and told[1].startswith("Máy này đã tách riêng")
    assert (await acts(two.storage))[1:] == [("contact.separated", "contact:1", "contact:3", {"address": 2})]
    owners = {row["path"]: row["contact_id"] for row in (await everything(two.storage))["addresses"]}
    assert owners == {"page": 1, "phone": 3}
    ((_, nobody),) = await two.say(PHONE, "tách máy")
    assert "chưa nối máy nào" in nobody


async def test_the_second_one_goes_with_the_same_words_and_takes_its_own_bubbles_along(two: TwoChannels) -> None:
    await two.join()
    ((channel, text),) = await two.say(PHONE, "Tách kênh này")
    assert channel == "telegram" and text.startswith("Đã tách máy này ra.")
    rows = await everything(two.storage)
    for name in ("messages", "deliveries"):
        assert {(row["path"], row["contact_id"]) for row in rows[name]} == {("page", 1), ("phone", 3)}


async def test_what_the_other_one_says_at_the_same_moment_is_nobodys_lost(two: TwoChannels) -> None:
    """The page's contact goes, for the ward's list knows the phone: what it said in the same batch is theirs."""
    one = NewContact(
        urn=PHONE,
        name="Bà Tư",
        phone="",
        locality="dak-cam",
        hamlet=None,
        status=None,
        language="vi",
        household=None,
        topics=(),
    )
    consent = Consent(purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING, wording="ward list")
    async with two.storage.write() as uow:
        await uow.lists.enrol([one], consent, MORNING)
        await uow.commit()
    await two.say(PHONE, await two.code())
    await two.write(PAGE, "menu")
    await two.write(PHONE, "có")
    await two.write(PAGE, "dữ liệu của tôi")
    told = await two.answers()
    assert [channel for channel, _ in told] == ["webchat", "telegram", "webchat", "webchat"]
    rows = await everything(two.storage)
    assert [row["id"] for row in rows["contacts"]] == [1]
    assert {row["contact_id"] for name in ("messages", "deliveries") for row in rows[name]} == {1}
    assert rows["contacts"][0]["name"] == "Bà Tư"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_who_is_busy_elsewhere_can_be_joined_a_moment_later(two: TwoChannels) -> None:
    await two.say(PHONE, await two.code())
    async with two.storage.write() as other:
        await other.people.load([PAGE], MORNING)
        ((_, text),) = await two.say(PHONE, "có")
    assert text == "Chưa nối được ngay. Bà con chọn lại giúp: Nối hai máy."
    assert len((await everything(two.storage))["contacts"]) == 2
    assert (await two.say(PHONE, "Nối hai máy"))[0][1].startswith("Đã nối máy này")


async def test_one_erases_all(two: TwoChannels) -> None:
    await two.join()
    await two.say(PAGE, "xóa dữ liệu của tôi")
    ((channel, text),) = await two.say(PAGE, "Xóa hết dữ liệu")
    assert channel == "webchat" and text.startswith("Đã xóa xong")
    rows = await everything(two.storage)
    assert rows["addresses"] == rows["join_codes"] == rows["contacts"] == [] and len(rows["erasures"]) == 2


@pytest.fixture
def people(knowledge: Knowledge, clock: FixedClock) -> Iterator[Callable[[str], Talk]]:
    """A room where anybody may come in."""
    with receiving(knowledge, clock) as somebody:
        yield somebody


def test_who_guesses_is_stopped_whether_they_type_or_press(people: Callable[[str], Talk]) -> None:
    code = people("page")("nối máy").partition("Mã nối máy: ")[2][:9]
    guesser = people("guesser")
    for number in range(4):
        assert "Chưa thấy mã" in guesser(f"K7M4 PXR{number + 2}")
    assert "Chưa thấy mã" in guesser.press("join-yes:K7M4PXR9")
    assert "Thử nhiều mã quá" in guesser(code)
    assert "Thử nhiều mã quá" in guesser.press(f"join-yes:{code}")
    assert "Nối máy này với" in people("another")(code)


def test_what_waits_for_an_officer_waits_beside_the_question(people: Callable[[str], Talk]) -> None:
    page, phone = people("page"), people("phone")
    code = page("nối máy").partition("Mã nối máy: ")[2][:9]
    phone.press("start:dak-cam")
    phone("gặp cán bộ")
    phone("Nhà tôi dột, xin giúp thì gặp ai?")
    assert "[Nối hai máy]" in phone(code)
    assert "Không nối nữa" in phone("không")
    assert "[Chuyển cho cán bộ]" in phone("việc đã gửi")
    phone(code)
    assert "[Chuyển cho cán bộ]" in phone("việc đã gửi")


def test_words_about_something_else_join_nothing(people: Callable[[str], Talk]) -> None:
    page, phone = people("page"), people("phone")
    code = page("nối máy").partition("Mã nối máy: ")[2][:9]
    phone.press("start:dak-cam")
    phone(code)
    phone("học phí năm nay thế nào")
    assert "Đã nối" not in phone("có") and phone.rows("contacts") == 2


ASKED = (
    "nối máy",
    "noi may",
    "NỐI KÊNH",
    "noi kenh khac",
    "tôi muốn nối máy khác",
    "nối thêm máy",
    "nối hai máy lại với nhau",
    "kết nối Zalo với Telegram",
    "cho tôi nối với máy kia",
    "tôi nhắn cả ở Zalo",
    "tôi nhắn cả ở Zalo/Telegram",
    "toi nhan ca o telegram nua",
    "em dùng cả tele lẫn zalo",
    "dùng thêm máy khác",
    "dung them dien thoai khac duoc khong",
    "bác xài 2 máy",
    "tui có hai điện thoại",
    "nối máy giúp em với",
    "how do i join my other phone",
)
UNDONE = ("tách máy", "tach kenh nay", "tách Zalo ra giúp tôi", "bỏ nối máy", "ngắt máy kia", "separate phone")
NEITHER = (
    "nói máy",  # say, not join
    "nơi khác",
    "đừng nối máy cho ai",
    "tách hộ",
    "tách khẩu ra ở riêng",
    "xe gắn máy",
    "có zalo không",
    "điện thoại cán bộ",
    "nối máy cho tôi gặp cán bộ",
    "hỗ trợ máy tính cho con đi học",
    "máy kia",
)


@pytest.fixture(scope="module")
def asker(knowledge: Knowledge) -> Iterator[Talk]:
    """Somebody of Đăk Cấm."""
    with receiving(knowledge, FixedClock()) as somebody:
        talk = somebody("asker")
        talk.press("start:dak-cam")
        yield talk


@pytest.mark.parametrize("text", ASKED)
def test_asked_for_in_any_spelling(asker: Talk, text: str) -> None:
    asker.press("lang:vi")
    assert "Mã nối máy: " in asker(text) or "Code for joining: " in asker.last


@pytest.mark.parametrize("text", UNDONE)
def test_undone_in_any_spelling(asker: Talk, text: str) -> None:
    asker.press("lang:vi")
    assert "chưa nối máy nào" in asker(text) or "No other phone is joined" in asker.last


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_neither(asker: Talk, text: str) -> None:
    asker.press("lang:vi")
    assert "Mã nối máy" not in asker(text) and "nối máy nào" not in asker.last
