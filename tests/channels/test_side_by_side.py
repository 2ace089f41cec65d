"""Telegram and Zalo side by side, each on its strict server: the same words, and neither stops the other.

What is approved is typed as commands; what is judged stands on the two screens.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.knowledge import Knowledge
from tests.support.databases import Databases
from tests.support.telegram import faults
from tests.support.telegram.server import FakeTelegram
from tests.support.zalo.server import FakeZalo
from tests.support.zalo_desks import ZaloDesk, desk_on_zalo

pytestmark = pytest.mark.thorough

NOTICE = """
kind = "notice"
title = "Lớp may"
source = "Kế hoạch đào tạo nghề của phường"
text.vi = "{text}"
[audience]
localities = ["dak-cam"]
[sending]
urgent = true
hold_back_seconds = 0
"""
TEXT, MORE = "Lớp may miễn phí, học từ 05/12, 20 chỗ.", "Lớp may còn 3 chỗ."


async def typed(*arguments: str) -> None:
    """Run a command to its end, on a thread that has no loop, as a process begins."""

    def run() -> object:
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code

    sys.argv = ["chungtay", *arguments]
    assert not await asyncio.to_thread(run), arguments


async def approved(desk: ZaloDesk, folder: Path, number: str, text: str) -> None:
    """A notice that goes at once."""
    (folder / "tin.toml").write_text(NOTICE.format(text=text), "utf-8")
    await typed("campaign", "new", str(folder / "tin.toml"), "--as", "Lan")
    await typed("campaign", "submit", number, "--as", "Lan")
    await typed("campaign", "approve", number, "--as", "Minh")


@pytest.fixture
def url(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fresh installation, which commands find too."""
    for name in [one for one in os.environ if one.startswith("CHUNGTAY_") and not one.startswith("CHUNGTAY_TEST_")]:
        monkeypatch.delenv(name)
    made = databases.new("sqlite")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", made)
    yield made
    databases.give_back(made)


async def test_the_same_notice_on_telegram_and_zalo_and_neither_stops_the_other(
    knowledge: Knowledge, url: str, tmp_path: Path
) -> None:
    async with (
        FakeTelegram(hurry=100) as telegram,
        FakeZalo(hurry=100) as zalo,
        desk_on_zalo(
            zalo,
            knowledge=knowledge,
            database_url=url,
            data_dir=tmp_path,
            zalo_locality="dak-cam",
            telegram_token=telegram.token,
            telegram_api_base=telegram.url,
        ) as desk,
    ):
        hoa, lan = telegram.person(), zalo.person("Lan")
        hoa.says("/start dak-cam")
        hoa.says("nhận tin tất cả")
        lan.says("nhận tin tất cả")
        await telegram.until(lambda: any("mọi tin" in one.text for one in hoa.shown))
        await zalo.until(lambda: any("mọi tin" in text for text in lan.texts))
        await typed("officer", "add", "Lan", "--role", "editor", "--locality", "dak-cam")
        await typed("officer", "add", "Minh", "--role", "approver", "--locality", "dak-cam")

        await approved(desk, tmp_path, "1", TEXT)
        await telegram.until(lambda: any(TEXT in one.text for one in hoa.shown))
        await zalo.until(lambda: any(TEXT in text for text in lan.texts))
        on_zalo = next(text for text in lan.texts if TEXT in text)
        on_telegram = next(one.text for one in hoa.shown if TEXT in one.text)
        for part in (TEXT, "Tin của Phường Đăk Cấm", "Nguồn: Kế hoạch đào tạo nghề của phường. Mã tin: "):
            assert part in on_zalo and part in on_telegram, part
        assert on_zalo.partition("Mã tin: ")[2][:3] == on_telegram.partition("Mã tin: ")[2][:3], "one code"
        assert "Dừng tin này" in lan.shown[-1].labels

        away = telegram.faults.add(faults.error(401, "Unauthorized", method="sendMessage", times=100))
        await approved(desk, tmp_path, "2", MORE)
        await zalo.until(lambda: any(MORE in text for text in lan.texts))
        assert len(away.struck) <= 2 and not any(MORE in one.text for one in hoa.shown)
        assert sum(TEXT in text for text in lan.texts) == sum(MORE in text for text in lan.texts) == 1
