"""The ways into the chat that can stand on a poster, from the settings of an installation."""

import re
from collections.abc import Sequence

from bot.settings import Settings
from content.posters import Way
from core.errors import ChungTayError, SettingsError

# Letters, digits and _, 4 to 32 of them: bots of BotFather have 5 and end in "bot", names that were bought need not.
TELEGRAM_NAME = re.compile(r"(?:(?:https?://)?t\.me/|@)?([A-Za-z][A-Za-z0-9_]{3,31})/?")


def ways_to(
    place: str, settings: Settings, channels: Sequence[str], *, telegram: str = "", zalo_name: str = ""
) -> tuple[tuple[Way, ...], tuple[str, ...]]:
    """The ways to the chat of a place, and in words which one that is set up is not among them.

    `channels` names those that must be there; without any it is all that are set up. Raises ChungTayError where one
    of them is not set up, where none is, and on a name that can be no Telegram bot's.
    """
    bot = _telegram_name(telegram)
    found = {
        "zalo": _zalo(place, settings, zalo_name),
        "web": Way(channel="web", link=f"{settings.public_url}/?at={place}") if settings.public_url else None,
        "telegram": Way(channel="telegram", link=f"https://t.me/{bot}?start={place}") if bot else None,
    }
    missing = {
        "zalo": ("CHUNGTAY_ZALO_OA_ID", "is not set: without it nothing leads to Zalo"),
        "web": ("CHUNGTAY_PUBLIC_URL", "is not set: without it no telephone finds the web chat"),
        "telegram": ("--telegram", "is not given: a token does not tell the bot's name"),
    }
    for channel in channels:
        if found[channel] is None:
            where, what = missing[channel]
            raise SettingsError(what, where=where, mend=f"set it, or leave --channel {channel} out")
    ways = tuple(way for channel, way in found.items() if way and (not channels or channel in channels))
    if not ways:
        raise SettingsError(
            "no way into the chat is set up",
            mend="set CHUNGTAY_ZALO_OA_ID or CHUNGTAY_PUBLIC_URL, or give the bot's name: --telegram NAME",
        )
    silent = not channels and not bot and bool(settings.telegram_token.get_secret_value())
    return ways, ("telegram: give the bot's name with --telegram NAME",) if silent else ()


def _zalo(place: str, settings: Settings, name: str) -> Way | None:
    # Doubt "zalo.me link": that zalo.me/NUMBER opens the account's chat is what people see every day, no page of the
    # platform's says it; and an account has no start parameter, so the place comes from the setting or is written.
    if not settings.zalo_oa_id:
        return None
    link = f"https://zalo.me/{settings.zalo_oa_id}"
    return Way(channel="zalo", link=link, knows_place=settings.zalo_locality == place, search_name=name)


def _telegram_name(given: str) -> str:
    if not given:
        return ""
    found = TELEGRAM_NAME.fullmatch(given.strip())
    if found is None:
        raise ChungTayError("is no name of a bot", where="--telegram", mend="4 to 32 of A-Z a-z 0-9 _, as in t.me/NAME")
    return found[1]
