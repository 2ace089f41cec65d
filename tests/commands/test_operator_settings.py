"""Wrong settings: each is one line in our own words, naming the setting and the file, and never a secret."""

import os
import socket
from pathlib import Path

import pytest

from db.trouble import translated
from tests.commands.conftest import Command

SECRET = "geheim"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "abc", '"abc" is no whole number from 1 to 65535'),
        ("PORT", "", '"" is no whole number from 1 to 65535'),
        ("PORT", "0", '"0" is no whole number from 1 to 65535'),
        ("PORT", "9" * 99, f'"{"9" * 30}…" is no whole number from 1 to 65535'),
        ("ANSWER_WITHIN_DAYS", "1.5", '"1.5" is no whole number from 1 to 60'),
        ("HOST", "", "is empty"),
        ("HOST", "a\tb", "signs that cannot be printed"),
        ("DATA_DIR", " ", "is empty"),
        ("DATA_DIR", "~nobody-of-this-name/x", "no such home"),
        ("LOG_LEVEL", "loud", '"loud" is none of debug, info, warning, error'),
        ("DEMO", "perhaps", '"perhaps" is neither true nor false'),
        ("PUBLIC_URL", "ward.example.vn", "must be an address"),
        ("PUBLIC_URL", "https://", "must be an address"),
        ("PUBLIC_URL", f"https://u:{SECRET}@[x", "must be an address"),
        ("DATABASE_URL", "sqlite:///", "not a database address"),
        ("DATABASE_URL", "sqlite:///:memory:", "not a database address"),
        ("DATABASE_URL", f"mysql://u:{SECRET}@h/d", "not a database address"),
        ("DATABASE_URL", f"postgresql://u:p@{SECRET}/x@h/d", "not a database address"),
        ("DATABASE_URL", f"postgresql://u:p@h:{SECRET}@h/d", "not a database address"),
        ("DATABASE_URL", "postgresql://u:p@h:99999/d", "not a database address"),
        ("TELEGRAM_TOKEN", SECRET, "is no token"),
        ("TELEGRAM_TOKEN", f"123:{SECRET} ", "is no token"),
        ("TELEGRAM_API_BASE", SECRET, "must be an address"),
        ("TELEGRAM_WEBHOOK_URL", "http://ward.example.vn", "must be https, on port 443, 80, 88 or 8443"),
        ("TELEGRAM_WEBHOOK_URL", "https://ward.example.vn:8080", "must be https, on port 443, 80, 88 or 8443"),
        ("TELEGRAM_WEBHOOK_SECRET", f"{SECRET}!", "must have 1 to 256 of"),
        ("INBOX_URL", SECRET, "must be an address"),
        ("INBOX_KEY", SECRET, "must have 16 to 200 letters, digits and signs"),
        ("INBOX_KEY", f"{SECRET} with blanks in it", "without blanks"),
        ("INBOX_KEY", f"{SECRET}-của-xã-Đăk-Cấm", "letters, digits and signs"),
        ("INBOX_ACCOUNT", "dak-cam", "must be names such as zalo.dak-cam"),
        ("INBOX_KEYS", f"zalo.dak-cam={SECRET}", "a key has 16 to 200"),
        ("INBOX_KEYS", f"{SECRET}-of-sixteen-signs", "must be ACCOUNT=KEY of each"),
        ("INBOX_KEYS", f"zalo.a={SECRET * 3} zalo.a={SECRET * 4}", "names an account twice"),
        ("CONFIG", "", "no such file"),
        ("CONFIG", "nowhere.toml", "no such file"),
        ("DATA_DIR", os.fsdecode(b"\xff"), "is not written in UTF-8"),
        ("PROT", "1", "no such setting"),
    ],
)
def test_a_wrong_variable(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(f"CHUNGTAY_{name}", value)
    fault = command("questions", "list").fault
    assert f"CHUNGTAY_{name}: " in fault and told in fault and SECRET not in fault and "pydantic" not in fault


def test_all_wrong_ones_come_in_one_line(command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHUNGTAY_PORT", "abc")
    monkeypatch.setenv("CHUNGTAY_DEMO", "x")
    fault = command("questions", "list").fault
    assert "CHUNGTAY_PORT: " in fault and "CHUNGTAY_DEMO: " in fault


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        (".env", b"CHUNGTAY_PROT=1\n", ".env: CHUNGTAY_PROT: no such setting"),
        (".env", b"OTHER=1\n", ".env: OTHER: no such setting"),
        (".env", b"CHUNGTAY_CONFIG=a.toml\n", "counts in the environment only"),
        (".env", b"# fine\n\ngeheim\n", ".env, line 3: is no setting"),
        (".env", b'CHUNGTAY_HOST="geheim\n', ".env, line 1: is no setting"),
        (".env", b"\xff", ".env: is not written in UTF-8"),
        (".env", b"CHUNGTAY_PORT=abc\n", 'CHUNGTAY_PORT: "abc" is no whole number'),
        ("chungtay.toml", b"prot = 1\n", "chungtay.toml: prot: no such setting"),
        ("chungtay.toml", b"[chungtay]\nport = 1\n", "chungtay.toml: chungtay: no such setting"),
        ("chungtay.toml", b'host = "geheim\n', "chungtay.toml: is no TOML (at line 1, column 15)"),
        ("chungtay.toml", b"\xff", "chungtay.toml: is not written in UTF-8"),
        ("chungtay.toml", b"database_url = 7\n", "CHUNGTAY_DATABASE_URL: must be a text"),
        ("chungtay.toml", b'host = "a\\u0000b"\n', "CHUNGTAY_HOST: holds signs that cannot be printed"),
    ],
)
def test_a_wrong_file(command: Command, data_dir: Path, file: str, content: bytes, told: str) -> None:
    Path(file).write_bytes(content)
    fault = command("questions", "list").fault
    assert told in fault and SECRET not in fault


def test_right_files_count(command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In .env also after the mark that some editors put first, with quotes, comments and `export`."""
    monkeypatch.delenv("CHUNGTAY_DATA_DIR")
    Path(".env").write_text("\ufeffCHUNGTAY_DATA_DIR='by-env' # here\n\n# no\nexport CHUNGTAY_PORT=\"9000\"\n", "utf-8")
    assert command("questions", "list").fault.startswith(f"chungtay: no installation in {tmp_path / 'by-env'} ")
    Path(".env").unlink()
    Path("chungtay.toml").write_text('data_dir = "by-toml"\n')
    assert command("questions", "list").fault.startswith(f"chungtay: no installation in {tmp_path / 'by-toml'} ")


def test_the_home_is_known(command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nowhere/at-home")
    monkeypatch.setenv("CHUNGTAY_DATA_DIR", "~/data")
    assert "no installation in /nowhere/at-home/data" in command("questions", "list").fault


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["content", "check"], marks=pytest.mark.thorough),
        ["content", "show", "contact", "--locality", "dak-cam"],
    ],
)
def test_the_packs_are_those_of_the_setting(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("CHUNGTAY_PACKS_DIR", str(data_dir / "packs"))
    assert f"{data_dir / 'packs'}: no such folder" in command(*arguments).err
    monkeypatch.setenv("CHUNGTAY_PACKS_DIR", "")
    assert "no such folder" not in command(*arguments).err


@pytest.mark.parametrize(
    ("host", "told"),
    [("192.0.2.1", "Cannot assign requested address"), ("..", "cannot listen on .."), ("no host", "cannot listen on")],
)
def test_an_address_that_is_not_ours(
    command: Command, data_dir: Path, monkeypatch: pytest.MonkeyPatch, host: str, told: str
) -> None:
    monkeypatch.setenv("CHUNGTAY_HOST", host)
    fault = command("run").fault
    assert told in fault and "name an address of this machine" in fault
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (socket.gaierror(-2, "Name or service not known"), "the server's name is not known"),
        (ConnectionRefusedError(111, f"Connect call failed ('{SECRET}', 1)"), "does not answer (Connection refused)"),
        (TimeoutError(SECRET), "does not answer (TimeoutError)"),
        (TypeError(f"connect() got an unexpected keyword argument '{SECRET}'"), "its address cannot be used"),
        (ValueError(SECRET), "its address cannot be used"),
    ],
)
def test_what_a_driver_says_is_not_repeated(error: Exception, told: str) -> None:
    """Where a URL was written wrongly, a part of the password is in it."""
    line = str(translated(error))
    assert told in line and SECRET not in line


@pytest.mark.thorough
@pytest.mark.postgres
def test_an_unknown_database_is_told_apart(
    command: Command, data_dir: Path, postgresql: object, databases: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = databases.server.url_of(SECRET)  # type: ignore[attr-defined]
    monkeypatch.setenv("CHUNGTAY_DATABASE_URL", url)
    fault = command("questions", "list").fault
    assert "this database does not exist on the server" in fault and SECRET not in fault


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_beyond_the_calendar(command: Command, data_dir: Path, day: str) -> None:
    assert "a year from 2000 to 2100" in command("chat", "--today", day).fault
    assert "a year from 1900 to 2200" in command("content", "check", "--on", day).err
