"""The menu, and the words that always lead out of wherever one is."""

import re
from collections.abc import Mapping

from core.contacts import Purpose
from core.conversation import Turn
from core.messages import QuickReply
from core.questions import QuestionState, spoken_code
from handlers import drafts, localities, topics
from handlers.context import Context
from handlers.routing import Router

router = Router("menu")

WORDS = ("handover.", "idea.", "call.")  # states in which words for an officer are written
# Forms that keep nothing before their end, and what their answers are kept for then.
FORMS: Mapping[str, Purpose] = {
    "training.": Purpose.TRAINING,
    "work.": Purpose.WORK,
    "market.": Purpose.MARKET,
    "stated.": Purpose.STATED,
    "survey.": Purpose.SURVEY,
    "labour.": Purpose.LABOUR,
}

_DOUBTED = re.compile(
    r"^(?:\w+ ){0,3}(?:may|chung may|bot|chung tay|day|ben nay|trang nay|ben ban|tui bay|may nay) (?:\w+ ){0,3}"
    r"(?:lua dao|lua nguoi|lua bip|lua|gia mao|gia danh)(?: (?:phai khong|khong|a|ha|dung khong|chu gi|phai a))*$"
)


@router.word("/start", "start", "bắt đầu", "bắt đầu lại")
def start(ctx: Context) -> Turn:
    """Begin anew."""
    return localities.greeting(ctx)


@router.before_understanding
def doubted(ctx: Context) -> Turn | None:
    """ "Chúng mày cũng là lừa đảo phải không": who speaks, that nothing is asked for, and how to make sure."""
    if _DOUBTED.search(ctx.folded) is None:
        return None
    return ctx.say("who_we_are", ctx.button("officer"), ctx.button("topics"))


@router.word("menu", "/menu", "/help", "0", "về đầu", "trợ giúp", "giúp", "help", "trang chủ")
@router.press("menu")
@router.action("action:menu")
def menu(ctx: Context, _: str = "") -> Turn:
    """What one can do here (voice.md T04)."""
    if ctx.contact.locality is None:
        return localities.ask(ctx)
    return ctx.say(
        "menu",
        ctx.button("topics"),
        ctx.button("check"),
        ctx.button("officer"),
        ctx.button("questions"),
        ctx.button("settings"),
    )


@router.word("hủy", "hủy bỏ", "thôi", "cancel", "/cancel", "dừng lại", "không gửi nữa")
@router.word("thôi tôi không gửi đâu", "thôi không gửi", "tôi không gửi đâu", "thôi không gửi nữa", "thôi em không gửi")
@router.press("cancel")
def cancel(ctx: Context, _: str = "") -> Turn:
    """Leave what was begun; nothing of it is kept. What was passed on before can be taken back."""
    conversation = ctx.person.conversation
    begun = conversation.waiting is not None and not conversation.waiting.state.startswith("question.")
    newest = next(iter(ctx.person.questions), None)
    if not begun and newest is not None and newest.state is QuestionState.OPEN:
        withdraw = QuickReply(label=ctx.words.text("button.withdraw"), payload=f"question-withdraw:{newest.id}")
        return ctx.say("cancelled.sent", withdraw, ctx.button("menu"), code=spoken_code(newest.code)).drop()
    return ctx.say(_left(ctx) if begun else "cancelled.idle", *localities.start_buttons(ctx)).drop()


def _left(ctx: Context) -> str:
    """What is said of what was begun: words that do not go, a form of which nothing is kept yet, or neither."""
    waiting = ctx.person.conversation.waiting
    state = waiting.state if waiting is not None else ""
    if drafts.pending(ctx.person.conversation) is not None or state.startswith(WORDS):
        return "cancelled"
    purpose = next((one for begin, one in FORMS.items() if state.startswith(begin)), None)
    kept = purpose is not None and any(one.purpose is purpose for one in ctx.person.consents)
    return "cancelled.left" if purpose is None or kept else "cancelled.unkept"


@router.word("quay lại", "trở lại", "back", "quay về")
@router.press("back")
def back(ctx: Context, _: str = "") -> Turn:
    """One step back: to the topic last read, or to the menu."""
    topic = ctx.person.conversation.topic or ""
    if topic in ctx.content.topics and ctx.contact.locality is not None:
        return topics.show(ctx, topic)
    return menu(ctx)


@router.press("settings")
@router.word("cài đặt", "settings", "/settings")
def settings(ctx: Context, _: str = "") -> Turn:
    """Place, language, and what is kept."""
    other = ctx.button("english", "lang:en") if ctx.lang == "vi" else ctx.button("vietnamese", "lang:vi")
    mine = (ctx.button("wishes"), ctx.button("mydata"), ctx.button("menu"))
    return ctx.say("settings", ctx.button("place"), other, *mine)


@router.press("lang")
def language(ctx: Context, lang: str) -> Turn:
    """Vietnamese or English from now on."""
    lang = "en" if lang == "en" else "vi"
    ctx = ctx.learning(language=lang)
    return menu(ctx).learn(language=lang)


@router.press("speak")
def speak(_: Context, lang: str) -> Turn:
    """A page was opened in a language: learnt, and nothing said."""
    return Turn().learn(language="en" if lang == "en" else "vi")


@router.word("english", "tiếng anh", "in english", "english pls", "english please", "in english please")
@router.word("speak english", "speak english please", "nói tiếng anh", "please english", "pls english")
def english(ctx: Context) -> Turn:
    """The word itself is enough; who is answered in it already is told so."""
    return ctx.say("remark.in_english", *localities.start_buttons(ctx)) if ctx.lang == "en" else language(ctx, "en")


@router.word("tiếng việt", "vietnamese")
def vietnamese(ctx: Context) -> Turn:
    """The word itself is enough."""
    return language(ctx, "vi")
