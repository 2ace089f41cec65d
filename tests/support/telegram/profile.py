"""What the bot says about itself: its commands, name and descriptions."""

import re
from dataclasses import dataclass, field
from typing import Any

import telegram
from telegram.constants import BotCommandLimit, BotDescriptionLimit, BotNameLimit

from tests.support.telegram.errors import bad_request
from tests.support.telegram.parameters import Parameters

Scope = tuple[str, str]  # its type (with the chat's id where it is one chat's), and the language
_NAME = re.compile(rf"[a-z0-9_]{{{int(BotCommandLimit.MIN_COMMAND)},{int(BotCommandLimit.MAX_COMMAND)}}}")
_TEXTS = {  # by method: the parameter, and how long it may be
    "setMyName": ("name", int(BotNameLimit.MAX_NAME_LENGTH)),
    "setMyDescription": ("description", int(BotDescriptionLimit.MAX_DESCRIPTION_LENGTH)),
    "setMyShortDescription": ("short_description", int(BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH)),
}


@dataclass
class Profile:
    """As set, by scope and language."""

    commands: dict[Scope, list[tuple[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # by parameter and language

    def set_commands(self, parameters: Parameters) -> None:
        """Take a list of commands. Raises ApiError when one breaks the rules."""
        given = parameters.parsed("commands", "can't parse commands JSON object")
        if not isinstance(given, list):
            raise bad_request("expected an Array of BotCommand")
        commands = [_command(one) for one in given]
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.commands[_scope(parameters)] = commands

    def get_commands(self, parameters: Parameters) -> list[dict[str, str]]:
        """The commands of exactly this scope and language."""
        commands = self.commands.get(_scope(parameters), [])
        return [telegram.BotCommand(name, description).to_dict() for name, description in commands]

    def delete_commands(self, parameters: Parameters) -> None:
        """Forget the commands of this scope and language."""
        self.commands.pop(_scope(parameters), None)

    def get_text(self, method: str, parameters: Parameters) -> dict[str, str]:
        """The name or description in this language; without one of its own, the one for everybody."""
        name, _ = _TEXTS[method]
        everybodys = self.texts.get((name, ""), "")
        return {name: self.texts.get((name, _language(parameters)), everybodys)}

    def set_text(self, method: str, parameters: Parameters) -> None:
        """Take a name or description. Raises ApiError when it is too long."""
        name, most = _TEXTS[method]
        text = parameters.text(name)
        if len(text) > most:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        self.texts[name, _language(parameters)] = text


def _command(given: Any) -> tuple[str, str]:
    try:
        command = telegram.BotCommand.de_json(given, None)
    except (TypeError, AttributeError):
        raise bad_request("can't parse BotCommand") from None
    if not isinstance(command.command, str) or not _NAME.fullmatch(command.command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(command.description, str) or not command.description.strip():
        raise bad_request("command description must be non-empty")
    if len(command.description) > BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return command.command, command.description


def _scope(parameters: Parameters) -> Scope:
    given = parameters.parsed("scope", "can't parse BotCommandScope JSON object")
    if given is None:
        return "default", _language(parameters)
    try:
        scope = telegram.BotCommandScope.de_json(given, None)
    except (TypeError, AttributeError):
        raise bad_request("can't parse BotCommandScope") from None
    if type(scope) is telegram.BotCommandScope:  # PTB keeps a type it does not know as the bare class
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    whose = f":{scope.chat_id}" if hasattr(scope, "chat_id") else ""
    return f"{scope.type}{whose}", _language(parameters)


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language
