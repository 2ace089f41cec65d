"""low-cost-running: one small machine, one process, one file; a power cut loses nothing; a backup gives it all back."""

from pathlib import Path

import pytest

from tests.support.service import chungtay_here, running, say

pytestmark = pytest.mark.thorough

QUESTION = "tro giup phap ly mien phi o dau"
ANSWER = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường"


def test_a_power_cut_loses_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as service, service.browser() as browser:
        say(browser, payload="start:dak-cam")
        assert ANSWER in say(browser, QUESTION)
        cookies = dict(browser.cookies)
        service.kill()
    with running(tmp_path) as service, service.browser() as browser:
        browser.cookies.update(cookies)
        page = browser.get("/").text
        assert QUESTION in page and ANSWER in page
        assert "Bà con cần việc nào?" in say(browser, "menu")
        assert service.process.poll() is None


@pytest.mark.thorough
def test_a_backup_gives_everything_back(tmp_path: Path) -> None:
    first, second, file = tmp_path / "first", tmp_path / "second", tmp_path / "backup.tar.gz"
    with running(first) as service, service.browser() as browser:
        say(browser, payload="start:dak-cam")
        before = say(browser, QUESTION)
        cookies = dict(browser.cookies)
        done = chungtay_here("backup", str(file), data_dir=first)  # while the service runs, in another process
        assert done.returncode == 0, done.stderr
    done = chungtay_here("restore", str(file), data_dir=second)
    assert done.returncode == 0, done.stderr
    with running(second) as service, service.browser() as browser:
        browser.cookies.update(cookies)
        after = browser.get("/").text
    assert ANSWER in before and ANSWER in after
    exports = [chungtay_here("person", "export", "contact:1", data_dir=folder).stdout for folder in (first, second)]
    assert exports[0] == exports[1] != ""
