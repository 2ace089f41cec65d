"""An ordinary aiogram bot to be compared with: `python -m bench.echo ADDRESS`, a process of its own.

It repeats what is written and names what is pressed. Nothing is stored; updates are handled at the same time, as
many as there are, which is what aiogram does unless it is told otherwise.
"""

import asyncio
import sys
from contextlib import suppress

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

from bench.telegram_traffic import TOKEN

dispatcher = Dispatcher()


@dispatcher.message()
async def repeat(message: Message) -> None:
    """The same words."""
    await message.answer(message.text or "?")


@dispatcher.callback_query()
async def name(press: CallbackQuery) -> None:
    """What was pressed."""
    await press.answer()
    if press.message is not None:
        await press.message.answer(press.data or "?")


async def _run(address: str) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(address)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(sys.argv[1]))
