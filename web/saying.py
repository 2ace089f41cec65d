"""What a visitor posts, read without trust and turned into updates to store."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from content.wording import LANGUAGES, wording
from core.contacts import URN
from core.filetypes import MAX_FILE_BYTES, MAX_FILES, clean_name, media_type
from core.messages import Attachment, attachment_to_json
from core.records import NewUpdate
from web.forms import PostedForm, Upload
from web.nonces import NONCE, external_id
from web.page import Wish, start_button, topic_button, wish_of
from web.site import Site
from web.talk import Talk, position

MAX_PAYLOAD_BYTES = 64  # the smallest limit of any channel
# The channel keeps less than this of a text; storing a megabyte until it has looked would only cost.
MAX_RAW_TEXT = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a visitor posted."""

    text: str = field(repr=False)
    payload: str | None
    nonce: str
    seen: int  # newest bubble on the page they wrote on
    wish: Wish
    files: tuple[Upload, ...] = ()


def said_of(site: Site, form: PostedForm) -> Said:
    """Read the fields; what is missing or makes no sense is empty."""
    payload = form.get("payload")
    nonce = form.get("nonce")
    return Said(
        text=form.get("text"),
        payload=payload if payload and len(payload.encode()) <= MAX_PAYLOAD_BYTES else None,
        nonce=nonce if NONCE.fullmatch(nonce) else site.new_token(),
        seen=position(form.get("seen")),
        wish=wish_of(site, form.get("at"), form.get("lang")),
        files=form.files,
    )


def fault_of(files: Sequence[Upload]) -> str | None:
    """The message id of what is wrong with the files, or None."""
    if len(files) > MAX_FILES:
        return "web.file.many"
    if any(len(one.content) > MAX_FILE_BYTES for one in files):
        return "web.file.large"
    if any(media_type(one.content) is None for one in files):
        return "web.file.kind"
    return None


async def updates_of(site: Site, urn: URN, said: Said, talk: Talk) -> list[NewUpdate]:
    """The updates to store: what the address of the first visit chose, then the message itself.

    The id holds a digest of the content: a page that a browser brought back may carry a used nonce with new words.
    """
    # A button takes what stands in the box along; only the press counts, and the page keeps the words in the box.
    text = "" if said.payload else said.text[:MAX_RAW_TEXT]
    files = () if said.payload else said.files
    kept = [await site.files.put(clean_name(one.name), media_type(one.content) or "", one.content) for one in files]
    # The address in it keeps the words from being guessed after an erasure, when the address is gone.
    content = "\0".join([urn.path, text, said.payload or "", *(one.sha256 for one in kept)])
    digest = sha256(content.encode()).hexdigest()[:12]
    id_ = external_id(said.nonce, digest)
    now = site.clock.now()
    # Presses that are learnt and not answered: the page has greeted already.
    wishes = {"live": said.wish.locality, "speak": said.wish.language} if not talk.history else {}
    return [
        *(
            update(urn, f"{id_}-{name}", now, payload=f"{name}:{value}")
            for name, value in wishes.items()
            if value is not None
        ),
        update(urn, id_, now, text=text, payload=said.payload, label=label_of(site, said, talk), attachments=kept),
    ]


def update(
    urn: URN,
    id_: str,
    now: datetime,
    *,
    text: str = "",
    payload: str | None = None,
    label: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> NewUpdate:
    """One raw update as the web chat's channel reads it."""
    raw = {
        "text": text,
        "payload": payload,
        "label": label,
        "attachments": [attachment_to_json(item) for item in attachments],
    }
    return NewUpdate(account=urn.account, external_id=id_, path=urn.path, raw=raw, received_at=now)


def label_of(site: Site, said: Said, talk: Talk) -> str | None:
    """What the pressed button said; None when no page of ours has such a button."""
    if said.payload is None:
        return None
    if button := talk.button(said.payload):
        return button.label
    locality = talk.contact.locality if talk.contact else said.wish.locality
    language = talk.contact.language if talk.contact else said.wish.language or LANGUAGES[0]
    known = {
        reply.payload: reply.label for message in site.greet(locality, language) for reply in message.quick_replies
    }
    known |= {f"lang:{lang}": wording(lang).text("web.language") for lang in LANGUAGES}
    known |= {f"topic:{id_}": topic_button(site, id_, wording(language)).label for id_ in site.content.topics}
    known |= {f"start:{id_}": start_button(site, id_, wording(language)).label for id_ in site.localities}
    return known.get(said.payload)
