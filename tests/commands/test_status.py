"""`chungtay status`: the health page in lines, of the service that runs here."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from tests.commands.conftest import Command
from tests.support.clock import FixedClock
from tests.support.houses import KEY, province_on
from tests.support.service import chungtay, free_port


@pytest.mark.thorough
async def test_it_says_what_the_health_page_says(knowledge: Knowledge, clock: FixedClock, tmp_path: Path) -> None:
    async with province_on(
        knowledge=knowledge, database_url="", data_dir=tmp_path / "it", keys=f"zalo.dak-cam={KEY}", clock=clock
    ) as running:
        assert await running.posted("zalo.dak-cam", b"{}", x_zevent_signature="mac=00") == 200
        asked = partial(chungtay, "status", data_dir=tmp_path, CHUNGTAY_PORT=running.address.rpartition(":")[2])
        told = await asyncio.to_thread(asked)
        machine = await asyncio.to_thread(partial(asked, "--format", "json"))
    lines = told.stdout.splitlines()
    assert told.returncode == 0 and lines[0] == "Cơ sở dữ liệu: Tốt"
    assert (
        "Giữ tin hộ: zalo.dak-cam: Tốt. Đang giữ 1 tin, tin cũ nhất đến lúc 09:00 20/11/2026."
        " Sau 7 ngày không ai lấy thì bỏ." in lines
    )
    assert lines[-2:] == ["Tin chưa xử lý: 0", "Tin chờ gửi: 0"]
    assert json.loads(machine.stdout)["ok"] is True


@contextmanager
def answering(status: int, body: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody at the service's port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        monkeypatch.setenv("CHUNGTAY_PORT", str(server.server_port))
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        yield
        thread.join()


def test_a_service_that_is_not_well_says_why_and_ends_with_1(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"last_pull": "2026-11-20T02:00:00+00:00", "stored": 3, "refused": 2}
    pulling = {
        "name": "pulling zalo.dak-cam",
        "state": "down",
        "detail": "unreached",
        "condition": "down",
        "facts": facts,
    }
    report = {"ok": False, "checks": [{"name": "disk", "state": "down", "detail": "3 MB"}, pulling]}
    with answering(503, json.dumps(report).encode(), monkeypatch):
        told = command("status")
    assert (told.status, told.err) == (1, "")
    disk, fetching, *_ = told.out.splitlines()
    assert disk == "Chỗ trống trên ổ đĩa: Dừng. 3 MB"
    assert fetching == (
        "Lấy tin ở nơi giữ hộ: zalo.dak-cam: Dừng. Không nối được với nơi giữ hộ. Tin còn nằm ở đó 7 ngày."
        " Xem lại mạng, và CHUNGTAY_INBOX_URL. Lần lấy gần nhất: 09:00 20/11/2026."
        " 2 tin bị từ chối vì sai chữ ký. Xem lại mã bí mật của kênh."
    )


def test_what_is_to_be_mended_in_front_is_said(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    report = {"ok": True, "checks": [{"name": "front", "state": "slow", "detail": "nameless"}]}
    with answering(200, json.dumps(report).encode(), monkeypatch):
        told = command("status")
    assert told.status == 0 and told.out.startswith("Máy chủ web phía trước: Cần sửa. Chưa cho biết ai đang vào")


@pytest.mark.parametrize(
    ("status", "body"), [(404, b""), (200, b"<html>"), (200, b"[]"), (200, b"{}"), (503, b'{"ok": 1, "checks": []}')]
)
def test_something_else_at_its_port_is_told_apart(
    command: Command, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    with answering(status, body, monkeypatch):
        assert "something else answers there -- look at CHUNGTAY_HOST" in command("status").fault


def test_where_nobody_answers_it_says_how_to_start(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("CHUNGTAY_PORT", str(port))
    assert f"http://127.0.0.1:{port}/health?format=json: nobody answers -- start it" in command("status").fault
    with socket.socket() as silent:  # who listens and never speaks is not waited for all day
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("CHUNGTAY_PORT", str(silent.getsockname()[1]))
        monkeypatch.setattr("bot.commands.status.WITHIN", 0.05)
        assert "nobody answers" in command("status").fault
