"""What is said before an answer: that it comes late, and that something which came along could not be read."""

from dataclasses import replace
from datetime import timedelta

from core.conversation import Turn
from core.messages import Unread
from handlers.context import LOCAL, Context
from handlers.dates import spoken_time

LATE = timedelta(minutes=10)  # from when somebody wrote until they are answered
# Words or other files came with these: they are answered, and what was not looked at is named.
NAMED = (Unread.VIDEO, Unread.FILE_KIND, Unread.FILE_LARGE, Unread.FILE_LOST, Unread.UNSEEN)


def with_remarks(ctx: Context, turn: Turn, *, switched: bool = False) -> Turn:
    """The turn with its remarks in front. Nothing stands before what saves a life.

    `switched` when it is answered in English because the message was in English, for the first time.
    """
    in_danger = turn.waiting is not None and turn.waiting.state.startswith("danger.")
    if in_danger or not turn.replies:
        return turn
    before = _introduced(ctx, turn)
    if switched:
        before = before.then(ctx.learning(language="en").say("remark.in_english"))
    if _is_late(ctx):
        before = before.then(ctx.say("late", time=_moment(ctx)))
    if ctx.message.unread in NAMED and (ctx.text or ctx.message.attachments):
        before = before.then(ctx.say(f"remark.{ctx.message.unread}"))
    return replace(turn, replies=(*before.replies, *turn.replies))


def _introduced(ctx: Context, turn: Turn) -> Turn:
    """Who speaks, to somebody whose first words came where no place is asked for; not where the answer says it."""
    place = ctx.message.locality
    first = ctx.person.conversation.version == 0 and ctx.message.payload is None
    if not first or place not in ctx.content.localities:
        return Turn()
    hello = ctx.learning(locality=place).say("welcome")
    return Turn() if turn.replies[0].text == hello.replies[0].text else hello


def _is_late(ctx: Context) -> bool:
    sent, previous = ctx.message.sent_at, ctx.contact.last_inbound_at
    if sent is None or ctx.now - sent < LATE:
        return False
    # Of several that waited, the first answer says it for all.
    return previous is None or ctx.now - previous >= LATE


def _moment(ctx: Context) -> str:
    sent = (ctx.message.sent_at or ctx.now).astimezone(LOCAL)
    time = spoken_time(sent.time(), ctx.lang)
    return time if sent.date() == ctx.today else f"{time}, {ctx.day_text(sent.date())}"
