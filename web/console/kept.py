"""What an officer typed and did not send: sealed, and shown to them alone on the page it was typed on.

Their session ended meanwhile, or they pressed the button of another form of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from web.console.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The fields that were filled in, and when."""

    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    at: datetime | None = None

    def get(self, name: str) -> str:
        """A field's text."""
        return self.fields.get(name, "")


async def keep(visit: Visit, page: str, names: tuple[str, ...], *, officer: int) -> bool:
    """Keep what was posted for its author; False where nothing was typed."""
    fields = {name: text for name in names if (text := visit.form.get(name)).strip()}
    if fields:
        await _write(visit, page, fields, officer=officer)
    return bool(fields)


async def settle(visit: Visit, page: str, names: tuple[str, ...], *, sent: tuple[str, ...]) -> None:
    """The fields of one form were sent; what stands in the others of the page waits there, as it was posted along."""
    before = await kept(visit, page)
    posted = {name: visit.form.get(name) for name in names if name in visit.form.fields}
    fields = {name: text for name, text in {**before.fields, **posted}.items() if text.strip() and name not in sent}
    if fields:
        await _write(visit, page, fields, officer=visit.officer.id)
    elif before.fields:
        async with visit.site.storage.write() as uow:
            await uow.forms.drop(visit.officer.id, page)
            await uow.commit()


async def forget(visit: Visit, page: str) -> None:
    """What was kept of a page was sent, all of it."""
    async with visit.site.storage.write() as uow:
        await uow.forms.drop(visit.officer.id, page)
        await uow.commit()


async def _write(visit: Visit, page: str, fields: Mapping[str, str], *, officer: int) -> None:
    sealed = visit.console.gate.seal.close({"fields": dict(fields)}, officer=officer)
    async with visit.site.storage.write() as uow:
        await uow.forms.keep(officer, page, sealed, visit.now)
        await uow.commit()


async def kept(visit: Visit, page: str) -> Typed:
    """What this officer typed on this page before; nothing where nothing is kept."""
    async with visit.site.storage.read() as uow:
        found = await uow.forms.kept(visit.officer.id, page, visit.now)
    opened = visit.console.gate.seal.open(found[0], officer=visit.officer.id) if found else None
    return Typed(fields=opened["fields"], at=found[1]) if found and opened else Typed()
