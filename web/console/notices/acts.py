"""What officers do with a notice: submit, approve, return, pause, resume, stop."""

from starlette.responses import Response

from core.campaigns import Campaign, Step
from core.errors import ChungTayError, NotAllowedError, StaleError
from core.officers import Right
from handlers import campaigning
from handlers.campaigning import MOST_WHY, Doing
from web.console.access import access_notice
from web.console.kept import Typed, settle
from web.console.notices.listing import page_of
from web.console.notices.notice import Trouble, notice_of, notice_page, reached
from web.console.visit import Visit

NOTICE = "/console/notices/{id}"
WHY = {Step.RETURN: "return_why", Step.STOP: "stop_why"}  # the field of each form that asks for a reason
TYPED = tuple(WHY.values())


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
        content = visit.console.content
        await campaigning.take(visit.site.storage, one, step, doing, content=content, month=month)
    except StaleError:
        return await _again(visit, Trouble(text=visit.words.text("console.step.stale"), form=step.value, status=409))
    except NotAllowedError:
        if not visit.officer.may(campaigning.RIGHTS[step], localities=one.notice.localities):
            raise
        return await _again(visit, Trouble(text=visit.words.text("console.notice.own"), form=step.value, status=403))
    except ChungTayError as error:
        name = campaigning.refusal(error)
        text = visit.words.text(name, **({"most": MOST_WHY} if name == "console.step.long" else {}))
        return await _again(visit, Trouble(text=text, form=step.value))
    await settle(visit, page_of(one), TYPED, sent=(WHY.get(step, ""),))
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
