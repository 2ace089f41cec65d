"""The heading of every page: few groups, the rooms of the one that a page stands in, and nothing one may not enter."""

import re

import pytest

from bot.app import App
from core.officers import Grant, Role
from tests.console.desk import Desk, signed_in
from web.console.navigation import GROUPS
from web.console.routes import ROOMS

NAV = re.compile(r"<nav .*?</nav>", re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)"(?: aria-current="(\w+)")?>([^<]+)</a>')


async def ways(desk: Desk, path: str) -> list[list[tuple[str, ...]]]:
    """The links of each line of the heading: address, what it is to this page, name."""
    page = await desk.open(path)
    heading = page.html.partition("<main")[0]
    return [LINK.findall(nav) for nav in NAV.findall(heading)]


async def test_a_page_says_in_which_group_and_room_it_stands(lan: Desk) -> None:
    groups, rooms = await ways(lan, "/console/tasks")
    assert [(here, name) for _, here, name in groups if here] == [("true", "Số liệu")]
    assert [(here, name) for _, here, name in rooms] == [
        *(("", "Báo cáo"), ("", "Chỉ tiêu"), ("page", "Nhiệm vụ"), ("", "Có việc"), ("", "Thị trường")),
    ]
    assert len(groups) <= 8  # two lines on a telephone


@pytest.mark.parametrize(
    ("path", "name"), [("/console/schedules/new", "Lịch tin"), ("/console/questions/months", "Theo tháng")]
)
async def test_a_page_further_in_belongs_to_the_nearest_room(lan: Desk, path: str, name: str) -> None:
    _, rooms = await ways(lan, path)
    assert [each for _, here, each in rooms if here] == [name]


async def test_a_group_of_one_room_has_its_name_and_no_second_line(app: App) -> None:
    supervisor = await signed_in(app, "Sâm", Grant(role=Role.SUPERVISOR, locality="dak-cam"))
    home = await ways(supervisor, "/console")
    assert [name for _, _, name in home[0]] == [
        "Việc cần làm",
        "Theo tháng",
        "Tin",
        "Nội dung",
        "Việc làm",
        "Nhu cầu",
        "Số liệu",
        "Tài khoản",
    ]
    assert len(home) == 1
    assert len(await ways(supervisor, "/console/account")) == 1


def test_every_way_leads_to_a_room_for_the_same_right() -> None:
    doors = {room.path: room.right for room in ROOMS if room.method == "GET"}
    for _, group in GROUPS:
        for entry in group:
            assert doors[entry.address] == entry.right, entry
