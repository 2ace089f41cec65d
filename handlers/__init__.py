"""Conversations: pure functions from a message to a turn. No await, no database, no channel."""

from handlers import (
    answered,
    asking_notices,
    caution,
    danger,
    escaped,
    fallback,
    handover,
    joining,
    localities,
    menu,
    my_data,
    not_meant,
    notices,
    plan,
    questions,
    reach,
    reminding,
    smalltalk,
    topics,
)
from handlers.request import filling, sending
from handlers.routing import Router
from handlers.selfcheck import answering, begin, moving, news, reasons, result, supports
from handlers.subscribing import themes, ways

# In order of precedence where two could answer; danger and caution look at words before any waiting answer is read.
ROUTERS: list[Router] = [
    danger.router,
    caution.router,
    begin.router,
    answering.router,
    moving.router,
    result.router,
    reasons.router,
    supports.router,
    news.router,
    filling.router,
    sending.router,
    escaped.router,
    not_meant.router,
    reach.router,
    joining.router,
    localities.router,
    menu.router,
    notices.router,
    themes.router,
    ways.router,
    reminding.router,
    asking_notices.router,
    my_data.router,
    handover.router,
    questions.router,
    answered.router,
    plan.router,
    topics.router,
    smalltalk.router,
    fallback.router,
]
