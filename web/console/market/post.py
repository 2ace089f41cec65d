"""One post of the market: what it says, what in it looks like a fraud, what fits it, and what can be done."""

from starlette.responses import Response

from content.formatting import phone_text
from content.goods import near
from content.marketing import lines_of, place_of
from core.caps import LOCAL
from core.errors import StaleError
from core.market import Goods, Posted, PostState
from core.officers import Right
from handlers.market import deciding
from handlers.market.deciding import MOST_WHY, Deciding
from handlers.reported import Acting, WrongFigureError
from web.bubbles import time_text
from web.console.access import access_in
from web.console.figures.target import Trouble
from web.console.kept import Typed, forget, kept, settle
from web.console.lines import place_name
from web.console.market.listing import PAGE, line_of, mark_of
from web.console.visit import Visit

POST = f"{PAGE}/{{id}}"
ACTS = tuple(deciding.AFTER)
REGROUP = "goods"
TYPED = ("why",)
SHOWN = 10  # posts that fit
FINISHED = (PostState.REFUSED, PostState.CLOSED)


async def access_post(visit: Visit, right: Right) -> Posted:
    """A post, of the office that looks at the market. Raises as access_in does."""
    one = await deciding.find(visit.site.storage, visit.request.path_params["id"])
    acting = Acting(officer=visit.officer.name, now=visit.now)
    office = deciding.office_of(visit.console.content, one.locality, acting)
    await access_in(visit, one.locality, f"market:{one.id}", Right.READ_QUESTIONS, right, offices=[office])
    return one


async def show_post(visit: Visit) -> Response:
    """GET /console/market/{id}."""
    one = await access_post(visit, Right.READ_QUESTIONS)
    return await post_page(visit, one, typed=await kept(visit, POST.format(id=one.id)))


async def post_page(visit: Visit, one: Posted, *, typed: Typed, trouble: Trouble | None = None) -> Response:
    """The page, as it is now."""
    words, content = visit.words, visit.console.content
    today = visit.now.astimezone(LOCAL).date()
    async with visit.site.storage.read() as uow:
        fits = await uow.market.fitting(one, near(content, one.locality), today, SHOWN)
    office = deciding.office_of(content, one.locality, Acting(officer=visit.officer.name, now=visit.now))
    may_act = deciding.may(visit.officer, Right.ANSWER, one.locality, office)
    signs = deciding.signs_of(one, visit.console.understanding)
    by = one.decided_by or ""
    return visit.page(
        "market-post.html",
        status=trouble.status if trouble else 200,
        href=POST.format(id=one.id),
        back=f"{PAGE}?at={one.locality}",
        post=one,
        said=lines_of(one, words, place_of(content, one.locality, words.lang)),
        place=place_name(visit, one.locality),
        came=time_text(one.created_at, now=visit.now, words=words),
        way=words.text("console.market.chat" if one.contact_id is not None else "console.market.page"),
        line=line_of(visit, one),
        goods=deciding.goods_named(one.goods, words.lang),
        reach=phone_text(one.post.reach) if one.post.reach else "",
        mark=mark_of(visit, one),
        signs=[_sign(visit, name) for name in signs] if one.state is PostState.WAITING else [],
        decided=words.text("console.market.owner") if by.startswith("contact:") else by,
        decided_at=time_text(one.decided_at, now=visit.now, words=words) if one.decided_at else "",
        fits=[line_of(visit, each) for each in fits] if one.state not in FINISHED else [],
        acts=(acts := [act for act in ACTS if may_act and one.state in deciding.FROM[act]]),
        hint="signs" if signs and one.state is PostState.WAITING else "close" if acts == ["close"] else "hint",
        groups=[(group.value, deciding.goods_named(group, words.lang)) for group in Goods],
        most=MOST_WHY,
        typed=typed,
        typed_at=time_text(typed.at, now=visit.now, words=words) if typed.at and typed.get("why") else "",
        trouble=trouble,
    )


def _sign(visit: Visit, name: str) -> str:
    return visit.words.text("console.market.unclear" if name == "unclear" else f"fraud.tell.{name}")


async def post_act(visit: Visit) -> Response:
    """POST /console/market/{id}/verify, …/refuse and …/close."""
    act = visit.request.url.path.rpartition("/")[2]
    one = await access_post(visit, Right.ANSWER)
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    goods, seen = visit.form.get("goods"), _seen(visit)
    if act == "verify" and goods in set(Goods) and goods != one.goods:
        # Another group was chosen and the great button pressed: it is shown in the group that was chosen.
        try:
            first = Acting(officer=acting.officer, now=acting.now)
            await deciding.regroup(visit.site.storage, visit.console.content, one, first, goods=goods, seen=seen)
        except StaleError:
            return await _again(visit, Trouble(text=visit.words.text("console.market.stale"), status=409))
        one = await access_post(visit, Right.ANSWER)
        seen = one.version
    said = Deciding(act=act, seen=seen, why=visit.form.get("why"))
    signs = deciding.signs_of(one, visit.console.understanding)
    try:
        await deciding.decide(visit.site.storage, visit.console.content, one, acting, said, signs=signs)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.market.stale"), status=409))
    except WrongFigureError as error:
        fault = error.faults["why"]
        name = f"console.market.fault.{fault}.{act}" if fault == "empty" else f"console.market.fault.{fault}"
        wrong = {"why": visit.words.text(name, most=MOST_WHY)}
        return await _again(visit, Trouble(text=visit.words.text("console.figure.wrong"), faults=wrong))
    page = POST.format(id=one.id)
    await forget(visit, page)
    return visit.go(page, done=f"market-{act}")


async def post_goods(visit: Visit) -> Response:
    """POST /console/market/{id}/goods: another group; a reason that stands in its box stays there."""
    one = await access_post(visit, Right.ANSWER)
    acting = Acting(officer=visit.officer.name, now=visit.now, once=visit.once)
    storage, content, words = visit.site.storage, visit.console.content, visit.words
    try:
        await deciding.regroup(storage, content, one, acting, goods=visit.form.get("goods"), seen=_seen(visit))
    except StaleError:
        return await _again(visit, Trouble(text=words.text("console.market.stale"), status=409))
    except WrongFigureError:
        wrong = {"goods": words.text("console.market.fault.goods")}
        return await _again(visit, Trouble(text=words.text("console.figure.wrong"), faults=wrong))
    page = POST.format(id=one.id)
    await settle(visit, page, TYPED, sent=())
    return visit.go(page, done="market-goods")


def _seen(visit: Visit) -> int:
    """The version that they looked at."""
    seen = visit.form.get("seen")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1


async def _again(visit: Visit, trouble: Trouble) -> Response:
    one = await access_post(visit, Right.READ_QUESTIONS)
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return await post_page(visit, one, typed=typed, trouble=trouble)
