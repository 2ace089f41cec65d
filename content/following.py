"""What somebody is asked some days after they were interested in a vacancy, and after a month and three in the job."""

from content.formatting import capital
from content.wording import Wording, wording
from core.contacts import Contact
from core.leads import Ask, LeadLine
from core.messages import QuickReply

ANSWER = "lead.answer"  # what the conversation waits for after a question
LONGEST = 90  # characters of what an employer wrote


def short(said: str, most: int = LONGEST) -> str:
    """A line of an employer, so short that a bubble stays one."""
    line = " ".join(said.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip('.,;:')} …"


def you_of(contact: Contact, words: Wording) -> str:
    """How they are called."""
    own = contact.address_word if words.lang == "vi" else None
    return own or words.text("address.default")


def question_text(ask: Ask, line: LeadLine, contact: Contact) -> str:
    """The question in words."""
    words = wording(contact.language)
    you = you_of(contact, words)
    told = {"title": short(line.title), "employer": short(line.employer), "you": you, "You": capital(you)}
    return words.text(f"lead.question.{ask}", **told)


def question_buttons(ask: Ask, offer_id: int, contact: Contact) -> tuple[QuickReply, ...]:
    """One tap answers it; the last one ends the questions."""
    words = wording(contact.language)
    if ask is Ask.BEGAN:
        shown = [("lead_began", f"lead-began:{offer_id}"), ("lead_wait", f"lead-wait:{offer_id}")]
        shown.append(("lead_stop", f"lead-stop:{offer_id}"))
    else:
        shown = [("lead_still", f"lead-still:{offer_id}:{ask}"), ("lead_left", f"lead-stop:{offer_id}")]
    shown += [("officer", "officer"), ("lead_quiet", f"lead-quiet:{offer_id}")]
    return tuple(QuickReply(label=words.text(f"button.{name}"), payload=payload) for name, payload in shown)
