"""Two officers and one question, each in a browser: held, talked, handed over; a bell; a slip opened on a telephone."""

import pytest
from playwright.sync_api import Page, expect

from core.officers import Grant, Role
from handlers.signing import enrolling
from handlers.signing.enrolling import Filled
from tests.browser.conftest import Opens, Server
from tests.browser.measuring import at_every_size, fit, serious, sideways
from tests.browser.test_console import ANSWER, PASSWORD, asked, code, console, start, within
from tests.support.rows import make_person, new_question
from web.console.cookies import SESSION, cookie_name

pytestmark = pytest.mark.browser

ASKS_EVERY = 20_000  # milliseconds of the page's own clock, which the test moves
RINGS = "window.rung = 0; HTMLMediaElement.prototype.play = function () { rung += 1; return Promise.resolve(); };"


def colleague(opens: Opens, server: Server, name: str = "Minh", **options: int) -> Page:
    """Another officer of Đăk Cấm, in a browser of their own."""

    async def enrol() -> str:
        async with server.app.storage.write() as uow:
            number = await uow.officers.add(name, server.app.clock.now())
            await uow.officers.grant(number, [Grant(role=Role.ANSWERER, locality="dak-cam")])
            await uow.commit()
        gate, now = console(server).gate, server.app.clock.now()
        token = await enrolling.new_link(gate, name, by="operator", now=now)
        secret = (await enrolling.opened(gate, token, now=now)).secret
        filled = Filled(name=name, password=PASSWORD, code=code(server, secret), browser="Chromium")
        return (await enrolling.enrol(gate, token, filled, now=now)).token

    token = within(server, enrol())
    page = opens("/console/sign-in", **options)
    page.context.add_cookies([{"name": cookie_name(SESSION, secure=False), "value": token, "url": server.url}])
    return page


def test_held_by_one_seen_by_the_other_and_handed_over(opens: Opens, server: Server) -> None:
    asked(server)
    lan, _ = start(opens, server, width=1280, height=800)
    minh = colleague(opens, server)
    minh.clock.install()
    for page in (lan, minh):
        page.goto(f"{server.url}/console/questions/1")
    minh.get_by_label("Câu trả lời", exact=True).fill("Câu của Minh")
    lan.get_by_role("button", name="Nói chuyện trực tiếp").click()
    expect(lan.locator(".say.info")).to_contain_text("Đang nói chuyện trực tiếp với bà con")
    minh.clock.run_for(ASKS_EVERY)
    # The second one is told that something changed, nothing moves under their hands, and no word is lost.
    expect(minh.locator(".told.on")).to_contain_text("Vừa có thay đổi.")
    expect(minh.get_by_label("Câu trả lời", exact=True)).to_have_value("Câu của Minh")
    minh.get_by_role("button", name="Trả lời", exact=True).click()
    expect(minh.locator(".say.danger")).to_contain_text("vừa có thay đổi")
    expect(minh.locator(".say.info")).to_contain_text("Lan đang nói chuyện trực tiếp")
    expect(minh.get_by_label("Câu trả lời", exact=True)).to_have_value("Câu của Minh")
    # Given to the colleague, it is in their hands and the talk is over.
    lan.get_by_label("Giao cho").select_option(label="Minh")
    lan.get_by_role("button", name="Giao việc").click()
    expect(lan.locator(".say.good")).to_contain_text("Đã giao việc.")
    expect(lan.locator(".say.info")).to_have_count(0)
    minh.goto(f"{server.url}/console/questions?mine=1")
    expect(minh.locator("table.list tbody tr")).to_have_count(1)
    # And handed to another office by the colleague.
    minh.goto(f"{server.url}/console/questions/1")
    minh.locator("summary:has(#handing)").click()
    minh.locator("#office").select_option(index=1)
    minh.get_by_role("button", name="Chuyển phòng khác").click()
    expect(minh.locator(".say.good")).to_contain_text("Đã chuyển phòng khác.")


def test_an_urgent_question_rings_while_the_page_is_open(opens: Opens, server: Server) -> None:
    asked(server)
    page, _ = start(opens, server)
    page.add_init_script(RINGS)
    page.clock.install()
    page.goto(f"{server.url}/console/questions")
    off, on = (page.get_by_role("button", name=f"{do} tiếng báo việc khẩn") for do in ("Tắt", "Bật"))
    expect(off).to_be_visible()
    urgent(server, "K7M4PC")
    page.clock.run_for(ASKS_EVERY)
    expect(page.locator(".told.on")).to_contain_text("KHẨN: có câu hỏi khẩn mới.")
    assert page.evaluate("rung") == 1
    expect(page.locator("table.list tbody tr").first).to_contain_text("KHẨN")
    expect(page.get_by_role("link", name="Mở câu hỏi")).to_have_attribute("href", "/console/questions/2")
    off.click()
    expect(on).to_be_visible()
    page.reload()
    expect(on).to_be_visible()
    urgent(server, "K7M4PH")
    page.clock.run_for(ASKS_EVERY)
    expect(page.locator(".told.on")).to_be_visible()
    assert page.evaluate("rung") == 0


def urgent(server: Server, name: str) -> None:
    """Somebody is in danger."""

    async def ask() -> None:
        person = await make_person(server.app.storage, f"person {name}")
        async with server.app.storage.write() as uow:
            await uow.questions.open(new_question(name, person.contact.id, urgent=True))
            await uow.commit()

    within(server, ask())


def test_the_tone_plays(opens: Opens, server: Server) -> None:
    """The file is one that a browser plays, and the policy lets it."""
    page, _ = start(opens, server)
    page.goto(f"{server.url}/console")
    page.evaluate(
        """window.heard = new Promise(function (done, failed) {
          var bell = new Audio(document.querySelector("[data-sound]").dataset.sound);
          bell.oncanplaythrough = function () { done(bell.duration); };
          bell.onerror = function () { failed(new Error("not playable")); };
          bell.load();
        })"""
    )
    assert 0.3 < page.evaluate("window.heard") < 1


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_slip_from_the_answer_to_a_telephone(opens: Opens, server: Server, *, script: bool) -> None:
    asked(server)
    page, _ = start(opens, server, width=1280, height=800, java_script_enabled=script)
    page.goto(f"{server.url}/console/questions/1")
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Trả lời", exact=True).click()
    page.get_by_role("link", name="In phiếu trả lời").click()
    page.get_by_role("button", name="Tạo phiếu").click()
    expect(page.locator(".slip")).to_contain_text(ANSWER)
    fit(page)
    assert not script or at_every_size(page) == []
    typed = page.locator(".slip .secret").inner_text()
    phone = opens("/dak-cam/phieu", java_script_enabled=script)
    assert not script or serious(phone) == []
    phone.get_by_label("Mã phiếu").fill(typed.lower())
    phone.get_by_role("button", name="Xem câu trả lời").click()
    expect(phone.locator(".b")).to_contain_text(ANSWER)
    expect(phone.locator("main")).not_to_contain_text("Nhà tôi dột.")
    assert sideways(phone) == [] and (not script or serious(phone) == [])
