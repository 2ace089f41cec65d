"""All that a handler may look at, and the few ways it has to speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from content.catalogue import Catalogue
from content.formatting import date_text
from content.locality import Locality
from content.understanding import Reading, Understanding
from content.wording import Wording, wording
from core.contacts import Contact
from core.conversation import Person, Turn
from core.messages import InboundMessage, OutboundMessage, QuickReply
from core.ports import Chance
from core.progress import Reported
from core.text import clean, fold

ELSEWHERE = "elsewhere"  # what is kept of somebody who lives in a place that does not use Chung Tay
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """How long what is kept, in days; told to people as it is."""

    messages: int = 30
    questions: int = 365
    ledger: int = 730  # who got which notice
    answer_within: int = 3  # working days in which an officer owes an answer


class FiguresWantedError(Exception):
    """A handler needs what a place published, which hardly any message does: it is fetched, and they begin again."""

    def __init__(self, locality: str) -> None:
        super().__init__(locality)
        self.locality = locality


@dataclass(frozen=True, kw_only=True)
class Context:
    """One message, the one who sent it, and what is true today."""

    message: InboundMessage
    person: Person
    content: Catalogue
    understanding: Understanding
    now: datetime
    chance: Chance
    keeping: Keeping
    figures: Mapping[str, Sequence[Reported]] | None = None  # what places published; None: nobody could fetch any

    @property
    def contact(self) -> Contact:
        """Who wrote."""
        return self.person.contact

    @property
    def today(self) -> date:
        """The day where people live."""
        return self.now.astimezone(LOCAL).date()

    @property
    def lang(self) -> str:
        """The language the person chose."""
        return self.contact.language

    @cached_property
    def words(self) -> Wording:
        """The sentences of that language."""
        return wording(self.lang)

    @cached_property
    def text(self) -> str:
        """What they wrote, without control characters."""
        return clean(self.message.text)

    @cached_property
    def folded(self) -> str:
        """The same as the key under which texts are compared."""
        return fold(self.text)

    @cached_property
    def reading(self) -> Reading:
        """What the understanding makes of it; worked out once, and only when somebody asks."""
        return self.understanding.read(self.text, after=self.person.conversation.topic)

    @property
    def place_id(self) -> str | None:
        """The id of that place."""
        return self.locality.id if self.locality else None

    @property
    def locality(self) -> Locality | None:
        """Where the person lives, if they said so and the place is still served."""
        return self.content.localities.get(self.contact.locality or "")

    @property
    def reported(self) -> Sequence[Reported]:
        """What the person's place published of its plan. Raises FiguresWantedError where it was not fetched yet."""
        if self.figures is None or self.place_id is None:
            return ()
        if self.place_id not in self.figures:
            raise FiguresWantedError(self.place_id)
        return self.figures[self.place_id]

    def learning(self, **facts: str | None) -> "Context":
        """The same moment, as if these facts about the person were known already."""
        contact = replace(self.contact, **facts)  # type: ignore[arg-type]
        return replace(self, person=replace(self.person, contact=contact))

    # --- speaking ---

    def say(self, message_id: str, *buttons: QuickReply, source: str | None = None, **values: object) -> Turn:
        """One bubble from the catalogue."""
        return self.tell(self.fill(message_id, **values), *buttons, source=source)

    def fill(self, message_id: str, **values: object) -> str:
        """A sentence from the catalogue, with what every sentence may need."""
        always = {
            "you": self.you,
            "You": self.you[:1].upper() + self.you[1:],
            "place": self.place,
            "Place": self.place[:1].upper() + self.place[1:],
            "here": self.here,
            "days": self.keeping.messages,
            "keep": self.keeping.questions,
            "ledger": self.keeping.ledger,
        }
        return self.words.text(message_id, **{**always, **values})

    @staticmethod
    def tell(text: str, *buttons: QuickReply, source: str | None = None) -> Turn:
        """One bubble of ready text."""
        return Turn(replies=(OutboundMessage(text=text, source=source, quick_replies=buttons),))

    def button(self, name: str, payload: str | None = None, **values: object) -> QuickReply:
        """A button with a label from the catalogue ("button.<name>"); without a payload its name is what it means."""
        return QuickReply(label=self.words.text(f"button.{name}", **values), payload=payload or name)

    def topic_button(self, topic: str) -> QuickReply:
        """A button that opens a topic."""
        return QuickReply(label=self.content.topics[topic].button.get(self.lang), payload=f"topic:{topic}")

    def topic_title(self, topic: str | None) -> str:
        """A topic by its name; without one, "another matter"."""
        known = self.content.topics.get(topic or "")
        return known.title.get(self.lang) if known else self.words.text("topic.other")

    def day_text(self, day: date) -> str:
        """A day as it is written in the person's language."""
        return date_text(day, self.lang)

    @property
    def you(self) -> str:
        """How the person is addressed (voice.md V3); only Vietnamese has such words."""
        own = self.contact.address_word if self.lang == "vi" else None
        return own or self.words.text("address.default")

    @property
    def place(self) -> str:
        """The unit whose officers answer today, such as "phường Đăk Cấm" or "xã, phường nơi mình ở"."""
        return self.content.place(locality=self.place_id, on=self.today, lang=self.lang)

    @property
    def here(self) -> str:
        """The place as the person chose it, also where that unit has ended."""
        return self.locality.place.get(self.lang) if self.locality else self.words.text("place.any")


def join(parts: Sequence[str]) -> str:
    """Lines of one bubble; empty ones fall away."""
    return "\n".join(part for part in parts if part)
