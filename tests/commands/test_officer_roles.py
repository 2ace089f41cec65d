"""`chungtay officer`, and what each may do with the other commands; every refusal is in the log."""

import re

import pytest

from tests.commands.conftest import Command, in_storage
from tests.support.rows import everything

pytestmark = pytest.mark.either


@pytest.fixture
def staff(command: Command, asked: str) -> str:
    """An answerer in each of two places; the question K7M4PX is of Đăk Cấm."""
    assert command("officer", "add", "Lan", "--role", "answerer", "--locality", "dak-cam").status == 0
    assert command("officer", "add", "Minh", "--role", "answerer", "--locality", "di-su").status == 0
    return asked


def test_they_are_listed_with_their_roles(command: Command, staff: str) -> None:
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam", "--office", "phong-vhxh")
    assert command("officer", "list").out == (
        "Lan\tanswerer in dak-cam, editor in dak-cam (phong-vhxh)\nMinh\tanswerer in di-su\n"
    )
    assert command("officer", "revoke", "Minh", "--role", "answerer", "--locality", "di-su").out == "Minh\tno role\n"


def test_only_where_their_role_holds(command: Command, staff: str) -> None:
    said = command("questions", "answer", "K7M4PX", "--text", "Mời bà con đến xã.", "--as", "Minh")
    assert "Minh: may not do this (questions.answer) in dak-cam: it takes answerer, administrator" in said.fault
    assert command("questions", "answer", "K7M4PX", "--text", "Mời bà con đến xã.", "--as", "Lan").status == 0


def test_only_questions_of_their_places_are_read(command: Command, staff: str) -> None:
    assert [line.split("\t")[1] for line in command("questions", "list", "--as", "Lan").out.splitlines()] == ["K7M 4PX"]
    assert command("questions", "list", "--as", "Minh").out == ""
    assert "Nhà tôi dột." in command("questions", "show", "K7M4PX", "--as", "Lan").out
    said = command("questions", "show", "K7M4PX", "--as", "Minh")
    assert "Minh: may not do this (questions.read) in dak-cam" in said.fault and "dột" not in said.out
    refused = [row for row in in_storage(staff, everything)["audit_log"] if row["action"] == "refused"]
    assert [(row["actor"], row["subject"]) for row in refused] == [("officer:Minh", "question:1")]


def test_what_nobody_gave_a_role_for_is_not_listed(command: Command, staff: str) -> None:
    command("officer", "add", "Hoa", "--role", "collaborator", "--locality", "dak-cam")
    for act, right in (
        (("questions", "list"), "questions.read"),
        (("learn", "list"), "learn.propose"),
        (("checks", "totals"), "totals.read"),
    ):
        assert f"Hoa: may not do this ({right})" in command(*act, "--as", "Hoa").fault


def test_a_name_that_nobody_has(command: Command, staff: str) -> None:
    for act in (("questions", "answer", "K7M4PX", "--text", "Rồi."), ("person", "show", "K7M4PX")):
        assert "Hoa: no such officer -- see: chungtay officer list" in command(*act, "--as", "Hoa").fault


def test_who_left_does_nothing_any_more(command: Command, staff: str) -> None:
    assert command("officer", "retire", "Lan").out == "retired: Lan\n"
    assert "does not act here any more" in command("person", "show", "K7M4PX", "--as", "Lan").fault
    assert "Lan\tretired" in command("officer", "list").out


def test_who_comes_back_acts_again(command: Command, staff: str) -> None:
    command("officer", "retire", "Lan")
    assert command("officer", "add", "Lan", "--role", "answerer", "--locality", "dak-cam").out.startswith(
        "Lan\tanswerer"
    )
    assert command("questions", "answer", "K7M4PX", "--text", "Rồi.", "--as", "Lan").status == 0


def test_who_manages_one_place_retires_nobody_of_all_places(command: Command, staff: str) -> None:
    command("officer", "add", "Hoa", "--role", "administrator", "--locality", "dak-cam")
    command("officer", "add", "Lan", "--role", "viewer")
    assert "may not do this (officers.manage) in all places" in command("officer", "retire", "Lan", "--as", "Hoa").fault


def test_only_who_may_manage_adds_others(command: Command, staff: str) -> None:
    said = command("officer", "add", "Hoa", "--role", "viewer", "--as", "Lan")
    assert "may not do this (officers.manage) in all places" in said.fault
    assert "Hoa" not in command("officer", "list").out


def test_a_refusal_is_in_the_log(command: Command, staff: str, asked: str) -> None:
    command("person", "erase", "K7M4PX", "--yes", "--as", "Lan")
    entries = in_storage(asked, everything)["audit_log"]
    assert [(one["actor"], one["action"], one["subject"]) for one in entries[-1:]] == [
        ("officer:Lan", "refused", "contact:1")
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", "operator", "--role", "viewer"), "is the one who has the machine"),
        (("add", "Lan", "--role", "viewer", "--locality", "nowhere"), 'no locality "nowhere"'),
        (("add", "Lan", "--role", "viewer", "--locality", "dak-cam", "--office", "van-hoa"), 'no office "van-hoa"'),
        (("revoke", "Nobody", "--role", "viewer"), "no such officer"),
        (("retire", "Nobody"), "no such officer"),
    ],
)
def test_what_cannot_be(command: Command, asked: str, arguments: tuple[str, ...], why: str) -> None:
    assert why in command("officer", *arguments).fault


def test_a_link_to_set_a_password_is_made_by_who_manages_them(command: Command, staff: str) -> None:
    said = command("officer", "link", "Lan")
    assert re.fullmatch(r"http://127\.0\.0\.1:8080/console/start/[\w-]{43}\n", said.out)
    assert "Minh: may not do this (officers.manage)" in command("officer", "link", "Lan", "--as", "Minh").fault
    assert "Hoa: no such officer" in command("officer", "link", "Hoa").fault
    assert command("officer", "retire", "Lan").status == 0
    assert "Lan: no such officer" in command("officer", "link", "Lan").fault
    made = [row for row in in_storage(staff, everything)["audit_log"] if row["action"] == "link.made"]
    assert [(row["actor"], row["subject"]) for row in made] == [("officer:operator", "officer:1")]
