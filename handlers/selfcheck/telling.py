"""Answers as they are read back to the person who gave them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from content.formatting import money_text, number_text
from content.schema import Unit
from content.selfcheck.answers import UNKNOWN
from content.selfcheck.floors import STEP
from content.selfcheck.schema import Kind, Question
from content.selfcheck.steps import question_of
from handlers.context import Context
from handlers.selfcheck import check as checks
from handlers.selfcheck.check import Check


def name_text(ctx: Context, step: str) -> str:
    """What a step is about, in a few words; an amount by its source."""
    questionnaire = checks.questions(ctx)
    question, option = question_of(questionnaire, step)
    if option is None or question.each is None:
        return question.name.get(ctx.lang)
    source = questionnaire.question(question.each).option(option)
    return source.shown(ctx.lang) if source else question.name.get(ctx.lang)


def answer_text(ctx: Context, step: str, value: Any) -> str:
    """An answer in words."""
    question, _ = question_of(checks.questions(ctx), step)
    if value == UNKNOWN:
        return ctx.fill("check.unknown")
    if question.kind in (Kind.ONE, Kind.SOME):
        return _options(ctx, question, value)
    if question.kind is Kind.AMOUNT:
        return amount_text(ctx, value)
    if question.kind is Kind.FLOOR:
        return floor_text(ctx, value)
    told = question.told.get(ctx.lang) if question.told else "{value}"
    return told.format(value=value)


def _options(ctx: Context, question: Question, value: Any) -> str:
    ids = value if isinstance(value, list) else [value]
    if not ids:
        return question.none.get(ctx.lang) if question.none else ctx.fill("check.unknown")
    return "; ".join(one.shown(ctx.lang) for one in question.options if one.id in ids)


def money(ctx: Context, dong: int) -> str:
    """A sum of money, without how often."""
    return _spoken(ctx, dong, Unit.VND)


def a_month(ctx: Context, dong: int) -> str:
    """A sum of money a month."""
    return _spoken(ctx, dong, Unit.VND_MONTH)


def _spoken(ctx: Context, dong: int, unit: Unit) -> str:
    """With its words, unless nobody would say them: a share of a sum rarely ends in thousands."""
    text = money_text(dong, unit, ctx.lang)
    return text if dong % 1_000 == 0 else re.sub(r" \(.*?\)", "", text)


def amount_text(ctx: Context, value: Any) -> str:
    """An amount a month, and how it was reckoned where it was."""
    month, said = int(value["month"]), list(value.get("said", []))
    if not said:
        return a_month(ctx, month)
    way, first, *rest = said
    if way == "sum":
        parts = " + ".join(money(ctx, int(one)) for one in (first, *rest))
        return ctx.fill("check.way.sum", parts=parts, month=a_month(ctx, month))
    count = rest[0] if rest else 1
    return ctx.fill(f"check.way.{way}", amount=money(ctx, int(first)), count=count, month=a_month(ctx, month))


def floor_text(ctx: Context, value: Any) -> str:
    """A floor area, and the sides it was reckoned from."""
    area = plain(ctx, value["cm2"] / 10_000)
    said: Sequence[Any] = value.get("said", [])
    if not said:
        return ctx.fill("check.floor", area=area)
    way, one, other = said
    sides = {"one": plain(ctx, one), "other": plain(ctx, other)}
    return ctx.fill(f"check.floor.{way}", area=area, step=plain(ctx, float(STEP)), **sides)


def plain(ctx: Context, number: float) -> str:
    """A number with at most one decimal."""
    return number_text(Decimal(str(round(number, 1))), ctx.lang)


def listing(ctx: Context, check: Check, steps: Sequence[str]) -> list[str]:
    """Answers, one a line: what was asked, and what was said."""
    return [
        ctx.fill("check.line", name=name_text(ctx, step), answer=answer_text(ctx, step, check.answers[step]))
        for step in steps
    ]


def answered(ctx: Context, check: Check) -> list[str]:
    """The steps that have an answer, in their order; the sum is none of the person's own."""
    return [step for step in checks.order(ctx, check) if step in check.answers and step != "sum"]
