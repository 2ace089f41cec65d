"""`chungtay campaign`: one writes, another approves; what stands where is told, refused and logged."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.campaigns.progress import waits_for
from core.campaigns import Campaign, CampaignState, read_notice
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.rows import everything, make_account

pytestmark = pytest.mark.either

FILE = """
kind = "notice"
title = "Mở lớp may công nghiệp"
source = "Kế hoạch đào tạo nghề của phường"
text.vi = "Phường mở lớp may miễn phí, 20 chỗ. Trả lời ĐĂNG KÝ để giữ chỗ."
[audience]
localities = ["dak-cam"]
household_status = ["poor", "near_poor"]
[sending]
urgent = true            # no quiet hours, no daily cap
hold_back_seconds = 0    # 120 unless said
on_doubt = "resend"      # or "hold"
"""
HEAD = "channel,address,name,phone,locality,hamlet,household_status,language\n"


@pytest.fixture
def staff(command: Command, url: str, tmp_path: Path) -> str:
    """Lan writes, Minh approves, both in Đăk Cấm; two poor people and one who is not can be written to."""

    async def make(storage: SqlStorage) -> None:
        await make_account(storage, "telegram.main")

    in_storage(url, make)
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "approver", "--locality", "dak-cam")
    people = tmp_path / "people.csv"
    rows = (f"telegram.main,{n},A,,dak-cam,,{status},\n" for n, status in enumerate(("poor", "near_poor", ""), 1))
    people.write_text(HEAD + "".join(rows))
    assert command("contacts", "import", str(people), "--as", "Lan").status == 0
    return url


def written(tmp_path: Path, text: str = FILE) -> str:
    file = tmp_path / "campaign.toml"
    file.write_text(text)
    return str(file)


def made(command: Command, tmp_path: Path, text: str = FILE) -> str:
    said = command("campaign", "new", written(tmp_path, text), "--as", "Lan")
    assert said.status == 0, said
    return said.out.splitlines()[-1]


def test_from_draft_to_approved(command: Command, staff: str, tmp_path: Path) -> None:
    said = command("campaign", "new", written(tmp_path), "--as", "Lan")
    assert said.out == "1\n" and "2 people are meant, 2 of them can be written to" in said.err
    assert "Tin của Phường Đăk Cấm:\nPhường mở lớp may miễn phí" in said.err and "Nguồn: Kế hoạch đào tạo" in said.err
    assert command("campaign", "submit", "1", "--as", "Lan").out == "1: submitted\n"
    approved = command("campaign", "approve", "1", "--as", "Minh")
    assert approved.out == "1: approved\n" and "urgent: it is sent in quiet hours too" in approved.err
    told = json.loads(command("campaign", "status", "1", "--json").out)
    assert told == {
        "id": 1,
        "title": "Mở lớp may công nghiệp",
        "state": "approved",
        "created_by": "Lan",
        "approved_by": "Minh",
        "expanded": False,
        "counts": {},
        "left_out": {},
        "rate": None,
        "left": None,
    }
    assert command("campaign", "list").out.startswith("1\tapproved\t0 sent, 0 left out, 0 to go\tMở lớp may")


def test_nobody_approves_what_they_wrote_administrators_included(command: Command, staff: str, tmp_path: Path) -> None:
    command("officer", "add", "Lan", "--role", "administrator")
    number = made(command, tmp_path)
    command("campaign", "submit", number, "--as", "Lan")
    assert (
        "Lan: wrote it: another person must approve it" in command("campaign", "approve", number, "--as", "Lan").fault
    )
    assert "an approval needs a person" in command("campaign", "approve", number).fault
    log = [(row["actor"], row["action"]) for row in in_storage(staff, everything)["audit_log"]]
    assert log[-2:] == [("officer:Lan", "refused"), ("officer:operator", "refused")]


def test_only_who_may(command: Command, staff: str, tmp_path: Path) -> None:
    assert "may not do this (campaigns.write)" in command("campaign", "new", written(tmp_path), "--as", "Minh").fault
    number = made(command, tmp_path)
    command("campaign", "submit", number, "--as", "Lan")
    command("officer", "add", "Hoa", "--role", "approver", "--locality", "di-su")
    assert (
        "may not do this (campaigns.approve) in dak-cam" in command("campaign", "approve", number, "--as", "Hoa").fault
    )


def test_each_step_only_from_where_it_leads_on(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path)
    assert (
        "is draft: approve is for one that is submitted" in command("campaign", "approve", number, "--as", "Minh").fault
    )
    assert (
        "is draft: pause is for one that is approved, sending"
        in command("campaign", "pause", number, "--as", "Lan").fault
    )
    assert command("campaign", "stop", number, "--as", "Lan").out == f"{number}: stopped\n"
    assert "is stopped: submit is for one that is draft" in command("campaign", "submit", number, "--as", "Lan").fault
    assert "no such campaign" in command("campaign", "status", "99").fault


WRONG = (
    ('kind = "notice"', 'kind = "sms"', 'kind: must be "notice"'),
    ("text.vi", "text.fr", "text: has text.vi, and may have text.en"),
    ("[audience]", "[audience]\nward = 1", "audience.ward: is none of localities"),
    ('"resend"', '"maybe"', 'sending.on_doubt: is "resend" or "hold"'),
    ("= 0 ", "= -1 ", "sending.hold_back_seconds: is a whole number from 0 to 86400"),
    ("= true", "= 1", "sending.urgent: is true or false"),
    ("[sending]", "[sending]\nnot_after = 2026-12-01", "sending.not_after: is a day with its hour"),
    ("[sending]", "[sending]\nnot_after = '2026-12-01'", "sending.not_after: is a day with its hour"),
    ("[audience]", "[audience]\nattachments = ['a.pdf']", "attachments: stands below [audience]: write it above"),
    ("[sending]", "[sending]\nreplies = []", "replies: stands below [sending]: write it above"),
    ("title =", "titel =", "titel: is none of attachments, audience"),
)


@pytest.mark.parametrize(("before", "after", "why"), WRONG)
def test_what_is_no_notice(before: str, after: str, why: str) -> None:
    with pytest.raises(ValueError) as error:
        read_notice(tomllib.loads(FILE.replace(before, after, 1)))
    assert why in str(error.value)


@pytest.mark.parametrize(
    "typed",
    [
        "01/12/2026 20:00",
        "20:00 01/12/2026",
        "01/12/2026 20h",
        "1/12/2026, lúc 20 giờ 00",
        "20g00 ngày 01/12/2026",
        "20h 1/12/2026",
        "2026-12-01 20:00",
        "2026-12-01T20:00:00+07:00",
        "2026-12-01T13:00:00+00:00",
    ],
)
def test_a_moment_is_of_viet_nam_unless_it_says_another_zone(typed: str) -> None:
    read = read_notice(tomllib.loads(FILE.replace("[sending]", f'[sending]\nnot_after = "{typed}"')))
    assert read.not_after == datetime(2026, 12, 1, 13, tzinfo=UTC)
    bare = read_notice(tomllib.loads(FILE.replace("[sending]", "[sending]\nnot_after = 2026-12-01 20:00:00")))
    assert bare.not_after == read.not_after
    assert read_notice({"kind": "notice", **bare.plain()}) == bare


def test_topics_and_households_by_the_names_that_people_read(command: Command, staff: str, tmp_path: Path) -> None:
    ours = FILE.replace("[audience]", 'topics = ["học nghề", "Nhà ở, điện, nước"]\n[audience]')
    ours = ours.replace('["poor", "near_poor"]', '["Hộ nghèo", "cận nghèo"]')
    said = command("campaign", "show", made(command, tmp_path, ours), "--as", "Minh").out
    assert '"household_status": ["near-poor", "poor"]' in said
    assert '["clean-water", "electricity", "housing", "sanitation", "vocational-training", "water-sanit' in said
    for topics, why in (
        ('["x"]', 'topics: nothing here has "x" -- see the first lines of: chungtay learn labels'),
        ('["làm ăn", "trợ cấp", "xét hộ nghèo"]', "topics: stand for 16 topics, at most 12"),
    ):
        file = written(tmp_path, FILE.replace("[audience]", f"topics = {topics}\n[audience]"))
        assert why in command("campaign", "new", file).fault


def test_a_day_without_quotes_is_told_how_to_write_it(command: Command, staff: str, tmp_path: Path) -> None:
    for day in ("2099-11-25 07:30", "25/11/2099 07:30"):
        file = written(tmp_path, FILE.replace("[sending]", f"[sending]\nnot_after = {day}"))
        assert 'write a day and its hour in quotes: "01/12/2026 20:00"' in command("campaign", "new", file).fault


REPLIES = """
[[replies]]
words = ["ĐĂNG KÝ"]
answer.vi = "Đã giữ chỗ."
remind = "25/11/2099 07:30"
"""


def test_when_people_are_reminded_is_told_before_the_approval(command: Command, staff: str, tmp_path: Path) -> None:
    said = command("campaign", "new", written(tmp_path, FILE + REPLIES), "--as", "Lan")
    assert "who answers ĐĂNG KÝ is reminded at 17:00 on 24/11/2099" in said.err
    past = command("campaign", "new", written(tmp_path, FILE + REPLIES.replace("2099", "2020")), "--as", "Lan").fault
    assert "replies[0].remind: the evening before is over: nobody would be reminded" in past


def test_a_correction_calls_off_reminders_of_what_it_corrects(command: Command, staff: str, tmp_path: Path) -> None:
    """A reminder quotes the words that somebody signed up for: never once they are corrected."""
    first = made(command, tmp_path, FILE + REPLIES)

    async def signed_up(storage: SqlStorage) -> None:
        now = datetime(2026, 11, 20, tzinfo=UTC)
        moment = datetime(2099, 11, 24, tzinfo=UTC)
        async with storage.write() as uow:
            for contact, word in ((1, "ĐĂNG KÝ"), (2, None)):
                await uow.campaigns.answered(int(first), contact, "a", word, now)
            for rule in (f"course:{first}", "review-window"):
                await uow.reminders.plan(1, rule, [moment], about=moment, now=now)
            await uow.commit()

    in_storage(staff, signed_up)
    elsewhere = FILE.replace("[sending]", f'not = {{reached = ["{first}"]}}\n[sending]')
    correction = FILE.replace("[sending]", f'reached = ["{first}"]\n[sending]')
    for text, told, left in ((elsewhere, False, 2), (correction, True, 1)):
        said = command("campaign", "new", written(tmp_path, text), "--as", "Lan")
        number = said.out.strip()
        assert (f"who signed up for notice {first} is not reminded of its day any more" in said.err) is told
        command("campaign", "submit", number, "--as", "Lan")
        assert command("campaign", "approve", number, "--as", "Minh").status == 0
        rows = in_storage(staff, everything)["reminders"]
        assert [row["rule"] for row in rows if row["state"] == "planned"][-left:] == [
            f"course:{first}",
            "review-window",
        ][-left:]
        assert sum(row["state"] == "planned" for row in rows) == left


def test_a_wrong_file_is_told_with_its_place(command: Command, staff: str, tmp_path: Path) -> None:
    for before, after, why in (
        WRONG[0],
        ('["dak-cam"]', '["dak-can"]', 'audience.localities: nothing here has "dak-can": there are dak-cam'),
        ('"near_poor"]', '"rich"]', 'audience.household_status: nothing here has "rich": there are average, near_poor'),
        ('"dak-cam"]', '"dak-cam"]\nhamlets = ["thôn 99"]', 'audience.hamlets: nothing here has "thôn 99"'),
        ('title = "Mở', "title = Mở", "is no TOML"),
        ('["poor",', "[“poor”,", 'write straight quotes: "poor", not “poor”'),
    ):
        fault = command("campaign", "new", written(tmp_path, FILE.replace(before, after, 1)), "--as", "Lan").fault
        assert "campaign.toml" in fault and why in fault
    assert in_storage(staff, everything)["campaigns"] == []


def test_the_ledger_is_safe_to_open_in_a_spreadsheet(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path)

    async def left_out(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            from core.records import LeftOut

            await uow.campaigns.step(int(number), CampaignState.DRAFT, CampaignState.SENDING)
            await uow.campaigns.went_on(int(number), cursor=1, queued=0, out=[(1, LeftOut.STOPPED)], before=0)
            from db.models import contacts

            await uow.connection.execute(contacts.update().values(name="=HYPERLINK(1)"))
            await uow.commit()

    in_storage(staff, left_out)
    said = command("campaign", "ledger", number, "--csv", "--as", "Minh").out.splitlines()
    assert said[0] == "contact,name,hamlet,channel,state,reason,attempts,doubts,at"
    assert said[1] == "1,'=HYPERLINK(1),,,left out,stopped,0,0,"


def test_who_approves_sees_what_they_say_yes_to(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path)
    said = command("campaign", "show", number, "--as", "Minh")
    assert said.out.splitlines()[:3] == [
        f"{number}: draft: Mở lớp may công nghiệp",
        "written by Lan, approved by nobody yet",
        "source\tKế hoạch đào tạo nghề của phường",
    ]
    assert (
        'text\t{"vi": "Phường mở lớp may miễn phí' in said.out
        and '"household_status": ["near-poor", "poor"]' in said.out
    )
    assert "2 people are meant, 2 of them can be written to" in said.err and "Tin của Phường Đăk Cấm:" in said.err
    command("officer", "add", "Hoa", "--role", "approver", "--locality", "di-su")
    assert "may not do this (campaigns.read) in dak-cam" in command("campaign", "show", number, "--as", "Hoa").fault


def test_a_notice_to_nobody_is_told_so(command: Command, staff: str, tmp_path: Path) -> None:
    nobody = FILE.replace('"poor", "near_poor"', '"average"')
    said = command("campaign", "new", written(tmp_path, nobody), "--as", "Lan")
    assert "0 people are meant" in said.err and "NOBODY would get it as of now" in said.err
    assert "NOBODY" not in command("campaign", "new", written(tmp_path), "--as", "Lan").err


def test_when_it_begins_is_told(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path, FILE.replace("seconds = 0 ", "seconds = 600 "))
    command("campaign", "submit", number, "--as", "Lan")
    told = command("campaign", "approve", number, "--as", "Minh").err
    assert "begins at " in told and f"until then nobody has it: campaign stop {number}" in told
    assert "\nbegins at " in command("campaign", "status", number).out


def test_at_night_it_is_told_what_waits() -> None:
    notice = read_notice(tomllib.loads(FILE.replace("true ", "false ")))
    evening = datetime(2026, 11, 20, 14, tzinfo=UTC)
    one = Campaign(id=1, notice=notice, state=CampaignState.SENDING, created_by="Lan", created_at=evening)
    assert waits_for(one, evening) == "waits: nothing is sent between 20:30 and 07:00, unless it is urgent"
    assert waits_for(one, evening + timedelta(hours=12)) == ""
    some = replace(one, counts={"pending": 1})
    assert waits_for(some, evening + timedelta(hours=12)).startswith("who had a notice within a day")
    assert waits_for(replace(one, notice=replace(notice, urgent=True)), evening) == ""


def test_who_stops_too_late_hears_how_to_correct(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path)

    async def over(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            await uow.campaigns.step(int(number), CampaignState.DRAFT, CampaignState.FINISHED)
            await uow.commit()

    in_storage(staff, over)
    fault = command("campaign", "stop", number, "--as", "Minh").fault
    assert "is finished" in fault and f'to correct it, write another one with reached = ["{number}"]' in fault


WITH_A_FILE = 'attachments = ["to-roi.pdf"]\n' + FILE


def test_a_paper_goes_along_and_is_kept_until_it_went(command: Command, staff: str, tmp_path: Path) -> None:
    (tmp_path / "to-roi.pdf").write_bytes(b"%PDF-1.7 lop may")
    said = command("campaign", "new", written(tmp_path, WITH_A_FILE), "--as", "Lan")
    assert said.out == "1\n" and "\n[to-roi.pdf]\n" in said.err
    assert '"name": "to-roi.pdf"' in command("campaign", "show", "1").out
    hashes: list[str] = []

    async def look(storage: SqlStorage) -> None:
        async with storage.write() as uow:
            one = await uow.campaigns.get(1)
            assert one is not None
            hashes.extend(each.sha256 for each in one.notice.attachments)
            assert await uow.upkeep.known_files([*hashes, "0" * 64]) == set(hashes)
            await uow.campaigns.step(1, CampaignState.DRAFT, CampaignState.STOPPED)
            assert await uow.upkeep.known_files(hashes) == set()

    in_storage(staff, look)
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('attachments = ["no-such.pdf"]', "no-such.pdf: cannot be read"),
        ('attachments = ["campaign.toml"]', "campaign.toml: not a picture, PDF, DOCX or sound"),
        ('attachments = "to-roi.pdf"', "attachments: is a list of names of files"),
        ('attachments = [{kind = "file", sha256 = "0"}]', "attachments: is a list of names of files"),
        ('attachments = ["a", "b", "c", "d"]', "attachments: has more than 3 files"),
    ],
)
def test_a_file_that_cannot_go_along_is_told(
    command: Command, staff: str, tmp_path: Path, line: str, fault: str
) -> None:
    assert fault in command("campaign", "new", written(tmp_path, f"{line}\n{FILE}"), "--as", "Lan").fault
    assert command("campaign", "list").out == ""


def test_returned_to_its_author_with_a_reason(command: Command, staff: str, tmp_path: Path) -> None:
    number = made(command, tmp_path)
    command("campaign", "submit", number, "--as", "Lan")
    refused = command("campaign", "return", number, "--why", "Thiếu giờ học.", "--as", "Lan")
    assert refused.status == 1 and "campaigns.approve" in refused.err
    assert command("campaign", "return", number, "--why", " ", "--as", "Minh").status == 1
    assert command("campaign", "return", number, "--why", "Thiếu giờ học.", "--as", "Minh").out == "1: draft\n"
    assert command("campaign", "approve", number, "--as", "Minh").status == 1

    async def history(storage: SqlStorage) -> list[tuple[str, str]]:
        return [(row["act"], row["why"]) for row in (await everything(storage))["campaign_history"]]

    assert in_storage(staff, history) == [("drafted", ""), ("submit", ""), ("return", "Thiếu giờ học.")]


def test_a_hamlet_that_nobody_knows_is_named(command: Command, staff: str, tmp_path: Path) -> None:
    text = FILE.replace('localities = ["dak-cam"]', 'localities = ["dak-cam"]\nhamlets = ["thôn không có"]')
    said = command("campaign", "new", written(tmp_path, text), "--as", "Lan")
    assert said.status == 1 and 'audience.hamlets: nothing here has "thôn không có"' in said.err
