"""A buyer's request as a public page's form brings it: read, or every field that is wrong named."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.market import LONGEST, Goods, NewPost, Post, Side
from core.text import clean
from handlers.work.calling import number_in

FIELDS = ("what", "goods", "amount", "when", "price", "name", "phone", "shown", "agreed")
NEEDED = ("what", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """The request; None where something is wrong. `faults`: by field, "empty", "long" or "number"."""

    new: NewPost | None = field(default=None, repr=False)
    faults: Mapping[str, str] = field(default_factory=dict)


def read_form(fields: Mapping[str, str], locality: str) -> Formed:
    """What somebody filled in. The telephone number is shown to everybody only where its box was ticked."""
    said = {name: " ".join(clean(fields.get(name, "")).split()) for name in FIELDS}
    faults = {name: "empty" for name in NEEDED if not said[name]}
    faults |= {name: "long" for name, most in LONGEST.items() if name != "phone" and len(said.get(name, "")) > most}
    number = number_in(said["phone"])
    if number is None:
        faults["phone"] = "number" if said["phone"] else "empty"
    if said["goods"] not in set(Goods):
        faults["goods"] = "empty"
    if not said["agreed"]:
        faults["agreed"] = "empty"
    if faults or number is None:
        return Formed(faults={name: faults[name] for name in FIELDS if name in faults})
    texts = {name: said[name] for name in ("what", "amount", "when", "price", "name")}
    phone = {"phone": number} if said["shown"] else {"reach": number}
    post = Post(**texts, **phone)
    return Formed(new=NewPost(locality=locality, side=Side.WANTED, goods=Goods(said["goods"]), post=post))
