"""Where a hamlet is: entered by one officer, put in force by another, and read as a distance by whoever lives there."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import App
from content.hamlets import degrees, subject_of
from content.loader import PACKS_DIR, load_catalogue
from core.local_content import ChangeState, Kind, Place
from core.officers import Grant, Role
from core.records import NewUpdate
from db.models import contacts
from handlers.local_content import follow
from scheduler.job_news import JobNews
from tests.console.changes import in_force
from tests.console.desk import Desk, console_of, signed_in
from tests.console.test_offers import put, write
from tests.db.test_statements import counting
from tests.support.hamlets import fill_in
from tests.support.rows import an_offer, everything, make_person
from tests.support.seeking import looks_for

CONTENT = "/console/content"
FORM = f"{CONTENT}/dak-cam/hamlet/thon-kon-ro-bang"
HAMLET = Place(locality="dak-cam", kind=Kind.HAMLET, subject="thon-kon-ro-bang")
SAID = {"hamlet": "Thôn Kon Rơ Bàng", "latitude": "14.35", "longitude": "107.98"}
MOST = 11  # statements of a page: who is signed in, what waits or was, which hamlets there are


class Woken:
    """Somebody who would send."""

    def wake(self) -> None:
        """Nothing is sent here."""


async def hears(app: App, *texts: str, path: str = "phone") -> str:
    """What somebody is told after the last of these."""
    for text in texts:
        before, now = len((await everything(app.storage))["messages"]), app.clock.now()
        said = NewUpdate(
            account="webchat.main", external_id=f"{path}:{before}", path=path, raw={"text": text}, received_at=now
        )
        await app.intake.receive([said])
        await app.intake.drain()
    rows = (await everything(app.storage))["messages"][before:]
    return "\n".join(row["body"]["text"] for row in rows if row["direction"] == "out")


async def looks_for_work(app: App, hamlet: str, path: str = "phone") -> str:
    """Somebody of a hamlet tells what they look for; gives the first vacancy that they read."""
    await hears(app, "xin chào", "phường Đăk Cấm", hamlet, "tìm việc", path=path)
    return await hears(app, "đồng ý", "may", "tôi muốn may", "sáng đi, tối về", "lúc nào cũng được", "không", path=path)


async def enter(thu: Desk, duy: Desk, **said: str) -> None:
    await thu.open(FORM)
    page = await thu.send("/thon-kon-ro-bang", "Đề nghị duyệt", **{**SAID, **said})
    assert page.status == 200, page.alerts
    await duy.open(str(page.url.path))
    assert (await duy.send("/approve", "Duyệt và dùng ngay")).status == 200


async def test_two_officers_enter_where_it_is_and_who_lives_there_reads_how_far(app: App, thu: Desk, duy: Desk) -> None:
    await write(thu, latitude="14,40", longitude="107,98")
    await duy.open("/console/work/1")
    await duy.send("/verify", "Cho bà con xem")
    await thu.open(f"{CONTENT}/dak-cam/hamlet")
    page = await thu.open(f"{CONTENT}/dak-cam/hamlet?hamlet=Thôn+Kon+Rơ+Bàng")
    assert str(page.url.path) == FORM and page.form("/thon-kon-ro-bang").fields["hamlet"] == "Thôn Kon Rơ Bàng"
    page = await thu.send("/thon-kon-ro-bang", "Xem thử", latitude="14.35, 107,98")
    assert page.status == 200 and "cách khoảng … km đường chim bay" in page.text
    page = await thu.send("/thon-kon-ro-bang", "Đề nghị duyệt")
    assert str(page.url.path) == f"{CONTENT}/changes/1" and "Vị trí Thôn Kon Rơ Bàng" in page.text
    before = await looks_for_work(app, "thôn kon rơ bàng")
    assert "Hợp vì: đúng nghề nhà mình muốn; ở ngay trong xã, phường; không đòi bằng cấp." in before
    page = await duy.open(f"{CONTENT}/changes/1")
    assert page.links["Xem trên bản đồ"].endswith("#map=17/14.35000/107.98000")
    assert "Thu đề nghị" in (await duy.send("/approve", "Duyệt và dùng ngay")).text
    after = await hears(app, "việc cho tôi")
    assert "Làm ở: phường Đăk Cấm." in after
    assert "đúng nghề nhà mình muốn; cách khoảng 6 km đường chim bay; không đòi bằng cấp." in after
    elsewhere = await looks_for_work(app, "thôn 9", path="another")
    assert "ở ngay trong xã, phường" in elsewhere and "km" not in elsewhere, "nobody entered where theirs is"
    listed = " ".join((await thu.open(f"{CONTENT}?at=dak-cam")).text.split())
    assert "Thôn Kon Rơ Bàng 14.35, 107.98" in listed and "thôn 9 chưa nhập" in listed
    acts = [row["action"] for row in (await everything(app.storage))["audit_log"] if "content." in row["action"]]
    assert acts == ["content.proposed", "content.approved"]


@pytest.mark.thorough
async def test_the_next_list_follows_when_it_is_moved_and_when_it_goes(app: App, thu: Desk, duy: Desk) -> None:
    await put(app, an_offer(latitude=14.3501, longitude=107.9801))
    await enter(thu, duy)
    assert "cách dưới 1 km đường chim bay" in await looks_for_work(app, "Thôn Kon Rơ Bàng")
    await enter(thu, duy, latitude="14.28", longitude="107.98")
    assert "cách khoảng 8 km đường chim bay" in await hears(app, "việc cho tôi")
    await enter(thu, duy, latitude="14.05", longitude="107.98")
    far = await hears(app, "việc cho tôi")
    assert "Làm ở: phường Đăk Cấm, cách khoảng 33 km đường chim bay." in far, "told, and nothing that speaks for it"
    assert "Hợp vì: đúng nghề nhà mình muốn; ở ngay trong xã, phường" in far
    await thu.open(FORM)
    page = await thu.send("/thon-kon-ro-bang", "Đề nghị bỏ")
    await duy.open(str(page.url.path))
    await duy.send("/approve", "Duyệt và dùng ngay")
    assert "km" not in await hears(app, "việc cho tôi")
    states = [row["state"] for row in (await everything(app.storage))["content_changes"]]
    assert states == [ChangeState.REPLACED] * 3 + [ChangeState.IN_FORCE], "all of it is its history"


async def test_every_process_tells_it(app: App) -> None:
    other = console_of(app).content.apart()
    assert other.position("dak-cam", "thôn Kon Rơ Bàng") is None
    await in_force(app, HAMLET, SAID)
    assert await follow(app.storage, other) and other.position("dak-cam", "THON KON RO BANG") == (14.35, 107.98)
    for place, hamlet in (("di-su", "thôn Kon Rơ Bàng"), ("dak-cam", "thôn 5"), ("dak-cam", None), (None, "thôn 5")):
        assert other.position(place, hamlet) is None
    await in_force(app, HAMLET, {})
    assert await follow(app.storage, other) and other.position("dak-cam", "thôn Kon Rơ Bàng") is None


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, "Vĩ độ: chưa nhập."),
        ({"latitude": "14,35"}, "Kinh độ: chưa nhập."),
        ({"longitude": "107.98"}, "Vĩ độ: chưa nhập."),
        ({"latitude": "107.98", "longitude": "14.35"}, "Vĩ độ: số này ở ngoài Việt Nam."),
        ({"latitude": "48.85, 2.35"}, "Kinh độ: số này ở ngoài Việt Nam."),
        ({"latitude": "nan", "longitude": "1e2"}, "Kinh độ: chưa đọc được số."),
        ({"latitude": "14.35", "longitude": "107.98.1"}, "Kinh độ: chưa đọc được số."),
        ({"latitude": "14.35", "longitude": "107.98", "hamlet": "thôn 6"}, "Tên thôn, tổ: tên này là thôn, tổ khác."),
    ],
)
async def test_what_is_no_place_is_refused_and_stays_as_it_was_typed(
    app: App, thu: Desk, typed: dict[str, str], wrong: str
) -> None:
    await thu.open(f"{FORM}?hamlet=thôn+Kon+Rơ+Bàng")
    page = await thu.send("/thon-kon-ro-bang", "Đề nghị duyệt", **typed)
    assert page.status == 422 and wrong in page.text
    assert page.form("/thon-kon-ro-bang").fields["latitude"] == typed.get("latitude", "")
    assert (await everything(app.storage))["content_changes"] == []


def test_both_numbers_are_read_however_they_are_typed() -> None:
    for pair in (("14,35", "107,98"), ("14.35, 107.98", ""), ("", "14,35; 107,98"), ("(14.35,107.98)".strip("()"), "")):
        assert degrees(*pair).position == (14.35, 107.98), pair
    assert degrees("14,35 107,98", "").position == degrees("14.35°", " 107.98° ").position == (14.35, 107.98)
    assert degrees("14.3512345678", "107.98").position == (14.35123, 107.98), "about a metre is near enough"


async def test_no_other_place_no_other_right_and_no_house_is_named(app: App, thu: Desk) -> None:
    editor = await signed_in(app, "Phúc", Grant(role=Role.EDITOR, locality="di-su"))
    assert (await editor.open(FORM)).status == 404, "another place's is not there"
    desk = await signed_in(app, "Vy", Grant(role=Role.EDITOR, locality="dak-cam", office="phong-vhxh"))
    assert (await desk.open(FORM)).status == 403, "whoever acts for one office changes what is its own"
    assert "/hamlet/" not in (await desk.open(f"{CONTENT}?at=dak-cam")).html
    for subject in ("nha-ba-lan", "thon", "thôn-5", "x" * 90, "thon-5?x"):
        assert (await thu.open(f"{CONTENT}/dak-cam/hamlet/{subject}")).status in (404, 200), subject
        assert (await everything(app.storage))["content_changes"] == []
    assert (await thu.open(f"{CONTENT}/dak-cam/hamlet/nha-ba-lan")).status == 404
    page = await thu.open(f"{CONTENT}/dak-cam/hamlet?hamlet=nhà+bà+Lan")
    assert page.status == 422 and "Chưa nhận ra thôn, tổ này" in page.text


@pytest.mark.thorough
async def test_where_a_pack_lists_hamlets_no_other_can_be_put_on_the_map(app: App, thu: Desk, tmp_path: Path) -> None:
    packs = fill_in(tmp_path / "packs", ("kon-tu", "Làng Kon Tu"), ("thon-5", "Thôn 5"))
    console = console_of(app)
    listing = load_catalogue(PACKS_DIR, packs)
    object.__setattr__(console, "content", listing.apart())  # the packs that everybody else reads stay as they are
    assert "Làng Kon Tu" in (await thu.open(f"{CONTENT}?at=dak-cam")).text
    assert (await thu.open(f"{CONTENT}/dak-cam/hamlet/thon-6")).status == 404
    assert (await thu.open(f"{CONTENT}/dak-cam/hamlet?hamlet=thôn+6")).status == 422
    page = await thu.open(f"{CONTENT}/dak-cam/hamlet?hamlet=kon-tu")
    assert str(page.url.path) == f"{CONTENT}/dak-cam/hamlet/lang-kon-tu" and 'name="hamlet"' not in page.html
    page = await thu.send("/lang-kon-tu", "Đề nghị duyệt", latitude="14.35", longitude="107.98")
    assert "Vị trí Làng Kon Tu" in page.text
    person = await make_person(app.storage, "somebody")
    async with app.storage.write() as uow:
        contact = replace(person.contact, locality="dak-cam", hamlet="Thôn 6")
        talk = replace(person.conversation, version=person.conversation.version + 1)
        await uow.people.save([replace(person, contact=contact, conversation=talk)])
        await uow.commit()
    assert (await thu.open(f"{CONTENT}/dak-cam/hamlet/thon-6")).status == 200, "a household names it"


async def test_officers_read_the_distance_and_news_of_work_look_up_each_hamlet_once(app: App, lan: Desk) -> None:
    await in_force(app, HAMLET, SAID)
    await put(app, an_offer(latitude=14.40, longitude=107.98))
    for path, hamlet in (("one", "Thôn Kon Rơ Bàng"), ("two", "Thôn Kon Rơ Bàng"), ("three", "thôn 9")):
        number = await looks_for(app.storage, path)
        async with app.storage.write() as uow:
            await uow.connection.execute(update(contacts).where(contacts.c.id == number).values(hamlet=hamlet))
            await uow.commit()
    assert "cách khoảng 6 km đường chim bay" in (await lan.open("/console/work/seekers/1")).text
    assert "cách khoảng" not in (await lan.open("/console/work/seekers/3")).text
    asked, content = list[str](), console_of(app).content

    def where(hamlet: str) -> tuple[float, float] | None:
        asked.append(hamlet)
        return content.position("dak-cam", hamlet)

    async with app.storage.read() as uow:
        found = await uow.job_news.seekers("dak-cam", ["webchat.main"], now=app.clock.now(), where=where)
    assert [one.position for one in found] == [(14.35, 107.98), (14.35, 107.98), None]
    assert asked == ["Thôn Kon Rơ Bàng", "thôn 9"]
    news = JobNews(
        storage=app.storage,
        content=content,
        accounts=["webchat.main"],
        clock=app.clock,
        relay=Woken(),
        on_fault=lambda where, error: pytest.fail(f"{where}: {error!r}"),
    )
    await news.step()
    told = [row["body"]["text"] for row in (await everything(app.storage))["messages"]]
    assert ["cách khoảng 6 km đường chim bay" in one for one in told] == [True, True, False]


async def test_statements_do_not_grow_with_hamlets_and_people(app: App, thu: Desk) -> None:
    await put(app, an_offer(latitude=14.36, longitude=107.98, seats=1))
    counts = []
    for many in (1, 12):
        for number in range(many):
            about = replace(HAMLET, subject=f"thon-{number + 1}")
            await in_force(app, about, {**SAID, "hamlet": f"Thôn {number + 1}"})
        with counting(app.storage) as counter:
            await thu.open(f"{CONTENT}?at=dak-cam")
            counts.append(counter.take())
    assert counts[0] == counts[1] <= MOST
    subjects = {subject_of(None, one) for one in ("Thôn 5", "THÔN 5", "thon 5")}
    assert subjects == {"thon-5"}
