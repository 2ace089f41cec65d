"""Which office handles a matter: what the local plan says, of which years, and what holds on the day it is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from content.formatting import date_text, phone_text
from content.locality import Decided, Handles, Locality, Office
from content.schema import Topic
from content.wording import Wording
from core.text import fold

LEGAL_AID = "legal-aid"  # the topic whose place a ward may fill in
# Words of many offices' names, and of asking for one.
_COMMON = """
phong ban trung tam van uy nhan dan va cac thanh pho thi xa phuong to chuc lam lo viec gi nhung giao ke hoach
"""
NEAREST = 2  # offices named where somebody only asks whom to ask: those that lead most matters


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeAnswer:
    """A sentence that says whom to ask, and what it rests on."""

    text: str  # as it stands after a label: it begins with a small letter, unless with an office's name
    plan: str | None = None  # name of the plan it is taken from
    section: str | None = None  # "mục VI.3"; None when the plan is silent
    offices: tuple[str, ...] = ()  # ids of the offices that may be asked today
    source: str | None = None  # the source line, where the answer stands alone


def place_text(place: Locality | None, on: date, words: Wording) -> str:
    """The locality with its kind, as it is on a day: "phường Đăk Cấm", or "xã, phường nơi mình ở"."""
    if place is None:
        return words.text("office.place.unknown")
    if place.valid_to is None:
        return place.place.get(words.lang)
    if on <= place.valid_to:
        return _while_it_lasted(place, words.lang)
    return place.successor.get(words.lang) if place.successor else words.text("office.place.unknown")


def _while_it_lasted(place: Locality, lang: str) -> str:
    """A unit that has ended since, by its name within a sentence; `place` tells of the area only."""
    name = place.name.get(lang)
    return name[:1].lower() + name[1:] if lang == "vi" else name  # Vietnamese puts the kind first: "thị xã Mẫu"


def committee_text(place: Locality | None, on: date, words: Wording) -> str:
    """The People's Committee to go to on a day."""
    known = place is not None and (place.valid_to is None or on <= place.valid_to or place.successor is not None)
    if not known:
        return words.text("office.committee.unknown")
    return words.text("office.committee", place=place_text(place, on, words))


def office_answer(place: Locality | None, topic: Topic, on: date, words: Wording) -> OfficeAnswer:
    """Whom to ask about a topic. It holds without any address, hours or telephone number."""
    answer = _whom_to_ask(place, topic, on, words)
    lawyers = place.places.legal_aid if place is not None and topic.id == LEGAL_AID else None
    if lawyers is None:
        return answer
    said = words.text("office.legal_aid", legal_aid=lawyers.get(words.lang))
    return replace(answer, text=f"{answer.text} {said}")


def _whom_to_ask(place: Locality | None, topic: Topic, on: date, words: Wording) -> OfficeAnswer:
    committee = committee_text(place, on, words)
    if place is None:
        return OfficeAnswer(text=words.text("office.ask", committee=committee))
    if topic.desk:
        return _desks(place, on, words)
    years, plan = years_text(place, words), place.plan.short.get(words.lang)
    handles = next((item for item in place.who if item.topic == topic.id), None)
    if handles is not None:
        return _named(place, handles, on, words)
    named = next((item for item in place.named_no_office if item.topic == topic.id), None)
    message = "office.none" if named else "office.silent"
    text = words.text(message, years=years, committee=committee)
    return OfficeAnswer(text=text, plan=plan, section=named.section if named else None)


def years_text(place: Locality, words: Wording) -> str:
    """The years of the plan, as they stand after "kế hoạch"."""
    plan = place.plan
    if plan.period_from == plan.period_to:
        return words.text("office.years.one", year=plan.period_from)
    return words.text("office.years.many", start=plan.period_from, end=plan.period_to)


def _named(place: Locality, handles: Handles, on: date, words: Wording) -> OfficeAnswer:
    leads = [office for office in place.offices if office.id in handles.lead]
    parts = {
        "years": years_text(place, words),
        "offices": _joined((office.name.get(words.lang) for office in leads), words),
        "committee": committee_text(place, on, words),
    }
    ended = [office for office in leads if office.valid_to is not None and office.valid_to < on]
    asked = tuple(office.id for office in leads)
    if all(parts["committee"].startswith(office.name.get(words.lang)) for office in leads):
        text = words.text("office.itself", **parts)
    elif ended:
        text, asked = _after_the_end(ended, handles, parts, words), ()
    elif on.year > place.plan.period_to and place.level == "district":
        # Not of the district, like the bank: it goes on.
        text = words.text("office.beyond", **parts)
    elif on.year > place.plan.period_to:
        text = words.text("office.past.nearest" if handles.basis == "reading" else "office.past", **parts)
    else:
        message = "office.nearest" if handles.basis == "reading" else "office.named"
        text = " ".join((words.text(message, **parts), *(desk_text(office, words) for office in leads))).strip()
    return OfficeAnswer(text=text, plan=place.plan.short.get(words.lang), section=handles.section, offices=asked)


def _after_the_end(ended: list[Office], handles: Handles, parts: dict[str, str], words: Wording) -> str:
    """The offices are gone: who they were, since when, and where to go now."""
    last = max(office.valid_to for office in ended if office.valid_to is not None)
    since = date_text(last + timedelta(days=1), words.lang)
    successors = [office.successor.get(words.lang) for office in ended if office.successor is not None]
    if len(successors) == len(ended):
        return words.text("office.succeeded", date=since, successor=_joined(dict.fromkeys(successors), words), **parts)
    message = "office.ended.nearest" if handles.basis == "reading" else "office.ended"
    return words.text(message, date=since, **parts)


def desk_text(office: Office, words: Wording) -> str:
    """Address, landmark, hours and telephone of an office, as far as the ward has entered them."""
    said = [called_text(office, words)] if office.called else []
    if office.address:
        said.append(words.text("office.address", address=office.address.get(words.lang)))
    if office.landmark:
        said.append(words.text("office.landmark", landmark=office.landmark.get(words.lang)))
    return " ".join((*said, hours_text(office, words))).strip()


def hours_text(office: Office, words: Wording) -> str:
    """Hours and telephone of an office, as far as the ward has entered them, with the document they rest on."""
    said = []
    if office.hours:
        said.append(words.text("office.hours", hours=office.hours.get(words.lang)))
    if office.phone:
        said.append(words.text("office.phone", phone=phone_text(office.phone)))
    if office.decided:
        said.append(words.text("office.decided", source=decided_text(office.decided, words)))
    return " ".join(said)


def called_text(office: Office, words: Wording) -> str:
    """What an office is called now; the plan's name stays the plan's. Empty where it is the same."""
    return words.text("office.called", name=office.called.get(words.lang)) if office.called else ""


def decided_text(decided: Decided, words: Wording) -> str:
    """A document with its article and its day, as it is cited."""
    day = date_text(decided.dated, words.lang)
    return words.text("local.document", document=decided.document, article=decided.article, date=day)


def offices_answer(place: Locality | None, on: date, words: Wording) -> OfficeAnswer:
    """Each office that may be asked on a day with what people go there for, one on a line; without any, whom to ask."""
    listed = _listed(place, on)
    if place is None or not listed:
        return OfficeAnswer(text=words.text("office.ask", committee=committee_text(place, on, words)))
    return _of_the_list(place, listed, "\n".join("• " + _line(office, words) for office in listed), words)


def _desks(place: Locality, on: date, words: Wording) -> OfficeAnswer:
    """Where to go with a matter not yet named: the reception, and the offices that lead most matters."""
    leads = {office.id: sum(office.id in item.lead for item in place.who) for office in place.offices}
    listed = sorted(_listed(place, on), key=lambda office: leads[office.id], reverse=True)[:NEAREST]
    reception = place.places.reception
    said = [words.text("office.reception", reception=reception.get(words.lang))] if reception else []
    if place.duty_phone:
        said.append(words.text("office.duty", phone=phone_text(place.duty_phone)))
    # Hours and telephone are what people ask of an office; its address is told with the matter it handles.
    for office in listed:
        said += filter(None, (_line(office, words), called_text(office, words), hours_text(office, words)))
    if not said:
        return OfficeAnswer(text=words.text("office.ask", committee=committee_text(place, on, words)))
    return _of_the_list(place, listed, " ".join(said), words)


def _listed(place: Locality | None, on: date) -> list[Office]:
    """The offices that exist on a day and of which a plan of that day says in a few words what they do."""
    if place is None or on.year > place.plan.period_to or (place.valid_to is not None and on > place.valid_to):
        return []
    there = (office for office in place.offices if office.valid_to is None or on <= office.valid_to)
    return [office for office in there if office.matters is not None]


def _line(office: Office, words: Wording) -> str:
    assert office.matters is not None  # noqa: S101 - only such offices are listed
    return words.text(
        "office.list.line", office=office.name.get(words.lang), matters=office.matters.text.get(words.lang)
    )


def _of_the_list(place: Locality, listed: Sequence[Office], text: str, words: Wording) -> OfficeAnswer:
    sections = dict.fromkeys(office.matters.section for office in listed if office.matters is not None)
    return OfficeAnswer(
        text=text,
        plan=place.plan.short.get(words.lang) if listed else None,
        section=", ".join(sections) or None,
        offices=tuple(office.id for office in listed),
    )


def _joined(names: Iterable[str], words: Wording) -> str:
    *first, last = list(names)
    return words.text("office.and", first=", ".join(first), last=last) if first else last


def telephone(place: Locality | None, on: date, words: Wording) -> tuple[str, str] | None:
    """The number to call, in groups, and whose it is: the duty telephone ("" as its office); without one that of the
    office that leads most matters and has one. None where the ward has entered no number, or there is none any more.
    """
    if place is None or (place.valid_to is not None and on > place.valid_to):
        return None
    if place.duty_phone:
        return phone_text(place.duty_phone), ""
    there = [one for one in place.offices if one.phone and (one.valid_to is None or on <= one.valid_to)]
    if not there:
        return None
    office = max(there, key=lambda one: sum(one.id in item.lead for item in place.who))
    return phone_text(office.phone or ""), (office.called or office.name).get(words.lang)


def office_named(offices: Sequence[Office], folded: str) -> str | None:
    """The id of the office whose name a text shares most words with; None when none stands out."""
    said = set(folded.split()) - set(_COMMON.split())
    shared = sorted(
        ((len(said & set(fold(one.name.vi).split())), -number) for number, one in enumerate(offices)), reverse=True
    )
    best, second = [*shared, (0, 0), (0, 0)][:2]
    return offices[-best[1]].id if best[0] > second[0] else None
