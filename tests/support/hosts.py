"""Hosts of a network of our own, as network namespaces of this machine: each can be cut off and brought back."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

NETWORK = "10.77.31"
HERE = f"{NETWORK}.1"  # this machine, as the hosts see it
BRIDGE = "ct-trial"


class NoHostsError(Exception):
    """No namespaces can be made here; says why."""


def _ip(*arguments: str) -> None:
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoHostsError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


@dataclass(frozen=True)
class Host:
    """One host; `command` runs a program on it."""

    name: str
    cable: str = field(default="")

    def command(self, *arguments: str) -> list[str]:
        """The command line that runs these on the host."""
        return ["ip", "netns", "exec", self.name, *arguments]

    def cut(self) -> None:
        """Pull its cable: what is sent to it or by it is lost."""
        _ip("link", "set", self.cable, "down")

    def mend(self) -> None:
        """Put the cable back."""
        _ip("link", "set", self.cable, "up")


@contextmanager
def hosts(count: int) -> Iterator[list[Host]]:
    """So many hosts that reach this machine at HERE. Raises NoHostsError where the kernel or a right is missing."""
    made: list[Host] = []
    _gone(count)
    try:
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("address", "add", f"{HERE}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        for number in range(count):
            made.append(_host(number))
        yield made
    except FileNotFoundError as error:
        raise NoHostsError("the program ip is missing (Debian's iproute2)") from error
    finally:
        _gone(count)


def _host(number: int) -> Host:
    name, cable, inside = f"ct-host{number}", f"ct-v{number}", f"ct-i{number}"
    on_it = partial(_ip, "-n", name)
    _ip("netns", "add", name)
    _ip("link", "add", cable, "type", "veth", "peer", "name", inside)
    _ip("link", "set", inside, "netns", name)
    _ip("link", "set", cable, "master", BRIDGE)
    _ip("link", "set", cable, "up")
    on_it("address", "add", f"{NETWORK}.{10 + number}/24", "dev", inside)
    on_it("link", "set", inside, "up")
    on_it("link", "set", "lo", "up")
    return Host(name, cable)


def _gone(count: int) -> None:
    """What an earlier trial left, too."""
    for number in range(count):
        for what in (("link", "delete", f"ct-v{number}"), ("netns", "delete", f"ct-host{number}")):
            with suppress(NoHostsError, FileNotFoundError):
                _ip(*what)
    with suppress(NoHostsError, FileNotFoundError):
        _ip("link", "delete", BRIDGE)
