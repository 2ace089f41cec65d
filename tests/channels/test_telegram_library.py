"""aiogram is imported without its checkers, and each of them can still be had."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from aiogram.client.context_controller import BotContextController
from aiogram.types import Message
from pydantic import BaseModel

from bot.channels.telegram.library import building_later

FEW = 60  # of some six hundred
COUNT = """
import bot.channels.telegram.account
from aiogram.client.context_controller import BotContextController
from tests.channels.test_telegram_library import kinds
every = set(kinds(BotContextController))
print(len(every), sum(one.__pydantic_complete__ for one in every))
"""


def kinds(above: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All classes below one."""
    for one in above.__subclasses__():
        yield one
        yield from kinds(one)


@pytest.mark.thorough
def test_few_classes_are_built_at_the_start() -> None:
    # In a process of its own: the tests before this one have used many.
    told = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    every, built = map(int, told.stdout.split())
    assert every > 500
    assert built < FEW, "aiogram or pydantic works otherwise now: the start takes seconds longer (decision 0014)"


@pytest.mark.thorough
def test_each_can_still_be_built() -> None:
    every = set(kinds(BotContextController))
    for one in every:
        one.model_rebuild()  # raises where a name is not known
    assert all(one.__pydantic_complete__ for one in every)


def test_one_that_was_never_used_reads_what_it_should() -> None:
    raw = {
        "message_id": 5,
        "date": 1_763_600_000,
        "chat": {"id": 7, "type": "private", "first_name": "Lò Thị Mai"},
        "text": "chào",
        "reply_markup": {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]},
    }
    message = Message.model_validate(raw)
    assert message.chat.first_name == "Lò Thị Mai"
    assert message.reply_markup is not None
    assert message.reply_markup.inline_keyboard[0][0].callback_data == "menu"


def test_other_classes_are_built_as_ever() -> None:
    with building_later():
        pass
    assert BaseModel.model_rebuild.__func__ is vars(BaseModel)["model_rebuild"].__func__
    assert BaseModel.model_rebuild.__module__ == "pydantic.main"
