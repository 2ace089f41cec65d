"""What people see of the bot before they write: its commands and what it is for, in each language."""

from collections.abc import Iterator
from typing import Any

from aiogram.methods import SetMyCommands, SetMyDescription, SetMyShortDescription, TelegramMethod
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.telegram.commands import menu
from content.wording import LANGUAGES, wording


def methods() -> Iterator[TelegramMethod[Any]]:
    """The calls that set it. The first language is everybody's who has no other."""
    for language in LANGUAGES:
        words = wording(language)
        code = None if language == LANGUAGES[0] else language
        yield SetMyCommands(
            commands=[BotCommand(command=name, description=text) for name, text in menu(words)],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=code,
        )
        yield SetMyDescription(description=words.text("telegram.description"), language_code=code)
        yield SetMyShortDescription(short_description=words.text("telegram.short"), language_code=code)
