"""`chungtay poster`: a sheet for each hamlet, by the ways into the chat that are set up."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from bot.commands import poster
from tests.commands.conftest import Command
from tests.support.hamlets import fill_in

pytestmark = pytest.mark.thorough

OA = "388613280878808645"
HAMLETS = (("thon-3", "Thôn 3"), ("kon-ro-bang", "Thôn Kon Rờ Bàng"))


@pytest.fixture
def public(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web chat that people reach, and an Official Account of this ward."""
    monkeypatch.setenv("CHUNGTAY_PUBLIC_URL", "https://chungtay.example.vn")
    monkeypatch.setenv("CHUNGTAY_ZALO_OA_ID", OA)
    monkeypatch.setenv("CHUNGTAY_ZALO_LOCALITY", "dak-cam")


@pytest.fixture
def hamlets(data_dir: Path) -> None:
    """The ward has filled in two hamlets and its duty telephone."""
    fill_in(data_dir / "packs", *HAMLETS, phone="02603862123")


def words(path: str | Path) -> str:
    (page,) = PdfReader(BytesIO(Path(path).read_bytes())).pages
    return re.sub(r"\s+", " ", page.extract_text().replace("\u200b", ""))


def links(path: str | Path) -> list[str]:
    with pypdfium2.PdfDocument(Path(path).read_bytes()) as document:
        picture = document[0].render(scale=1.5).to_numpy().copy()
    found = sorted(zxingcpp.read_barcodes(picture), key=lambda one: one.position.top_left.x)
    return [one.text for one in found]


@pytest.mark.usefixtures("public")
def test_a_place_without_hamlets_gets_one(command: Command) -> None:
    said = command("poster", "dak-cam")
    assert (said.status, said.out, said.err) == (0, "poster-dak-cam.pdf\n", "")
    read = words("poster-dak-cam.pdf")
    for text in (
        "Ủy ban nhân dân phường Đăk Cấm",
        "Có việc khó, cứ hỏi.",
        "Hỏi không mất tiền. Không cần mật khẩu.",
        "việc làm, học nghề",
        "Chung Tay là máy trả lời.",
        f"zalo.me/{OA}",
        "chungtay.example.vn/?at=dak-cam",
        "gõ địa chỉ ghi dưới mã",
    ):
        assert text in read
    assert "Nhắn trước" not in read and "Gọi" not in read
    assert links("poster-dak-cam.pdf") == [f"https://zalo.me/{OA}", "https://chungtay.example.vn/?at=dak-cam"]


@pytest.mark.usefixtures("public", "hamlets")
def test_each_hamlet_gets_one_with_its_name_to_write_first(command: Command, tmp_path: Path) -> None:
    said = command("poster", "dak-cam", "--telegram", "@dakcam_bot", "--to", "in/ap-phich")
    assert said.out.splitlines() == [f"in/ap-phich/poster-dak-cam-{key}.pdf" for key, _ in HAMLETS]
    for path, (_, name) in zip(said.out.splitlines(), HAMLETS, strict=True):
        read = words(path)
        assert f"phường Đăk Cấm {name}" in read and read.count(f"Nhắn trước: {name}") == 1
        assert "Gọi: 0260 3862 123" in read
        assert links(path)[2] == "https://t.me/dakcam_bot?start=dak-cam"
        assert (tmp_path / path).stat().st_mode & 0o777 == 0o644


@pytest.mark.usefixtures("public", "hamlets")
@pytest.mark.parametrize("named", ["thon kon ro bang", "Thôn Kon Rờ Bàng", "kon-ro-bang"])
def test_one_hamlet_by_its_name_in_any_spelling(command: Command, named: str) -> None:
    assert command("poster", "dak-cam", "--hamlet", named).out == "poster-dak-cam-kon-ro-bang.pdf\n"


@pytest.mark.usefixtures("public", "hamlets")
def test_one_for_the_whole_place_all_the_same(command: Command) -> None:
    assert command("poster", "dak-cam", "--whole").out == "poster-dak-cam.pdf\n"
    both = command("poster", "dak-cam", "--whole", "--hamlet", "Thôn 3")
    assert both.status == 2 and "--hamlet and --whole contradict each other" in both.err


@pytest.mark.usefixtures("public", "hamlets")
def test_an_account_of_several_places_is_told_the_place_first(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHUNGTAY_ZALO_LOCALITY", "")
    command("poster", "dak-cam", "--hamlet", "Thôn 3", "--zalo-name", "Phường Đăk Cấm")
    read = words("poster-dak-cam-thon-3.pdf")
    assert read.count("Nhắn trước: Đăk Cấm") == read.count("Rồi nhắn: Thôn 3") == 1
    assert read.count("Nhắn trước: Thôn 3") == 1  # the web chat knows the place
    assert "Tìm trên Zalo: Phường Đăk Cấm" in read


@pytest.mark.usefixtures("public")
def test_the_number_of_an_office_is_told_with_its_name(command: Command, data_dir: Path) -> None:
    fill_in(data_dir / "packs", office_phone="02603862999")
    command("poster", "dak-cam")
    assert "Gọi: 0260 3862 999 Phòng Kinh tế, Hạ tầng và Đô thị phường" in words("poster-dak-cam.pdf")


@pytest.mark.usefixtures("public", "hamlets")
def test_in_english(command: Command) -> None:
    command("poster", "dak-cam", "--hamlet", "Thôn 3", "--english")
    read = words("poster-dak-cam-thon-3.pdf")
    assert "The People's Committee" in read and "First write: Thôn 3" in read and "No password needed." in read


@pytest.mark.usefixtures("public")
def test_only_the_channels_that_are_named(command: Command) -> None:
    command("poster", "dak-cam", "--channel", "web")
    assert links("poster-dak-cam.pdf") == ["https://chungtay.example.vn/?at=dak-cam"]


@pytest.mark.usefixtures("public")
def test_a_bot_without_a_name_is_left_out_aloud(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_TELEGRAM_TOKEN", "123456:ABC-def")
    said = command("poster", "dak-cam")
    assert said.status == 0 and said.err == "left out: telegram: give the bot's name with --telegram NAME\n"


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("dak-cam",), "no way into the chat is set up -- set CHUNGTAY_ZALO_OA_ID or CHUNGTAY_PUBLIC_URL"),
        (("dak-cam", "--channel", "web"), "CHUNGTAY_PUBLIC_URL: is not set: without it no telephone finds"),
        (("dak-cam", "--channel", "zalo"), "CHUNGTAY_ZALO_OA_ID: is not set"),
        (("dak-cam", "--channel", "telegram"), "--telegram: is not given: a token does not tell the bot's name"),
        (("dak-cam", "--telegram", "bot của phường"), "--telegram: is no name of a bot -- 4 to 32 of"),
        (("dak-cam", "--telegram", "dakcam_bot", "--zalo-name", "a" * 61), "--zalo-name: must be 1 to 60 characters"),
        (("dak-cam", "--telegram", "dakcam_bot", "--hamlet", "Thôn 3"), "the pack of dak-cam names no hamlets, so"),
        (("nowhere", "--telegram", "dakcam_bot"), 'no locality "nowhere" -- there are: dak-cam'),
        (("phan-rang", "--telegram", "dakcam_bot"), "phan-rang: ended on 2025-06-30: no office would stand behind"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], fault: str
) -> None:
    assert fault in command("poster", *arguments).fault
    assert list(tmp_path.glob("**/*.pdf")) == []


@pytest.mark.usefixtures("public", "hamlets")
def test_an_unknown_hamlet_is_told_with_those_there_are(command: Command, tmp_path: Path) -> None:
    fault = command("poster", "dak-cam", "--hamlet", "Thôn 9").fault
    assert 'no hamlet "Thôn 9" in dak-cam -- there are: Thôn 3, Thôn Kon Rờ Bàng' in fault
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.usefixtures("public", "hamlets")
def test_nothing_is_written_over_and_nothing_by_halves(command: Command, tmp_path: Path) -> None:
    last = tmp_path / "poster-dak-cam-kon-ro-bang.pdf"
    last.write_text("mine")
    assert "poster-dak-cam-kon-ro-bang.pdf: is there already" in command("poster", "dak-cam").fault
    assert last.read_text() == "mine" and list(tmp_path.glob("*.pdf")) == [last]
    (tmp_path / "file").write_text("x")
    assert "file: cannot be written" in command("poster", "dak-cam", "--to", "file").fault


def test_its_help_says_what_each_channel_needs() -> None:
    assert {"CHUNGTAY_ZALO_OA_ID", "CHUNGTAY_PUBLIC_URL"} <= set(re.findall(r"CHUNGTAY_\w+", poster.poster.help or ""))
