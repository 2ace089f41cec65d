"""Telegram. aiogram is known here alone, and imported only where this channel is switched on."""

from bot.channels.telegram import library as library  # the first to import it
