"""What a notice costs, in words: the lines that an officer reads before a yes."""

from collections.abc import Iterator

from content.formatting import date_text, number_text
from content.reporting import written
from content.wording import Wording
from core.planning import AccountPlan
from core.report import Figure
from core.tally import FEW, LEAST, WITHHELD
from core.windows import Way

REACHED = (Way.FREE, Way.CHARGED, Way.TEMPLATE)
SHOWN = (*REACHED, Way.CLOSED)


def figures(plan: AccountPlan, *, guarded: bool) -> dict[Way, Figure]:
    """How many people by which way; guarded, none of them where one is of fewer than five.

    What the others are would then follow from the whole.
    """
    numbers = {way: plan.people.get(way, 0) for way in SHOWN}
    if not guarded or not any(0 < one < LEAST for one in numbers.values()):
        return {**numbers}
    return {way: FEW if number < LEAST else WITHHELD for way, number in numbers.items()}


def costs_are_told(plan: AccountPlan, *, guarded: bool) -> bool:
    """Whether a sum may be told: divided by a price it is a number of people."""
    return all(isinstance(one, int) for one in figures(plan, guarded=guarded).values())


def lines_of(plan: AccountPlan, words: Wording, *, guarded: bool, late: bool = False) -> Iterator[str]:
    """The plan of one account, line by line; `late` says that it cannot wait for the evening."""

    def number(value: int) -> str:
        return number_text(value, words.lang)

    text, tariff = words.text, plan.tariff
    year, month = plan.month.split("-")
    yield text("spending.account", account=plan.account, month=month, year=year)
    for way, figure in figures(plan, guarded=guarded).items():
        yield text(f"spending.people.{way}", number=written(words, figure))
    yield text("spending.used", messages=number(plan.used.charged), dong=number(plan.used.dong))
    yield text("spending.package_told" if plan.told else "spending.package", messages=number(plan.package))
    if plan.held.package or plan.held.dong:
        yield text("spending.held", messages=number(plan.held.package), dong=number(plan.held.dong))
    yield text("spending.reserve", messages=number(plan.reserve.package), dong=number(plan.reserve.dong))
    yield text("spending.reserve_used" if plan.urgent else "spending.reserve_kept")
    told = costs_are_told(plan, guarded=guarded)
    if told:
        yield text("spending.cost", messages=number(plan.cost.package), dong=number(plan.cost.dong))
    yield text("spending.month", dong=number(tariff.budget))
    yield text("spending.budget", dong=number(plan.budget_free))
    yield text(
        "spending.prices",
        date=date_text(tariff.since, words.lang),
        message=number(tariff.message),
        template=number(tariff.template),
    )
    if plan.gathered:
        yield text("spending.too_late_to_gather" if late else "spending.gathered")
    if plan.over:
        yield text("spending.over_by", dong=number(plan.over)) if told else text("spending.over")
        yield text("spending.mend")
    elif told and not any(plan.people.get(way, 0) for way in REACHED):
        yield text("spending.nobody")
    else:
        yield text("spending.fits")
