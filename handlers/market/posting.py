"""Selling and looking for goods in the chat: a few questions, the very words that others will see, then an officer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from content.goods import amount_in, goods_in
from content.marketing import lines_of, place_of
from content.understanding import Decision
from content.understanding.assent import assent
from core.contacts import Purpose
from core.conversation import ConsentGiven, Turn
from core.market import (
    LASTS,
    LONGEST,
    Goods,
    MarketAsked,
    MarketDone,
    MarketOwn,
    MarketPosted,
    NewPost,
    Post,
    Posted,
    PostState,
    Side,
)
from core.messages import QuickReply
from handlers import localities
from handlers.besides import asks, beside
from handlers.context import ELSEWHERE, Context, join
from handlers.market.asking import asks_else, calls_off, refuses_number, said_in
from handlers.market.crossing import belongs_to, price_in, priced_goods
from handlers.market.reading import amount_of, price_of, says_nothing, time_of
from handlers.routing import Router
from handlers.selfcheck.aside import is_other
from handlers.typed import CHOOSES
from handlers.work.calling import number_in

router = Router("market")

STATE, SHOWN = "market.question", "market.shown"
WORDING = "market.preview"  # what somebody reads before anything is kept
KEPT = timedelta(days=90)  # at most; told so
STEPS = ("what", "goods", "amount", "when", "hamlet", "price", "phone")
GROUPS = (Goods.POULTRY, Goods.LIVESTOCK, Goods.VEGETABLES, Goods.FOREST, Goods.FISH, Goods.FRUIT, Goods.GRAIN)
PAGES = (GROUPS[:4], (*GROUPS[4:], Goods.CROPS), (Goods.FOOD, Goods.CRAFT, Goods.OTHER))
CHOICES: Mapping[str, tuple[str, ...]] = {
    "when": ("now", "week", "month"),
    "price": ("agreed",),
    "phone": ("none",),
}
COUNTED = ("amount", "hamlet")  # where a number is an answer, and no button's number
TYPED = 14  # words of an answer; a longer text is about something else


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """In one's own words: "bán gà", "cần mua măng khô"."""
    said = said_in(ctx.text)
    if said is None:
        return None
    told = {"side": said.side.value, "what": said.what, "goods": said.goods.value}
    more = {"amount": said.amount, "price": said.price[: LONGEST["price"]]}
    return _begin(ctx, told | {name: value for name, value in more.items() if value})


@router.but_words
def instead_of_a_hamlet(ctx: Context) -> Turn | None:
    """The same where the hamlet was asked: words with goods and how much of them name none."""
    waiting = ctx.person.conversation.waiting
    asked_where = waiting is not None and waiting.state == "locality.hamlet"
    return asked(ctx) if asked_where and ctx.message.payload is None else None


@router.press("market-sell")
@router.word("đăng bán", "đăng tin bán", "rao bán", "muốn bán hàng", "tôi muốn bán hàng", "sell something")
def sell(ctx: Context, _: str = "") -> Turn:
    """Somebody sells; what, is asked."""
    return _begin(ctx, {"side": Side.OFFER.value})


@router.press("market-look")
@router.word("đăng mua", "đăng tin mua", "cần mua hàng", "muốn mua hàng", "look for goods")
def look(ctx: Context, _: str = "") -> Turn:
    """Somebody looks for something."""
    return _begin(ctx, {"side": Side.WANTED.value})


def _begin(ctx: Context, told: Mapping[str, Any]) -> Turn:
    return _stranger(ctx) or _question(ctx, told)


def _stranger(ctx: Context) -> Turn | None:
    """Posts are a ward's: who lives nowhere we know of is asked where."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("market.elsewhere", ctx.button("place"), ctx.button("menu"))
    return localities.ask(ctx, pending=ctx.text or "chợ") if ctx.locality is None else None


@router.press("market")
@router.word("xem chợ", "chợ của phường", "chợ của xã", "chợ quê", "tin mua bán", "xem tin mua bán", "market")
def home(ctx: Context, _: str = "") -> Turn:
    """What can be done here."""
    buttons = [ctx.button(f"market_{one}", f"market-{one}") for one in ("sell", "look")]
    buttons += [ctx.button(f"market_{one}s", f"market-see:{one}:0") for one in (Side.OFFER, Side.WANTED)]
    return _stranger(ctx) or ctx.say("market.home", *buttons, ctx.button("market_own", "market-own"))


@router.press("market-see")
def see(ctx: Context, said: str) -> Turn:
    """What others sell, or look for; the list takes the place of this reply."""
    side, _, start = said.partition(":")
    known = Side(side) if side in set(Side) else Side.OFFER
    number = int(start) if start.isascii() and start.isdecimal() and len(start) <= 3 else 0
    mine = (
        ctx.button("market_sell", "market-sell") if known is Side.WANTED else ctx.button("market_look", "market-look")
    )
    turn = ctx.say(f"market.none.{known}", mine, ctx.button("market"), ctx.button("menu"))
    return _stranger(ctx) or turn.event(MarketAsked(side=known, start=number))


@router.word("ai mua", "xem người mua", "tin mua", "tin cần mua", "who buys")
def buyers(ctx: Context) -> Turn:
    """What others look for."""
    return see(ctx, f"{Side.WANTED}:0")


@router.word("ai bán", "xem hàng", "tin bán", "xem hàng bán", "who sells")
def sellers(ctx: Context) -> Turn:
    """What others sell."""
    return see(ctx, f"{Side.OFFER}:0")


@router.press("market-own")
@router.word("tin tôi đăng", "tin đã đăng", "bán xong", "đã bán xong", "bán hết rồi", "đã bán hết", "bán xong rồi")
@router.word("mua được rồi", "mua xong", "đã mua được", "gỡ tin", "gỡ tin bán", "my posts", "sold")
def own(ctx: Context, _: str = "") -> Turn:
    """One's own posts, each with a button that ends it."""
    turn = ctx.say("market.no_own", ctx.button("market_sell", "market-sell"), ctx.button("market"), ctx.button("menu"))
    return turn.event(MarketOwn())


@router.press("market-done")
def done(ctx: Context, said: str) -> Turn:
    """Sold, or bought: the post is seen no more."""
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        return own(ctx)
    return ctx.say("market.done", ctx.button("market"), ctx.button("menu")).event(MarketDone(post_id=int(said)))


_PASSING = ("page", *CHOOSES)  # of one question alone


def _step(told: Mapping[str, Any]) -> str:
    """The first question that has no answer yet; empty where all have one."""
    return next((one for one in STEPS if one not in told), "")


@router.state(STATE)
def read_typed(ctx: Context, **told: Any) -> Turn | None:
    """An answer in the person's own words; what they ask is answered, and the question put again."""
    step, text = _step(told), " ".join(ctx.text.split())
    if not text:
        return None
    if calls_off(ctx.folded):
        return drop(ctx)
    crossed = None if step == "phone" or asks(text) else _crossed(ctx, told, step, text)
    if crossed is not None or step == "phone":
        return crossed or _phone(ctx, told)
    if step == "amount" and (amount := amount_of(text)):
        return _taken(ctx, told, step, amount)  # "200 quả mỗi ngày, bán cho ai?" says it all the same
    if asks(text) or _elsewhere(ctx, step):
        return beside(ctx, _question(ctx, told))
    return _read(ctx, told, step, text) or _question(ctx, told, again=True)


def _crossed(ctx: Context, told: Mapping[str, Any], step: str, text: str) -> Turn | None:
    """What answers another question of the form is noted there, and told back; the rest is read for the open one."""
    if ctx.locality is not None and ctx.locality.hamlet(text) is not None:
        return None  # whatever else the name of a hamlet may mean
    price, rest = ("", text) if step == "price" else price_in(text)
    name, value = ("price", price) if price else belongs_to(text) or (step, "")
    if name == step or (step == "what" and price and rest):
        return None  # what is sold is read whole, with the price in it
    noted = {**told, name: value[: LONGEST[name]]}
    answered = _read(ctx, noted, step, rest) if price and rest else None
    question = answered or _question(ctx, noted)
    first, *more = question.replies
    return replace(question, replies=(replace(first, text=join([_noted(ctx, name, value), first.text])), *more))


def _noted(ctx: Context, name: str, value: str) -> str:
    return ctx.fill(f"market.noted.{name}", said=value)


def _read(ctx: Context, told: Mapping[str, Any], step: str, text: str) -> Turn | None:
    """An answer as it was typed; None where it says nothing of what was asked."""
    if len(text.split()) > TYPED:
        return None
    if step in ("what", "goods"):
        goods = goods_in(text)
        if says_nothing(text) or not any(one.isalpha() for one in text):
            return None
        if step == "goods":
            return _taken(ctx, told, step, (goods or Goods.OTHER).value)
        price, unpriced = priced_goods(text)
        amount, what = amount_in(unpriced)
        more = {"goods": goods.value} if goods else {}
        more |= {"price": price[: LONGEST["price"]]} if price else {}
        more |= {"amount": amount} if amount and what else {}
        return _taken(ctx, {**told, **more}, step, what or unpriced)
    if step == "hamlet":
        said = "" if assent(text) is False else None if says_nothing(text) else text
    elif step == "amount":
        said = "" if assent(text) is False else amount_of(text)
    else:
        said = time_of(text) if step == "when" else price_of(text, ctx.fill("market.said.agreed"))
    return None if said is None else _taken(ctx, told, step, said)


def _elsewhere(ctx: Context, step: str) -> bool:
    """Whether words that name no goods are clearly a question about a topic."""
    free = step in ("what", "goods", "amount", "hamlet")
    return free and ctx.reading.decision is Decision.ANSWER and goods_in(ctx.text) is None and asks_else(ctx.folded)


def _phone(ctx: Context, told: Mapping[str, Any]) -> Turn | None:
    number = number_in(ctx.text)
    if number is None and (assent(ctx.text) is False or refuses_number(ctx.folded)):
        return _taken(ctx, told, "phone", "")
    if number is not None:
        return _taken(ctx, told, "phone", number)
    asked = asks(ctx.text) or is_other(ctx)
    return beside(ctx, _question(ctx, told)) if asked else _question(ctx, told, again=True)


@router.press("market-say")
def read_press(ctx: Context, said: str) -> Turn:
    """An answer that was pressed; only below its question."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != STATE:
        return home(ctx)
    step, _, value = said.partition("=")
    told = dict(waiting.data)
    if step != _step(told):
        return _question(ctx, told)
    if step == "goods" and value.startswith("page"):
        return _question(ctx, {**told, "page": int(value[4:]) % len(PAGES) if value[4:].isdecimal() else 0})
    answer = _pressed(ctx, step, value)
    return _question(ctx, told) if answer is None else _taken(ctx, told, step, answer)


def _pressed(ctx: Context, step: str, value: str) -> str | None:
    """What a button of a question says; None where it has no such button."""
    if step == "goods":
        return value if value in set(Goods) else None
    if value in CHOICES.get(step, ()) and value != "none":
        return ctx.fill(f"market.said.{value}")
    said = {("hamlet", "own"): ctx.contact.hamlet or ""} | {(one, "none"): "" for one in ("phone", "hamlet", "amount")}
    return said.get((step, value))


def _taken(ctx: Context, told: Mapping[str, Any], step: str, value: str) -> Turn:
    most = LONGEST.get(step, max(LONGEST.values()))
    now = {**{name: said for name, said in told.items() if name not in _PASSING}, step: value[:most]}
    return _question(ctx, now) if _step(now) else _preview(ctx, now)


def _question(ctx: Context, told: Mapping[str, Any], *, again: bool = False) -> Turn:
    told = {name: said for name, said in told.items() if name not in CHOOSES}
    step, side = _step(told), str(told["side"])
    text = ctx.fill(
        f"market.ask.{step}.{side}" if step in ("what", "amount", "when", "phone") else f"market.ask.{step}"
    )
    unread = "counsel.number_again" if step == "phone" else f"market.again.{step}"
    lines = [ctx.fill(unread) if again else "", text]
    by_number = {} if step in COUNTED else CHOOSES
    return ctx.tell(join(lines), *_buttons(ctx, step, told)).wait(STATE, **told, **by_number)


def _buttons(ctx: Context, step: str, told: Mapping[str, Any]) -> Sequence[QuickReply]:
    if step == "goods":
        page = int(told.get("page", 0))
        shown = [ctx.button(f"goods_{one}", f"market-say:goods={one}") for one in PAGES[page]]
        return [*shown, ctx.button("goods_more", f"market-say:goods=page{(page + 1) % len(PAGES)}")]
    if step == "hamlet":
        name = ctx.contact.hamlet or ""
        own_one = [QuickReply(label=name, payload="market-say:hamlet=own")] if 2 <= len(name) <= 20 else []
        return [
            *own_one,
            ctx.button("market_no_hamlet", "market-say:hamlet=none"),
            ctx.button("market_drop", "market-drop"),
        ]
    if step == "amount":
        return [ctx.button("market_no_amount", "market-say:amount=none"), ctx.button("market_drop", "market-drop")]
    shown = [ctx.button(f"market_{step}_{one}", f"market-say:{step}={one}") for one in CHOICES.get(step, ())]
    return [*shown, ctx.button("market_drop", "market-drop")]


def post_of(ctx: Context, told: Mapping[str, Any]) -> NewPost:
    """What was told, as a post."""
    texts = {name: str(told.get(name, "")) for name in ("what", "amount", "when", "hamlet", "price", "phone")}
    side, goods = Side(told["side"]), Goods(told["goods"])
    return NewPost(locality=ctx.place_id or "", side=side, goods=goods, post=Post(**texts))


def _preview(ctx: Context, told: Mapping[str, Any]) -> Turn:
    """The very words that others will see, and for how long; nothing is kept before a yes."""
    new = post_of(ctx, told)
    seen = Posted(
        id=0,
        locality=new.locality,
        side=new.side,
        goods=new.goods,
        post=new.post,
        state=PostState.WAITING,
        last_day=ctx.today,
        version=0,
        created_at=ctx.now,
    )
    first = ctx.say(WORDING, shown=LASTS[new.side].days, kept=KEPT.days)
    buttons = (
        ctx.button("market_send", "market-send"),
        ctx.button("market_again", "market-again"),
        ctx.button("market_drop", "market-drop"),
    )
    text = join(lines_of(seen, ctx.words, place_of(ctx.content, new.locality, ctx.lang)))
    return first.then(ctx.tell(text, *buttons)).wait(SHOWN, **told)


@router.state(SHOWN)
def read_shown(ctx: Context, **told: Any) -> Turn | None:
    """Yes or no in the person's own words; a telephone number takes the place of the one before."""
    if (number := number_in(ctx.text)) is not None:
        return _taken(ctx, told, "phone", number)
    yes = assent(ctx.text)
    return None if yes is None else (send(ctx) if yes else drop(ctx))


@router.press("market-send")
def send(ctx: Context, _: str = "") -> Turn:
    """To an officer; only below what was shown."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != SHOWN:
        return own(ctx)
    given = ConsentGiven(purpose=Purpose.MARKET, expires_at=ctx.now + KEPT, wording=WORDING)
    turn = ctx.say("market.sent", ctx.button("market_own", "market-own"), ctx.button("market"), ctx.button("menu"))
    return turn.event(given, MarketPosted(post=post_of(ctx, waiting.data)))


@router.press("market-again")
def again(ctx: Context, _: str = "") -> Turn:
    """The questions once more."""
    waiting = ctx.person.conversation.waiting
    if waiting is None or waiting.state != SHOWN:
        return home(ctx)
    return _question(ctx, {"side": waiting.data["side"]})


@router.press("market-drop")
def drop(ctx: Context, _: str = "") -> Turn:
    """Nothing is kept."""
    return ctx.say("market.dropped", ctx.button("market"), ctx.button("menu"))
