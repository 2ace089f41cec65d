"""What officers do with a notice: submit, approve, return, pause, resume, stop; and the ledger of who got it."""

from starlette.responses import Response

from core.campaigns import Campaign, Step
from core.errors import ChungTayError, NotAllowedError, StaleError
from core.officers import Right
from core.report import FATES, WHYS
from handlers import campaigning
from handlers.campaigning import MOST_WHY, Doing
from web.bubbles import time_text
from web.console.access import access_notice
from web.console.kept import Typed, settle
from web.console.notice import Trouble, notice_of, notice_page, reached
from web.console.notices import page_of
from web.console.visit import Visit

NOTICE = "/console/notices/{id}"
ROWS = 50  # of the ledger on a page
WHY = {Step.RETURN: "return_why", Step.STOP: "stop_why"}  # the field of each form that asks for a reason
TYPED = tuple(WHY.values())
# How the handler begins what it refuses, and the sentence for it.
REFUSED = (
    ("too few", "console.step.few"),
    ("over the budget", "console.step.over"),
    ("a notice is returned", "console.step.no-why"),
    ("the reason has", "console.step.long"),
)


async def post_step(visit: Visit) -> Response:
    """POST /console/notices/{id}/{step}."""
    one, step = notice_of(visit), Step(visit.request.url.path.rpartition("/")[2])
    if step is Step.APPROVE and (fault := await _number(visit, one)):
        return await _again(visit, Trouble(text=fault, form=step.value))
    return await take(visit, one, step)


async def take(visit: Visit, one: Campaign, step: Step, *, first: bool = True) -> Response:
    """Take a step and show the result; or say why not. `first`: the form was not counted yet."""
    noticing = visit.console.noticing
    month = await noticing.month(ask=True) if step in (Step.SUBMIT, Step.APPROVE) else None
    doing = Doing(
        officer=visit.officer.name,
        now=visit.now,
        seen=visit.form.get("seen") if first else None,
        once=visit.once if first else None,
        why=visit.form.get(WHY.get(step, "")),
    )
    try:
        await campaigning.take(visit.site.storage, one, step, doing, month=month)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.step.stale"), form=step.value, status=409))
    except NotAllowedError:
        if not visit.officer.may(campaigning.RIGHTS[step], localities=one.notice.localities):
            raise
        return await _again(visit, Trouble(text=visit.words.text("console.notice.own"), form=step.value, status=403))
    except ChungTayError as error:
        name = next((sentence for begin, sentence in REFUSED if error.what.startswith(begin)), "console.step.stale")
        text = visit.words.text(name, **({"most": MOST_WHY} if name == "console.step.long" else {}))
        return await _again(visit, Trouble(text=text, form=step.value))
    await settle(visit, page_of(one), TYPED, sent=WHY.get(step, ""))
    return visit.go(page_of(one), done=f"notice-{step}")


async def _number(visit: Visit, one: Campaign) -> str:
    """Before many people get it, whoever approves types how many they are (voice O5)."""
    month = await visit.console.noticing.month(ask=False)
    reach = await reached(visit, one.notice, month)
    typed = "".join(each for each in visit.form.get("number") if each.isdigit())
    if not reach.many or typed == str(reach.many):
        return ""
    return visit.words.text("console.approve.number", number=reach.number)


async def _again(visit: Visit, trouble: Trouble) -> Response:
    """The page as it is now, with what was typed."""
    one = await access_notice(visit, notice_of(visit).id, Right.READ_CAMPAIGNS)
    typed = Typed(fields={name: visit.form.get(name) for name in TYPED})
    return await notice_page(visit, one, typed=typed, trouble=trouble)


async def show_ledger(visit: Visit) -> Response:
    """GET /console/notices/{id}/ledger?after=: everybody who was meant, with what became of it and why."""
    one, words = notice_of(visit), visit.words
    async with visit.site.storage.read() as uow:
        found = await uow.notices.ledger(one.id, after=visit.request.query_params.get("after", ""), limit=ROWS)
    lines = [
        {
            "name": row.name or words.text("console.ledger.nameless", number=row.contact_id or 0),
            "hamlet": row.hamlet,
            "channel": row.account.partition(".")[0],
            "fate": words.text(f"report.fate.{FATES[row.state]}"),
            "why": words.text(f"report.why.{WHYS[row.reason]}") if row.reason in WHYS else row.reason,
            "at": time_text(row.at, now=visit.now, words=words) if row.at else "",
        }
        for row in found.rows
    ]
    onward = f"{page_of(one)}/ledger?after={found.onward}" if found.onward else ""
    first = not visit.request.query_params.get("after")
    return visit.page("ledger.html", one=one, href=page_of(one), lines=lines, onward=onward, first=first)
