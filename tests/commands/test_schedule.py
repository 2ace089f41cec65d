"""`chungtay series` and `chungtay schedule`: from a proposal to what became of each post."""

from pathlib import Path

import pytest

from tests.commands.conftest import Command

pytestmark = pytest.mark.either

DAYS = ("--from", "2098-10-01", "--until", "2098-12-31")  # to come, whenever this test is run


@pytest.fixture
def officers(url: str, command: Command) -> str:
    """One who writes and one who approves."""
    for name, role in (("Lan", "editor"), ("Minh", "approver")):
        assert command("officer", "add", name, "--role", role, "--locality", "dak-cam").status == 0
    return url


def proposed(command: Command) -> str:
    said = command("schedule", "new", "peak-month", "--locality", "dak-cam", *DAYS, "--as", "Lan")
    assert said.status == 0, said
    return said.out.splitlines()[-1]


def test_series_are_listed_and_shown_in_a_place_s_words(command: Command, data_dir: Path) -> None:
    listed = command("series", "list").out
    assert "peak-month\tTháng cao điểm “Vì người nghèo”\teach year from 17/10\t" in listed
    said = command("series", "show", "peak-month", "--locality", "hong-linh")
    assert "“Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”" in said.out
    assert "no line of the place's own: place" in said.out
    assert "there are: " in command("series", "show", "peak", "--locality", "hong-linh").fault
    assert "peak month" in command("series", "show", "peak-month", "--locality", "di-su", "--english").out


def test_from_a_proposal_to_a_yes(command: Command, officers: str) -> None:
    number = proposed(command)
    shown = command("schedule", "show", number, "--as", "Lan").out
    assert shown.startswith(f"{number}: draft: peak-month in dak-cam\nproposed by Lan, approved by nobody yet\n")
    assert "Fri 2098-10-17 17:00\topening\tplanned (draft)" in shown
    assert command("schedule", "submit", number, "--as", "Lan").out == f"{number}: submitted\n"
    done = command("schedule", "approve", number, "--as", "Minh")
    assert done.out == f"{number}: approved\n" and "the first on Fri 2098-10-17 17:00" in done.err
    assert command("schedule", "list").out.startswith(f"{number}\tapproved\tdak-cam\tpeak-month\t0 of ")
    calendar = command("schedule", "calendar", *DAYS).out.splitlines()
    assert calendar[0].startswith("Fri 2098-10-17 17:00\tdak-cam\tTháng cao điểm “Vì người nghèo”: ")
    assert calendar[0].endswith("\tplanned")
    assert command("schedule", "skip", number, "opening", "--as", "Lan").out == f"{number}: opening will not be sent\n"
    assert "not sent: officer (somebody took it out)" in command("schedule", "calendar", *DAYS).out
    assert command("schedule", "stop", number, "--as", "Minh").out == f"{number}: stopped\n"
    assert command("schedule", "calendar", *DAYS).out == ""


def test_who_may_not_is_refused(command: Command, officers: str) -> None:
    number = proposed(command)
    assert "may not do this" in command("schedule", "new", "peak-month", "--locality", "di-su", "--as", "Lan").fault
    command("schedule", "submit", number, "--as", "Lan")
    assert "may not do this" in command("schedule", "approve", number, "--as", "Lan").fault
    assert "no such officer" in command("schedule", "show", number, "--as", "Ba").fault


def test_other_words_make_it_a_draft_again(command: Command, officers: str, tmp_path: Path) -> None:
    number = proposed(command)
    command("schedule", "submit", number, "--as", "Lan")
    command("schedule", "approve", number, "--as", "Minh")
    file = tmp_path / "loi.txt"
    file.write_text("Phường mở lễ lúc 7 giờ tại nhà văn hóa.\n", encoding="utf-8")
    said = command("schedule", "reword", number, "opening", str(file), "--as", "Lan")
    assert said.out == f"{number}: draft\n" and "source, as before: Thông lệ hằng năm" in said.err
    assert f"none of its posts is sent until it was approved: chungtay schedule submit {number}" in said.err
    assert "  Phường mở lễ lúc 7 giờ tại nhà văn hóa.\n" in command("schedule", "show", number).out
    assert "cannot be read" in command("schedule", "reword", number, "opening", str(tmp_path / "none")).fault


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new", "peak", "--locality", "dak-cam"), 'no series "peak" -- there are: '),
        (("new", "peak-month", "--locality", "nowhere"), 'no locality "nowhere"'),
        (("new", "storm", "--locality", "dak-cam"), "begins on a day that an officer names -- name it: --begins"),
        (
            ("new", "peak-month", "--locality", "dak-cam", "--from", "2098-01-01", "--until", "2098-02-01"),
            "no post is due",
        ),
        (("new", "peak-month", "--locality", "dak-cam", "--from", "2098-1-1"), "is no day"),
        (("show", "7"), "no such schedule"),
        (("approve", "x"), "no such schedule"),
        (("skip", "7", "opening"), "no such schedule"),
    ],
)
def test_what_is_wrong_is_said(command: Command, started: str, arguments: tuple[str, ...], told: str) -> None:
    said = command("schedule", *arguments)
    assert said.status == 1 and told in said.err


def test_a_post_that_is_not_there(command: Command, officers: str) -> None:
    number = proposed(command)
    assert 'no post "none"' in command("schedule", "skip", number, "none", "--as", "Lan").fault
    command("schedule", "stop", number, "--as", "Minh")
    assert "is stopped" in command("schedule", "skip", number, "opening", "--as", "Lan").fault
    assert "submit is for one that is draft" in command("schedule", "submit", number, "--as", "Lan").fault
