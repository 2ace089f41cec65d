"""What an engineer is told: kind and place of a fault, never what a person wrote, and not a thousand times."""

from collections.abc import Iterator

import pytest
import structlog

from bot import logs
from core.contacts import URN
from core.errors import ChungTayError


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logs, "_told", {})
    yield
    structlog.reset_defaults()  # what was set up writes where this test's standard error was


def test_a_fault_tells_its_kind_and_place_and_no_words(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info")  # the log goes where standard error goes now
    try:
        raise ValueError("Nhà bà Nguyễn Thị Tưởng hết gạo")
    except ValueError as error:
        logs.report_fault("handler", error)
    said = capfd.readouterr().err
    assert "ValueError" in said
    assert "test_logs.py" in said
    assert "Tưởng" not in said


def test_the_same_fault_is_told_once(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info")
    error = OSError("away")
    for _ in range(100):
        logs.report_fault("relay", error)
    assert capfd.readouterr().err.count("OSError") == 1


def test_two_things_told_at_once_are_both_told(capfd: pytest.CaptureFixture[str]) -> None:
    """What is told without having been raised has no place in the code by which it could be told apart."""
    logs.set_up("info")
    for post in ("opening", "second", "opening"):
        logs.report_fault("recurring", ChungTayError(f"the post {post} was not sent: late", where="schedule 1"))
    said = capfd.readouterr().err
    assert (said.count("opening was not sent"), said.count("second was not sent")) == (1, 1)


def test_an_address_prints_without_its_path() -> None:
    urn = URN(account="webchat.main", path="abcdefghijklmnop")
    assert "abcdefgh" not in f"{urn} {urn!r}"
