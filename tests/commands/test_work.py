"""`chungtay work`: a list is put in as a whole, another person verifies it, and each act is in the log."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.rows import everything
from tests.work.lists import HEAD, ROW, saved, workbook

SOON = (datetime.now(UTC) + timedelta(days=30)).strftime("%d/%m/%Y")
GOOD = (*ROW[:5], SOON)


def listed(folder: Path, *rows: tuple[str, ...]) -> str:
    file = folder / "tin tuyển.xlsx"
    file.write_bytes(saved(workbook(["DANH SÁCH TUYỂN DỤNG"], HEAD, *rows)))
    return str(file)


def officers(command: Command) -> None:
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "approver", "--locality", "dak-cam")
    command("officer", "add", "Hoa", "--role", "approver", "--locality", "di-su")


def put_in(command: Command, folder: Path, *rows: tuple[str, ...]) -> str:
    file = listed(folder, *(rows or (GOOD,)))
    return command("work", "import", file, "--locality", "dak-cam", "--as", "Lan").out


async def log(storage: SqlStorage) -> list[tuple[str, str, str]]:
    rows = (await everything(storage))["audit_log"]
    return [
        (row["actor"], row["action"], row["subject"])
        for row in rows
        if row["action"] == "refused" or row["action"].startswith("work")
    ]


def test_from_a_list_to_what_is_shown_and_back(command: Command, url: str, tmp_path: Path) -> None:
    officers(command)
    assert put_in(command, tmp_path) == "1 new, 0 known already, 0 left out\n"
    assert put_in(command, tmp_path) == "0 new, 1 known already, 0 left out\n"
    assert command("work", "list", "--as", "Lan").out.startswith("1\tdak-cam\tdraft\t")
    refused = command("work", "verify", "1", "--as", "Lan").fault
    assert "approve" in refused
    assert command("work", "verify", "1", "--as", "Minh").out == "1 is verified: Công nhân may, Công ty May Sao Mai\n"
    assert "became something else meanwhile" in command("work", "verify", "1", "--as", "Minh").fault
    told = command("work", "show", "1", "--as", "Minh").out
    for line in ("1 in dak-cam, open", "wage: 7,000,000-9,000,000/month", "put in by: Lan, ", "verified by: Minh, "):
        assert line in told
    assert "people told in a message: 0\npeople who saw it in their list: 0\npeople interested: 0\n" in told
    assert command("work", "filled", "1", "20", "--as", "Minh").out == "1 is full: 20 seats taken\n"
    assert command("work", "filled", "1", "19", "--as", "Lan").out == "1 is open: 19 seats taken\n"
    assert command("work", "close", "1", "--why", "đủ người", "--as", "Lan").out.startswith("1 is closed: ")
    assert "closed by: Lan: đủ người" in command("work", "show", "1", "--as", "Lan").out
    acts = [action for _, action, _ in in_storage(url, log)]
    assert acts == ["work.imported"] * 2 + ["refused", "work.verified", "work.filled", "work.filled", "work.closed"]


def test_nobody_verifies_what_they_put_in(command: Command, url: str, tmp_path: Path) -> None:
    command("officer", "add", "An", "--role", "administrator")
    command("work", "import", listed(tmp_path, GOOD), "--locality", "dak-cam", "--as", "An")
    assert "wrote it: another person must approve it" in command("work", "verify", "1", "--as", "An").fault
    assert "needs a person who was added" in command("work", "verify", "1").fault
    assert [one[1] for one in in_storage(url, log)] == ["work.imported", "refused", "refused"]


def test_a_bad_row_puts_nothing_in(command: Command, url: str, tmp_path: Path) -> None:
    bad = ("Phụ hồ", "Tổ xây", "", "250k", "2", SOON)
    file = listed(tmp_path, GOOD, bad)
    said = command("work", "import", file, "--locality", "dak-cam")
    assert said.status == 1 and 'sheet "Tin tuyển", line 4: ' in said.err and "Nơi làm việc: trống" in said.err
    assert "Mức lương: “250k” là một ngày" in said.err and "nothing was put in" in said.err
    assert in_storage(url, everything)["work_offers"] == []
    again = command("work", "import", file, "--locality", "dak-cam", "--skip-bad")
    assert again.out == "1 new, 0 known already, 1 left out\n"


def test_others_may_not(command: Command, url: str, tmp_path: Path) -> None:
    officers(command)
    put_in(command, tmp_path)
    file = listed(tmp_path, GOOD)
    for arguments in (
        ("import", file, "--locality", "dak-cam", "--as", "Minh"),
        ("import", file, "--locality", "di-su", "--as", "Lan"),
        ("verify", "1", "--as", "Hoa"),
        ("show", "1", "--as", "Hoa"),
        ("close", "1", "--as", "Hoa"),
        ("filled", "1", "2", "--as", "Hoa"),
    ):
        assert "may not do this" in command("work", *arguments).fault, arguments
    assert command("work", "list", "--as", "Hoa").out == ""
    assert [one[1] for one in in_storage(url, log)] == ["work.imported", *["refused"] * 6]


def test_what_does_not_exist_is_told(command: Command, url: str, tmp_path: Path) -> None:
    assert "no such offer" in command("work", "show", "7").fault
    assert 'no locality "nowhere"' in command("work", "import", listed(tmp_path, GOOD), "--locality", "nowhere").fault
    assert "cannot be read" in command("work", "import", str(tmp_path / "x.xlsx"), "--locality", "dak-cam").fault
