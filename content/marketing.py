"""How a post of the market is told: in the chat, on the public page, and to whom it fits."""

from content.catalogue import Catalogue
from content.formatting import date_text, phone_text
from content.reminding import Reminded
from content.wording import Wording, wording
from core.caps import LOCAL
from core.contacts import Contact
from core.market import Posted, Side

RULE = "market"  # of a reminder: "market:<own post>:<the other post>"


def rule_of(own: Posted, other: Posted) -> str:
    """By what somebody is told of a post that fits theirs, once."""
    return f"{RULE}:{own.id}:{other.id}"


def posts_of(rule: str) -> tuple[int, int] | None:
    """The own and the other post of such a rule; None for any other rule.

    >>> posts_of("market:3:12"), posts_of("course:12")
    ((3, 12), None)
    """
    name, _, rest = rule.partition(":")
    own, _, other = rest.partition(":")
    return (int(own), int(other)) if name == RULE and own.isdecimal() and other.isdecimal() else None


def lines_of(posted: Posted, words: Wording, place: str) -> list[str]:
    """What a post says, a line for each thing that was said."""
    post = posted.post
    lines = [words.text(f"market.{posted.side}", what=post.what)]
    lines += [words.text("market.amount", said=post.amount)] if post.amount else []
    lines += [words.text("market.when", said=post.when)] if post.when else []
    where = ", ".join(one for one in (post.hamlet, place) if one)
    lines += [words.text("market.where", said=where)]
    lines += [words.text("market.price", said=post.price)] if post.price else []
    lines += [words.text("market.name", said=post.name)] if post.name else []
    lines += [words.text("market.phone", said=phone_text(post.phone))] if post.phone else []
    return lines


def bubble_text(posted: Posted, words: Wording, place: str) -> str:
    """A post in a chat, with its number and its last day."""
    last = date_text(posted.last_day, words.lang)
    asks = [] if posted.post.phone else [words.text("market.by_officer", number=posted.id)]
    return "\n".join([*lines_of(posted, words, place), *asks, words.text("market.until", day=last)])


def place_of(content: Catalogue, locality: str, lang: str) -> str:
    """A place as it is named in a post."""
    known = content.localities.get(locality)
    return known.place.get(lang) if known else locality


def matched(content: Catalogue, own: Posted, other: Posted, contact: Contact) -> Reminded:
    """What the owner of one post reads of another that fits."""
    words = wording(contact.language)
    first = words.text(f"market.fits.{own.side}", what=own.post.what)
    text = bubble_text(other, words, place_of(content, other.locality, words.lang))
    checked = (other.decided_at or other.created_at).astimezone(LOCAL).date()
    source = words.text("market.source", day=date_text(checked, words.lang))
    return Reminded(text=f"{first}\n{text}", source=source)


def fit_for(side: Side) -> str:
    """The name of the button that shows what the other side posted."""
    return "market_wanted" if side is Side.OFFER else "market_offers"
