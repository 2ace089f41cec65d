"""All settings, typed and documented. Read from CHUNGTAY_* in the environment, then .env, then a TOML file.

The TOML file is named by CHUNGTAY_CONFIG (default: chungtay.toml, when it exists). docs/settings.md lists them all; a
test compares the two.
"""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.settings_files import PREFIX, refuse_unknown, toml_file
from bot.settings_zalo import ZaloSettings
from core.errors import SettingsError
from db.engine import normal_url, sqlite_file, sqlite_url

ENV_FILE = ".env"
LEVELS = ("debug", "info", "warning", "error")
TELEGRAM_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,100}")
TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # core.telegram.org/bots/api#setwebhook
TELEGRAM_PORTS = (443, 80, 88, 8443)  # the same
SHOWN = 30  # characters of a wrong value that are repeated


class Settings(ZaloSettings):
    """How one installation runs. Every field may be left out."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # some editors begin a file with a mark
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    host: str = Field("127.0.0.1", description="Address the web chat listens on. 0.0.0.0 opens it to the network.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8080, description="Port the web chat listens on.")
    data_dir: Path = Field(Path("data"), description="Folder of the database, the files people sent, and the keys.")
    database_url: str = Field(
        "", description="Database: sqlite:///path or postgresql://user:password@host/name. Empty: SQLite in data_dir."
    )
    public_url: str = Field(
        "",
        description="Address at which people reach the web chat, with https:// where it is so. Empty: host and port.",
    )
    packs_dir: Path | None = Field(
        None, description="Folder of content packs. Empty: those of the program. Files in data_dir/packs lie over it."
    )
    log_level: str = Field("info", description="How much is logged: debug, info, warning or error.")
    keep_messages_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        30, description="Days for which the messages of a chat are kept."
    )
    keep_questions_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        365, description="Days for which a question to an officer is kept, as people are told when they agree."
    )
    keep_ledger_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        730, description="Days after its end for which it is kept who got a notice, and who did not and why."
    )
    answer_within_days: Annotated[int, Field(ge=1, le=60)] = Field(
        3, description="Working days in which an officer owes an answer."
    )
    officer_chats_at_night: bool = Field(
        False,
        description="Whether new questions go to officers' own chats in quiet hours too (20:30 to 7:00). People in"
        " danger always do.",
    )
    telegram_token: SecretStr = Field(
        SecretStr(""), description="Token of the Telegram bot, from BotFather. Empty: no Telegram."
    )
    telegram_api_base: str = Field("https://api.telegram.org", description="Address of the Telegram Bot API.")
    telegram_webhook_url: str = Field(
        "",
        description="Address at which Telegram reaches this service, on port 443, 80, 88 or 8443. Without a path,"
        " /hooks/telegram.main is added. Empty: Telegram is asked for messages, which needs no address.",
    )
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="What Telegram must say to be believed, 1 to 256 of A-Z a-z 0-9 _ -. Empty: made."
    )
    telegram_per_second: Annotated[int, Field(ge=1, le=1000)] = Field(
        30,
        description="Messages a second that the Telegram bot sends at most, all processes together. More than 30 are"
        " paid for, 0.1 Star each, and must be allowed to the bot first (core.telegram.org/bots/faq).",
    )
    demo: bool = Field(False, description="Shows the banner that everything here is made up. Set by `chungtay demo`.")

    @field_validator("host", "data_dir", "packs_dir", mode="before")
    @classmethod
    def _plain_text(cls, value: Any) -> Any:
        if isinstance(value, str) and not value.isprintable():
            raise ValueError("holds signs that cannot be printed")
        return value

    @field_validator("host", "data_dir", mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty: give it a value, or leave it out")
        return value

    @field_validator("packs_dir", mode="before")
    @classmethod
    def _empty_is_ours(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("data_dir", "packs_dir")
    @classmethod
    def _from_home(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value is not None else None
        except RuntimeError:
            raise ValueError('begins with "~", and there is no such home') from None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        return normal_url(value) if value else value

    @field_validator(
        "public_url",
        "telegram_api_base",
        "telegram_webhook_url",
        "zalo_api_base",
        "zalo_oauth_base",
        "zalo_business_base",
        "zalo_bot_api_base",
        "zalo_bot_webhook_url",
        "inbox_url",
    )
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not _is_address(value):
            raise ValueError("must be an address that begins with http:// or https://, such as https://ward.example.vn")
        return value.rstrip("/")

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not TELEGRAM_TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is no token: copy it from BotFather, digits, a colon, letters")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not TELEGRAM_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must have 1 to 256 of A-Z a-z 0-9 _ -; left out, one is made")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _reachable(cls, value: str, info: ValidationInfo) -> str:
        address = urlsplit(value)
        outside = str(info.data.get("telegram_api_base", "")).startswith("https://")
        if value and outside and (address.scheme != "https" or (address.port or 443) not in TELEGRAM_PORTS):
            raise ValueError("must be https, on port 443, 80, 88 or 8443; left out, Telegram is asked instead")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in LEVELS:
            raise ValueError(f"{quoted(value)} is none of {', '.join(LEVELS)}")
        return value.lower()

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        """Where the content is read: the program's packs, and over them the files of the data folder's `packs`."""
        from content.loader import PACKS_DIR

        own = self.data_dir / "packs"
        return (self.packs_dir or PACKS_DIR, *((own,) if own.is_dir() else ()))

    @property
    def models(self) -> Path:
        """Where the trained models of the understanding are kept."""
        return self.data_dir / "models"

    @property
    def database(self) -> str:
        """The database's URL with its driver."""
        return self.database_url or sqlite_url((self.data_dir / "chungtay.db").absolute())

    @property
    def place(self) -> str:
        """Where the data lies, as it can be shown: of a URL nothing, it holds a password."""
        file = sqlite_file(self.database)
        return str(file) if file is not None else f"PostgreSQL, files in {self.data_dir.absolute()}"

    @property
    def address(self) -> str:
        """Where people reach the web chat."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return self.public_url or f"http://{shown}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, .env, TOML: the first that names a setting counts."""
        del file_secret_settings
        return init_settings, env_settings, dotenv_settings, TomlConfigSettingsSource(settings_cls, toml_file())


def _is_address(value: str) -> bool:
    try:
        read = urlsplit(value)
        _ = read.port  # raises on one that is no number
    except ValueError:
        return False
    return read.scheme in ("http", "https") and bool(read.hostname) and value.isprintable() and " " not in value


def load_settings(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError naming each wrong one, in one line.

    A number or a word that is wrong is repeated; an address never is, it may hold a password.
    """
    refuse_unknown(set(Settings.model_fields), Path(ENV_FILE))
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = dict.fromkeys(_told(fault["loc"], fault["input"], fault.get("ctx", {})) for fault in error.errors())
        raise SettingsError("; ".join(faults), mend="see docs/settings.md") from None


def _told(location: tuple[int | str, ...], value: Any, context: dict[str, Any]) -> str:
    """One wrong setting, in our words."""
    name = str(location[0]).lower()
    field, variable = Settings.model_fields[name], f"{PREFIX}{name}".upper()
    if isinstance(context.get("error"), ValueError):  # one of the validators above
        return f"{variable}: {context['error']}"
    low = next((one.ge for one in field.metadata if hasattr(one, "ge")), None)
    high = next((one.le for one in field.metadata if hasattr(one, "le")), None)
    if low is not None:
        return f"{variable}: {quoted(value)} is no whole number from {low} to {high}"
    if field.annotation is date:
        return f"{variable}: {quoted(value)} is no day, such as 2026-10-01"
    if field.annotation is bool:
        return f"{variable}: {quoted(value)} is neither true nor false"
    return f"{variable}: must be a text"


def quoted(value: object) -> str:
    """A value as it can stand in a line: printable and short.

    >>> quoted("a" * 99)
    '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"'
    """
    text = "".join(sign if sign.isprintable() else "?" for sign in str(value))
    return f'"{text[:SHOWN]}…"' if len(text) > SHOWN else f'"{text}"'
