"""A number in an address, however long: never a fault of ours, on the public pages as in the console."""

from collections.abc import Iterator

import pytest
from httpx import AsyncClient
from starlette.convertors import IntegerConvertor
from starlette.routing import Route

from bot.app import App
from core.officers import Grant, Role
from tests.console.desk import signed_in
from tests.web.conftest import client_of
from web.path_numbers import MOST_DIGITS, PathNumber

# Python reads at most 4,300 digits, the database as many as eight bytes hold.
LONG = ("9" * MOST_DIGITS, "9" * 19, str(2**63 - 1), str(2**64), "9" * 4301, "0" * 5000 + "7" * 30)
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def routes(app: App) -> Iterator[Route]:
    """Every route with a number in its address."""
    for one in app.web.routes:
        if isinstance(one, Route) and any(
            isinstance(each, PathNumber | IntegerConvertor) for each in one.param_convertors.values()
        ):
            yield one


def addresses(app: App) -> Iterator[tuple[str, str]]:
    """Method and address of each, with each of the numbers."""
    for one in routes(app):
        for method in sorted((one.methods or set()) - {"HEAD"}):
            for number in LONG:
                named = {name: number for name, each in one.param_convertors.items() if isinstance(each, PathNumber)}
                place = {name: "dak-cam" for name in one.param_convertors if name not in named}
                yield method, one.path_format.format(**named, **place)


async def faults(app: App, client: AsyncClient, form: dict[str, str]) -> list[str]:
    """Where something else was answered than that there is no such page, or the way to the door."""
    found = []
    for method, address in addresses(app):
        data = form if method == "POST" else None
        answer = await client.request(method, address, data=data, headers=FROM_HERE)
        if answer.status_code not in (303, 403, 404):
            found.append(f"{method} {address[:60]}: {answer.status_code}")
    return found


async def test_every_number_is_read_by_us(app: App) -> None:
    found = list(routes(app))
    assert len(found) > 60 and any(one.path.startswith("/{locality}") for one in found)
    assert not [
        one.path for one in found for each in one.param_convertors.values() if isinstance(each, IntegerConvertor)
    ]


@pytest.mark.thorough
async def test_whoever_is_not_signed_in_meets_no_fault(app: App) -> None:
    async with client_of(app.web) as client:
        assert await faults(app, client, {}) == []


@pytest.mark.thorough
async def test_an_officer_meets_no_fault_and_stays_in_the_console(app: App) -> None:
    desk = await signed_in(app, "Lan", *(Grant(role=one) for one in Role))
    page = await desk.open("/console")
    assert await faults(app, desk.client, {"form": page.forms[0].fields["form"]}) == []
    page = await desk.open(f"/console/questions/{LONG[-2]}")
    assert page.status == 404 and "/console" in page.links.values()


@pytest.mark.parametrize("path", ["/dak-cam/ngay-hoi/{}", "/dak-cam/ngay-hoi/{}.ics"])
async def test_a_job_fair_by_no_number_of_ours_is_not_there(app: App, path: str) -> None:
    async with client_of(app.web) as client:
        assert [(await client.get(path.format(number))).status_code for number in LONG] == [404] * len(LONG)


@pytest.mark.parametrize("below", [-1, -(10**30)])
def test_no_address_has_a_number_below_zero(below: int) -> None:
    with pytest.raises(ValueError, match="below zero"):
        PathNumber().to_string(below)
