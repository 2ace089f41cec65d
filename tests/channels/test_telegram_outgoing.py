"""How a message looks on Telegram: any text arrives whole, in pieces that fit, whatever signs stand in it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.outgoing import CAPTION, TEXT, as_html, keyboard, kind_of, pieces
from core.messages import Attachment, AttachmentKind, OutboundMessage, QuickReply
from core.splitting import split, utf16_length

FILE = Attachment(kind=AttachmentKind.FILE, name="a.pdf", media_type="application/pdf", size=1, sha256="ab" * 32)
BUTTON = (QuickReply(label="Về đầu", payload="menu"),)
SENTENCE = "Câu này có tám chữ cả thảy nhé. "


class Reader(HTMLParser):
    """What is read of a piece of HTML: its words, and the tags it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.tags = "", set[str]()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def read(message: OutboundMessage) -> Reader:
    reader = Reader()
    reader.feed(as_html(message))
    reader.close()
    return reader


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n .<>&🌾"), max_size=300
)


@given(text=TEXTS, limit=st.integers(20, 80))
def test_parts_fit_and_lose_no_word(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < utf16_length(part) <= limit and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_cut_comes_after_a_sentence() -> None:
    parts = split(SENTENCE * 40, 300)
    assert len(parts) > 3 and all(part.endswith("nhé.") for part in parts)


def test_a_line_end_is_the_better_cut() -> None:
    lines = "\n".join(["Dòng một. Dòng hai"] * 20)
    assert all(part.endswith("Dòng hai") for part in split(lines, 100))


def test_a_word_without_end_is_cut_where_it_must() -> None:
    assert [utf16_length(part) for part in split("ờ" * 250, 100)] == [100, 100, 50]
    assert split("🌾" * 60, 100) == ["🌾" * 50, "🌾" * 10]


@given(text=TEXTS.filter(lambda text: text.strip()), source=st.none() | TEXTS.filter(lambda text: text.strip()))
def test_any_signs_are_shown_as_they_are(text: str, source: str | None) -> None:
    shown = read(OutboundMessage(text=text, source=source))
    assert shown.words == "\n\n".join(part for part in (text.strip(), source) if part)
    assert shown.tags <= {"i"}


@given(length=st.integers(1, 3 * TEXT), source=st.sampled_from([None, "Theo Nghị định 1.", "x" * 5000]))
def test_every_piece_fits_and_the_buttons_stand_below_the_last(length: int, source: str | None) -> None:
    text = (SENTENCE * (length // len(SENTENCE) + 1))[:length].strip()
    parts = pieces(OutboundMessage(text=text, source=source, quick_replies=BUTTON))
    assert all(0 < utf16_length(read(one).words) <= TEXT for one in parts)
    assert [one.quick_replies for one in parts] == [()] * (len(parts) - 1) + [BUTTON]
    said = "".join(read(one).words for one in parts)
    assert "".join(said.split()) == "".join(f"{text}{source or ''}".split())


def test_a_file_carries_a_short_text_and_follows_a_long_one() -> None:
    short = OutboundMessage(text="Mẫu đây.", attachments=(FILE,), quick_replies=BUTTON)
    assert pieces(short) == [short]
    long = OutboundMessage(text="a" * (CAPTION + 1), source="Theo", attachments=(FILE,), quick_replies=BUTTON)
    words, file = pieces(long)
    assert words.attachments == () and words.source == "Theo" and words.quick_replies == ()
    assert file.attachments == (FILE,) and file.text == "" and file.quick_replies == BUTTON


def test_several_files_are_several_pieces() -> None:
    parts = pieces(OutboundMessage(text="Hai tệp.", attachments=(FILE, FILE)))
    assert [len(one.attachments) for one in parts] == [0, 1, 1]


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_to_say_is_no_piece(text: str) -> None:
    assert pieces(OutboundMessage(text=text)) == []


def test_two_short_buttons_stand_side_by_side() -> None:
    labels = ["Nộp ở đâu", "Mang giấy gì", "Chưa nhận được tiền", "Gặp cán bộ"]
    made = keyboard([QuickReply(label=one, payload=one[:3]) for one in labels])
    assert made is not None
    assert [[one["text"] for one in row] for row in made["inline_keyboard"]] == [labels[:2], labels[2:3], labels[3:]]
    assert keyboard([]) is None


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/jpeg", "photo"),
        ("image/heic", "document"),
        ("audio/ogg", "voice"),
        ("audio/mpeg", "audio"),
        ("audio/amr", "document"),
        ("application/pdf", "document"),
    ],
)
def test_each_file_goes_the_way_in_which_it_can_be_seen(media_type: str, kind: str) -> None:
    item = Attachment(kind=AttachmentKind.FILE, name="a", media_type=media_type, size=1, sha256="")
    assert kind_of(item) == kind
