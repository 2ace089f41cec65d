"""Conversations: pure functions from a message to a turn. No await, no database, no channel."""

from handlers import (
    answered,
    caution,
    danger,
    fallback,
    handover,
    localities,
    menu,
    my_data,
    not_meant,
    plan,
    questions,
    reach,
    smalltalk,
    topics,
)
from handlers.routing import Router

# In order of precedence where two could answer; danger and caution look at words before any waiting answer is read.
ROUTERS: list[Router] = [
    danger.router,
    caution.router,
    not_meant.router,
    reach.router,
    localities.router,
    menu.router,
    my_data.router,
    handover.router,
    questions.router,
    answered.router,
    plan.router,
    topics.router,
    smalltalk.router,
    fallback.router,
]
