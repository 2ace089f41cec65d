"""Loops end when they are told to, also those that live through errors."""

import asyncio

import pytest

from scheduler.stopping import ended


@pytest.mark.thorough
async def test_a_loop_that_swallows_its_cancellation_ends_all_the_same() -> None:
    turns = 0

    async def stubborn() -> None:
        nonlocal turns
        while turns < 3:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                turns += 1
                if turns == 3:
                    raise

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await ended(task)
    assert turns == 3


async def test_what_has_ended_already_is_no_trouble() -> None:
    async def fails() -> None:
        raise ValueError

    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    await ended(task)
