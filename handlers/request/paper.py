"""The papers themselves: Mẫu số 01, and the household's own summary sheet. Official words, always in Vietnamese."""

from collections.abc import Mapping
from typing import Any

from content.selfcheck.deriving import income_per_person, indicators
from content.wording import Wording, wording
from core.papers import Blank, Paper, PaperTable, Part
from core.text import fold
from handlers.context import Context
from handlers.selfcheck import check as checks
from handlers.selfcheck import result, telling
from handlers.selfcheck.check import Check

DOTS = "………………"
_SPARE = 4  # empty rows where no member was named and the number is not known
_WIDTHS = (1, 5, 2, 3, 3, 4)


def request_paper(ctx: Context, check: Check) -> Paper:
    """Mẫu số 01 with what is known; what is not known is left to be written by hand."""
    words, form = wording("vi"), check.form
    return Paper(
        title=words.text("paper.title"),
        national=(words.text("paper.state"), words.text("paper.motto")),
        form=words.text("paper.form"),
        to=words.text("paper.to", place=unit_text(ctx) or f"xã, phường {DOTS}"),
        blanks=_blanks(words, form),
        table=_members(words, check, ctx),
        closing=(
            Blank(label=words.text("paper.reason"), value=str(form.get("reason") or "")),
            words.text("paper.promise"),
        ),
        dated=words.text(
            "paper.dated", place=_place_name(ctx), day=ctx.today.day, month=_month(ctx), year=ctx.today.year
        ),
        signed=(words.text("paper.signer"), words.text("paper.sign"), str(form.get("name") or "")),
    )


def _month(ctx: Context) -> str:
    return f"{ctx.today.month:02d}" if ctx.today.month <= 2 else str(ctx.today.month)


def unit_text(ctx: Context) -> str:
    """The commune or ward of today, as it stands in a sentence; empty where it is not known which one it is."""
    if not ctx.place_id:
        return ""
    unit = ctx.content.place(locality=ctx.place_id, on=ctx.today, lang="vi")
    return "" if unit == wording("vi").text("office.place.unknown") else unit


def _place_name(ctx: Context) -> str:
    unit = unit_text(ctx)
    bare = unit.removeprefix("phường ").removeprefix("xã ")
    return bare[:1].upper() + bare[1:] if bare != unit else DOTS


def _blanks(words: Wording, form: Mapping[str, Any]) -> tuple[Blank, ...]:
    sex = {"male": "1 (Nam)", "female": "2 (Nữ)"}.get(str(form.get("sex") or ""), "")
    values = {**{name: str(value or "") for name, value in form.items()}, "sex": sex}
    names = ("name", "sex", "born", "ethnicity", "id_number", "id_issued", "residence", "home")
    return tuple(Blank(label=words.text(f"paper.field.{name}"), value=values.get(name, "")) for name in names)


def _members(words: Wording, check: Check, ctx: Context) -> PaperTable:
    people = [_as_asked(one, check) for one in check.form.get("members") or ()]
    sexes = {"male": "Nam", "female": "Nữ"}
    rows = tuple(
        (str(number), one["name"], sexes.get(one["sex"], ""), one["born"], one["relation"], one["state"])
        for number, one in enumerate(people, 1)
    )
    members = checks.home_of(ctx, check).members or 0
    spare = max(members - len(rows), 0) if members or rows else _SPARE
    head = tuple(words.text(f"paper.head.{name}") for name in ("number", "name", "sex", "born", "relation", "state"))
    return PaperTable(title=words.text("paper.members"), head=head, rows=rows, shares=_WIDTHS, spare=spare)


def _as_asked(person: Mapping[str, str], check: Check) -> Mapping[str, str]:
    """The one who asks is a member too: what was told of them above need not be told again."""
    if fold(person["name"]) != fold(str(check.form.get("name") or "")):
        return person
    told = {name: str(check.form.get(name) or "") for name in ("sex", "born")}
    return {**person, **{name: person[name] or value for name, value in told.items()}}


def summary_paper(ctx: Context, check: Check) -> Paper:
    """What was answered and what it may mean, for the hamlet leader or an officer. It holds no name."""
    words, told = ctx.words, result.found(ctx, check)
    home = checks.home_of(ctx, check)
    answers = telling.listing(ctx, check, telling.answered(ctx, check))
    share = income_per_person(home)
    parts = [Part(title=words.text("paper.summary.answers"), lines=tuple(answers))]
    if told:
        lacks = indicators(home)
        standing = tuple(
            words.text(
                "check.line", name=one.name.get(ctx.lang), answer=words.text(f"check.mark.{_key(lacks.get(one.id))}")
            )
            for one in told[0].standard.indicators
        )
        parts.append(Part(title=words.text("paper.summary.indicators"), lines=standing))
        may = [
            words.text(
                "paper.summary.by",
                standard=f"{one.standard.title.get(ctx.lang)} ({one.standard.document})",
                classes=result.classes_text(ctx, one.possible),
            )
            for one in told
        ]
        if share is not None:
            may.insert(0, words.text("check.why.income", share=telling.a_month(ctx, share)))
        parts.append(Part(title=words.text("paper.summary.possible"), lines=tuple(may)))
    parts.append(
        Part(
            title=words.text("paper.summary.note"),
            lines=(ctx.fill(result.points_text(ctx)), words.text("assess.decides")),
        )
    )
    return Paper(
        title=words.text("paper.summary.title"),
        subtitle=ctx.fill("paper.summary.place", day=ctx.day_text(ctx.today)),
        parts=tuple(parts),
        footer=result.source(ctx, told) if told else "",
    )


def _key(lacks: bool | None) -> str:
    return {True: "lacking", False: "fine", None: "unknown"}[lacks]
