"""What somebody writes right after a notice is kept with it, answered as it declares, and shown to its officers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.intake import Intake
from bot.knowledge import Knowledge
from core.campaigns import CampaignState, read_notice
from core.contacts import Consent, Purpose
from core.records import AnswerRow, NewContact
from db.unit_of_work import SqlStorage
from tests.delivery.conftest import make_post
from tests.delivery.test_intake import open_office
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import everything, make_account, new_update, urn

pytestmark = pytest.mark.either

ENROLL = {"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã giữ chỗ. Mang căn cước khi đến lớp."}}
Say = Callable[..., object]


class Person:
    """Somebody of the list, who got the notice; the parts of the product around them."""

    def __init__(self, storage: SqlStorage, intake: Intake, campaign: int, clock: FixedClock) -> None:
        self.storage, self.intake, self.campaign, self.clock, self.number = storage, intake, campaign, clock, 0

    async def says(self, text: str) -> list[str]:
        """What comes back."""
        self.number += 1
        self.clock.advance(seconds=1)
        before = len((await everything(self.storage))["messages"])
        await self.intake.receive([new_update(str(self.number), "a", text)])
        await self.intake.drain()
        rows = (await everything(self.storage))["messages"][before:]
        return [row["body"]["text"] for row in rows if row["direction"] == "out"]

    async def remind(self, moment: str) -> None:
        """As if the notice had said when that begins to which people sign up."""
        from db.campaign_tables import campaigns

        async with self.storage.write() as uow:
            one = await uow.campaigns.get(self.campaign)
            assert one is not None
            words = replace(one.notice.replies[0], remind=datetime.fromisoformat(moment))
            plain = replace(one.notice, replies=(words,)).plain()
            await uow.connection.execute(campaigns.update().values(notice=plain))
            await uow.commit()

    async def presses(self, payload: str) -> None:
        """A button of theirs, or what a page sends as one."""
        self.number += 1
        self.clock.advance(seconds=1)
        await self.intake.receive([replace(new_update(str(self.number), "a"), raw={"payload": payload})])
        await self.intake.drain()

    async def effects(self) -> list[str]:
        """What the report counts."""
        return [row["kind"] for row in (await everything(self.storage))["notice_effects"]]

    async def kept(self) -> list[AnswerRow]:
        """What the officers read."""
        async with self.storage.read() as uow:
            return list(await uow.campaigns.answers(self.campaign))


@pytest.fixture
async def person(storage: SqlStorage, clock: FixedClock, knowledge: Knowledge, tmp_path: Path) -> Person:
    await make_account(storage)
    notice = read_notice(
        {
            "kind": "notice",
            "title": "a",
            "source": "b",
            "text": {"vi": "Mở lớp may."},
            "audience": {"localities": ["dak-cam"]},
            "sending": {"hold_back_seconds": 0},
            "replies": [ENROLL],
            "topics": ["vocational-training"],
        }
    )
    listed = NewContact(
        urn=urn("a"),
        name="Lan",
        phone="",
        locality="dak-cam",
        hamlet=None,
        status=None,
        language="vi",
        household="",
        topics=(),
    )
    consent = Consent(
        purpose=Purpose.NOTICES, granted_at=MORNING, expires_at=MORNING + timedelta(days=90), wording="ward list"
    )
    async with storage.write() as uow:
        await uow.lists.enrol([listed], consent, MORNING)
        campaign = await uow.campaigns.add(notice, by="Lan", now=MORNING)
        await uow.campaigns.step(
            campaign, CampaignState.DRAFT, CampaignState.APPROVED, approved_hash=notice.hash(), starts_at=MORNING
        )
        await uow.commit()
    post = make_post(storage, clock, FakeChannel())
    while await post.expansion.step():
        pass
    async with storage.write() as uow:
        (leased,) = await uow.outbox.lease([urn().account], worker="one", now=MORNING, until=MORNING, limit=9)
        from core.delivery import DeliveryStatus, Outcome

        sent = Outcome(delivery_id=leased.id, status=DeliveryStatus.SENT, external_id="1")
        await uow.outbox.record([sent], worker="one", now=clock.now())
        await uow.commit()
    office = open_office(storage, knowledge, clock, tmp_path)
    return Person(storage, office.intake, campaign, clock)


async def test_a_declared_word_in_any_spelling_has_its_answer(person: Person) -> None:
    assert await person.says("dang ky") == ["Đã giữ chỗ. Mang căn cước khi đến lớp."]
    (row,) = await person.kept()
    assert (row.name, row.word, row.text) == ("Lan", "ĐĂNG KÝ", "dang ky")


@pytest.mark.parametrize(
    "typed",
    ["đăng kí", "dang ki nhe", "Dạ em đăng ký ạ", "cho tôi đăng ký với", "ĐĂNG KÝ!!", "tôi muốn đăng ký cho con tôi"],
)
async def test_a_declared_word_is_heard_however_politely_it_is_said(person: Person, typed: str) -> None:
    assert (await person.says(typed))[0] == "Đã giữ chỗ. Mang căn cước khi đến lớp."
    assert [row.word for row in await person.kept()] == ["ĐĂNG KÝ"]


@pytest.mark.parametrize(
    "typed", ["không đăng ký", "đăng ký ở đâu", "đăng ký được không", "ai đăng ký", "hủy đăng ký học phí", "đăng"]
)
async def test_a_declared_word_among_others_is_no_answer(person: Person, typed: str) -> None:
    assert "Đã giữ chỗ" not in " ".join(await person.says(typed))
    assert "ĐĂNG KÝ" not in [row.word for row in await person.kept()]


@pytest.mark.parametrize(
    "typed", ["không đi được", "dạ em bận không đi được ạ", "toi ko the den", "ko tham gia duoc nua"]
)
async def test_who_cannot_come_says_so_at_once(person: Person, typed: str) -> None:
    """Not only below the reminder: it is counted as the button is, and nobody is reminded."""
    await person.remind("2026-11-27T07:30:00+07:00")
    await person.says("đăng ký")
    assert (await person.says(typed))[0].startswith("Đã ghi: bà con không đi được.")
    assert [row.word for row in await person.kept()] == ["ĐĂNG KÝ", "Không đi được"]
    assert [row["state"] for row in (await everything(person.storage))["reminders"]] == ["cancelled"]


async def test_the_word_still_counts_after_a_question(person: Person) -> None:
    """Who asks first how long it takes signs up afterwards."""
    await person.says("thẻ bảo hiểm y tế cho hộ nghèo xin ở đâu")
    assert (await person.says("đăng ký"))[0] == "Đã giữ chỗ. Mang căn cước khi đến lớp."
    assert "ĐĂNG KÝ" in [row.word for row in await person.kept()]
    person.clock.advance(seconds=8 * 24 * 3600)
    assert "Đã giữ chỗ" not in " ".join(await person.says("đăng ký"))


@pytest.mark.parametrize(
    ("typed", "effect"),
    [("dừng", "stopped"), ("dừng tin việc làm", "theme stopped"), ("tạm dừng một tháng", "muted")],
)
async def test_what_a_notice_brought_about_is_noted(person: Person, typed: str, effect: str) -> None:
    await person.says(typed)
    assert await person.effects() == [effect]


async def test_a_question_to_an_officer_counts_with_its_notice(person: Person) -> None:
    for words in ("gặp cán bộ", "lớp học mấy buổi một tuần", "đồng ý"):
        await person.says(words)
    assert await person.effects() == [], "of what was written later the notice is not the reason"
    assert len((await everything(person.storage))["questions"]) == 1


@pytest.mark.parametrize("wait", [timedelta(days=8), None])
async def test_what_comes_too_late_or_after_other_words_is_not_its_doing(
    person: Person, wait: timedelta | None
) -> None:
    if wait is None:
        await person.says("xin chào")
    else:
        person.clock.advance(seconds=wait.total_seconds())
    await person.says("dừng")
    assert await person.effects() == []


async def test_nobody_answers_a_notice_that_they_never_got(person: Person) -> None:
    before = len(await person.kept())
    await person.presses(f"course-no:{person.campaign + 1}")
    await person.presses(f"course-no:{person.campaign}")
    assert [row.word for row in (await person.kept())[before:]] == ["Không đi được"]
    rows = (await everything(person.storage))["notice_answers"]
    assert {row["campaign_id"] for row in rows} == {person.campaign}


async def test_who_cannot_come_says_so_in_english(person: Person) -> None:
    await person.remind("2026-11-27T07:30:00+07:00")
    await person.says("I can't come")
    assert len(await person.kept()) == 1 and (await person.kept())[0].word


@pytest.mark.parametrize("typed", ["không đi được thì làm sao", "đi được không", "con tôi không học được chữ"])
async def test_what_is_not_said_of_coming_goes_its_way(person: Person, typed: str) -> None:
    await person.remind("2026-11-27T07:30:00+07:00")
    assert "Đã ghi: bà con không đi được" not in " ".join(await person.says(typed))


async def test_any_other_words_are_kept_and_it_is_said(person: Person) -> None:
    assert any("Đã ghi trả lời" in text for text in await person.says("nha toi o xa qua di khong duoc dau"))
    assert [row.text for row in await person.kept()] == ["nha toi o xa qua di khong duoc dau"]
    assert len(await person.says("nha toi o xa qua di khong duoc dau")) == 1  # later words are no answer to it
    assert len(await person.kept()) == 1


async def test_a_question_is_answered_and_kept(person: Person) -> None:
    said = await person.says("thẻ bảo hiểm y tế cho hộ nghèo xin ở đâu")
    assert "cũng được ghi lại cùng tin vừa rồi" in said[-1] and "Thẻ bảo hiểm y tế" in said[0]
    assert len(await person.kept()) == 1


async def test_an_answer_to_a_question_of_ours_is_none_to_the_notice(person: Person) -> None:
    """What is told in a self-check, or after an aside in it, goes to no officer."""
    for words in ("tự kiểm tra", "nhanh", "4"):
        await person.says(words)
    kept = len(await person.kept())
    async with person.storage.write() as uow:
        from db.models import contacts

        await uow.connection.execute(contacts.update().values(last_inbound_at=MORNING))  # as if it came just now
        await uow.commit()
    assert "Đã giữ chỗ" not in (await person.says("đăng ký"))[0]
    await person.says("2 triệu")
    assert len(await person.kept()) == kept


async def test_stopping_is_no_answer(person: Person) -> None:
    assert "Đã dừng." in (await person.says("dừng nhận tin"))[0]
    assert await person.kept() == []


async def test_after_a_week_it_is_about_something_else(person: Person) -> None:
    person.clock.advance(days=8)
    assert "Đã giữ chỗ" not in (await person.says("đăng ký"))[0]
    assert await person.kept() == []


async def test_a_code_for_joining_is_no_answer_to_the_notice(person: Person) -> None:
    (text,) = await person.says("nối máy")
    assert text.startswith("Mã nối máy: ") and await person.kept() == []


async def test_a_code_is_no_answer(person: Person) -> None:
    assert len(await person.says("K7M 4PX")) == 1
    assert await person.kept() == []


@pytest.mark.parametrize("text", ["dừng tin này", "dung gui cai nay nua", "stop this news"])
async def test_of_this_notice_no_more_means_its_kind_and_is_no_answer(person: Person, text: str) -> None:
    said = await person.says(text)
    assert said[-1].startswith(("Đã dừng tin học nghề.", "No more news about learning a trade."))
    assert await person.kept() == []


async def test_whoever_doubts_it_has_not_answered_it(person: Person) -> None:
    assert (await person.says("tin này có thật không"))[0].startswith("Dán nguyên tin đó")
    assert await person.kept() == []
