"""Every page of the console in Chromium: it fits, its buttons can be pressed, and axe finds nothing serious."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.sync_api import expect

from core.records import NewUpdate
from handlers.signing.enrolling import first_link
from tests.browser.conftest import Opens, Server
from tests.browser.filling import announced, noticed, reported, sold, sought, taught, told
from tests.browser.measuring import at_every_size
from tests.browser.test_console import asked, console, start, within
from tests.console.reporting import filled

pytestmark = pytest.mark.browser

DOOR = ("/console/start/{token}", "/console/sign-in")
WORK = "/console/work".removeprefix("/console")
PLACE, COURSE, FAIR = "/content/dak-cam", f"{WORK}/training/1", f"{WORK}/events"
GOAL = "/targets/dak-cam/clean-water.share"
Fills = Callable[[Server], Awaitable[object]]
# The pages of a room, and what its place has before they are looked at.
ROOMS: dict[str, tuple[Fills | None, str]] = {
    "desk": (
        None,
        """/ /questions /questions/1 /questions?show=closed /questions/months /questions/1/slip /officers /officers/1
        /account /components""",
    ),
    "notices": (
        noticed,
        """/calendar /schedules/new /schedules/1 /schedules/1/posts/1 /notices /notices/new /notices/1 /notices/1/edit
        /notices/1/ledger /notices/2 /notices/2/doubts""",
    ),
    "content": (
        told,
        f"""/content {PLACE}/topics/legal-aid {PLACE}/plan/targets {PLACE}/plan/poverty {PLACE}/answer
        {PLACE}/hamlet {PLACE}/hamlet/thon-1 {PLACE}/office/phong-vhxh {PLACE}/answer/legal-aid
        /content/changes/1 /content/changes/3 /learning /learning/1""",
    ),
    "reports": (
        lambda server: filled(server.app.storage),
        """/reports /reports?place=dak-cam&period=2026 /reports?period=2026-13
        /reports/rows?place=dak-cam&period=2026""",
    ),
    "plan": (
        reported,
        f"""/targets?at=dak-cam {GOAL} /targets/dak-cam/child-growth /targets/dak-cam/rates /figures/1
        /tasks /tasks/1 /tasks/dak-cam/new /tasks/dak-cam/plan /needs?at=dak-cam /needs/1 /needs/new?at=dak-cam
        /labour?at=dak-cam /labour/1 /labour/new?at=dak-cam /labour/import?at=dak-cam""",
    ),
    "market": (sold, "/market /market?show=verified /market/1 /market/2 /market/3"),
    "training": (
        taught,
        f"""{WORK}/training {COURSE} {COURSE}/people/1 {COURSE}/people/3 {COURSE}/enrol {COURSE}/print
        {COURSE}/attendance {COURSE}/change {COURSE}/call
        {WORK}/training/surveys {WORK}/training/surveys/1 {WORK}/training/surveys/dak-cam/new
        /reports/rows?figure=work.enrolled&place=dak-cam""",
    ),
    "work": (
        announced,
        f"""{FAIR} {FAIR}/1 {FAIR}/1/edit {FAIR}/1/list {FAIR}/dak-cam/new {WORK}/picture?place=dak-cam
        {WORK}/leads {WORK}/seekers {WORK}/seekers/at/dak-cam/new {WORK}/share?at=dak-cam""",
    ),
    # Who asked are 1 to 3; 4 and 5 are interested in vacancy 1, and 6 was written down by an officer.
    "leads": (
        sought,
        f"""{WORK}/leads?show=all {WORK}/leads/1 {WORK}/leads/2 {WORK}/leads/offers/1 {WORK}/seekers?at=dak-cam
        {WORK}/seekers/4 {WORK}/seekers/6 {WORK}/seekers/6/edit {WORK}/share?at=hong-linh""",
    ),
}


@pytest.mark.parametrize("room", ROOMS)
def test_every_page_fits_and_can_be_used_by_everybody(opens: Opens, server: Server, room: str) -> None:
    fill, paths = ROOMS[room]
    asked(server, 3)
    page, _ = start(opens, server)
    if fill is not None:
        within(server, fill(server))
    found: dict[str, list[str]] = {}
    for path in paths.split():
        address = f"{server.url}/console{path.rstrip('/')}"
        answer = page.goto(address)
        assert answer is not None and (answer.ok or "2026-13" in path), f"{path}: what is looked at is there"
        assert page.url == address, f"{path}: it leads elsewhere"
        found[path] = at_every_size(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


async def binds(server: Server, code: str) -> None:
    """The code is sent from a chat."""
    now = server.app.clock.now()
    update = NewUpdate(account="webchat.main", external_id="c", path="phone", raw={"text": code}, received_at=now)
    await server.app.intake.receive([update])
    await server.app.intake.drain()


def test_the_door_the_dark_and_an_officers_own_chat(opens: Opens, server: Server) -> None:
    token = within(server, first_link(console(server).gate, now=server.app.clock.now()))
    page, found = opens(DOOR[0].format(token=token)), dict[str, list[str]]()
    found["first link"] = at_every_size(page)
    page, _ = start(opens, server)
    found["codes"] = at_every_size(page)
    page.goto(f"{server.url}/console/account")
    page.get_by_role("button", name="Tạo mã cho một máy").click()
    found["chat code"] = at_every_size(page)
    within(server, binds(server, page.locator(".secret").inner_text()))
    page.goto(f"{server.url}/console/account")
    expect(page.get_by_role("button", name="Thôi nhận ở đây")).to_be_visible()
    found["bound"] = at_every_size(page)
    page.get_by_role("button", name="Thoát").first.click()
    expect(page).to_have_url(re.compile(re.escape(DOOR[1])))
    found["sign-in"] = at_every_size(page)
    page.get_by_role("button", name="Nền tối").click()
    found["dark"] = at_every_size(page)
    assert {path: faults for path, faults in found.items() if faults} == {}
