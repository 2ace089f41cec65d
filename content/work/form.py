"""A vacancy or a course as it is typed into a form: field by field an offer, or what is wrong with which field."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from content.formatting import number_text
from content.trades import Trades
from content.work import lawful, values
from core.errors import ChungTayError
from core.text import amounts
from core.work import LONGEST, Offer, OfferKind, Paid

OF_BOTH = ("title", "employer", "licence", "place", "contact", "priority", "note")
OF_VACANCY = ("hours", "health", "basis", "papers", "degree", "lodging")
OF_COURSE = ("level", "length", "support", "papers", "degree", "lodging")
TICKS = ("no_degree", "away")
# What is not text, in the order of the form; `paid` and the wages are of vacancies, `opens` of courses.
OTHERS = ("occupation", "deadline", "seats", "age_from", "latitude", "longitude")
NAMES = tuple(
    dict.fromkeys((*OF_BOTH, *OF_VACANCY, *OF_COURSE, *OTHERS, "wage_from", "wage_to", "paid", "opens", *TICKS))
)
NEEDED = ("title", "employer", "place")
ASKED = (*NEEDED, "occupation", "deadline")  # what every offer must say
_PHONE_DIGITS = 9  # a number of Viet Nam has nine or ten, without the country's
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d{3,12}")

_RANGE = re.compile(rf"({_NUMBER.pattern}) *(?:-|–|đến|tới) *({_NUMBER.pattern})(?: *(?:đồng|đ))?")


class WrongOfferError(ChungTayError):
    """An offer that cannot be taken. `faults` names for each field what is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()), mend="mend these fields")
        self.faults = dict(faults)


def typed_offer(fields: Mapping[str, str], kind: OfferKind, trades: Trades, on: date, *, phone: bool = False) -> Offer:
    """The offer of a form. With `phone`, somebody to call has to be named with a telephone number.

    Raises WrongOfferError with everything that is to be mended.
    """
    return _Form(fields, kind, trades, on).offer(phone=phone)


def fields_of(offer: Offer) -> dict[str, str]:
    """An offer as its form holds it; reading that gives the same offer.

    >>> from datetime import date
    >>> told = {"kind": OfferKind.VACANCY, "title": "a", "occupation": "sewing", "place": "b", "employer": "c"}
    >>> fields_of(Offer(**told, deadline=date(2026, 12, 31), wage_from=7_000_000))["wage_from"]
    '7.000.000'
    """
    shown: dict[str, str] = {}
    for name in NAMES:
        value = getattr(offer, name)
        match value:
            case None | False | "":
                shown[name] = ""
            case True:
                shown[name] = "1"
            case date():
                shown[name] = value.strftime("%d/%m/%Y")
            case int() if name.startswith("wage"):
                shown[name] = number_text(value, "vi")
            case float():
                shown[name] = str(value).replace(".", ",")
            case _:
                shown[name] = str(value)
    return shown


class _Form:
    """One form, and all that is wrong with it."""

    def __init__(self, fields: Mapping[str, str], kind: OfferKind, trades: Trades, on: date) -> None:
        mine = {*OF_BOTH, *(OF_VACANCY if kind is OfferKind.VACANCY else OF_COURSE)}
        self._fields, self._kind, self._trades, self._on = fields, kind, trades, on
        self._texts = {name: " ".join(fields.get(name, "").split()) for name in NAMES if name in mine}
        self._faults: dict[str, str] = {}

    def offer(self, *, phone: bool) -> Offer:
        self._sound(phone=phone)
        self._lawful()
        told: dict[str, Any] = {
            **self._texts,
            "occupation": self._read("occupation", self._trade),
            "deadline": self._read("deadline", self._deadline),
            "seats": self._read("seats", lambda: values.seats(self._said("seats"))),
            "age_from": self._read("age_from", lambda: lawful.age_from(self._said("age_from")), fault="age"),
            "away": bool(self._said("away")),
        }
        no_degree = bool(self._said("no_degree"))
        told |= {"no_degree": no_degree, "degree": "" if no_degree else self._texts["degree"]}
        told |= self._wages() if self._kind is OfferKind.VACANCY else {"opens": self._read("opens", self._opens)}
        both = (self._said("latitude"), self._said("longitude"))
        found = self._read("latitude", lambda: values.coordinates(*both))
        told |= {"latitude": found[0], "longitude": found[1]} if found else {}
        if self._faults:
            raise WrongOfferError(self._faults)
        return Offer(kind=self._kind, **told)

    def _said(self, name: str) -> str:
        return self._fields.get(name, "").strip()

    def _read(self, name: str, reader: Callable[[], Any], *, fault: str = "wrong") -> Any:
        try:
            return reader()
        except _WrongError as error:
            self._faults.setdefault(name, error.fault)
        except ValueError:
            self._faults.setdefault(name, fault)
        return None

    def _sound(self, *, phone: bool) -> None:
        for name, text in self._texts.items():
            if name in NEEDED and not text:
                self._faults[name] = "empty"
            if len(text) > LONGEST:
                self._faults[name] = "long"
        if phone and sum(one.isdecimal() for one in self._texts["contact"]) < _PHONE_DIGITS:
            self._faults.setdefault("contact", "phone")

    def _lawful(self) -> None:
        for name in (*lawful.TEXTS, *lawful.NAMES, *(("priority",) if self._kind is OfferKind.VACANCY else ())):
            try:
                lawful.demand_lawful_words(self._texts.get(name, ""), names=name in lawful.NAMES)
            except ValueError as error:
                self._faults.setdefault(name, "sex" if str(error) == lawful.SEX_REFUSED else "age")
        if self._texts.get("health"):
            basis = self._texts["basis"]
            self._read("basis", lambda: lawful.demand_basis(self._texts["health"], basis), fault="empty")

    def _trade(self) -> str:
        said = self._said("occupation")
        if said not in self._trades.all:
            raise _WrongError("empty")
        return said

    def _deadline(self) -> date:
        said = self._said("deadline")
        if not said:
            raise _WrongError("empty")
        try:
            return values.last_day(said, self._on)
        except ValueError:
            day = values.first_day(said, self._on)
        raise _WrongError("wrong" if day is None else "past")

    def _opens(self) -> date | None:
        return values.first_day(self._said("opens"), self._on)

    def _wages(self) -> dict[str, Any]:
        paid = next((one for one in Paid if one.value == self._said("paid")), Paid.AGREED)
        if paid is Paid.AGREED:
            if self._said("wage_from") or self._said("wage_to"):
                self._faults["paid"] = "empty"
            return {"paid": paid}
        both = self._range(paid)
        least, most = both or (self._read(name, partial(self._sum, name, paid)) for name in ("wage_from", "wage_to"))
        if least is not None and most is not None and least > most:
            self._faults["wage_to"] = "less"
        if least is None and most is None:
            self._faults.setdefault("wage_from", "empty")
        return {"wage_from": least, "wage_to": most, "paid": paid}

    def _range(self, paid: Paid) -> tuple[int, int] | None:
        """ "7-9tr" in the first of the two fields, where the second is empty: from and to."""
        said = "" if self._said("wage_to") else self._said("wage_from")
        plain = _RANGE.fullmatch(said)
        found = (
            [int(re.sub(r"[.,]", "", one)) for one in plain.groups()] if plain else [one.dong for one in amounts(said)]
        )
        if len(found) != 2 or found[0] >= found[1] or not all(values.likely(one, paid) for one in found):
            return None
        return found[0], found[1]

    def _sum(self, name: str, paid: Paid) -> int | None:
        said = self._said(name)
        if not said:
            return None
        found = [one.dong for one in amounts(said)]
        if not found and _NUMBER.fullmatch(said):
            found = [int(re.sub(r"[.,]", "", said))]
        if len(found) != 1:
            raise _WrongError("unread")
        if not values.likely(found[0], paid):
            raise _WrongError("wrong")
        return found[0]


class _WrongError(ValueError):
    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
