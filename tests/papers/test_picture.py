"""The picture: as large as a phone shows it, small to send, and clear without any colour."""

import re
import struct
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.papers import TypesetPapers
from bot.papers.tones import TONES, Tone
from core.papers import FileKind, Mark, Picture, Tile

DRAWN = ("employment", "health", "education", "housing", "water-sanitation", "information")
NAMES = ("Việc làm", "Y tế", "Giáo dục", "Nhà ở", "Nước sạch và vệ sinh", "Thông tin")
PICTURE = Picture(
    title="Sáu điều cần cho một gia đình",
    tiles=tuple(
        Tile(id=id_, name=name, mark=mark, text="thiếu 1 trong 2")
        for id_, name, mark in zip(DRAWN, NAMES, [*Mark, *Mark], strict=True)
    ),
    footer="Chung Tay, 15/09/2026. Chỉ để tham khảo, phường là nơi quyết định.",
    alt='Việc làm: thiếu 1 trong 2 <script>alert("x")</script> & Y tế: đủ',
)


async def content(picture: Picture, kind: FileKind) -> bytes:
    (file,) = await TypesetPapers().picture(picture, "tinh-trang", [kind])
    return file.content


async def test_it_fits_a_phone_and_a_slow_network() -> None:
    png = await content(PICTURE, FileKind.PNG)
    width, height = struct.unpack(">II", png[16:24])
    assert width == 720
    assert 900 <= height <= 1000
    assert len(png) < 120_000


async def test_long_texts_make_it_higher_not_wider() -> None:
    tiles = (replace(PICTURE.tiles[0], name="Nước " * 6, text="w" * 24), *PICTURE.tiles[1:])
    png = await content(replace(PICTURE, tiles=tiles), FileKind.PNG)
    width, height = struct.unpack(">II", png[16:24])
    assert width == 720
    assert height > 1000


async def test_a_great_many_words_cost_pixels_rather_than_bytes() -> None:
    tiles = tuple(replace(tile, text="nguồn nước và nhà tiêu " * 3) for tile in PICTURE.tiles)
    png = await content(replace(PICTURE, tiles=tiles), FileKind.PNG)
    (width,) = struct.unpack(">I", png[16:20])
    assert 360 <= width < 720
    assert len(png) < 120_000


async def test_svg_is_whole_harmless_and_says_its_words() -> None:
    svg = await content(PICTURE, FileKind.SVG)
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("role") == "img"
    assert root[0].text == PICTURE.alt
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert tags <= {"svg", "title", "g", "path", "use", "defs", "symbol", "clipPath"}
    links = [value for element in root.iter() for name, value in element.items() if name.endswith("href")]
    assert all(link.startswith("#") for link in links)
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]


async def test_only_the_unknown_has_a_dashed_border() -> None:
    for mark in Mark:
        svg = await content(replace(PICTURE, tiles=(replace(PICTURE.tiles[0], mark=mark),)), FileKind.SVG)
        assert (b"stroke-dasharray" in svg) == (mark is Mark.UNKNOWN)


async def test_each_dimension_has_a_drawing_of_its_own_and_others_have_none() -> None:
    drawings = set()
    for id_ in (*DRAWN, "other"):
        tile = replace(PICTURE.tiles[0], id=id_)
        drawings.add(await content(replace(PICTURE, tiles=(tile,)), FileKind.SVG))
    assert len(drawings) == 7


async def test_markup_in_a_tile_is_no_markup() -> None:
    tile = replace(PICTURE.tiles[0], name='#panic("x") *a* $b$', text="\\ @c <script>")
    assert b"<script" not in await content(replace(PICTURE, tiles=(tile,)), FileKind.SVG)


@pytest.mark.parametrize("mark", Mark)
def test_words_are_read_on_their_ground(mark: Mark) -> None:
    tone = TONES[mark]
    assert contrast(tone) >= 4.5


def contrast(tone: Tone) -> float:
    """As WCAG 2 reckons it."""
    darker, lighter = sorted((luminance(tone.ground), luminance(tone.ink)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
