"""The themes somebody wants notices of, or wants none of: chosen, stopped, shown."""

from dataclasses import replace

from content.schema import Theme
from core.contacts import AGREED_FOR, ContactStatus, Purpose
from core.conversation import ConsentGiven, Turn, WishesChanged
from handlers import localities
from handlers.context import ELSEWHERE, LOCAL, Context, join
from handlers.routing import Router
from handlers.subscribing import reading

router = Router("themes")

WORDING = "wishes.offer"  # what somebody reads before they choose
STATE = "wishes.choose"
SHOWN = 3  # themes in one bubble, beside the next ones and all of them


def agrees(ctx: Context) -> bool:
    """Whether the ward may write to this person."""
    yes = any(one.purpose is Purpose.NOTICES and one.expires_at > ctx.now for one in ctx.person.consents)
    return yes and ctx.contact.status is not ContactStatus.STOPPED


def rests(ctx: Context) -> bool:
    """Whether they want none for a while."""
    return ctx.contact.muted_until is not None and ctx.contact.muted_until > ctx.now


def change(ctx: Context, turn: Turn, **wishes: object) -> Turn:
    """The turn after which somebody wants notices otherwise; what is not named stays as it is."""
    new = replace(ctx.person.wishes, **wishes)  # type: ignore[arg-type]
    return turn.learn(status=new.status, muted_until=new.muted_until).event(WishesChanged(wishes=new))


def of_topic(ctx: Context, topic: str) -> Theme | None:
    """The theme of a topic."""
    return next((one for one in ctx.content.themes.values() if topic in one.topics), None)


def said(ctx: Context) -> Theme | None:
    """The theme that somebody names while they stop it."""
    found = reading.chosen(ctx.text, ctx.content.themes.values()) if ctx.message.payload is None else None
    return ctx.content.themes[found.theme] if found is not None and found.theme and not found.wanted else None


@router.before_understanding
def asked(ctx: Context) -> Turn | None:
    """A theme wanted or stopped in the person's own words."""
    if ctx.message.payload is not None:
        return None
    found = reading.chosen(ctx.text, ctx.content.themes.values())
    if found is None:
        return show(ctx) if reading.mine(ctx.text) else None
    if found.theme is None:
        return want_all(ctx)
    return want(ctx, found.theme) if found.wanted else stop(ctx, found.theme)


@router.action("action:subscribe")
def understood(ctx: Context) -> Turn:
    """Words that sound like a wish to get notices: of a theme, where nothing else is said."""
    theme = reading.bare_theme(ctx.folded, ctx.content.themes.values())
    return want(ctx, theme) if theme is not None else show(ctx)


@router.press("wishes")
@router.word("nhận tin", "đăng ký nhận tin", "tin của tôi", "cài đặt tin", "chọn chủ đề", "my news", "news settings")
def show(ctx: Context, _: str = "") -> Turn:
    """What somebody gets now, and how; who gets nothing yet is asked what they want."""
    if not agrees(ctx):
        return offer(ctx)
    words = ctx.words
    lines = [ctx.fill("wishes.now", themes=named(ctx))]
    if ctx.contact.status is not ContactStatus.ALERTS:
        lines.append(words.text(f"wishes.rhythm.{ctx.contact.rhythm}"))
    lines.append(_resting(ctx))
    rest = ctx.button("notices_again") if rests(ctx) else ctx.button("rest")
    buttons = (ctx.button("themes"), ctx.button("rhythms"), rest, ctx.button("notices_stop_all"), ctx.button("menu"))
    return ctx.tell(join(lines), *buttons)


def _resting(ctx: Context) -> str:
    """Until when nothing comes, though it is wanted; empty where nobody rests."""
    until = ctx.contact.muted_until
    if not rests(ctx) or until is None:
        return ""
    return ctx.fill("wishes.rests", day=ctx.day_text(until.astimezone(LOCAL).date()))


def named(ctx: Context) -> str:
    """What they get, in words."""
    if ctx.contact.status is ContactStatus.ALERTS:
        return ctx.words.text("wishes.only_alerts")
    titles = _titles(ctx, ctx.person.wanted)
    if titles:
        return titles
    without = _titles(ctx, ctx.person.stopped)
    return ctx.words.text("wishes.all_but", themes=without) if without else ctx.words.text("wishes.everything")


def _titles(ctx: Context, topics: frozenset[str]) -> str:
    return "; ".join(
        one.title.get(ctx.lang) for one in ctx.content.themes.values() if not topics.isdisjoint(one.topics)
    )


@router.press("themes")
def offer(ctx: Context, start: str = "") -> Turn:
    """Themes to choose from, a few at a time; what is kept is said before anything is."""
    if (place := placeless(ctx, ctx.text)) is not None:
        return place
    themes = list(ctx.content.themes.values())
    first = int(start) if start.isascii() and start.isdecimal() and int(start) < len(themes) else 0
    shown = themes[first : first + SHOWN]
    buttons = [ctx.button("theme", f"theme:{one.id}", theme=one.button.get(ctx.lang)) for one in shown]
    after = first + len(shown)
    buttons.append(ctx.button("more_themes", f"themes:{after if after < len(themes) else 0}"))
    buttons.append(ctx.button("all_themes"))
    return ctx.say(WORDING, *buttons).wait(STATE)


@router.state(STATE)
def read(ctx: Context) -> Turn | None:
    """A theme by its name, also one that lies behind another button."""
    if ctx.message.payload is not None:
        return None
    theme = reading.bare_theme(ctx.folded, ctx.content.themes.values())
    return want(ctx, theme) if theme is not None else None


def placeless(ctx: Context, text: str) -> Turn | None:
    """Nobody can be written to whose place is not known, or does not write."""
    if ctx.contact.locality == ELSEWHERE:
        return ctx.say("no_notices", *localities.start_buttons(ctx))
    return localities.ask(ctx, pending=text or None) if ctx.locality is None else None


@router.press("theme")
def want(ctx: Context, theme_id: str) -> Turn:
    """News of this theme from now on; who gets all of them already is not cut down to one without a question."""
    theme = ctx.content.themes.get(theme_id)
    if theme is None:
        return offer(ctx)
    if (place := placeless(ctx, ctx.text)) is not None:
        return place
    person, topics = ctx.person, frozenset(theme.topics)
    title = theme.title.get(ctx.lang)
    everything = agrees(ctx) and ctx.contact.status is ContactStatus.ACTIVE and not person.wanted
    if everything and person.stopped.isdisjoint(topics):
        only = ctx.button("theme_only", f"theme-only:{theme.id}")
        return ctx.say("wishes.already", only, ctx.button("rhythms"), ctx.button("menu"), theme=title)
    if everything:
        turn = ctx.say("wishes.theme_again", ctx.button("wishes"), ctx.button("menu"), theme=title)
        return _agreeing(ctx, change(ctx, turn, stopped=person.stopped - topics))
    wanted = person.wanted | topics
    return _wanted(ctx, theme, wanted=wanted, stopped=person.stopped - topics)


@router.press("theme-only")
def only(ctx: Context, theme_id: str) -> Turn:
    """This theme and no other, beside what was chosen."""
    theme = ctx.content.themes.get(theme_id)
    if theme is None or placeless(ctx, ctx.text) is not None:
        return offer(ctx)
    topics = frozenset(theme.topics)
    return _wanted(ctx, theme, wanted=ctx.person.wanted | topics, stopped=ctx.person.stopped - topics)


def _wanted(ctx: Context, theme: Theme, *, wanted: frozenset[str], stopped: frozenset[str]) -> Turn:
    told = ctx.fill("wishes.chosen", themes=_titles(ctx, wanted), theme=theme.title.get(ctx.lang))
    turn = ctx.tell(
        join([told, _resting(ctx)]),
        ctx.button("add_theme", "themes"),
        ctx.button("rhythms"),
        ctx.button("theme_stop", f"theme-stop:{theme.id}"),
        ctx.button("menu"),
    )
    return _agreeing(ctx, change(ctx, turn, status=ContactStatus.ACTIVE, wanted=wanted, stopped=stopped))


@router.press("all_themes")
def want_all(ctx: Context, _: str = "") -> Turn:
    """Whatever the ward writes."""
    if (place := placeless(ctx, ctx.text)) is not None:
        return place
    told = join([ctx.fill("wishes.chosen_all"), _resting(ctx)])
    turn = ctx.tell(told, ctx.button("rhythms"), ctx.button("notices_stop_all"), ctx.button("menu"))
    none = frozenset[str]()
    return _agreeing(ctx, change(ctx, turn, status=ContactStatus.ACTIVE, wanted=none, stopped=none))


def _agreeing(ctx: Context, turn: Turn) -> Turn:
    """The turn, with a consent for who had none."""
    if agrees(ctx):
        return turn
    expires = ctx.now + AGREED_FOR
    return turn.event(ConsentGiven(purpose=Purpose.NOTICES, expires_at=expires, wording=WORDING))


@router.press("theme-stop")
def stop(ctx: Context, theme_id: str) -> Turn:
    """Nothing of this theme from now on (voice.md T47); where it was the last, only what is urgent is left."""
    theme = ctx.content.themes.get(theme_id)
    if theme is not None and ctx.contact.status is ContactStatus.STOPPED:
        return ctx.say("notices.stopped_before", ctx.button("notices_again"), ctx.button("menu"))
    if theme is None or not agrees(ctx):
        return ctx.say("wishes.none_stopped", ctx.button("themes"), ctx.button("menu"))
    title, topics, person = theme.title.get(ctx.lang), frozenset(theme.topics), ctx.person
    back = ctx.button("notices_again", f"theme:{theme.id}")
    wanted = person.wanted - topics
    if (person.wanted and not wanted) or ctx.contact.status is ContactStatus.ALERTS:
        turn = ctx.say("wishes.last_stopped", ctx.button("stop_alerts", "notices_stop_all"), back, theme=title)
        return change(ctx, turn, status=ContactStatus.ALERTS, wanted=frozenset[str]())
    turn = ctx.say("wishes.theme_stopped", back, ctx.button("notices_stop_all"), ctx.button("menu"), theme=title)
    return change(ctx, turn, wanted=wanted, stopped=person.stopped | topics)
