"""The officers' console in Chromium: from the first link to an answer, small and large, with and without script."""

import asyncio
import re
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Page, expect

from core.questions import QuestionState
from handlers.signing.enrolling import first_link
from handlers.signing.factors import STEP, code_at
from tests.browser.conftest import Opens, Server
from tests.support.rows import make_person, new_question
from web.console.parts import Console

pytestmark = pytest.mark.browser

PASSWORD = "con trâu đi trước cái cày"
ANSWER = "Được, nếu nhà có giấy hộ nghèo."
# A draft begins as officers' answers do, and ends with its source.
BEGUN = re.compile(r"^Chào bà con, cán bộ .+ trả lời:\n.+Tính đến ngày", re.DOTALL)
SIZES = [(360, 740), (1280, 800)]
YEAR = timedelta(days=365)
T = TypeVar("T")


def within(server: Server, act: Awaitable[T]) -> T:
    """Do something in the application's own loop."""

    async def run() -> T:
        return await act

    return asyncio.run_coroutine_threadsafe(run(), server._loop).result(30)


def console(server: Server) -> Console:
    found = server.app.web.state.site.console
    assert isinstance(found, Console)
    return found


def code(server: Server, secret: str, *, later: int = 0) -> str:
    """What the officer's app shows now, or in the next half minute, which is taken too."""
    return code_at(secret, int(server.app.clock.now().timestamp()) // STEP + later)


def asked(server: Server, count: int = 1) -> None:
    """Somebody asked the officers something."""

    async def ask() -> None:
        for number in range(count):
            person = await make_person(server.app.storage, f"person {number}")
            async with server.app.storage.write() as uow:
                code = f"K7M4P{'PRTVXCHKMN'[number]}"
                new = new_question(code, person.contact.id, urgent=number == 1, due_days=number + 0.5)
                await uow.questions.open(new)
                await uow.commit()

    within(server, ask())


def start(opens: Opens, server: Server, **options: Any) -> tuple[Page, str]:
    """The first administrator, through the link that the terminal shows; gives the page and the secret."""
    token = within(server, first_link(console(server).gate, now=server.app.clock.now()))
    page = opens(f"/console/start/{token}", **options)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Tên cán bộ").fill("Lan")
    page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_label("Mã 6 số").fill(code(server, secret))
    page.get_by_role("button", name="Đặt mật khẩu").click()
    return page, secret


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_from_the_first_link_to_an_answer(
    opens: Opens, server: Server, width: int, height: int, *, script: bool
) -> None:
    asked(server, 3)
    page, secret = start(opens, server, width=width, height=height, java_script_enabled=script)
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Đã chép xong").click()
    page.get_by_role("button", name="Thoát").click()
    page.get_by_label("Tên cán bộ").fill("Lan")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_label("Mã 6 số").fill(code(server, secret, later=1))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("h1")).to_have_text("Việc cần làm")
    # Urgent on top.
    expect(page.locator("#questions ~ table tbody tr").first).to_contain_text("KHẨN")
    page.get_by_role("link", name="Câu hỏi", exact=True).click()
    page.locator("table.list tbody tr").last.get_by_role("link").click()
    page.get_by_role("button", name="Đưa vào câu trả lời").first.click()
    expect(page.get_by_label("Câu trả lời", exact=True)).to_have_value(BEGUN)
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.locator(".say.good")).to_contain_text("Đã trả lời. Tin đang đến bà con.")
    expect(page.locator(".said.mine")).to_contain_text(ANSWER)

    async def states() -> set[QuestionState]:
        async with server.app.storage.read() as uow:
            return {one.state for one in await uow.questions.list(states=list(QuestionState))}

    assert within(server, states()) == {QuestionState.OPEN, QuestionState.ANSWERED}


def test_taking_a_question_in_the_middle_of_an_answer_loses_no_word(opens: Opens, server: Server) -> None:
    asked(server)
    page, _ = start(opens, server)
    page.goto(f"{server.url}/console/questions/1")
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Nhận việc").click()
    expect(page.locator(".say.good")).to_contain_text("Đã nhận việc")
    expect(page.get_by_label("Câu trả lời", exact=True)).to_have_value(ANSWER)


def test_pressed_twice_it_is_one_answer(opens: Opens, server: Server) -> None:
    asked(server)
    page, _ = start(opens, server)
    page.goto(f"{server.url}/console/questions/1")
    page.get_by_label("Câu trả lời", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Trả lời", exact=True).dblclick()
    expect(page.locator(".say.good")).to_contain_text("Đã trả lời")
    expect(page.locator(".said.mine")).to_have_count(1)


def test_by_keyboard_alone(opens: Opens, server: Server) -> None:
    asked(server)
    page, _ = start(opens, server, width=1280, height=800)
    page.goto(f"{server.url}/console/questions/1")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Về danh sách câu hỏi")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Câu trả lời", exact=True)).to_be_focused()
    page.keyboard.type(ANSWER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said.mine")).to_contain_text(ANSWER)
