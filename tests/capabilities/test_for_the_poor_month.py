"""for-the-poor-month: the month's messages on their days, in each place's own words; nothing without a yes.

Seen through the officers' commands and people's phones; the service's clock is turned to the month.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.capabilities.ward import Neighbour, Ward, ward
from tests.support.telegram.people import Person

MOVEMENTS = {
    "dak-cam": "“Cả nước chung tay vì người nghèo - không để ai bị bỏ lại phía sau”",
    "hong-linh": "“Hồng Lĩnh chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”",
    "muong-lay": "“Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau”",
    "phan-rang": "“Vì người nghèo - Không để ai bị bỏ lại phía sau”",
    "di-su": "",
}
OPENING, CLOSING = "là Tháng cao điểm “Vì người nghèo”", "Tháng cao điểm năm nay khép lại"


def coming() -> int:
    """The year whose month is all to come."""
    today = datetime.now(UTC).date()
    return today.year + (today >= date(today.year, 10, 1))


def shows(here: Ward, year: int, month: int, day: int) -> None:
    """Turn the service's clock to half past five in the afternoon of a day in Viet Nam."""
    then = datetime(year, month, day, 17, 30, tzinfo=UTC) - timedelta(hours=7)
    here.clock.wrong_by(seconds=(then - datetime.now(UTC)).total_seconds())


async def proposed(here: Ward, place: str, year: int) -> str:
    """A draft of the month for a place, by Lan: eight messages and more, none outside the month."""
    days = ("--from", f"{year}-10-01", "--until", f"{year}-12-31")
    said = (await here.done("schedule", "new", "peak-month", "--locality", place, *days, by="Lan")).splitlines()
    moments = [line.split("\t")[0].split() for line in said if "\tplanned" in line]
    assert len(moments) >= 8 and {hour for _, _, hour in moments} == {"17:00"}
    assert (moments[0][1], moments[-1][1]) == (f"{year}-10-17", f"{year}-11-18")
    return said[-1]


def month_of(phone: Person) -> Sequence[str]:
    """What a phone shows of it."""
    return [bubble.text for bubble in phone.shown]


@pytest.mark.thorough
async def test_on_its_days_in_the_words_of_each_place_and_only_with_a_yes(tmp_path: Path) -> None:
    year = coming()
    async with ward(tmp_path) as here:
        await here.started()
        phones = dict(zip(MOVEMENTS, here.phones(len(MOVEMENTS)), strict=True))
        await here.listed([Neighbour(phone=phone, locality=place) for place, phone in phones.items()])
        numbers = {place: await proposed(here, place, year) for place in MOVEMENTS}
        for place, number in numbers.items():
            if place != "phan-rang":  # there nobody says yes
                await here.done("schedule", "submit", number, by="Lan")
                await here.done("schedule", "approve", number, by="Minh")
        asked = {place: phone for place, phone in phones.items() if place != "phan-rang"}
        for month, day, words, fired in ((10, 17, OPENING, range(1, 5)), (11, 18, CLOSING, range(5, 9))):
            shows(here, year, month, day)
            await here.until(lambda words=words: all(words in "".join(month_of(one)) for one in asked.values()))
            for campaign in fired:
                await here.comes_to(str(campaign), "finished")
        shows(here, year, 12, 20)
        for place, phone in asked.items():
            opening, closing = month_of(phone)  # and nothing else: what the clock jumped over came too late
            assert OPENING in opening and CLOSING in closing and "17/10 đến 18/11" in opening
            if MOVEMENTS[place]:
                assert opening.count(MOVEMENTS[place]) == 1
            else:
                assert "không để ai" not in opening.casefold()
        assert month_of(phones["phan-rang"]) == []
        shown = await here.done("schedule", "show", numbers["dak-cam"], by="Lan")
        assert shown.count("not sent: late") == shown.count(f"{year}-1") - 2
        assert "planned (draft)" in await here.done("schedule", "show", numbers["phan-rang"], by="Lan")
