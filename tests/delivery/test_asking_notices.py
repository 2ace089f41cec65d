"""What was sent to somebody, and whether what they paste is real: as they ask for it in the chat."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import Knowledge
from core.authenticity import LETTERS, Standing, coded, compare, notice_code
from core.campaigns import CampaignState, read_notice
from core.contacts import Consent, Purpose
from core.delivery import DeliveryStatus, Outcome
from core.officers import Grant, Role
from core.records import NewContact
from db.unit_of_work import SqlStorage
from tests.delivery.conftest import make_post
from tests.delivery.test_intake import open_office
from tests.delivery.test_notice_replies import Person
from tests.support.channels import FakeChannel
from tests.support.clock import MORNING, FixedClock
from tests.support.rows import make_account, urn

pytestmark = pytest.mark.either

TEXT = "Phường mở lớp may miễn phí, 20 chỗ, học từ ngày 05/12. Mang căn cước đến Ủy ban. Gọi 0260 386 1234 để giữ chỗ."
OFFICE = "Phòng Văn hóa - Xã hội phường"


async def sent(storage: SqlStorage, clock: FixedClock, text: str = TEXT, **audience: Any) -> int:
    """A notice that was approved by an officer of the culture office and came to everybody."""
    notice = read_notice(
        {
            "kind": "notice",
            "title": "Lớp may",
            "source": "Kế hoạch đào tạo nghề",
            "text": {"vi": text},
            "audience": audience or {"localities": ["dak-cam"]},
            "sending": {"urgent": True, "hold_back_seconds": 0},
        }
    )
    async with storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Lan", now=clock.now())
        along = {"approved_by": "Minh", "approved_hash": notice.hash(), "starts_at": clock.now()}
        await uow.campaigns.step(number, CampaignState.DRAFT, CampaignState.APPROVED, **along)
        await uow.commit()
    return number


@pytest.fixture
async def person(storage: SqlStorage, clock: FixedClock, knowledge: Knowledge, tmp_path: Path) -> Person:
    await make_account(storage)
    listed = NewContact(
        urn=urn("a"),
        name="",
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
        grant = Grant(role=Role.APPROVER, locality="dak-cam", office="phong-vhxh")
        await uow.officers.grant(await uow.officers.add("Minh", MORNING), [grant])
        await uow.commit()
    office = open_office(storage, knowledge, clock, tmp_path)
    return Person(storage, office.intake, 0, clock)


async def arrives(person: Person) -> str:
    """Everything that is approved is sent; gives what the phone shows last."""
    post = make_post(person.storage, person.clock, FakeChannel())
    while await post.expansion.step():
        pass
    shown = ""
    for _ in range(3):
        now = person.clock.advance(seconds=2)  # a chat rests between a reply and a notice
        async with person.storage.write() as uow:
            leased = await uow.outbox.lease([urn().account], worker="one", now=now, until=now, limit=9)
            done = [Outcome(delivery_id=one.id, status=DeliveryStatus.SENT, external_id="1") for one in leased]
            await uow.outbox.record(done, worker="one", now=now)
            await uow.commit()
        shown = next((f"{one.message.text}\n{one.message.source}" for one in leased if one.campaign_id), shown)
    return shown


async def test_what_was_sent_when_and_why(person: Person) -> None:
    assert await person.says("đã gửi gì cho tôi") == ["Chung Tay chưa gửi tin báo nào cho bà con."]
    await sent(person.storage, person.clock)
    await arrives(person)
    (told,) = await person.says("da gui gi cho toi")
    assert told == (
        "Tin báo gần đây đã gửi cho bà con:\n"
        "• 20/11/2026: Phường mở lớp may miễn phí, 20 chỗ, học từ ngày 05/12. Mang …\n"
        "Vì sao: bà con có tên trong danh sách của phường Đăk Cấm."
    )


async def test_a_true_message_an_altered_one_and_a_false_one(person: Person) -> None:
    number = await sent(person.storage, person.clock)
    shown = await arrives(person)
    assert shown.endswith(f"Nguồn: Kế hoạch đào tạo nghề. Mã tin: {notice_code(number)}")
    true = "Đây là tin thật của phường Đăk Cấm, gửi ngày 20/11/2026.\nNơi duyệt: " + OFFICE
    for pasted in (shown, f"chị ơi tin này có thật không ạ: {TEXT}", f"{TEXT} Mã tin: {notice_code(number)}"):
        assert [told.partition(". Mã tin")[0] for told in await person.says(pasted)] == [true], pasted
    await person.says("tin này có thật không")
    (told,) = await person.says(TEXT.replace("386 1234", "386 9999"))
    assert "đã bị sửa" in told and "“9999”" in told and "“1234”" in told
    (told,) = await person.says(shown.replace("Mang căn cước", "Mang căn cước và 200 nghìn đặt cọc"))
    assert "đã bị sửa" in told or "dấu hiệu lừa đảo" in told
    (told,) = await person.says("tin này có thật không: Xã phát bò giống cho mọi nhà, ai muốn nhận thì nhắn tên tuổi")
    assert "không tìm thấy tin này" in told


async def test_a_code_alone_names_its_message_and_no_other_does(person: Person) -> None:
    number = await sent(person.storage, person.clock)
    await arrives(person)
    (told,) = await person.says(f"mã tin {notice_code(number).lower()}")
    assert told.startswith(f"Mã {notice_code(number)} là tin của phường Đăk Cấm") and OFFICE in told
    (told,) = await person.says(f"mã tin {notice_code(number + 1)}")
    assert told.startswith("Không có tin nào mang mã đó")
    # A true code below other words proves nothing.
    (told,) = await person.says(f"Ngày mai phường họp dân ở nhà văn hóa lúc bảy giờ. Mã tin: {notice_code(number)}")
    assert "không tìm thấy tin này" in told


async def test_of_people_picked_by_what_they_lack_the_code_tells_no_words(person: Person) -> None:
    async with person.storage.write() as uow:
        await uow.people.keep_needs(1, ["housing"])
        await uow.commit()
    number = await sent(person.storage, person.clock, lacking=["housing"])
    await arrives(person)
    (told,) = await person.says(f"mã tin {notice_code(number)}")
    assert "lớp may" not in told and told.startswith(f"Mã {notice_code(number)} là tin")


@pytest.mark.parametrize("state", [CampaignState.APPROVED, CampaignState.STOPPED])
async def test_what_went_to_nobody_is_not_true(person: Person, state: CampaignState) -> None:
    """Nor what was stopped while it was held back."""
    number = await sent(person.storage, person.clock)
    async with person.storage.write() as uow:
        await uow.campaigns.step(number, CampaignState.APPROVED, state)
        await uow.commit()
    (told,) = await person.says(f"mã tin {notice_code(number)}")
    assert told.startswith("Không có tin nào mang mã đó")
    (told,) = await person.says(f"tin này có thật không: {TEXT}")
    assert "tin thật của" not in told


@given(st.integers(1, 10**9 - 1))
def test_a_code_is_read_in_any_case_and_a_wrong_letter_never(number: int) -> None:
    code = notice_code(number)
    assert coded(f"Nguồn: a. Mã tin: {code}.") == coded(code.lower()) == number
    wrong = [letter for letter in LETTERS if letter != code[-1]]
    assert all(coded(f"mã tin {code[:-1]}{letter}") is None for letter in wrong)


SOME = ["phường", "mở", "lớp", "may", "miễn", "phí", "hai", "mươi", "chỗ", "ngày", "mang", "căn", "cước"]
WORDS = st.lists(st.sampled_from(SOME), min_size=8)


@given(WORDS, st.data())
def test_any_changed_digit_is_an_alteration(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words)))
    notice = " ".join([*words[:at], "0260386", *words[at:]])
    assert compare(notice, notice).standing is Standing.SAME
    changed = compare(notice.replace("0260386", "0999999"), notice)
    assert changed.standing is Standing.ALTERED and changed.added == "0999999" and changed.missing == "0260386"


def test_a_part_is_known_as_one() -> None:
    assert compare("Phường mở lớp may miễn phí, 20 chỗ", TEXT).standing is Standing.PART
    assert compare("lớp may", TEXT).standing is Standing.OTHER
