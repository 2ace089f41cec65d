"""Work, training and what people need in Chromium: from the chat or the door to what each side sees at the end.

Each by telephone without script, and at a desk with it.
"""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.labour_list import HEADS
from core.officers import Role
from core.work import OfferState
from handlers.context import LOCAL
from tests.browser.conftest import Opens, Server
from tests.browser.measuring import at_every_size, fit, serious, sideways
from tests.browser.test_console import SIZES, within
from tests.browser.test_notices import entered
from tests.browser.test_rooms import fill, press
from tests.browser.test_webchat import answers, settled
from tests.console.courses import course, joined
from tests.console.test_surveys import answered
from tests.support.rows import a_post, an_offer

pytestmark = pytest.mark.browser

Way = dict[str, Any]
WAYS = pytest.mark.parametrize(
    "way",
    [
        {"width": width, "height": height, "java_script_enabled": script}
        for (width, height), script in zip(SIZES, (False, True), strict=True)
    ],
    ids=["telephone", "desk"],
)
SEEKS = ("tìm việc", "đồng ý", "may", "may", "trong phường", "ban ngày", "không vướng gì", "Tôi quan tâm")
SELLS = ("tôi có 20 con gà muốn bán", "trong tuần này", "Thôn 4", "150 nghìn một kg", "0900 000 222", "đồng ý")


def citizen(opens: Opens, way: Way, *words: str) -> Page:
    """Somebody of Đăk Cấm who writes this into the chat, in a browser of this kind."""
    page = opens(**way)
    for one in words:
        say(page, one)
    return page


def say(page: Page, words: str) -> None:
    """Write, and wait for an answer. One's own words are not looked at: some are not shown again."""
    before = answers(page).count()
    page.fill("#text", words)
    page.click("#send")
    answers(page).nth(before).wait_for()
    settled(page)


def reads(page: Page, words: str, way: Way) -> None:
    """What came into the chat meanwhile: by itself where there is a script."""
    came = answers(page).filter(has_text=words)
    for _ in range(50):
        if way["java_script_enabled"] or came.count():
            break
        page.wait_for_timeout(100)
        page.reload()
    expect(came.last).to_be_visible()


def goes(server: Server, page: Page, path: str) -> None:
    """Open a page of the console, which is there."""
    answer = page.goto(f"{server.url}/console/{path}")
    assert answer is not None and answer.ok, path


def done(page: Page, said: str, *shown: str) -> None:
    """What an act says when it is done, and what the page then shows."""
    expect(page.locator(".say.good")).to_contain_text(said)
    for one in shown:
        expect(page.locator("main")).to_contain_text(one)
    fit(page)


def refused(page: Page, said: str, way: Way) -> None:
    """What is wrong stands on top, and everybody can use the page with it."""
    expect(page.get_by_role("alert")).to_contain_text(said)
    if way["java_script_enabled"]:
        assert at_every_size(page) == []
    else:
        fit(page)


def day(server: Server, days: int = 0) -> str:
    """A day from today on in Viet Nam, as officers type it."""
    return f"{server.app.clock.now().astimezone(LOCAL) + timedelta(days=days):%d/%m/%Y}"


async def hiring(server: Server, title: str) -> None:
    """A vacancy of Đăk Cấm that people see."""
    now = server.app.clock.now()
    until = (now + timedelta(days=30)).date()
    async with server.app.storage.write() as uow:
        offer = an_offer(title=title, contact="0912 345 678", deadline=until, seats=9)
        (number,) = (await uow.work.add("dak-cam", [offer], by="Thu", now=now)).new
        await uow.work.step(number, OfferState.DRAFT, OfferState.VERIFIED, verified_by="Duy", verified_at=now)
        await uow.commit()


async def offered(server: Server, what: str, contact: int) -> None:
    """Another post of somebody who has one."""
    now = server.app.clock.now()
    async with server.app.storage.write() as uow:
        assert await uow.market.add(a_post(what, contact_id=contact), now, now.date())
        await uow.commit()


@WAYS
def test_from_an_interest_to_the_first_day_at_work_and_giving_up(opens: Opens, server: Server, way: Way) -> None:
    within(server, hiring(server, "Công nhân may"))
    seeker = citizen(opens, way, *SEEKS, "Cho cán bộ gọi", "0987 654 321", "Không cho")
    lan = entered(opens, server, "Lan", Role.ANSWERER, **way)
    expect(lan.locator("main")).to_contain_text("Công nhân may")
    goes(server, lan, "work/leads")
    lan.get_by_role("link", name="Người số 1").click()
    expect(lan.locator("main")).to_contain_text("0987 654 321")
    fill(lan, text="Sáng thứ Hai đến phường, cán bộ dẫn đi.")
    press(lan, "Gửi tin nhắn")
    done(lan, "Đã gửi tin nhắn.", "Đã liên hệ")
    reads(seeker, "Sáng thứ Hai đến phường, cán bộ dẫn đi.", way)
    for step, name in (("interview", "Hẹn gặp nơi tuyển"), ("started", "Đã nhận việc")):
        fill(lan, to=step, note=f"gọi rồi: {step}")
        press(lan, "Ghi bước mới")
        done(lan, "Đã ghi bước mới.", name, f"gọi rồi: {step}")
    lan.get_by_role("link", name="Hồ sơ ứng tuyển").click()
    expect(lan.get_by_role("row", name="Người số 1")).to_contain_text("Đã nhận việc")
    goes(server, lan, "work/leads/1")
    fill(lan, to="gave_up")
    press(lan, "Ghi bước mới")
    refused(lan, "Chọn lý do", way)
    fill(lan, why="far")
    press(lan, "Ghi bước mới")
    done(lan, "Đã ghi bước mới.", "Đã thôi", "Xa quá")


@WAYS
def test_somebody_is_written_down_changed_and_taken_out(opens: Opens, server: Server, way: Way) -> None:
    within(server, hiring(server, "Công nhân may"))
    lan = entered(opens, server, "Lan", Role.ANSWERER, **way)
    goes(server, lan, "work/seekers")
    lan.get_by_role("link", name="Ghi giúp một người").click()
    fill(lan, name="Y Mẫu", phone="0912 345 678", can="sewing-group", wants="sewing-group", reach="here", times="any")
    press(lan, "Ghi vào danh sách")
    refused(lan, "Đánh dấu là người này đã đồng ý.", way)  # nobody is written down without their own yes
    expect(lan.locator("#name")).to_have_value("Y Mẫu")
    lan.get_by_label("Người này đồng ý cho ghi").check()
    press(lan, "Ghi vào danh sách")
    done(lan, "Đã ghi vào danh sách.", "Công nhân may, Công ty May Sao Mai", "Cho nơi tuyển biết số")
    lan.get_by_role("link", name="Sửa lời ghi").click()
    fill(lan, wants="building")
    lan.get_by_label("Có con nhỏ").check()
    lan.get_by_label("cho chuyển tên, số cho nơi tuyển").check()
    press(lan, "Lưu lời ghi")
    done(lan, "Đã lưu lời ghi.", "xây dựng", "Có con nhỏ", "Cho nơi tuyển biết số")
    goes(server, lan, "work/seekers?q=mẫu")
    expect(lan.get_by_role("row", name="Y Mẫu")).to_contain_text("xây dựng")
    lan.get_by_role("link", name="Y Mẫu").click()
    lan.get_by_label("Người này đã nói muốn thôi").check()
    press(lan, "Xóa khỏi danh sách")
    done(lan, "Đã xóa khỏi danh sách.", "Chưa có ai ở mục này")
    expect(lan.locator("main")).not_to_contain_text("Y Mẫu")


@WAYS
def test_a_course_from_enrolling_to_a_job(opens: Opens, server: Server, way: Way) -> None:
    today = server.app.clock.now().astimezone(LOCAL).date()
    within(server, course(server.app, opens=today, deadline=today + timedelta(days=1), seats=2))
    within(server, joined(server.app, 1, "Nguyễn Thị Thử"))
    thu = entered(opens, server, "Thu", Role.EDITOR, **way)
    goes(server, thu, "work/training")
    thu.get_by_role("link", name="May công nghiệp").click()
    thu.get_by_role("link", name="Ghi tên giúp").click()
    fill(thu, name="Trần Văn Mẫu", phone="0912 345 678", hamlet="thôn 2", household="near-poor")
    press(thu, "Ghi vào danh sách")
    done(thu, "Đã ghi vào danh sách lớp.", "2 trên 2 chỗ")
    thu.get_by_role("link", name="Điểm danh", exact=True).click()
    thu.get_by_label("Trần Văn Mẫu").check()
    press(thu, "Lưu điểm danh")
    done(thu, "Đã lưu điểm danh.")
    expect(thu.get_by_role("row", name="Trần Văn Mẫu")).to_contain_text("1 trên 1 buổi")
    expect(thu.get_by_role("row", name="Nguyễn Thị Thử")).to_contain_text("0 trên 1 buổi")
    thu.get_by_role("link", name="Trần Văn Mẫu").click()
    press(thu, "Ghi học xong")
    done(thu, "Đã ghi học xong.", "Học xong")
    fill(thu, job="May ở Công ty Sao Mai")
    press(thu, "Lưu việc làm")
    done(thu, "Đã lưu việc làm.", "May ở Công ty Sao Mai")
    goes(server, thu, "work/training/1/people/1")
    press(thu, "Ghi thôi học")
    refused(thu, "Điền mục này.", way)
    fill(thu, why="bận mùa")
    press(thu, "Ghi thôi học")
    done(thu, "Đã ghi thôi học.", "Đã thôi", "bận mùa")


@WAYS
def test_a_survey_is_begun_answered_counted_and_ended(opens: Opens, server: Server, way: Way) -> None:
    thu = entered(opens, server, "Thu", Role.EDITOR, **way)
    goes(server, thu, "work/training/surveys")
    thu.get_by_role("link", name="Mở đợt khảo sát").click()
    fill(thu, first=day(server), last=day(server, -1))
    press(thu, "Mở đợt khảo sát")
    refused(thu, "Ngày cuối phải sau ngày đầu.", way)
    fill(thu, last=day(server, 20))
    press(thu, "Mở đợt khảo sát")
    done(thu, "Đã mở đợt khảo sát.", "Đang hỏi")
    wisher = citizen(opens, way, "khảo sát học nghề")
    expect(answers(wisher).last).to_contain_text(f"đến hết ngày {day(server, 20)}")
    within(server, answered(server.app, 30, "sewing-group"))
    thu.get_by_role("link", name=day(server)).click()
    expect(thu.locator("main")).to_contain_text("May mặc, da giày: 30")
    expect(thu.locator("main")).to_contain_text("30 người muốn học, mở được 1 lớp.")
    fit(thu)
    press(thu, "Kết thúc đợt này")
    done(thu, "Đã kết thúc đợt khảo sát.", "Đã xong", "kết thúc ngay trong ngày")
    expect(thu.get_by_role("button", name="Kết thúc đợt này")).to_have_count(0)
    say(wisher, "đồng ý")
    expect(answers(wisher).last).to_contain_text("không có đợt khảo sát")


@WAYS
def test_a_fair_is_written_approved_joined_and_who_came_is_noted(opens: Opens, server: Server, way: Way) -> None:
    thu = entered(opens, server, "Thu", Role.EDITOR, **way)
    goes(server, thu, "work/events")
    thu.get_by_role("link", name="Soạn ngày hội mới").click()
    soon = server.app.clock.now().astimezone(LOCAL) + timedelta(minutes=40)  # who came is noted from an hour before on
    fill(thu, title="Ngày hội việc làm", day=f"{soon:%d/%m/%Y}", begin=f"{soon:%H:%M}", end="23:00", seats="40")
    fill(thu, last_day=f"{soon + timedelta(days=1):%d/%m/%Y}", place="Nhà văn hóa phường", contact="0912 000 345")
    press(thu, "Lưu ngày hội")
    refused(thu, "Nơi tổ chức: Điền mục này.", way)
    fill(thu, organiser="Trung tâm Việc làm Mẫu")
    press(thu, "Lưu ngày hội")
    done(thu, "Đã lưu ngày hội.", "Chờ duyệt")
    expect(thu.get_by_role("button", name="Duyệt ngày hội")).to_have_count(0)
    duy = entered(opens, server, "Duy", Role.APPROVER, **way)
    expect(duy.locator("main")).to_contain_text("Ngày hội việc làm")
    goes(server, duy, "work/events/1")
    press(duy, "Duyệt ngày hội")
    done(duy, "Đã duyệt ngày hội.", "Đang nhận đăng ký")
    guest = citizen(opens, way, "ngày hội việc làm", "Đăng ký", "ghi tên ngày hội", "Y Hoa Niê")
    expect(answers(guest).last).to_contain_text("Đã ghi tên: Y Hoa Niê.")
    goes(server, thu, "work/events/1/list")
    thu.get_by_label("Số 1 có mặt").check()
    press(thu, "Lưu người có mặt")
    done(thu, "Đã lưu người có mặt.", "Y Hoa Niê", "Có mặt 1 trên 1 người đăng ký.")
    fill(thu, walk_ins="12")
    press(thu, "Lưu số người đến thêm")
    done(thu, "Đã lưu số người đến thêm.", "Đã đến: 13, trong đó 12 người không đăng ký trước.")
    for path in ("/dak-cam/ngay-hoi", "/dak-cam/ngay-hoi/1"):
        guest.goto(f"{server.url}{path}")
        expect(guest.locator("main")).to_contain_text("Nhà văn hóa phường")
        assert sideways(guest) == [] and (not way["java_script_enabled"] or serious(guest) == [])


@WAYS
def test_a_need_is_stated_met_and_another_cannot_be(opens: Opens, server: Server, way: Way) -> None:
    one = citizen(opens, way, "đăng ký nhu cầu vay vốn", "có", "tôi cần học nghề", "Ghi nhu cầu này")
    lan = entered(opens, server, "Lan", Role.ANSWERER, **way)
    goes(server, lan, "needs?at=dak-cam")
    lan.get_by_role("link", name="Ghi nhu cầu cho người đến trực tiếp").click()
    fill(lan, kind="house", hamlet="thôn 3", words="mái dột")
    press(lan, "Ghi nhu cầu")
    refused(lan, "Hỏi người đó có đồng ý không", way)
    lan.locator("#agreed").check()
    press(lan, "Ghi nhu cầu")
    done(lan, "Đã ghi nhu cầu.", "mái dột", "Cán bộ báo trực tiếp")
    goes(server, lan, "needs/1")
    fill(lan, met_text="Đã vay 50 triệu ở ngân hàng.")
    press(lan, "Ghi là đã giúp")
    done(lan, "Đã ghi là giúp xong.", "Đã vay 50 triệu ở ngân hàng.")
    reads(one, "Đã vay 50 triệu ở ngân hàng.", way)
    goes(server, lan, "needs/2")
    fill(lan, impossible_text="Hết lớp năm nay, tháng ba có lại.")
    press(lan, "Báo chưa giúp được")
    done(lan, "Đã báo chưa giúp được.", "Chưa giúp được")
    reads(one, "Hết lớp năm nay, tháng ba có lại.", way)
    goes(server, lan, "needs?at=dak-cam")
    expect(lan.get_by_role("row", name="Vay vốn").last).to_contain_text("1 trên 1")
    expect(lan.locator("main")).to_contain_text("Đã giúp 1 trên 3 nhu cầu đã ghi")


@WAYS
def test_a_household_is_entered_and_a_list_is_put_in(opens: Opens, server: Server, way: Way) -> None:
    thu = entered(opens, server, "Thu", Role.EDITOR, **way)
    goes(server, thu, "labour?at=dak-cam")
    thu.get_by_role("link", name="Nhập một hộ").click()
    fill(thu, code="DC-001", hamlet="thôn 3", status="poor", adults="2", stable="3", unstable="0", seeking="1")
    fill(thu, as_of=day(server))
    press(thu, "Lưu hộ này")
    refused(thu, "Số người đi làm nhiều hơn", way)
    fill(thu, stable="1")
    press(thu, "Lưu hộ này")
    done(thu, "Đã nhập hộ.", "Có việc ổn định")
    goes(server, thu, "labour/import?at=dak-cam")
    put_in(thu, f"DC-002,thôn 3,hộ nghèo,2,0,0,1,{day(server)}", "079085001234,thôn 3,hộ nghèo,,,,,")
    expect(thu.locator("main")).to_contain_text("dòng 3: mã hộ giống số căn cước")
    put_in(thu, f"DC-002,thôn 3,hộ nghèo,2,0,0,1,{day(server)}", "DC-003,thôn 4,hộ cận nghèo,,,,,")
    done(thu, "Đã nhập danh sách.", "Có 3 hộ trong danh sách. Đã nắm 2 hộ, chưa nắm 1 hộ.")
    expect(thu.get_by_role("row", name="DC-002")).to_contain_text("Không ai đi làm")
    expect(thu.locator("main")).to_contain_text("1 trên 2 hộ, 50%")


def put_in(page: Page, *rows: str) -> None:
    """Send a list of households in."""
    text = "\n".join((",".join(f'"{one}"' for one in HEADS), *rows, ""))
    page.get_by_label("Tệp danh sách").set_input_files(
        {"name": "ds.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    press(page, "Nhập tệp này")


@WAYS
def test_posts_of_the_market_are_shown_sent_back_and_sold(opens: Opens, server: Server, way: Way) -> None:
    seller = citizen(opens, way, *SELLS)
    within(server, offered(server, "măng khô", contact=1))
    lan = entered(opens, server, "Lan", Role.ANSWERER, **way)
    goes(server, lan, "market")
    lan.get_by_role("link", name="măng khô").click()
    press(lan, "Không đăng tin")
    refused(lan, "Ghi lý do, để người gửi biết sửa gì.", way)
    fill(lan, why="Ghi giá rồi gửi lại.")
    press(lan, "Không đăng tin")
    done(lan, "Đã ghi không đăng.", "Không đăng")
    reads(seller, "Ghi giá rồi gửi lại.", way)
    goes(server, lan, "market/1")
    press(lan, "Duyệt đăng tin")
    done(lan, "Đã duyệt đăng tin.", "Đang đăng")
    reads(seller, "Đã đăng tin 1 của nhà mình", way)
    reader = opens("/dak-cam/cho", **way)
    expect(reader.locator("main")).to_contain_text("150 nghìn một kg")
    expect(reader.locator("main")).not_to_contain_text("măng khô")
    say(seller, "bán xong")
    say(seller, "Bán xong 1")
    expect(answers(seller).last).to_contain_text("Đã gỡ tin.")
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text("150 nghìn một kg")
    lan.reload()
    expect(lan.locator("main")).to_contain_text("Đã gỡ")
