"""The names that settings are given by: in the environment, in .env, in a TOML file. An unknown one stops the start.

A mistyped name would otherwise silently not count. Nothing of a line is repeated but its name: it may hold a password.
"""

import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from core.errors import SettingsError

PREFIX = "CHUNGTAY_"
CONFIG = "CHUNGTAY_CONFIG"
TEST_ONLY = "CHUNGTAY_TEST_"
MEND = "see docs/settings.md"
_LINE = re.compile(
    r"""\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*
    (?:'(?:[^'\\]|\\.)*'\s*(?:\#.*)? | "(?:[^"\\]|\\.)*"\s*(?:\#.*)? | (?!['"]).*)""",
    re.VERBOSE,
)
_PLACE = re.compile(r"\(at [^)]*\)")


def toml_file() -> Path:
    """The TOML file that counts, whether it is there or not."""
    return Path(os.environ.get(CONFIG) or "chungtay.toml").expanduser()


def refuse_unknown(fields: set[str], env_file: Path) -> None:
    """Raise SettingsError where a name is none of these fields', or a file cannot be read."""
    _check_environment(fields)
    _check_env_file(fields, env_file)
    _check_toml(fields)


def _check_environment(fields: set[str]) -> None:
    known = {f"{PREFIX}{name}".upper() for name in fields} | {CONFIG}
    given = {name: value for name, value in os.environ.items() if name.upper().startswith(PREFIX)}
    _refuse(name for name in given if name.upper() not in known and not name.startswith(TEST_ONLY))
    for name, value in given.items():
        if not _is_text(value):
            raise SettingsError("is not written in UTF-8", where=name, mend=MEND)
    named = os.environ.get(CONFIG)
    if named is not None and not (named.strip() and toml_file().is_file()):
        raise SettingsError("no such file", where=CONFIG, mend="name a TOML file, or leave it out")


def _is_text(value: str) -> bool:
    # What Python could not decode comes as halves of pairs, which no text has.
    return not any("\ud800" <= sign <= "\udfff" for sign in value)


def _check_env_file(fields: set[str], path: Path) -> None:
    if not path.is_file():
        return
    known = {f"{PREFIX}{name}".upper() for name in fields}
    names = []
    for number, line in enumerate(_read(path).removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise SettingsError(
                "is no setting", where=f"{path}, line {number}", mend="write NAME=value, or # before it"
            )
        names.append(found[1])
    if CONFIG in map(str.upper, names):
        raise SettingsError(f"{CONFIG} counts in the environment only", where=str(path), mend=MEND)
    _refuse((name for name in names if name.upper() not in known), path)


def _check_toml(fields: set[str]) -> None:
    path = toml_file()
    if not path.is_file():
        return
    try:
        found = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise SettingsError(f"is no TOML {place[0] if place else ''}".strip(), where=str(path), mend=MEND) from None
    _refuse((name for name in found if name not in fields), path)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path)) from None
    except UnicodeDecodeError:
        raise SettingsError("is not written in UTF-8", where=str(path)) from None


def _refuse(names: Iterable[str], path: Path | None = None) -> None:
    wrong = ", ".join("".join(sign if sign.isprintable() else "?" for sign in name) for name in sorted(set(names)))
    if wrong:
        raise SettingsError("no such setting", where=f"{path}: {wrong}" if path else wrong, mend=MEND)
