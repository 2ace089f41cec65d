"""What people say and see on Zalo, and what becomes of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.zalo import outgoing
from bot.knowledge import Knowledge
from core.contacts import URN, Consent, Purpose, Refusal, telephone
from core.delivery import DeliveryStatus, NewDelivery, Priority
from core.messages import Attachment, OutboundMessage, QuickReply, Template
from core.ports import ChannelState, Condition
from core.records import NewContact
from db.models import addresses, contacts, deliveries, inbound_updates, messages
from tests.support.chance import SeededChance
from tests.support.clock import FixedClock
from tests.support.golden import PICTURE
from tests.support.zalo import faults
from tests.support.zalo.people import Person
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import ACCOUNT, ZaloDesk, desk_on_zalo

PNG = b"\x89PNG\r\n\x1a\n a picture"
PDF = b"%PDF-1.7 a paper"


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[FakeZalo]:
    """The strict server, on the test's clock; its own waits are a hundred times shorter."""
    async with FakeZalo(clock=clock, hurry=100) as server:
        yield server


@pytest.fixture
async def desk(
    zalo: FakeZalo,
    knowledge: Knowledge,
    one_database: str,
    clock: FixedClock,
    chance: SeededChance,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[ZaloDesk]:
    """The product, running, for Đăk Cấm."""
    async with desk_on_zalo(
        zalo,
        knowledge=knowledge,
        database_url=one_database,
        data_dir=tmp_path_factory.mktemp("desk"),
        clock=clock,
        chance=chance,
        zalo_locality="dak-cam",
        public_url="https://ward.example.vn",
    ) as running:
        yield running


@pytest.fixture
async def lan(desk: ZaloDesk) -> Person:
    """Somebody who has been greeted."""
    person = desk.zalo.person()
    person.opens_chat()
    await desk.zalo.until(lambda: len(person.shown) == 1)
    return person


async def rows(desk: ZaloDesk, *columns: object) -> list[tuple[object, ...]]:
    """Rows of the database, oldest first."""
    async with desk.app.storage.engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(select(*columns).order_by(columns[0]))]  # type: ignore[call-overload]


async def tell(desk: ZaloDesk, person: Person, message: OutboundMessage, key: str = "told") -> None:
    """Queue a message to somebody and wait until it went."""
    (contact,) = [one for one, path in await rows(desk, addresses.c.contact_id, addresses.c.path) if path == person.id]
    async with desk.app.storage.write() as uow:
        new = NewDelivery(
            dedup_key=key,
            urn=URN(account=ACCOUNT, path=person.id),
            contact_id=contact,  # type: ignore[arg-type]
            message=message,
            available_at=desk.app.clock.now(),
            priority=Priority.REPLY,
        )
        await uow.outbox.add([new])
        await uow.commit()
    desk.app.relay.work.wake()
    await desk.settled()


async def test_who_opens_the_chat_is_greeted_and_asked_for_no_place(desk: ZaloDesk, lan: Person) -> None:
    assert "phường Đăk Cấm" in lan.last.text
    lan.taps(lan.last.labels[0])
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert len(lan.shown) == 2
    assert desk.zalo.ignored == []
    assert desk.faults == []
    assert desk.condition() == Condition()


async def test_following_opening_and_writing_at_once_greets_once(desk: ZaloDesk) -> None:
    lan = desk.zalo.person()
    lan.follows()
    lan.opens_chat()
    lan.says("vay vốn làm ăn")
    await desk.zalo.until(lambda: len(lan.shown) >= 2)
    await desk.settled()
    assert sum(one.startswith("Chào bà con") for one in lan.texts) == 1
    assert len(await rows(desk, contacts.c.id)) == 1


async def test_who_writes_first_hears_who_speaks_and_the_answer(desk: ZaloDesk) -> None:
    lan = desk.zalo.person()
    lan.says("tiền điện hộ nghèo")
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    await desk.settled()
    assert lan.texts[0].startswith("Chào bà con. Đây là Chung Tay của phường Đăk Cấm")
    assert "điện" in lan.texts[1]


async def test_in_danger_nobody_is_greeted_first(desk: ZaloDesk) -> None:
    lan = desk.zalo.person()
    lan.says("chồng đánh tôi chảy máu")
    await desk.zalo.until(lambda: lan.shown)
    assert "113" in lan.texts[0] or "115" in lan.texts[0]


async def test_a_typed_press_is_a_press_and_what_only_zalo_says_is_not(desk: ZaloDesk, lan: Person) -> None:
    lan.says("v1:topics")
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    for text in ("v1:reach:blocked", "v1:met", "v1:", "v1:no-such-thing:1", f"v1:{'x' * 900}"):
        before = len(lan.shown)
        lan.says(text)
        await desk.zalo.until(lambda before=before: len(lan.shown) > before)
    await desk.settled()
    assert desk.faults == []
    assert (await rows(desk, addresses.c.refusal)) == [(None,)]


async def test_the_same_event_four_times_is_one_answer(desk: ZaloDesk, lan: Person) -> None:
    event = lan.says("menu")
    await desk.zalo.quiet()
    desk.zalo.webhook.again(event, times=3)
    await desk.settled()
    assert len(lan.shown) == 2


async def test_events_in_another_order_are_all_answered(desk: ZaloDesk) -> None:
    people = [desk.zalo.person() for _ in range(5)]
    desk.zalo.webhook.hold()
    for one in people:
        one.follows()
        one.says("menu")
    desk.zalo.webhook.release(backwards=True)
    await desk.settled()
    for one in people:
        assert [text for text in one.texts if "Đây là Chung Tay" in text]
        assert len(one.shown) == 2
    assert desk.faults == []


async def test_bytes_in_another_form_are_believed_as_they_came(desk: ZaloDesk, lan: Person) -> None:
    desk.zalo.webhook.style, desk.zalo.webhook.prefixed = "odd", False
    lan.says("Tiê\u0300n điê\u0323n hô\u0323 nghe\u0300o?")  # decomposed, as some phones type
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    assert "điện" in lan.last.text


async def test_what_nobody_described_is_taken(desk: ZaloDesk, lan: Person) -> None:
    lan.does("user_reacted_message", message={"msg_id": "1", "react_icon": "/-heart"})
    lan.does("user_call_oa", call_id="7")
    lan.does("something_new")
    assert await desk.zalo.console_test() == 200
    await desk.settled()
    assert len(lan.shown) == 1
    assert desk.gateway.hook is not None
    assert desk.gateway.hook.ignored["something_new"] == 1
    assert await rows(desk, inbound_updates.c.id, inbound_updates.c.raw) == [(1, None)]


@pytest.mark.parametrize("old_form", [True, False])
async def test_a_shared_number_is_written_out_and_nothing_else_of_it(
    desk: ZaloDesk, lan: Person, old_form: bool
) -> None:
    lan.submits_info(old_form=old_form)
    await desk.settled()
    said = [
        body["text"]
        for _, body, way in await rows(desk, messages.c.id, messages.c.body, messages.c.direction)
        if way == "in"
    ]
    assert said[-1] == f"Điện thoại của tôi: {lan.phone}"


async def test_pictures_sounds_and_papers_are_fetched_and_kept(desk: ZaloDesk, lan: Person) -> None:
    lan.says("gặp cán bộ")
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    lan.sends_image(PICTURE, "Giấy này đúng không ạ?")
    lan.sends_audio()
    lan.sends_file(PDF)
    await desk.settled()
    assert len(set(desk.zalo.files.fetched)) == 3
    assert len([path for path in (desk.app.settings.data_dir / "files").rglob("*") if path.is_file()]) == 3
    assert desk.faults == []


async def test_a_file_on_a_strange_host_is_not_fetched(desk: ZaloDesk, lan: Person) -> None:
    payload = {"url": "https://zdn.vn.example.org/x.jpg"}
    lan.posts("user_send_image", {"attachments": [{"type": "image", "payload": payload}]})
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    assert "chưa" in lan.last.text
    assert desk.zalo.files.fetched == []


async def test_what_was_shown_is_marked_so(desk: ZaloDesk, lan: Person) -> None:
    await desk.settled()
    lan.sees()
    await desk.settled()
    assert await rows(desk, deliveries.c.id, deliveries.c.status) == [(1, DeliveryStatus.DELIVERED)]


async def test_who_unfollows_in_a_self_check_gets_nothing_more_and_loses_nothing(desk: ZaloDesk, lan: Person) -> None:
    lan.taps("Tự kiểm tra")
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    lan.taps(lan.last.labels[0])
    await desk.zalo.until(lambda: len(lan.shown) == 3)
    asked = lan.last.text
    lan.unfollows()
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(Refusal.BLOCKED,)]
    assert desk.condition() == Condition()
    lan.follows()
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(None,)]
    assert len(lan.shown) == 3, "nobody is greeted in the middle"
    lan.taps(lan.last.labels[0])
    await desk.zalo.until(lambda: len(lan.shown) == 4)
    assert lan.last.text != asked
    assert desk.faults == []


@pytest.mark.parametrize("part", ["sender", "follower", "user", "user_id"])
async def test_who_takes_their_consent_back_is_written_to_no_more_until_they_write(
    desk: ZaloDesk, lan: Person, part: str
) -> None:
    await desk.settled()
    lan.withdraws(part)
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(Refusal.BLOCKED,)]
    lan.says("xin chào")
    await desk.settled()
    assert await rows(desk, addresses.c.refusal) == [(None,)]
    assert len(lan.shown) == 2 and desk.faults == []


async def test_a_long_text_goes_in_parts_with_its_buttons_below_the_last(desk: ZaloDesk, lan: Person) -> None:
    text = " ".join(f"Câu số {number} của một bài dài." for number in range(200))
    await tell(
        desk,
        lan,
        OutboundMessage(text=text, source="Theo Luật A.", quick_replies=(QuickReply(label="A", payload="menu"),)),
    )
    parts = lan.shown[1:]
    assert len(parts) > 1
    assert all(len(one.text) <= 2000 and one.text.endswith(".") for one in parts)
    assert [len(one.buttons) for one in parts] == [0] * (len(parts) - 1) + [1]
    assert parts[-1].text.endswith("\n\n— Theo Luật A.")


async def test_pictures_and_papers_are_uploaded_once_and_the_rest_is_a_link(
    desk: ZaloDesk, lan: Person, clock: FixedClock
) -> None:
    picture = await desk.app.files.put("anh.png", "image/png", PNG)
    paper = await desk.app.files.put("don.pdf", "application/pdf", PDF)
    data = await desk.app.files.put("dulieu.json", "application/json", b"{}")
    message = OutboundMessage(text="Đây.", attachments=(picture, paper, data))
    await tell(desk, lan, message)
    assert [one.kind for one in lan.shown[1:]] == ["image", "file", "text", "text"]
    assert [one.file for one in lan.shown[1:3]] == [PNG, PDF]
    assert lan.shown[3].text.startswith("dulieu.json\nhttps://ward.example.vn/files/")
    assert lan.last.text == "Đây."
    await tell(desk, lan, message, "again")
    uploads = len(desk.zalo.calls_of("/v2.0/oa/upload/image")) + len(desk.zalo.calls_of("/v2.0/oa/upload/file"))
    assert uploads == 2
    desk.zalo.files.expire_uploads()  # before we would think so
    await tell(desk, lan, OutboundMessage(text="Có lời.", attachments=(picture,)), "third")
    assert (lan.last.kind, lan.last.text, lan.last.file) == ("image", "Có lời.", PNG)
    assert desk.zalo.ignored == []


async def test_what_zalo_will_not_have_uploaded_is_a_link(desk: ZaloDesk, lan: Person) -> None:
    desk.zalo.faults.add(faults.error(-201, path="/v2.0/oa/upload/file"))
    paper = await desk.app.files.put("don.pdf", "application/pdf", PDF)
    await tell(desk, lan, OutboundMessage(text="", attachments=(paper,)))
    assert lan.last.text.startswith("don.pdf\nhttps://ward.example.vn/files/")


async def test_where_buttons_are_not_taken_they_are_lines(desk: ZaloDesk, lan: Person) -> None:
    desk.zalo.faults.add(faults.error(-233, when=lambda call: "attachment" in call.body["message"]))
    lan.says("menu")
    await desk.zalo.until(lambda: len(lan.shown) == 2)
    assert "\n1. " in lan.last.text


async def test_a_template_goes_alone_and_by_the_persons_number(desk: ZaloDesk, lan: Person, clock: FixedClock) -> None:
    await desk.settled()
    desk.zalo.template("203972", parameters={"ten": 30})
    clock.advance(days=8)
    await desk.gateway.tokens.access()
    message = OutboundMessage(text="Không gửi câu này.", template=Template("203972", {"ten": "Lan"}))
    urn = URN(account=ACCOUNT, path=lan.id)
    (piece,) = desk.gateway.channel.pieces(message)
    assert await desk.gateway.channel.send(urn, 1, piece) == lan.last.message_id
    assert (lan.last.template_id, lan.last.template_data, lan.last.text) == ("203972", {"ten": "Lan"}, lan.last.text)
    assert desk.zalo.calls[-1].path == "/v3.0/oa/message/template"
    assert desk.zalo.ignored == []


async def test_who_has_but_a_telephone_number_gets_a_template_by_it(desk: ZaloDesk) -> None:
    desk.zalo.template("203972", parameters={"ten": 30})
    hoa = desk.zalo.person("Hoa", phone="84912345678")
    urn = URN(account=ACCOUNT, path=telephone("0912345678"))
    now = desk.app.clock.now()
    listed = NewContact(
        urn=urn,
        name="Hoa",
        phone="0912345678",
        locality="dak-cam",
        hamlet=None,
        status="poor",
        language="vi",
        household="",
        topics=(),
    )
    yes = Consent(purpose=Purpose.NOTICES, granted_at=now, expires_at=now + timedelta(days=700), wording="ward list")
    async with desk.app.storage.write() as uow:
        await uow.lists.enrol([listed], yes, now)
        for key, template in (("with", Template("203972", {"ten": "Hoa"})), ("without", None)):
            message = OutboundMessage(text="Không gửi câu này.", template=template)
            one = NewDelivery(dedup_key=key, urn=urn, contact_id=1, message=message, available_at=now)
            await uow.outbox.add([one])
        await uow.commit()
    desk.app.relay.work.wake()
    await desk.zalo.until(lambda: hoa.shown)
    await desk.settled()
    (shown,) = hoa.shown
    assert (shown.phone, shown.template_data) == ("84912345678", {"ten": "Hoa"})
    assert desk.zalo.ignored == []
    states = await rows(desk, deliveries.c.dedup_key, deliveries.c.status)
    assert dict(states) == {"with": DeliveryStatus.DELIVERED, "without": DeliveryStatus.FAILED}, (
        "own words go to nobody"
    )


async def test_a_choice_too_long_for_a_button_stands_in_full_above_it() -> None:
    long = "Hỗ trợ chi phí học tập cho con em"
    choices = tuple(QuickReply(label=one, payload="x") for one in ("Có", long))
    message = OutboundMessage(text="Chọn:", quick_replies=choices, numbered=True)
    (piece,) = outgoing.pieces(message)
    assert piece.text == f"Chọn:\n\n1. Có\n2. {long}"
    titles = [one["title"] for one in outgoing.body("1", piece)["message"]["attachment"]["payload"]["buttons"]]
    assert titles == ["Có", "Hỗ trợ chi phí học…"]


async def test_a_sixth_button_goes_below_a_message_of_its_own() -> None:
    buttons = tuple(QuickReply(label=str(number), payload=str(number)) for number in range(7))
    pieces = outgoing.pieces(OutboundMessage(text="Chọn:", quick_replies=buttons))
    assert [len(one.quick_replies) for one in pieces] == [5, 2]
    assert pieces[1].text


def test_a_large_picture_is_no_picture() -> None:
    item = Attachment(kind="image", name="a.png", media_type="image/png", size=1024 * 1024, sha256="")  # type: ignore[arg-type]
    assert outgoing.is_picture(item)
    larger = Attachment(kind="image", name="a.png", media_type="image/png", size=1024 * 1024 + 1, sha256="")  # type: ignore[arg-type]
    assert not outgoing.is_picture(larger)


async def test_the_window_is_among_the_capabilities(desk: ZaloDesk) -> None:
    found = desk.gateway.channel.capabilities
    assert (found.window, found.free, found.templates) == (timedelta(days=7), timedelta(hours=48), True)


async def test_a_look_at_the_account_sees_another_one(desk: ZaloDesk) -> None:
    desk.zalo.oa.oa_id = "1"
    assert await desk.gateway._look() is not None
    assert desk.condition() == Condition(state=ChannelState.REFUSED, code="oa_id")


async def test_what_is_left_of_the_package_is_asked(desk: ZaloDesk) -> None:
    desk.zalo.quota.sub_total, desk.zalo.quota.sub_remain = 2000, 1500
    assert await desk.gateway.quota() == (1500, 2000)
    desk.zalo.faults.add(faults.garbled(b'{"error":0,"data":[]}', path="/v3.0/oa/quota/message"))
    assert await desk.gateway.quota() is None
