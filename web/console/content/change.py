"""One change: what it would change, how citizens would read it, and the second person's word on it."""

from starlette.responses import Response

from core.errors import ChungTayError, NotAllowedError, StaleError
from core.local_content import Change, ChangeState, Kind
from core.officers import Right
from core.text import fold
from handlers import local_content
from handlers.local_content import MOST_WHY, Doing, office_of
from web.console.content.access import access_change
from web.console.content.form import advice_of
from web.console.content.words import PAGE, as_told, changes, form_of, line_of, map_of, mark_of, name_of, topic_of
from web.console.kept import Typed, kept, settle
from web.console.lines import place_name
from web.console.questions.thread import Trouble
from web.console.visit import Visit

CHANGE = f"{PAGE}/changes/{{id}}"
TYPED = ("content_why",)
STEPS = {"approve": Right.APPROVE_CONTENT, "return": Right.APPROVE_CONTENT, "withdraw": Right.WRITE_CONTENT}


def page_of(one: Change) -> str:
    """The address of a change."""
    return CHANGE.format(id=one.id)


async def show_change(visit: Visit) -> Response:
    """GET /console/content/changes/{id}."""
    one = await access_change(visit)
    return await change_page(visit, one, typed=await kept(visit, page_of(one)))


async def change_page(
    visit: Visit, one: Change, *, typed: Typed | None = None, trouble: Trouble | None = None
) -> Response:
    """The page of a change, with what was typed into its forms."""
    async with visit.site.storage.read() as uow:
        history = await uow.local.history(one.about)
    rights = {right: _may(visit, one, right) for right in (Right.WRITE_CONTENT, Right.APPROVE_CONTENT)}
    waits, mine = one.state is ChangeState.PROPOSED, fold(one.proposed_by) == fold(visit.officer.name)
    moved = one.ground != visit.console.content.packed.ground(one.about)
    about = one.about
    return visit.page(
        "content-change.html",
        status=trouble.status if trouble else 200,
        line=line_of(visit, one),
        mark=mark_of(visit, one),
        title=name_of(visit, about, {**one.before, **one.after}),
        heading_place=place_name(visit, about.locality),
        href=page_of(one),
        back=topic_of(about.locality, about.subject) if about.kind is Kind.ANSWER else f"{PAGE}?at={about.locality}",
        differs=changes(visit, about, one.before, one.after),
        waits=waits,
        gone=not one.after,
        map=map_of(one.after) if about.kind is Kind.HAMLET and one.after else "",
        told=as_told(visit, one),
        advice=advice_of(visit, one.after) if waits else [],
        moved=moved and one.state in (ChangeState.PROPOSED, ChangeState.IN_FORCE),
        own=waits and mine and rights[Right.APPROVE_CONTENT],
        may_approve=waits and not mine and not moved and rights[Right.APPROVE_CONTENT],
        may_return=waits and rights[Right.APPROVE_CONTENT],
        may_withdraw=waits and rights[Right.WRITE_CONTENT],
        again=f"{form_of(about)}?from={one.id}" if not waits and rights[Right.WRITE_CONTENT] else "",
        history=[line_of(visit, each) for each in history],
        most_why=MOST_WHY,
        typed=typed or Typed(),
        trouble=trouble,
    )


def _may(visit: Visit, one: Change, right: Right) -> bool:
    return visit.officer.may(right, localities=[one.about.locality], office=office_of(one.about, one.after))


async def post_step(visit: Visit) -> Response:
    """POST /console/content/changes/{id}/approve, /return or /withdraw."""
    one, step = await access_change(visit), visit.request.url.path.rpartition("/")[2]
    doing = Doing(officer=visit.officer.name, now=visit.now, once=visit.once, why=visit.form.get("content_why"))
    storage, content = visit.site.storage, visit.console.content
    try:
        if step == "approve":
            await local_content.approve(storage, content, one, doing)
        elif step == "return":
            await local_content.give_back(storage, one, doing)
        else:
            await local_content.withdraw(storage, one, doing)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.content.stale"), form=step, status=409))
    except NotAllowedError:
        if not _may(visit, one, Right.APPROVE_CONTENT):
            raise
        return await _again(visit, Trouble(text=visit.words.text("console.content.own"), form=step, status=403))
    except ChungTayError:
        empty = not visit.form.get("content_why").strip()
        name = "console.content.no-why" if empty else "console.content.long-why"
        text = visit.words.text(name) if empty else visit.words.text(name, most=MOST_WHY)
        return await _again(visit, Trouble(text=text, form=step))
    await settle(visit, page_of(one), TYPED, sent=TYPED[:1] if step == "return" else ())
    return visit.go(page_of(one), done=f"content-{step}")


async def _again(visit: Visit, trouble: Trouble) -> Response:
    """The page as it is now, with what was typed."""
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return await change_page(visit, await access_change(visit), typed=typed, trouble=trouble)
