"""How a message looks where there is nothing but plain text: all of it arrives, in pieces that fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import as_text, pieces
from core.messages import Attachment, AttachmentKind, OutboundMessage, QuickReply
from core.splitting import utf16_length

LIMIT = 2000
FILE = Attachment(kind=AttachmentKind.FILE, name="giấy.pdf", media_type="application/pdf", size=1, sha256="ab" * 32)
BUTTONS = (QuickReply(label="Mang giấy gì", payload="a"), QuickReply(label="Về đầu", payload="menu"))
SENTENCE = "Câu này có tám chữ cả thảy nhé. "
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n .🌾"), max_size=90)


def link(item: Attachment) -> str:
    return f"https://ward.example.vn/files/{item.sha256}"


def texts(message: OutboundMessage, limit: int = LIMIT) -> list[str]:
    return [as_text(piece, link) for piece in pieces(message, limit, link)]


def test_source_files_and_choices_stand_below() -> None:
    message = OutboundMessage(
        text="Được.\n", source="Theo Luật.", quick_replies=BUTTONS, attachments=(FILE,), numbered=True
    )
    assert texts(message) == [
        f"Được.\n\nTheo Luật.\n\ngiấy.pdf:\n{link(FILE)}\n\n1. Mang giấy gì\n2. Về đầu",
    ]


def test_where_a_number_is_an_answer_choices_have_none() -> None:
    assert texts(OutboundMessage(text="Mấy người?", quick_replies=BUTTONS)) == [
        "Mấy người?\n\n– Mang giấy gì\n– Về đầu"
    ]


def test_a_file_without_an_address_is_named() -> None:
    message = OutboundMessage(text="", attachments=(FILE,))
    assert as_text(message, lambda _: "") == "giấy.pdf"


def test_letters_are_composed_and_counted_as_such() -> None:
    apart = unicodedata.normalize("NFD", "nghèo đói ") * 190
    assert len(apart) > LIMIT
    assert texts(OutboundMessage(text=apart)) == [unicodedata.normalize("NFC", apart).strip()]


def test_a_long_text_is_cut_at_sentences_and_the_choices_stay_with_its_end() -> None:
    message = OutboundMessage(text=SENTENCE * 150, source="Theo Luật.", quick_replies=BUTTONS, numbered=True)
    parts = texts(message)
    assert len(parts) == 3 and all(part.endswith("nhé.") for part in parts[:-1])
    assert parts[-1].endswith("nhé.\n\nTheo Luật.\n\n1. Mang giấy gì\n2. Về đầu")


@pytest.mark.parametrize("length", range(1900, 2030, 13))
def test_whatever_does_not_fit_below_comes_next(length: int) -> None:
    message = OutboundMessage(text="a" * length, source="Theo Luật.", quick_replies=BUTTONS, numbered=True)
    parts = texts(message)
    assert "".join("".join(parts).split()) == "a" * length + "TheoLuật.1.Manggiấygì2.Vềđầu"
    assert all(utf16_length(part) <= LIMIT for part in parts)


def test_nothing_is_no_piece() -> None:
    assert texts(OutboundMessage(text=" \n")) == []


@given(text=WORDS, source=WORDS, files=st.integers(0, 2), buttons=st.integers(0, 2), numbered=st.booleans())
def test_nothing_is_lost_and_every_piece_fits(text: str, source: str, files: int, buttons: int, numbered: bool) -> None:
    message = OutboundMessage(
        text=text,
        source=source,
        attachments=(FILE,) * files,
        quick_replies=BUTTONS[:buttons],
        numbered=numbered,
    )
    limit = 120
    parts = texts(message, limit)
    assert all(0 < utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(as_text(message, link).split())
    assert len(pieces(message, limit, link)) == len(parts), "the same pieces every time: a repeat goes on where it was"
