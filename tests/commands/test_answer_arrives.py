"""What a command writes, a running server acts on: an officer's answer reaches the page that is open."""

import re
from pathlib import Path

import pytest

from tests.support.service import chungtay_here, running, say

ANSWER = "Mời bà con đến Văn phòng sáng thứ Hai."


@pytest.mark.thorough
def test_an_answer_from_the_command_line_reaches_the_open_page(tmp_path: Path) -> None:
    with running(tmp_path) as service, service.browser() as browser:
        say(browser, payload="start:dak-cam")
        say(browser, "gặp cán bộ")
        say(browser, "Nhà tôi bị lấn ranh đất, cần người giúp làm đơn.")
        page = say(browser, payload="handover")
        code = re.search(r"Mã của bà con: (\w{3} \w{3})", page)
        assert code is not None
        listed = chungtay_here("questions", "list", data_dir=tmp_path).stdout
        assert code.group(1) in listed
        with browser.stream("GET", "/stream", params={"lang": "vi"}, timeout=30) as stream:
            done = chungtay_here("questions", "answer", code.group(1), "--text", ANSWER, data_dir=tmp_path)
            assert done.returncode == 0, done.stderr
            # The page waits as a browser does; a server that did not look would leave it waiting for 20 seconds.
            assert any(ANSWER in line for line in stream.iter_lines())
        assert ANSWER in browser.get("/").text
        assert "đã xong." in say(browser, "Rõ rồi")
    assert "unbroken" in chungtay_here("audit", "verify", data_dir=tmp_path).stdout
