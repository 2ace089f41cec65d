"""Which posts this house keeps for others, and which of its own it fetches, as the settings say."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.held.holding import Holding
from bot.parts import Delivering
from bot.settings import Settings
from core.errors import SettingsError
from scheduler.worker import Loop
from web.inbox import LONGEST_WAIT
from web.site import Hook

if TYPE_CHECKING:
    from bot.held.pulling import Pulling

# This machine, and the networks that RFC 1918 and RFC 4193 leave to everybody's own use.
NEAR = tuple(
    ip_network(one) for one in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
)
LOOK_EVERY = 1.0  # seconds until a post is seen that another process stored


@dataclass(frozen=True, kw_only=True)
class Inboxes:
    """Both sides, as far as the settings ask for them."""

    held: Mapping[str, Holding]  # account of another house -> what is kept for it
    pulling: Sequence["Pulling"] = ()

    @property
    def loops(self) -> Mapping[str, Loop]:
        """What fetches, by account."""
        return {one.ours: one.run for one in self.pulling}


def inboxes(settings: Settings, parts: Delivering, hooks: Mapping[str, Hook], ending: AsyncExitStack) -> Inboxes:
    """Both sides, not yet at work; `ending` puts them away. Raises SettingsError where something does not fit."""
    held = _holdings(settings, parts)
    for one in held.values():
        ending.push_async_callback(one.close)
    return Inboxes(held=held, pulling=_pullings(settings, parts, hooks, ending))


def _holdings(settings: Settings, parts: Delivering) -> dict[str, Holding]:
    keys = settings.keys_of_others
    if both := sorted(set(keys) & set(parts.channels)):
        raise SettingsError(
            f"{both[0]} is an account of this house",
            where="CHUNGTAY_INBOX_KEYS",
            mend="give the other house's a name of its own, such as zalo.dak-cam",
        )
    look_every = LOOK_EVERY if parts.shared else LONGEST_WAIT
    return {
        account: Holding(
            account,
            key,
            storage=parts.storage,
            clock=parts.clock,
            on_fault=parts.on_fault,
            look_every=look_every,
        )
        for account, key in keys.items()
    }


def _pullings(
    settings: Settings, parts: Delivering, hooks: Mapping[str, Hook], ending: AsyncExitStack
) -> Sequence["Pulling"]:
    if not settings.inbox_url:
        return ()
    _demand_safe(settings)
    pairs = _pairs(settings.inbox_account.split(), hooks)

    from bot.held.asking import House  # brings aiohttp, which costs time and memory
    from bot.held.pulling import Pulling

    house = House(settings.inbox_url, settings.inbox_key.get_secret_value())
    ending.push_async_callback(house.close)
    return tuple(
        Pulling(ours, theirs, hook=hooks[ours], house=house, clock=parts.clock, on_fault=parts.on_fault)
        for ours, theirs in pairs.items()
    )


def _demand_safe(settings: Settings) -> None:
    if not settings.inbox_key.get_secret_value():
        raise SettingsError(
            "is missing", where="CHUNGTAY_INBOX_KEY", mend="ask for it who runs the house of CHUNGTAY_INBOX_URL"
        )
    address = urlsplit(settings.inbox_url)
    if address.scheme != "https" and not _is_near(address.hostname or ""):
        raise SettingsError(
            "must begin with https://: people's words and the key would pass in the open",
            where="CHUNGTAY_INBOX_URL",
            mend="use http:// within a network of your own only",
        )


def _is_near(host: str) -> bool:
    """Whether it is this machine or the same private network.

    >>> _is_near("127.0.0.1"), _is_near("10.1.2.3"), _is_near("203.0.113.9"), _is_near("tinh.example.vn")
    (True, True, False, False)
    """
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in NEAR if network.version == address.version)


def _pairs(named: Sequence[str], hooks: Mapping[str, Hook]) -> dict[str, str]:
    """Our account -> its name where the posts are kept. Unnamed, each of ours has the same name there."""
    if not named:
        pairs = {account: account for account in hooks}
    else:
        pairs = {}
        for theirs in named:
            kind = theirs.partition(".")[0]
            ours = [account for account in hooks if account.partition(".")[0] == kind]
            if len(ours) != 1 or ours[0] in pairs:
                raise _nobody_takes(theirs)
            pairs[ours[0]] = theirs
    if not pairs:
        raise _nobody_takes("")
    return pairs


def _nobody_takes(theirs: str) -> SettingsError:
    told = f"{theirs}: no account of this house takes its posts" if theirs else "no account of this house takes posts"
    return SettingsError(
        told,
        where="CHUNGTAY_INBOX_ACCOUNT" if theirs else "CHUNGTAY_INBOX_URL",
        mend="switch the channel on first (docs/settings.md), with its webhook; each account once",
    )
