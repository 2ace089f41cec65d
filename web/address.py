"""From where a request comes, as far as limits go by it."""

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

HOUSE_BITS = 64  # of an IPv6 address: what is behind them one house gives out as it likes


def address_of(request: Request) -> str:
    """The address of whoever asks; of IPv6 the house, for it has more addresses than any limit counts.

    Behind a web server it is the one which that names in X-Forwarded-For, taken over by uvicorn from this machine only.
    """
    return house_of(request.client.host if request.client else "")


def house_of(host: str) -> str:
    """What is one house to a limit.

    >>> house_of("203.0.113.7"), house_of("::ffff:203.0.113.7"), house_of("2001:db8:1:2:3::4"), house_of("unix:")
    ('203.0.113.7', '203.0.113.7', '2001:db8:1:2::', 'unix:')
    """
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if isinstance(found, IPv6Address):
        inner = 128 - HOUSE_BITS
        return str(found.ipv4_mapped or IPv6Address(int(found) >> inner << inner))
    return str(found)
