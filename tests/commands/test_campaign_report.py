"""`chungtay campaign report`: every figure is that of the ledger, in the text, in the sheets and in the picture."""

import csv
import io
import re
import stat
import struct
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from core.campaigns import CampaignState, Notice, read_notice
from core.delivery import DeliveryStatus, NewDelivery, Outcome, Priority
from core.messages import OutboundMessage
from core.records import Effect, LeftOut
from db.models import contacts
from db.unit_of_work import SqlStorage
from tests.commands.conftest import Command, in_storage
from tests.support.clock import MORNING
from tests.support.rows import everything, lease, make_account, make_person, urn

pytestmark = pytest.mark.either

NOTICE = read_notice(
    {
        "kind": "notice",
        "title": "Mở lớp <may> & thêu",
        "source": "Kế hoạch của phường",
        "text": {"vi": "Phường mở lớp may miễn phí.\nAi muốn học thì nhắn ĐĂNG KÝ."},
        "audience": {"localities": ["dak-cam"]},
        "replies": [{"words": ["ĐĂNG KÝ"], "answer": {"vi": "Đã giữ chỗ."}}],
    }
)
LACKING = replace(
    NOTICE,
    audience=read_notice({**NOTICE.plain(), "kind": "notice", "audience": {"lacking": ["housing"]}}).audience,
)
ONE, TWO, EVIL, NOWHERE = "Thôn 1", "Thôn 2", "=Thôn <10>", ""
# Who gets a message, where they live, and what becomes of it.
SENT = (
    ("a", ONE, DeliveryStatus.SENT, None),
    ("b", ONE, DeliveryStatus.SENT, None),
    ("c", ONE, DeliveryStatus.FAILED, "rejected"),
    ("d", ONE, DeliveryStatus.IN_DOUBT, "no answer in time"),
    ("e", TWO, DeliveryStatus.SENT, None),
    ("f", TWO, DeliveryStatus.SKIPPED, "too late to send"),
    ("g", TWO, DeliveryStatus.SKIPPED, "enough notices until it is too late"),
    ("h", TWO, DeliveryStatus.SKIPPED, "some words of a later version"),
    ("i", EVIL, DeliveryStatus.SENT, None),
    ("j", NOWHERE, DeliveryStatus.SENT, None),
    ("gone", TWO, DeliveryStatus.SENT, None),
    ("k", ONE, None, None),  # still to go
    ("l", TWO, None, None),
    ("m", TWO, None, None),  # stops everything before it goes
)
OUT = (
    ("n", ONE, LeftOut.STOPPED),
    ("o", ONE, LeftOut.NO_CONSENT),
    ("p", TWO, LeftOut.NO_CONSENT),
    ("q", NOWHERE, LeftOut.NO_ADDRESS),
    ("r", EVIL, LeftOut.HOUSEHOLD),
    ("gone too", TWO, LeftOut.STOPPED),
)


async def play(storage: SqlStorage, notice: Notice = NOTICE) -> None:
    """A campaign from its draft to what people did after it."""
    await make_account(storage)
    ids = {}
    for path, hamlet, *_ in (*SENT, *OUT):
        ids[path] = (await make_person(storage, path)).contact.id
        async with storage.write() as uow:
            values = {"locality": "dak-cam", "hamlet": hamlet or None, "name": path}
            await uow.connection.execute(contacts.update().where(contacts.c.id == ids[path]).values(values))
            await uow.commit()
    async with storage.write() as uow:
        number = await uow.campaigns.add(notice, by="Lan", now=MORNING)
        await uow.campaigns.step(
            number,
            CampaignState.DRAFT,
            CampaignState.SENDING,
            approved_by="Minh",
            approved_hash=notice.hash(),
            starts_at=MORNING + timedelta(seconds=notice.hold_back),
        )
        await uow.outbox.add(
            [
                NewDelivery(
                    dedup_key=f"campaign:1:{path}",
                    urn=urn(path),
                    contact_id=ids[path],
                    message=OutboundMessage(text="Mở lớp may."),
                    priority=Priority.NOTICE,
                    available_at=MORNING,
                    campaign_id=number,
                )
                for path, *_ in SENT
            ]
        )
        out = [(ids[path], reason) for path, _, reason in OUT]
        await uow.campaigns.went_on(number, cursor=max(ids.values()), queued=len(SENT), out=out, before=0)
        await uow.campaigns.expanded(number, MORNING)
        await uow.commit()
    became = {path: (status, why) for path, _, status, why in SENT}
    leased = {one.urn.path: one.id for one in await lease(storage)}
    async with storage.write() as uow:
        done = [
            Outcome(delivery_id=id_, status=became[path][0] or DeliveryStatus.QUEUED, error=became[path][1])
            for path, id_ in leased.items()
        ]
        await uow.outbox.record(done, worker="one", now=MORNING)
        await uow.outbox.confirm(urn("a"), up_to=10_000)
        await uow.campaigns.cancel_for(ids["m"], MORNING)
        for who, effects in {"a": [Effect.STOPPED], "e": [Effect.THEME, Effect.MUTED], "j": [Effect.QUESTION]}.items():
            for effect in effects:
                await uow.campaigns.affected(number, ids[who], effect, MORNING)
        for who, text, word in (("a", "dk", "ĐĂNG KÝ"), ("e", "dang ky", "ĐĂNG KÝ"), ("e", "mấy giờ", None)):
            await uow.campaigns.answered(number, ids[who], text, word, MORNING)
        for who in ("gone", "gone too"):
            await uow.people.erase(ids[who], [], MORNING)
        await uow.commit()


@pytest.fixture
def played(command: Command, url: str) -> str:
    """It was sent; Lan and Minh act in Đăk Cấm, Hoa elsewhere."""
    in_storage(url, play)
    command("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
    command("officer", "add", "Minh", "--role", "collaborator", "--locality", "dak-cam")
    command("officer", "add", "Hoa", "--role", "administrator", "--locality", "di-su")
    return url


FATE = {
    "sent": "Đã gửi được",
    "delivered": "Đã gửi được",
    "in_doubt": "Chưa rõ đã đến",
    "failed": "Không gửi được",
    "cancelled": "Đã rút lại",
    "queued": "Còn chờ gửi",
    "skipped": "Bỏ qua",
    "left out": "Bỏ qua",
}
FATES = list(dict.fromkeys(FATE.values()))
WHY = {
    "stopped": "không muốn nhận tin",
    "no consent": "chưa đồng ý nhận tin",
    "no address": "không có nơi nhận",
    "household": "người khác trong hộ nhận",
    "too late to send": "quá hạn gửi",
    "enough notices until it is too late": "đủ tin cho đến khi quá hạn",
    "some words of a later version": "lý do khác",
    "wants no notices any more": "không muốn nhận tin nữa",
}


@dataclass(frozen=True)
class Ledger:
    """What the test counts itself, from the ledger as CSV."""

    fates: Counter[str]
    whys: Counter[tuple[str, str]]
    homes: Counter[tuple[str, str]]

    @property
    def rows(self) -> int:
        return self.fates.total()

    def at(self, home: str) -> int:
        return sum(number for (hamlet, _), number in self.homes.items() if hamlet == home)


def ledger(command: Command) -> Ledger:
    rows = list(csv.DictReader(io.StringIO(command("campaign", "ledger", "1", "--csv").out)))
    assert len(rows) == 18
    fates, whys, homes = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in rows:
        fate = FATE[row["state"]]
        fates[fate] += 1
        homes[row["hamlet"].removeprefix("'") or "không rõ", fate] += 1
        if fate in ("Bỏ qua", "Đã rút lại"):
            whys[fate, WHY[row["reason"]]] += 1
    assert set(FATES) == {*fates} and {why for _, why in whys} == {*WHY.values()}
    return Ledger(fates, whys, homes)


# What people did is in no ledger: the rows above say it.
AFTER = {
    "Người ngừng nhận tin": 2,
    "ngừng mọi tin": 1,
    "ngừng loại tin này": 1,
    "tạm nghỉ nhận tin": 1,
    "Người hỏi cán bộ": 1,
    "Câu trả lời còn giữ": 3,
    "“ĐĂNG KÝ”": 2,
    "lời khác": 1,
}
AFTER_AT = {ONE: [1, 0, 1], TWO: [1, 0, 2], EVIL: [0, 0, 0], "không rõ": [0, 1, 0]}  # stopped, asked, answers
HOMES = [ONE, TWO, EVIL, "không rõ"]


def expected(counted: Ledger) -> dict[str, int]:
    """Every figure that is no hamlet's, by its name."""
    whys = {f"{fate}: {why}": number for (fate, why), number in counted.whys.items()}
    return {**counted.fates, "Cả sổ gửi tin": counted.rows, "Đã xóa khỏi sổ": 2, **whys, **AFTER}


def test_the_text(command: Command, played: str) -> None:
    counted = ledger(command)
    said = command("campaign", "report", "1", "--as", "Lan").out
    lines = said.splitlines()
    assert len(lines) <= 48 and max(map(len, lines)) <= 100
    for label, number in expected(counted).items():
        assert re.search(rf"(^|  ){re.escape(label)} +{number}( |$)", said, re.MULTILINE), (label, number)
    assert sum(counted.fates.values()) == counted.rows == 18
    at = lines.index("Theo nơi ở") + 1
    assert lines[at].split("  ")[1] == "Nơi ở"
    found = [re.split(r" {2,}", line.strip()) for line in lines[at + 1 : at + 5]]
    assert [row[0] for row in found] == HOMES  # in their order, not by how many
    for name, *figures in found:
        fates = [counted.homes[name, fate] for fate in FATES]
        assert [*map(int, figures)] == [*fates, counted.at(name), *AFTER_AT[name]]


def test_what_stands_above_it(command: Command, played: str) -> None:
    head = command("campaign", "report", "1", "--as", "Minh").out.splitlines()[:10]
    assert [re.split(r": +", line, maxsplit=1) for line in head[:9]] == [
        ["Mã tin", "1H"],
        ["Tin", "Mở lớp <may> & thêu"],
        ["Nguồn", "Kế hoạch của phường"],
        ["Tình trạng", "Đang gửi"],
        ["Người viết", "Lan"],
        ["Người duyệt", "Minh, 9 giờ 00, ngày 20/11/2026"],
        ["Bắt đầu gửi", "9 giờ 02, ngày 20/11/2026"],
        ["Gửi xong", "chưa"],
        ["Số liệu lúc", head[8].partition(": ")[2].strip()],
    ]
    assert re.fullmatch(r"Lời tin: +Phường mở lớp may miễn phí\. Ai muốn học thì nhắn ĐĂNG KÝ\.", head[9])


def test_the_sheets(command: Command, played: str, tmp_path: Path) -> None:
    counted, file = ledger(command), tmp_path / "bao-cao.xlsx"
    assert command("campaign", "report", "1", "--xlsx", str(file)).out == ""
    summary, homes, whys = load_workbook(file).worksheets
    figures = {str(label): value for label, value, *_ in summary.iter_rows(values_only=True)}
    for label, number in expected(counted).items():
        if ": " not in label:
            assert figures[label] == number, label
    assert figures["Tin"] == "Mở lớp <may> & thêu"
    found = {(fate, why): number for fate, why, number in whys.iter_rows(min_row=2, values_only=True)}
    assert found == counted.whys
    head, *rows = homes.iter_rows(values_only=True)
    assert sorted(str(row[0]) for row in rows) == sorted(HOMES)
    for row in rows:
        cells = dict(zip(map(str, head), row, strict=True))
        name = str(cells["Nơi ở"])
        assert [cells[fate] for fate in FATES] == [counted.homes[name, fate] for fate in FATES]
        assert cells["Cả sổ gửi tin"] == counted.at(name)
        assert [*row[8:11]] == AFTER_AT[name]
    for fate, why in counted.whys:
        at = head.index(f"{fate}: {why}")
        assert sum(int(str(row[at])) for row in rows) == counted.whys[fate, why]
    assert not [
        cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row if cell.data_type in "fe"
    ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "is there already" in command("campaign", "report", "1", "--xlsx", str(file)).fault


SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture(command: Command, played: str, tmp_path: Path) -> None:
    counted, file = ledger(command), tmp_path / "bao-cao.svg"
    assert command("campaign", "report", "1", "--picture", str(file)).out == ""
    raw = file.read_text()
    root = ElementTree.fromstring(raw)
    assert root.get("width") == "360" and len(raw.encode()) < 60_000
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == {"svg", "title", "desc", "rect", "text"}
    assert "href" not in raw and "url(" not in raw and raw.count("http") == 1  # the name of the format
    title, desc = (root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
    assert title == "Năm 2026: 5 trong 18 dòng sổ đã gửi được"
    texts = [(each.text or "", each.get("text-anchor") == "end") for each in root.iter(f"{SVG}text")]
    told = {words: texts[at + 1][0] for at, (words, end) in enumerate(texts[:-1]) if not end and texts[at + 1][1]}
    for label, number in expected(counted).items():
        assert f". {label}: {number}." in f"{desc}.", label
        # A long name stands in several lines, its figure in the last.
        assert told[next(one for one in told if label.endswith(one))] == str(number), label
    start = max(at for at, (words, _) in enumerate(texts) if words == "Nơi ở") + 3
    for name in HOMES:
        at = next(at for at in range(start, len(texts)) if texts[at][0] == name)
        figures = [int(words) for words, end in texts[at + 1 : at + 3] if end]
        assert sorted(figures) == sorted([counted.at(name), counted.homes[name, "Đã gửi được"]])
        assert f"{name}: Cả sổ {counted.at(name)}, Đã gửi {counted.homes[name, 'Đã gửi được']}" in desc


def test_bars_are_as_long_as_their_figures(command: Command, played: str, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.svg"
    command("campaign", "report", "1", "--picture", str(file))
    bars = [
        float(each.get("width", ""))
        for each in ElementTree.parse(file).iter(f"{SVG}rect")
        if each.get("fill") == "#1B4F8F"
    ]
    counted = ledger(command)
    assert [round(width / 336 * 18) for width in bars] == sorted(counted.fates.values(), reverse=True)


def test_a_picture_of_points(command: Command, played: str, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.png"
    assert command("campaign", "report", "1", "--picture", str(file)).status == 0
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    assert 360 <= width <= 720 and height > width
    points = file.read_bytes()
    assert "is there already" in command("campaign", "report", "1", "--picture", str(file)).fault
    assert file.read_bytes() == points
    gif = command("campaign", "report", "1", "--picture", str(tmp_path / "bao-cao.gif"))
    assert "is no kind of picture that is made -- name it .svg or .png" in gif.fault


def test_only_officers_of_the_place(command: Command, played: str, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.xlsx"
    said = command("campaign", "report", "1", "--xlsx", str(file), "--as", "Hoa")
    assert "may not do this (campaigns.read) in dak-cam" in said.fault and not file.exists()
    last = in_storage(played, everything)["audit_log"][-1]
    assert (last["actor"], last["action"], last["subject"]) == ("officer:Hoa", "refused", "campaign:1")
    assert "no such campaign" in command("campaign", "report", "9").fault


def test_in_english(command: Command, played: str) -> None:
    said = command("campaign", "report", "1", "--lang", "en").out
    assert "Approved by: Minh, 9:00 on 20 November 2026" in said and re.search(r"Sent +5  ", said)


@pytest.fixture
def lacking(url: str) -> str:
    """The same, to people picked by what their households lack."""

    async def make(storage: SqlStorage) -> None:
        await play(storage, LACKING)

    in_storage(url, make)
    return url


def test_of_what_households_lack_no_small_number_is_told(command: Command, lacking: str, tmp_path: Path) -> None:
    said = command("campaign", "report", "1").out
    assert re.search(r"Chưa rõ đã đến +dưới 5", said) and re.search(r"Cả sổ gửi tin +18", said)
    assert "Không nói con số dưới 5" in said
    at = said.splitlines().index("Theo nơi ở") + 1
    homes = [re.split(r" {2,}", line.strip()) for line in said.splitlines()[at : at + 5]]
    assert homes[0] == ["Nơi ở", "Cả sổ"]  # and what became of it is not told by hamlet
    assert dict(homes[1:]) == {ONE: "7", TWO: "7", EVIL: "dưới 5", "không rõ": "dưới 5"}  # type: ignore[arg-type]
    book, drawn = tmp_path / "a.xlsx", tmp_path / "a.svg"
    command("campaign", "report", "1", "--xlsx", str(book), "--picture", str(drawn))
    cells = [cell for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, int) and 0 < cell < 5]
    texts = [each.text or "" for each in ElementTree.parse(drawn).iter(f"{SVG}text")]
    assert not {"1", "2", "3", "4"} & {*texts}
    # Nor does a bar tell it.
    bars = [each for each in ElementTree.parse(drawn).iter(f"{SVG}rect") if each.get("fill") == "#1B4F8F"]
    assert len(bars) == len([one for one in said.splitlines() if re.match(r"  (Đã gửi được|Bỏ qua) +\d+", one)])


async def _forget(storage: SqlStorage) -> None:
    async with storage.write() as uow:
        await uow.campaigns.step(1, CampaignState.SENDING, CampaignState.FINISHED, finished_at=MORNING)
        later = MORNING + timedelta(days=800)
        for _ in range(2):  # the words, then the rows
            await uow.upkeep.drop_old(messages_before=later, questions_before=later, ledger_before=later, now=later)
        await uow.commit()


def test_when_the_ledger_is_gone_the_totals_stay(command: Command, played: str) -> None:
    before = command("campaign", "report", "1").out
    in_storage(played, _forget)
    after = command("campaign", "report", "1").out
    # What is in doubt and what waits keeps its words, and so its row; all others are forgotten.
    assert {row["status"] for row in in_storage(played, everything)["deliveries"]} == {"in_doubt", "queued"}
    assert "Sổ đã hết hạn giữ, chỉ còn tổng số." in after and "Theo nơi ở" not in after
    for fate in FATES:
        number = re.search(rf"^  {fate} +(\d+)", before, re.MULTILINE)
        # Who was left out and is erased since is still among the counts.
        assert number and re.search(rf"^  {fate} +{int(number[1]) + (fate == 'Bỏ qua')} ", after, re.MULTILINE), fate
