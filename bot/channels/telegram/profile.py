"""What people see of the bot before they write: its commands and what it is for, in each language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    TelegramMethod,
)
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.telegram.commands import menu
from content.wording import LANGUAGES, wording


@dataclass(frozen=True)
class Setting:
    """One part of the profile. It is read first: Telegram allows few changes, and most starts change nothing."""

    read: TelegramMethod[Any]
    wanted: Any  # what reading it should give
    write: TelegramMethod[Any]


def settings() -> Iterator[Setting]:
    """Every part. The first language is everybody's who has no other."""
    for language in LANGUAGES:
        words = wording(language)
        code = None if language == LANGUAGES[0] else language
        scope = BotCommandScopeAllPrivateChats()
        commands = [{"command": name, "description": text} for name, text in menu(words)]
        yield Setting(
            GetMyCommands(scope=scope, language_code=code),
            commands,
            SetMyCommands(
                commands=[BotCommand(command=name, description=text) for name, text in menu(words)],
                scope=scope,
                language_code=code,
            ),
        )
        long, short = words.text("telegram.description"), words.text("telegram.short")
        yield Setting(
            GetMyDescription(language_code=code),
            {"description": long},
            SetMyDescription(description=long, language_code=code),
        )
        yield Setting(
            GetMyShortDescription(language_code=code),
            {"short_description": short},
            SetMyShortDescription(short_description=short, language_code=code),
        )
