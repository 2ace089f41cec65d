"""What a conversation waits on, and what one turn of it decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.campaigns import ReplyWords
from core.contacts import URN, Consent, Contact, Purpose, Refusal
from core.events import FairEvent
from core.joining import JoinedAddress
from core.labour import LabourTold
from core.labour_market import NeededAsked
from core.leads import LeadSaid, LeadTold
from core.market import MarketEvent
from core.messages import Attachment, OutboundMessage, QuickReply
from core.misreadings import WORDS, Why
from core.needs import NeedEvent
from core.papers import FileKind, Paper, Picture
from core.questions import Question, QuestionKind
from core.records import Effect
from core.reminders import Reminder
from core.surveys import SurveyEvent
from core.training import TrainingEvent
from core.wishes import Wishes
from core.work import WorkEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The answer a conversation waits for: a state's name, and what its handler needs to know again."""

    state: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Words that were answered, and the labels they were read as."""

    text: str = field(repr=False)
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What a person told in a self-check or for a form: sealed in storage, gone at `until`."""

    data: Mapping[str, Any] = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Where one person's talk stands. Saved with the turn that changed it; `version` guards it."""

    waiting: Waiting | None = None
    topic: str | None = None  # what was last talked about, for "thế thủ tục thì sao?"
    offered: tuple[QuickReply, ...] = ()  # the buttons last shown: their number or label means the same
    earlier: tuple[QuickReply, ...] = ()  # buttons shown before those: their labels still mean the same
    heard: Heard | None = None  # what the last turn answered, should the person have meant something else
    misses: int = 0  # messages not understood in a row
    notes: Notes | None = None
    version: int = 0
    expires_at: datetime | None = None  # after this the state is forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTold:
    """The notice that somebody got last, and wrote nothing after it yet."""

    campaign_id: int
    at: datetime
    replies: tuple[ReplyWords, ...] = ()
    topics: tuple[str, ...] = ()  # what it was about


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """All that a handler may know of the one who wrote, read in one go."""

    contact: Contact
    conversation: Conversation
    consents: tuple[Consent, ...] = ()
    questions: tuple[Question, ...] = ()  # newest first
    notice: NoticeTold | None = None
    asking: tuple[NoticeTold, ...] = ()  # notices of the last days that ask for a word in answer, the newest first
    needs: tuple[str, ...] = ()  # ids of the dimensions in which the household lacks something; kept by consent
    addresses: tuple[JoinedAddress, ...] = ()  # the oldest first, where several were joined; else none
    wanted: frozenset[str] = frozenset()  # topics of notices; with any, no others
    stopped: frozenset[str] = frozenset()  # topics of notices

    reminders: tuple[Reminder, ...] = ()  # the next first
    officer_id: int | None = None  # whose desk the chat is in which they wrote; None: a citizen's

    @property
    def wishes(self) -> Wishes:
        """What they want of notices."""
        contact = self.contact
        return Wishes(status=contact.status, muted_until=contact.muted_until, wanted=self.wanted, stopped=self.stopped)


# --- events: what the service does after a turn, in the same transaction ---


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked:
    """The person agreed to pass these words to an officer."""

    code: str
    text: str = field(repr=False)
    topic: str | None
    due_at: datetime
    office: str | None = None  # office id of the locality's pack that answers for the topic
    urgent: bool = False
    attachments: tuple[Attachment, ...] = ()
    kind: QuestionKind = QuestionKind.QUESTION
    paper: "PaperAsked | None" = None  # made, and handed to the officer with the words


@dataclass(frozen=True, slots=True, kw_only=True)
class WishesChanged:
    """The person wants notices otherwise from now on; what waits and is not wanted any more is taken back."""

    wishes: Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAsked:
    """The person wants to be told at these moments of a day of theirs."""

    rule: str
    moments: tuple[datetime, ...]
    about: datetime
    campaign_id: int | None = None  # the notice that they answered


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersOff:
    """Of nothing by this rule any more; None: of nothing at all."""

    rule: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHadEffect:
    """After a notice the person stopped something, or asked an officer."""

    campaign_id: int
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionExtended:
    """The person added words or files to an open question."""

    question_id: int
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    reopen: bool = False  # it was answered, and the person is not satisfied
    due_at: datetime | None = None  # by when an officer owes an answer anew; None leaves the time as it is
    locality: str | None = None  # where the person lives, if the question did not know yet
    settled: bool = False  # thanks and the like: nobody owes an answer to that


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEnded:
    """The person would rather have the machine answer again than the officer who talks to them."""

    question_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAsked:
    """The officer's last answer to a question of the person's own takes the last reply's place."""

    question_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionClosed:
    """The person is done with a question: answered to their satisfaction, or withdrawn."""

    question_id: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven:
    """The person agreed that something is kept for a purpose."""

    purpose: Purpose
    expires_at: datetime
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsTold:
    """What the household lacks takes the place of what was kept before; the consent comes with it."""

    dimensions: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn:
    """The person does not want it kept any longer: it goes, with what was kept by it."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequested:
    """The person wants a copy of all that is kept: it is attached to the last reply of the turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequested:
    """The person wants everything deleted; the replies of this turn are the last thing they get."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachChanged:
    """The person blocked us at this address, or let us write there again (None)."""

    urn: URN
    refusal: Refusal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """These words were not understood, or answered as something else than was meant."""

    text: str = field(repr=False)
    why: Why
    read_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAnswered:
    """These words are an answer to a notice, for its officers."""

    campaign_id: int
    text: str = field(repr=False)
    word: str | None = None  # the declared one that they are


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesAsked:
    """What was sent to the person takes the reply's place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDoubted:
    """Whether these words are a notice that was sent takes the reply's place."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFinished:
    """A self-check came to its result: the unnamed tally counts it."""

    lacking: tuple[str, ...]  # ids of the dimensions in which something is lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """The person gets a paper: its files are attached to a reply of the turn."""

    paper: Paper
    name: str
    kinds: tuple[FileKind, ...]
    reply: int = -1  # to which reply, counted as Python does: the last


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureAsked:
    """The person gets a picture: its files are attached to a reply of the turn."""

    picture: Picture
    name: str
    kinds: tuple[FileKind, ...]
    reply: int = -1  # to which reply, counted as Python does: the last


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked:
    """Somebody typed a code that is none of their own questions': the answer takes the reply's place where it is that
    of a slip. Of anybody else's question nothing is told.
    """

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingAsked:
    """What the person sent beside questions is added to the last reply; without `questions` it takes its place."""

    questions: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOffered:
    """The person got a code with which another address of theirs can be joined to this one."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinCodeTyped:
    """Such a code was typed: what can be done with it takes the reply's place."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAgreed:
    """The person said yes: both addresses are theirs. What came of it takes the reply's place."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerCodeTyped:
    """A code that makes a chat an officer's desk was typed: what came of it takes the reply's place."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparationAsked:
    """One of the person's addresses is to be somebody of its own again."""

    address_id: int


Event = (
    QuestionAsked
    | QuestionExtended
    | TalkEnded
    | AnswerAsked
    | QuestionClosed
    | ConsentGiven
    | NeedsTold
    | NoticeAnswered
    | NoticesAsked
    | NoticeDoubted
    | NoticeHadEffect
    | WishesChanged
    | ReminderAsked
    | RemindersOff
    | ConsentWithdrawn
    | ExportRequested
    | ErasureRequested
    | ReachChanged
    | Misread
    | CheckFinished
    | PaperAsked
    | PictureAsked
    | WorkEvent
    | TrainingEvent
    | FairEvent
    | NeededAsked
    | LeadSaid
    | LeadTold
    | NeedEvent
    | LabourTold
    | MarketEvent
    | SurveyEvent
    | CodeAsked
    | StandingAsked
    | OfficerCodeTyped
    | JoinOffered
    | JoinCodeTyped
    | JoinAgreed
    | SeparationAsked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one message led to. A value: nothing has happened yet."""

    replies: tuple[OutboundMessage, ...] = ()
    waiting: Waiting | None = None
    learnt: Mapping[str, object] = field(default_factory=dict)  # fields of Contact to set
    topic: str | None = None  # what was talked about; None leaves the earlier topic
    heard: Heard | None = None  # the words this answers, as the understanding read them
    missed: bool = False  # the message was not understood
    events: tuple[Event, ...] = ()
    dropped: bool = False  # what the person had begun for an officer is not kept any longer
    notes: Notes | None = None  # what is to be kept, sealed; None leaves the earlier notes
    forgets_notes: bool = False  # the earlier notes go
    private: bool = False  # what the person said in this turn is not stored among the messages

    def wait(self, state: str, **data: Any) -> "Turn":
        """The same turn, waiting for an answer that `state` reads."""
        return replace(self, waiting=Waiting(state=state, data=data))

    def learn(self, **facts: object) -> "Turn":
        """The same turn, with facts about the person to keep."""
        return replace(self, learnt={**self.learnt, **facts})

    def about(self, topic: str | None) -> "Turn":
        """The same turn, remembering the topic for a follow-up."""
        return replace(self, topic=topic)

    def answering(self, text: str, *labels: str) -> "Turn":
        """The same turn, remembering what it answers."""
        return replace(self, heard=Heard(text=text[:WORDS], labels=labels))

    def miss(self) -> "Turn":
        """The same turn, counted as not understood."""
        return replace(self, missed=True)

    def then(self, other: "Turn") -> "Turn":
        """This turn, followed by another: its replies come after, its waiting counts."""
        return Turn(
            replies=self.replies + other.replies,
            waiting=other.waiting or self.waiting,
            learnt={**self.learnt, **other.learnt},
            topic=other.topic or self.topic,
            heard=other.heard or self.heard,
            missed=self.missed or other.missed,
            events=self.events + other.events,
            dropped=self.dropped or other.dropped,
            notes=other.notes or self.notes,
            forgets_notes=self.forgets_notes or other.forgets_notes,
            private=self.private or other.private,
        )

    def drop(self) -> "Turn":
        """The same turn; what the person had begun is dropped."""
        return replace(self, dropped=True)

    def noting(self, notes: Notes) -> "Turn":
        """The same turn, keeping these notes."""
        return replace(self, notes=notes)

    def forgetting(self) -> "Turn":
        """The same turn; earlier notes go."""
        return replace(self, forgets_notes=True)

    def in_private(self) -> "Turn":
        """The same turn; what the person said in it is not stored among the messages."""
        return replace(self, private=True)

    def event(self, *events: Event) -> "Turn":
        """The same turn, with something for the service to do."""
        return replace(self, events=self.events + events)
