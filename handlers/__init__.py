"""Conversations: pure functions from a message to a turn. No await, no database, no channel."""

from handlers import (
    after_alarm,
    answered,
    asking_notices,
    caution,
    correcting,
    danger,
    escaped,
    fallback,
    firms,
    fraud,
    handover,
    ideas,
    joining,
    localities,
    meanwhile,
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
    who,
    withdrawing,
)
from handlers.labour import confirming
from handlers.market import posting
from handlers.needs import asking as needs
from handlers.officer_chats import code
from handlers.request import filling, sending
from handlers.routing import Router
from handlers.selfcheck import answering, begin, moving, news, reasons, result, supports
from handlers.subscribing import themes, ways
from handlers.training import joining as enrolling
from handlers.training import naming as naming_courses
from handlers.training import surveying
from handlers.work import (
    asking,
    calling,
    counselling,
    events,
    fair_asked,
    for_others,
    naming,
    needed,
    questioning,
    replying,
    reporting,
)
from handlers.work import leads as work_leads
from handlers.work import news as work_news

# In order of precedence where two could answer; danger looks at words before an officer who talks to
# somebody, both and caution before any waiting answer is read.
# Before them only a code that makes a chat an officer's desk: no alarm looks like one.
ROUTERS: list[Router] = [
    code.router,
    danger.router,
    fraud.router,
    meanwhile.router,
    after_alarm.router,
    caution.router,
    who.router,
    correcting.router,
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
    withdrawing.router,
    menu.router,
    notices.router,
    themes.router,
    ways.router,
    reminding.router,
    asking_notices.router,
    asking.router,
    work_news.router,
    enrolling.router,
    naming_courses.router,
    events.router,
    fair_asked.router,
    for_others.router,
    replying.router,
    reporting.router,
    questioning.router,
    naming.router,
    needed.router,
    work_leads.router,
    needs.router,
    confirming.router,
    counselling.router,
    calling.router,
    ideas.router,
    posting.router,
    surveying.router,
    my_data.router,
    handover.router,
    questions.router,
    answered.router,
    plan.router,
    firms.router,
    topics.router,
    smalltalk.router,
    fallback.router,
]
