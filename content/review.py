"""Look at the packs as a whole on one day: faults, what to keep an eye on, and what a ward has still to enter."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from content.cards import SHORT_AIM, SHORT_LIMIT, Card, Passage
from content.catalogue import Catalogue
from content.certainty import Certainty
from content.faults import Fault, Report, field_name
from content.grounds import grounds, last_day, stands
from content.library import Library, Placed
from content.locality import Locality
from content.offices import place_text
from content.placeholders import FigurePlace, places
from content.references import reference_faults
from content.schema import Basis, Line, Policy
from content.telling import OPEN
from content.voice import ANSWER_LIMIT, MESSAGE_LIMIT, check_text
from content.wording import wording
from content.yamlfile import Path

SOON = timedelta(days=60)  # a value that ends within this time is worth a warning
LIST_LIMIT = 5  # things in a list (voice A4)
WHOLE_ANSWER = 900  # characters of all that one press brings (voice A2)


def review(library: Library, on: date) -> Report:
    """All that is to be said about the packs on a day. What is told is looked at only when the files are sound."""
    faults = sorted({*library.faults, *reference_faults(library)})
    if faults:
        return Report(faults=tuple(faults), fill_in=tuple(_to_fill_in(library.localities())))
    catalogue = Catalogue(library)
    found = {*_expired(library, catalogue, on), *_told(library, catalogue, on)}
    warnings = {
        *_ending(library, catalogue, on),
        *_left_out(library, on),
        *_long(library, catalogue, on),
        *_entered(library),
    }
    return Report(
        faults=tuple(sorted(found)),
        warnings=tuple(sorted(warnings)),
        fill_in=tuple(_to_fill_in(library.localities())),
    )


def _cards(library: Library, on: date) -> Iterator[tuple[str, Placed[Policy]]]:
    """Every card in force on a day, with the pack it stands in."""
    for name, folder in library.folders.items():
        for item in folder.policies:
            if item.value.valid_from <= on and (item.value.valid_to is None or on <= item.value.valid_to):
                yield name, item


def used(item: Policy, on: date) -> Iterator[tuple[Path, FigurePlace]]:
    """The places for figures in what a card tells on a day, with the key they stand under."""
    texts: list[tuple[Path, str]] = [(("answer",), item.answer.vi)]
    texts += [((*path, "text"), line.text.vi) for path, line in item.passages() if stands(item, line, on)]
    for path, text in texts:
        yield from ((path, place) for place in places(text) if isinstance(place, FigurePlace))


def _left_out(library: Library, on: date) -> Iterator[Fault]:
    """Documents that have ended, or soon will, with the passages that are not told after them."""
    for _, item in _cards(library, on):
        for index, basis, rest in left_out(item.value, on):
            told = ", ".join(map(field_name, rest))
            what = f'"{basis.document}" ends on {basis.to}; not told after that day: {told}'
            yield item.fault(("legal_basis", index, "to"), what, "write what holds then, with its document")


def left_out(policy: Policy, on: date) -> Iterator[tuple[int, Basis, list[Path]]]:
    """Documents of a card that have ended, or soon will, each with the passages that are not told after it."""
    day = min(on + SOON, policy.valid_to or date.max)
    gone = [(path, line) for path, line in policy.passages() if not stands(policy, line, day)]
    for index, basis in enumerate(policy.legal_basis):
        rest = [path for path, line in gone if last_day(policy, line, day) == basis.to and _rests(policy, line, basis)]
        if rest and basis.to is not None:
            yield index, basis, rest


def _rests(policy: Policy, line: Line, basis: Basis) -> bool:
    return basis.document in (line.basis or (policy.legal_basis[0].document,))


def _expired(library: Library, catalogue: Catalogue, on: date) -> Iterator[Fault]:
    """Documents and values that a card needs on the day and that do not hold then."""
    for name, item in _cards(library, on):
        if not grounds(item.value, None, on):
            mend = "add the document that holds then, or end the card with valid_to"
            yield item.fault(("legal_basis",), "no document of this card is in force", mend)
        teller = catalogue.teller(item.value.topic, locality=_locality(library, name), on=on, words=wording("vi"))
        for path, place in used(item.value, on):
            told = teller.figure(place)
            if told.certainty is not Certainty.EXPIRED:
                continue
            last = max((value.to for value in told.figure.values if value.to), default=None)
            since = f"ended on {last.isoformat()}" if last and last < on else "does not hold yet"
            mend = "add the new value with its first day, or let the card say that it is not known"
            yield item.fault(path, f'the value of "{place.reference}" {since}, and this card rests on it', mend)


def _ending(library: Library, catalogue: Catalogue, on: date) -> Iterator[Fault]:
    """Values that end soon without another after them, with the cards that rest on them."""
    rests: dict[tuple[str, str], set[str]] = {}
    for _, item in _cards(library, on):
        for _, place in used(item.value, on):
            rests.setdefault(place.resolve(item.value.topic, catalogue.topics), set()).add(item.value.topic)
    for folder in library.folders.values():
        for topic, figure in folder.figures:
            cards = ", ".join(sorted(rests.get((topic, figure.value.id), ())))
            value = figure.value.at(on)
            if not cards or value is None or value.to is None or value.to > on + SOON:
                continue
            if figure.value.at(value.to + timedelta(days=1)) is None:
                path = ("values", figure.value.values.index(value), "to")
                what = f'"{figure.value.id}" ends on {value.to.isoformat()} with no value after it; cards: {cards}'
                yield figure.fault(path, what, "find out the next value in time")


def _told(library: Library, catalogue: Catalogue, on: date) -> Iterator[Fault]:
    """Faults of what a citizen would read, in every place and language."""
    for item, where, card in _rendered(library, catalogue, on):
        length = len(card.short) + 1 + len(card.source)
        if length > SHORT_LIMIT:
            what = f"{where}: the first message has {length} characters, at most {SHORT_LIMIT}"
            yield item.fault((), what, "shorten the answer, the line 'what' or the names of documents")
        for passage in (*card.sections.values(), *card.details):
            yield from _one_screen(item, where, passage)
            if len(passage.text) + 1 + len(passage.source or "") > WHOLE_ANSWER:
                what = f'{where}: "{passage.title}" has more than {WHOLE_ANSWER} characters with its source'
                yield item.fault((), what, "cut it into two details")
            if OPEN in passage.text:
                what = f'{where}: "{passage.title}" tells the last day of a value that has none'
                yield item.fault((), what, "leave {...:to} out")


def _one_screen(item: Placed[Policy], where: str, passage: Passage) -> Iterator[Fault]:
    """A passage filled in must still fit one message and be one list (voice A1, A4). English runs longer."""
    basis = wording("vi").text("card.label.basis")
    if where.endswith("vi") and len(passage.text) > MESSAGE_LIMIT and passage.title != basis:
        what = f'{where}: "{passage.title}" has {len(passage.text)} characters filled in, at most {MESSAGE_LIMIT}'
        yield item.fault((), what, "cut it into two details, or shorten what fills it")
    if passage.text.count("\n• ") >= LIST_LIMIT:
        what = f'{where}: "{passage.title}" lists more than {LIST_LIMIT} things'
        yield item.fault((), what, "give fewer offices 'matters', or cut the list")


def _long(library: Library, catalogue: Catalogue, on: date) -> Iterator[Fault]:
    """What a citizen would read is longer than it should be, yet may be told."""
    for item, where, card in _rendered(library, catalogue, on):
        answer = card.short.partition("\n")[0]
        if len(answer) > ANSWER_LIMIT:
            what = f"{where}: the first words have {len(answer)} characters, more than {ANSWER_LIMIT}"
            yield item.fault(("answer",), what, "say it shorter")
        length = len(card.short) + 1 + len(card.source)
        if SHORT_AIM < length <= SHORT_LIMIT:
            what = f"{where}: the first message has {length} characters, more than {SHORT_AIM}"
            yield item.fault((), what, "shorten the answer or its lines, if it can be")


def _rendered(library: Library, catalogue: Catalogue, on: date) -> Iterator[tuple[Placed[Policy], str, Card]]:
    for _, item in _cards(library, on):
        for locality in catalogue.localities:
            nearest = catalogue.policy(item.value.topic, locality=locality)
            if nearest is not item.value:
                continue
            for lang in ("vi", "en"):
                card = catalogue.card(item.value.topic, locality=locality, on=on, lang=lang)
                if card is not None:
                    yield item, f"{locality}, {lang}", card


def _entered(library: Library) -> Iterator[Fault]:
    """The voice of what the ward itself has entered."""
    for item in library.localities():
        for number, office in enumerate(item.value.offices):
            for key, text in (("address", office.address), ("hours", office.hours), ("landmark", office.landmark)):
                for rule, what in check_text(text.vi, "sentence") if text else ():
                    yield item.fault(("offices", number, key, "vi"), f"{rule}: {what}", "mend the wording")


def _locality(library: Library, name: str) -> str | None:
    return name if library.folders[name].locality else None


def _to_fill_in(localities: Iterable[Placed[Locality]]) -> Iterator[str]:
    """What only the ward knows, in its language."""
    for item in localities:
        place = item.value
        name = place_text(place, place.valid_to or date.max, wording("vi"))  # as it was called while it lasted
        if place.valid_to is not None and place.successor is None:
            yield f"{name}: xã, phường nào thay từ sau ngày {place.valid_to.isoformat()} (successor)"
        missing = {
            "địa chỉ": [one for one in place.offices if one.address is None and one.valid_to is None],
            "giờ mở cửa": [one for one in place.offices if one.hours is None and one.valid_to is None],
            "số điện thoại": [one for one in place.offices if one.phone is None and one.valid_to is None],
            "phòng nhận việc thay": [one for one in place.offices if one.valid_to and one.successor is None],
        }
        for what, offices in missing.items():
            if offices:
                yield f"{name}: {what} của " + "; ".join(office.name.vi for office in offices)
        if not place.hamlets:
            yield f"{name}: tên các thôn, tổ dân phố (hamlets)"
        if place.duty_phone is None:
            yield f"{name}: số điện thoại trực (duty_phone)"
        for key, told in (("reception", "chỗ nhận giấy tờ"), ("legal_aid", "nơi trợ giúp pháp lý")):
            if getattr(place.places, key) is None:
                yield f"{name}: {told} (places.{key})"
