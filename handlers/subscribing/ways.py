"""How notices come: at once or gathered, by which channel, and a rest from them."""

from datetime import timedelta

from core.conversation import Turn
from core.messages import QuickReply
from core.rhythm import Rhythm
from handlers.channels import spoken_channel
from handlers.context import LOCAL, Context
from handlers.routing import Router
from handlers.subscribing import reading, themes

router = Router("ways")


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """A rest or a rhythm in the person's own words."""
    if ctx.message.payload is not None:
        return None
    subscribed = themes.agrees(ctx) or reading.about_notices(ctx.text)  # else "weekly" may be about anything
    if subscribed and (period := reading.rest(ctx.text)) is not None:
        return rest(ctx, str(period.days))
    if subscribed and (wanted := reading.rhythm(ctx.text)) is not None:
        return choose(ctx, wanted.value)
    return offer_fewer(ctx) if themes.agrees(ctx) and reading.fewer(ctx.text) else None


def offer_fewer(ctx: Context, theme_id: str | None = None) -> Turn:
    """Fewer, none for a while, or none at all: somebody is tired of them, and nothing is changed before they choose."""
    rest_, all_, menu = ctx.button("rest"), ctx.button("notices_stop_all"), ctx.button("menu")
    if theme_id is not None:
        one = ctx.button("theme_stop", f"theme-stop:{theme_id}")
        return ctx.say("wishes.which", one, rest_, all_, menu, theme=ctx.content.themes[theme_id].title.get(ctx.lang))
    weekly = ctx.button(f"rhythm.{Rhythm.WEEKLY}", f"rhythm:{Rhythm.WEEKLY}")
    return ctx.say("wishes.fewer", weekly, rest_, all_, menu)


@router.press("rest")
def rest(ctx: Context, days: str = "") -> Turn:
    """None for a while but what is urgent; they come again by themselves."""
    if not themes.agrees(ctx):
        return ctx.say("wishes.none_stopped", ctx.button("themes"), ctx.button("menu"))
    period = timedelta(days=int(days)) if days.isascii() and days.isdecimal() and len(days) < 4 else reading.MONTH
    until = ctx.now + min(period, reading.LONGEST_REST * reading.MONTH)
    day = ctx.day_text(until.astimezone(LOCAL).date())
    buttons = (ctx.button("notices_again"), ctx.button("notices_stop_all"), ctx.button("menu"))
    turn = ctx.say("wishes.resting", *buttons, day=day)
    return themes.change(ctx, turn, muted_until=until)


@router.press("rhythms")
@router.word("cách gửi tin", "cách nhận tin", "gom tin", "gom tin lại")
def offer(ctx: Context, _: str = "") -> Turn:
    """The rhythms, and the channels of who has several."""
    if not themes.agrees(ctx):
        return themes.offer(ctx)
    rhythms = [ctx.button(f"rhythm.{one}", f"rhythm:{one}") for one in Rhythm]
    return ctx.say("wishes.how", *rhythms, *_channels(ctx)[: 4 - len(rhythms)], ctx.button("menu"))


def _channels(ctx: Context) -> list[QuickReply]:
    if len({one.urn.channel for one in ctx.person.addresses}) < 2:
        return []
    return [ctx.button("notice_channel")]


@router.press("rhythm")
def choose(ctx: Context, rhythm: str) -> Turn:
    """At once, or gathered once a day or a week."""
    if rhythm not in set(Rhythm) or not themes.agrees(ctx):
        return offer(ctx)
    turn = ctx.say(f"wishes.rhythm_chosen.{rhythm}", ctx.button("wishes"), ctx.button("menu"))
    return turn.learn(rhythm=Rhythm(rhythm))


@router.press("notice_channel")
@router.word("nhận tin qua zalo", "nhận tin qua telegram", "nhận tin qua trang web", "nhận tin ở đâu")
def channel(ctx: Context, kind: str = "") -> Turn:
    """By which of their channels notices go first; who writes from one place only hears how to add another."""
    known = {one.urn.channel: spoken_channel(one.urn, ctx.lang) for one in ctx.person.addresses}
    named = [one for one in known if one in ctx.folded.split()] if ctx.message.payload is None else []
    kind = kind or (named[0] if named else "")
    if len(known) < 2:
        return ctx.say("wishes.one_channel", ctx.button("join"), ctx.button("menu"))
    if kind not in known:
        ways = [QuickReply(label=spoken, payload=f"notice_channel:{one}") for one, spoken in known.items()]
        return ctx.say("wishes.which_channel", *ways[:4], ctx.button("menu"))
    turn = ctx.say("wishes.channel", ctx.button("wishes"), ctx.button("menu"), channel=known[kind])
    return turn.learn(notice_channel=kind)
