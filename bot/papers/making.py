"""One paper or picture in, one file a kind out; beside the event loop, for typesetting is work."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from bot.papers.cleaning import cleaned
from core.filetypes import DOCX, clean_name
from core.papers import FileKind, Made, Paper, Picture

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: DOCX,
    FileKind.PNG: "image/png",
    FileKind.SVG: "image/svg+xml",
}

_Plain = TypeVar("_Plain", Paper, Picture)


class TypesetPapers:
    """Implements core.ports.Papers. The same data gives the same bytes: files are kept by their hash."""

    async def paper(self, paper: Paper, name: str, kinds: Sequence[FileKind]) -> Sequence[Made]:
        """The paper as PDF or DOCX, one file a kind, named `name` with the kind's ending."""
        return await asyncio.to_thread(_made, _PAPERS, cleaned(paper), name, kinds)

    async def picture(self, picture: Picture, name: str, kinds: Sequence[FileKind]) -> Sequence[Made]:
        """The picture as PNG or SVG, one file a kind."""
        return await asyncio.to_thread(_made, _PICTURES, cleaned(picture), name, kinds)


def _pdf(paper: Paper) -> bytes:
    from bot.papers.typeset import paper_pdf

    return paper_pdf(paper)


def _docx(paper: Paper) -> bytes:
    from bot.papers.word import paper_docx

    return paper_docx(paper)


def _png(picture: Picture) -> bytes:
    from bot.papers.typeset import picture_png

    return picture_png(picture)


def _svg(picture: Picture) -> bytes:
    from bot.papers.typeset import picture_svg

    return picture_svg(picture)


def _made(
    makers: Mapping[FileKind, Callable[[_Plain], bytes]], plain: _Plain, name: str, kinds: Sequence[FileKind]
) -> tuple[Made, ...]:
    unknown = [kind.value for kind in kinds if kind not in makers]
    if unknown:
        raise ValueError(f"{type(plain).__name__} cannot be made as {', '.join(unknown)}")
    return tuple(
        Made(name=clean_name(f"{name}.{kind}"), media_type=MEDIA_TYPES[kind], content=makers[kind](plain))
        for kind in kinds
    )


_PAPERS: Mapping[FileKind, Callable[[Paper], bytes]] = {FileKind.PDF: _pdf, FileKind.DOCX: _docx}
_PICTURES: Mapping[FileKind, Callable[[Picture], bytes]] = {FileKind.PNG: _png, FileKind.SVG: _svg}
