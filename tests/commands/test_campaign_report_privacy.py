"""Of people picked by what they lack the report tells nothing from which a few of them could be worked out."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.campaigns import Campaign, CampaignState, read_notice
from core.records import Effect
from core.report import EXPLAINED, Fate, Figure, Home, Reported, Told, Why, tell
from core.tally import FEW, LEAST, WITHHELD
from tests.support.clock import MORNING
from tests.support.examples import examples

NOTICE = read_notice(
    {
        "kind": "notice",
        "title": "Sửa nhà",
        "source": "Kế hoạch",
        "text": {"vi": "Phường hỗ trợ sửa nhà."},
        "audience": {"lacking": ["housing"]},
        "replies": [{"words": ["CÓ"], "answer": {"vi": "Đã ghi."}}],
    }
)
CAMPAIGN = Campaign(id=1, notice=NOTICE, state=CampaignState.FINISHED, created_by="Lan", created_at=MORNING)
HOMES = [Home("dak-cam", f"Thôn {number}") for number in (1, 2)] + [Home("dak-cam", "")]
KEYS = [
    (home, fate, why)
    for home, fate in product(HOMES, Fate)
    for why in ((Why.STOPPED, Why.NO_ADDRESS) if fate in EXPLAINED else (None,))
]
numbers = st.one_of(st.just(0), st.just(0), st.integers(0, 6), st.integers(5, 30))


@st.composite
def ledgers(draw: st.DrawFn) -> Reported:
    rows = {key: number for key in KEYS if (number := draw(numbers))}
    return Reported(
        campaign=CAMPAIGN,
        approved_at=MORNING,
        rows=rows,
        effects={(home, Effect.QUESTION): draw(numbers) for home in HOMES},
        stopped={home: draw(numbers) for home in HOMES},
        answers={(home, word): draw(numbers) for home in HOMES for word in ("CÓ", "")},
        gone=draw(numbers),
    )


def figures(told: Told) -> list[Figure]:
    """Every figure there is."""
    homes = [
        [one.total, *one.fates.values(), *one.whys.values(), one.stopped, one.questions, one.answers]
        for one in told.homes
    ]
    single = [told.total, told.gone, told.stopped, told.questions, told.answered]
    many = [told.fates.values(), told.whys.values(), told.stops.values(), told.answers.values(), *homes]
    return [*single, *(figure for some in many for figure in some)]


def worlds(shown: Mapping[Any, Figure], total: int) -> list[dict[Any, int]]:
    """All that the parts of a total could be, for somebody who has what is told and knows what the signs mean."""
    smallest = min((one for one in shown.values() if isinstance(one, int) and one), default=total)
    among = {FEW: range(1, LEAST), WITHHELD: range(LEAST, smallest + 1)}
    choices = [among[one] if isinstance(one, str) else [one] for one in shown.values()]
    assert None not in shown.values()
    return [dict(zip(shown, one, strict=True)) for one in product(*choices) if sum(one) == total]  # type: ignore[arg-type]


def hidden(shown: Mapping[Any, Figure], truth: Mapping[Any, int], total: Figure) -> bool:
    """Whether no small part of a total can be worked out."""
    if not isinstance(total, int) or set(shown.values()) <= {None}:
        return True
    possible = worlds(shown, total)
    assert {key: truth[key] for key in shown} in possible  # whoever is told, is told rightly
    small = [key for key, number in truth.items() if 0 < number < LEAST]
    return all(len({world[key] for world in possible}) > 1 for key in small)


@settings(max_examples=examples(300), deadline=None)
@given(ledgers())
def test_no_small_number_is_told_and_none_follows(found: Reported) -> None:
    told = tell(found, guarded=True)
    assert not [one for one in figures(told) if isinstance(one, int) and 0 < one < LEAST]
    fates, homes, whys, words = Counter[Any](), Counter[Any](), Counter[Any](), Counter[Any]()
    for (home, fate, why), number in found.rows.items():
        fates[fate] += number
        homes[home] += number
        whys[fate, why] += number
    for (_, word), number in found.answers.items():
        words[word] += number
    assert hidden(told.fates, fates, told.total)
    assert hidden({one.home: one.total for one in told.homes}, homes, told.total)
    assert hidden(told.answers, words, told.answered)
    for fate in EXPLAINED:
        shown = {key: figure for key, figure in told.whys.items() if key[0] is fate}
        assert not shown or isinstance(told.fates[fate], int)
        assert hidden(shown, {key: number for key, number in whys.items() if key[0] is fate}, told.fates[fate])


@settings(max_examples=examples(100), deadline=None)
@given(ledgers())
def test_by_hamlet_only_how_many(found: Reported) -> None:
    for one in tell(found, guarded=True).homes:
        assert not one.fates and not one.whys and (one.stopped, one.questions, one.answers) == (None, None, None)
    assert tell(found, guarded=True).stops == {}  # somebody may be in several: their sum would tell


def reacted(reached: int, stopped: int, failed: int = 0) -> Told:
    """So many were reached, of whom so many stopped."""
    rows = {(HOMES[0], Fate.REACHED, None): reached, (HOMES[0], Fate.FAILED, None): failed}
    return tell(
        Reported(
            campaign=CAMPAIGN, approved_at=None, rows=rows, effects={}, stopped={HOMES[0]: stopped}, answers={}, gone=0
        ),
        guarded=True,
    )


def test_neither_who_stopped_nor_who_did_not_is_one_of_a_few_that_are_known() -> None:
    could: dict[tuple[Figure, ...], set[tuple[int, int, int]]] = defaultdict(set)
    for reached, failed in product(range(19), range(19)):
        for stopped in range(reached + 1):
            if reached + failed < 19:  # all there are of each sum
                told = reacted(reached, stopped, failed)
                could[told.total, *told.fates.values(), told.stopped].add((reached, stopped))
    for shown, ways in could.items():
        if not isinstance(shown[1], int):
            assert shown[-1] in (None, 0, FEW, WITHHELD)  # beside a number that is not told none is
            continue
        for reached, stopped in ways:
            if 0 < stopped < LEAST:
                assert len({one for _, one in ways}) > 1, shown
            if 0 < reached - stopped < LEAST:
                assert len({there - one for there, one in ways}) > 1, shown


def test_of_a_few_nothing_is_told() -> None:
    told = reacted(4, 1)
    assert told.total == FEW and not [one for one in figures(told) if one not in (None, FEW, 0)] and told.homes == ()


def test_of_all_others_everything_is_told() -> None:
    found = Reported(
        campaign=CAMPAIGN,
        approved_at=None,
        rows={(HOMES[1], Fate.FAILED, None): 1, (HOMES[0], Fate.REACHED, None): 2},
        effects={(HOMES[1], Effect.MUTED): 1},
        stopped={HOMES[1]: 1},
        answers={},
        gone=1,
    )
    told = tell(found, guarded=False)
    assert [(one.home, one.total, one.stopped) for one in told.homes] == [(HOMES[0], 2, 0), (HOMES[1], 1, 1)]
    assert (told.total, told.fates[Fate.FAILED], told.stops[Effect.MUTED], told.gone) == (3, 1, 1, 1)
