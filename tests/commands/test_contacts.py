"""`chungtay contacts import`: all of a list, or nothing; who had everything deleted is not brought back."""

from pathlib import Path

import pytest

from bot.keys import derived, keyed_hash, load_key
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import everything, make_account, make_person, urn

pytestmark = pytest.mark.either

HEAD = "channel,address,name,phone,locality,hamlet,household_status,language,household,topics\n"


@pytest.fixture
def reached(url: str) -> str:
    """An installation that Telegram has reached once."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage, "telegram.main")

    in_storage(url, make)
    return url


def listed(tmp_path: Path, *rows: str) -> str:
    file = tmp_path / "danh sách.csv"
    file.write_text(HEAD + "\n".join(rows), "utf-8-sig")
    return str(file)


def test_people_are_put_in_and_brought_up_to_date(command: Command, reached: str, tmp_path: Path) -> None:
    first = (
        "telegram.main,11,Lan,912345678,dak-cam,thôn 3,poor,vi,H1,tuition",
        "telegram.main,12,Minh,,dak-cam,,,,H1,",
    )
    assert command("contacts", "import", listed(tmp_path, *first)).out == "2 new, 0 brought up to date, 0 left out\n"
    later = ("telegram.main,11,Lan,,dak-cam,thôn 9,near_poor,en,H2,", "telegram.main,13,Hoa,,dak-cam,,,,,")
    assert command("contacts", "import", listed(tmp_path, *later)).out == "1 new, 1 brought up to date, 0 left out\n"
    rows = in_storage(reached, everything)
    lan, minh, _ = sorted(rows["contacts"], key=lambda row: row["id"])
    assert (lan["name"], lan["phone"], lan["household_status"], lan["language"]) == ("Lan", None, "near-poor", "vi")
    assert lan["hamlet"] == "thôn 3"  # as it was put in first: later only what the ward alone says is written
    assert minh["household_id"] != lan["household_id"] is not None
    assert [row["topic"] for row in rows["subscriptions"]] == ["tuition"]
    assert {row["purpose"] for row in rows["consents"]} == {"notices"} and len(rows["consents"]) == 3
    assert all(
        row["wording"].startswith("ward list 20") and "danh sách.csv" in row["wording"] for row in rows["consents"]
    )
    assert [row["action"] for row in rows["audit_log"]] == ["contacts.imported"] * 2


def test_a_bad_row_puts_nobody_in(command: Command, reached: str, tmp_path: Path) -> None:
    file = listed(tmp_path, "telegram.main,11,Lan,,dak-cam,,,,,", "telegram.main,x,Minh,,dak-cam,,,,,")
    said = command("contacts", "import", file)
    assert said.status == 1 and "line 3: address: is no number of a Telegram user" in said.err
    assert "nobody was put in" in said.err
    assert in_storage(reached, everything)["contacts"] == []
    assert command("contacts", "import", file, "--skip-bad").out == "1 new, 0 brought up to date, 1 left out\n"


def test_what_is_not_read_and_who_hears_of_little_are_told(command: Command, reached: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = "STT;Kênh;Mã Telegram;Họ và tên;SĐT;Phường;Thôn;Diện hộ;Ngôn ngữ;Việc quan tâm;Công nhận từ ngày\n"
    rows = (
        "1;telegram.main;11;Lan;;phường Đăk Cấm;;hộ nghèo;;Làm nhà, sửa nhà, Học nghề;20/12/2023",
        "2;telegram.main;12;;;Đăk Cấm;;;;;",
    )
    file.write_text(head + "\n".join(rows), "utf-8-sig")
    said = command("contacts", "import", str(file))
    assert said.out == "2 new, 0 brought up to date, 0 left out\n"
    assert said.err == "columns that are not read: STT\n1 of them get notices on the topics of their row only\n"
    topics = {row["topic"] for row in in_storage(reached, everything)["subscriptions"]}
    assert topics == {"housing", "vocational-training"}


def test_who_had_everything_deleted_stays_away(command: Command, reached: str, tmp_path: Path, data_dir: Path) -> None:
    hashed = keyed_hash(derived(load_key(data_dir), "erasures"), urn("11", "telegram.main"))

    async def gone(storage: SqlStorage) -> None:
        person = await make_person(storage, "11", "telegram.main")
        async with storage.write() as uow:
            await uow.people.erase(person.contact.id, [hashed], MORNING)
            await uow.commit()

    in_storage(reached, gone)
    said = command("contacts", "import", listed(tmp_path, "telegram.main,11,Lan,,dak-cam,,,,,"))
    assert said.status == 1 and "line 2: address: this person had everything deleted" in said.err


def test_only_where_the_officer_may(command: Command, reached: str, tmp_path: Path) -> None:
    command("officer", "add", "Minh", "--role", "editor", "--locality", "di-su")
    file = listed(tmp_path, "telegram.main,11,Lan,,dak-cam,,,,,")
    assert "may not do this (contacts.import) in dak-cam" in command("contacts", "import", file, "--as", "Minh").fault


def test_nobody_of_another_place_is_taken_over(command: Command, reached: str, tmp_path: Path) -> None:
    command("contacts", "import", listed(tmp_path, "telegram.main,11,Lan,,di-su,,,,,"))
    command("officer", "add", "Minh", "--role", "editor", "--locality", "dak-cam")
    file = listed(tmp_path, "telegram.main,11,Khác,,dak-cam,,,,,")
    assert (
        "may not do this (contacts.import) in dak-cam, di-su"
        in command("contacts", "import", file, "--as", "Minh").fault
    )


def test_a_hamlet_is_meant_however_it_was_typed(command: Command, reached: str, tmp_path: Path) -> None:
    rows = [f"telegram.main,{n},A,,dak-cam,{hamlet},,,," for n, hamlet in enumerate(("Thôn 3", "thon 3", "thôn 4"), 1)]
    command("contacts", "import", listed(tmp_path, *rows))
    file = tmp_path / "c.toml"
    text = 'kind = "notice"\ntitle = "a"\nsource = "b"\ntext.vi = "c"\n[audience]\nhamlets = ["thôn 3"]\n'
    file.write_text(text)
    assert "2 people are meant" in command("campaign", "new", str(file)).err


def test_an_erased_person_leaves_no_household_behind(command: Command, reached: str, tmp_path: Path) -> None:
    command("contacts", "import", listed(tmp_path, "telegram.main,11,Lan,,dak-cam,,,,H1,tuition"))
    assert command("person", "erase", "contact:1", "--yes").status == 0
    rows = in_storage(reached, everything)
    assert rows["contacts"] == rows["households"] == rows["subscriptions"] == rows["consents"] == []


def test_what_cannot_be_read(command: Command, reached: str, tmp_path: Path) -> None:
    assert "cannot be read" in command("contacts", "import", str(tmp_path / "absent.csv")).fault
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    assert "has no column channel" in command("contacts", "import", str(tmp_path / "x.csv")).fault


def test_before_any_channel_was_started_that_is_told_once(command: Command, url: str, tmp_path: Path) -> None:
    fault = command("contacts", "import", listed(tmp_path, "telegram.main,1,A,,dak-cam,,,,,")).fault
    assert "no channel was started here yet -- set CHUNGTAY_TELEGRAM_TOKEN and start it once: chungtay run" in fault


def test_in_a_wrong_folder_nothing_is_begun(command: Command, data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "notice.toml").write_text('kind = "notice"')
    for typed in (("contacts", "import", listed(tmp_path, "")), ("campaign", "new", str(tmp_path / "notice.toml"))):
        assert f"no installation in {data_dir}" in command(*typed).fault
    assert not data_dir.exists()
