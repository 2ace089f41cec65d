"""Telegram. aiogram is known here alone, and imported only where this channel is switched on: it costs seconds."""
