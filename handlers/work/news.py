"""Looking at work without telling anything, and being told when there is something new."""

from core.contacts import AGREED_FOR, ContactStatus, Purpose
from core.conversation import ConsentGiven, Turn
from core.messages import QuickReply
from handlers.context import Context
from handlers.routing import Router
from handlers.subscribing import themes
from handlers.work import asking

router = Router("work_news")

WORDING = "job_news.on"
THEME = "jobs"


@router.press("work-browse")
@router.word("chỉ xem việc", "xem việc đang tuyển", "việc đang tuyển", "xem tin tuyển dụng", "just look at jobs")
def browse(ctx: Context, said: str = "") -> Turn:
    """What is open here, one by one; who told what they look for gets their own list."""
    if (elsewhere := asking.stranger(ctx)) is not None:
        return elsewhere
    kind, start = asking.place_in_list(said)
    if asking.has_profile(ctx):
        return asking.listing(ctx, kind, start)
    return asking.open_list(ctx, kind, start)


@router.press("work-ask")
def ask(ctx: Context, _: str = "") -> Turn:
    """Whether something may be kept, so that what suits can be found."""
    return asking.work(ctx)


@router.press("work-news")
@router.word("báo tôi việc mới", "báo việc mới", "có việc mới thì báo tôi", "có việc mới thì nhắn tôi")
@router.word("nhận tin việc mới", "tell me of new work")
def news(ctx: Context, _: str = "") -> Turn:
    """To be told of what is new, at one's rhythm of notices; who never told what they look for is asked that first."""
    if (elsewhere := asking.stranger(ctx)) is not None:
        return elsewhere
    if not asking.has_profile(ctx):
        return asking.ask(ctx)
    person, topics = ctx.person, frozenset(ctx.content.themes[THEME].topics)
    everything = themes.agrees(ctx) and ctx.contact.status is ContactStatus.ACTIVE and not person.wanted
    turn = ctx.say(WORDING, *_buttons(ctx))
    turn = themes.change(
        ctx,
        turn,
        status=ContactStatus.ACTIVE,
        wanted=person.wanted if everything else person.wanted | topics,
        stopped=person.stopped - topics,
    )
    if themes.agrees(ctx):
        return turn
    return turn.event(ConsentGiven(purpose=Purpose.NOTICES, expires_at=ctx.now + AGREED_FOR, wording=WORDING))


def _buttons(ctx: Context) -> tuple[QuickReply, ...]:
    stop = ctx.button("job_news_stop", f"theme-stop:{THEME}")
    return ctx.button("work_see_vacancy", "work"), ctx.button("rhythms"), stop, ctx.button("menu")
