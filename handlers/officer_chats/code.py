"""The code that makes a chat an officer's desk, typed in a chat that is none yet."""

import re

from core.conversation import OfficerCodeTyped, Turn
from core.officer_chats import CHAT_CODE_FOR, CHAT_CODE_LENGTH
from core.questions import CODE_ALPHABET
from core.text import clean
from handlers.context import Context
from handlers.routing import Router

router = Router("officer-chats")

LONGEST = 40  # characters of a message that is a code and nothing else
MINUTES = int(CHAT_CODE_FOR.total_seconds() // 60)
_SIGNS = rf"[{CODE_ALPHABET}]{{{CHAT_CODE_LENGTH // 2}}}"
_CODE = re.compile(rf"\s*(?:mã\s+|ma\s+)?cb[ .:\-]*({_SIGNS})[ .\-]?({_SIGNS})[ .]*", re.IGNORECASE)


def read_chat_code(text: str) -> str | None:
    """The code that a whole message is; None where it is none.

    >>> read_chat_code("cb k7m4-pxrt"), read_chat_code("K7M4 PXRT")
    ('K7M4PXRT', None)
    """
    found = _CODE.fullmatch(clean(text)) if len(text) <= LONGEST else None
    return f"{found[1]}{found[2]}".upper() if found else None


def spoken_chat_code(code: str) -> str:
    """A code as it is told and typed: the letters before it tell it from every other code.

    >>> spoken_chat_code("K7M4PXRT")
    'CB K7M4 PXRT'
    """
    return f"CB {code[:4]} {code[4:]}"


@router.press("officer-list")
@router.press("officer-answer")
@router.press("officer-thread")
@router.press("officer-send")
@router.press("officer-edit")
@router.press("officer-drop")
@router.press("officer-notice")
@router.press("officer-approve")
@router.press("officer-return")
@router.press("officer-page")
@router.press("officer-yes")
def no_desk(ctx: Context, _: str = "") -> Turn:
    """A button from the time when this chat was a desk does nothing, and says so."""
    return ctx.say("officer-chat.no-desk", ctx.button("menu"))


@router.before_all
def read(ctx: Context) -> Turn | None:
    """A code in a citizen's chat, whatever is waited for."""
    code = read_chat_code(ctx.text) if ctx.message.payload is None and not ctx.message.attachments else None
    if code is None:
        return None
    turn = ctx.say("officer-chat.unknown", ctx.button("menu"), minutes=MINUTES)
    return turn.event(OfficerCodeTyped(code=code))
