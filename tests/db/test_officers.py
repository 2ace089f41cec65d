"""Officers and their roles."""

from core.officers import Grant, Role
from db.unit_of_work import SqlStorage
from tests.support.clock import MORNING
from tests.support.rows import everything

EDITOR, VIEWER = Grant(role=Role.EDITOR, locality="dak-cam"), Grant(role=Role.VIEWER)


async def test_roles_come_and_go(store: SqlStorage) -> None:
    async with store.write() as uow:
        assert not await uow.officers.any() and await uow.officers.find("Lan") is None
        number = await uow.officers.add("Lan", MORNING)
        await uow.officers.grant(number, [VIEWER, EDITOR, EDITOR])
        await uow.officers.grant(number, [EDITOR])
        await uow.officers.add("An", MORNING)
        await uow.commit()
    async with store.write() as uow:
        assert await uow.officers.any()
        assert [one.name for one in await uow.officers.list()] == ["An", "Lan"]
        lan = await uow.officers.find("Lan")
        assert lan is not None and lan.grants == (EDITOR, VIEWER) and lan.retired_at is None
        await uow.officers.revoke(lan.id, [EDITOR, Grant(role=Role.APPROVER)])
        await uow.officers.retire(lan.id, MORNING)
        await uow.commit()
    async with store.read() as uow:
        lan = await uow.officers.find("Lan")
    assert lan is not None and lan.grants == (VIEWER,) and lan.retired_at == MORNING
    assert len((await everything(store))["roles"]) == 1
