"""All settings, typed and documented. Read from CHUNGTAY_* in the environment, then .env, then a TOML file.

The TOML file is named by CHUNGTAY_CONFIG (default: chungtay.toml, when it exists). docs/settings.md lists them all; a
test compares the two.
"""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from core.errors import SettingsError
from db.engine import normal_url, sqlite_url

PREFIX = "CHUNGTAY_"
CONFIG = "CHUNGTAY_CONFIG"


class Settings(BaseSettings):
    """How one installation runs. Every field may be left out."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="forbid", frozen=True, hide_input_in_errors=True
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
    packs_dir: Path | None = Field(None, description="Folder of content packs. Empty: those of the program.")
    log_level: str = Field("info", description="How much is logged: debug, info, warning or error.")
    keep_messages_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        30, description="Days for which the messages of a chat are kept."
    )
    keep_questions_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        365, description="Days for which a question to an officer is kept, as people are told when they agree."
    )
    answer_within_days: Annotated[int, Field(ge=1, le=60)] = Field(
        3, description="Working days in which an officer owes an answer."
    )
    demo: bool = Field(False, description="Shows the banner that everything here is made up. Set by `chungtay demo`.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        return normal_url(value) if value else value

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("must be debug, info, warning or error")
        return value.lower()

    @property
    def database(self) -> str:
        """The database's URL with its driver."""
        return self.database_url or sqlite_url((self.data_dir / "chungtay.db").absolute())

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
        toml = TomlConfigSettingsSource(settings_cls, Path(os.environ.get(CONFIG, "chungtay.toml")))
        return init_settings, env_settings, dotenv_settings, toml


def load_settings(**given: Any) -> Settings:
    """Read the settings. Raises SettingsError naming each wrong one, in one line, without repeating its value."""
    named = os.environ.get(CONFIG)
    if named and not Path(named).is_file():
        raise SettingsError("no such file", where=CONFIG, mend="name a TOML file, or leave it out")
    _refuse_unknown()
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "; ".join(
            f"{_name(fault['loc'])}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()
        )
        raise SettingsError(faults, mend="see docs/settings.md") from None
    except (OSError, ValueError) as error:
        raise SettingsError(str(error).splitlines()[0], where=str(named or "chungtay.toml")) from None


def _refuse_unknown() -> None:
    # pydantic passes over unknown variables of the environment; a mistyped one would silently not count.
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | {CONFIG}
    test_only = "CHUNGTAY_TEST_"
    unknown = [name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known]
    wrong = sorted(name for name in unknown if not name.startswith(test_only))
    if wrong:
        raise SettingsError("no such setting", where=", ".join(wrong), mend="see docs/settings.md")


def _name(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else ""
    return name if name.upper().startswith(PREFIX) else f"{PREFIX}{name}".upper()
