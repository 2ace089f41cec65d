"""The file that a DOCX begins as and the way it is packed: our font and language, nobody's name, no time."""

from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP can tell: the same paper has the same bytes
_NOT_NEEDED = ("/thumbnail", "/extended-properties", "/stylesWithEffects", "/customXml", "/numbering")
_STYLES_KEPT = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "Table Grid", "Header", "Footer"})


@cache
def template() -> bytes:
    """The library's empty document without its styles, thumbnail and traces; with our font, language and spacing."""
    document = Document()
    for package in (document.part.package, document.part):
        for key in [key for key, each in package.rels.items() if each.reltype.endswith(_NOT_NEEDED)]:
            del package.rels[key]
    for style in list(document.styles):
        if style.name not in _STYLES_KEPT:
            style.delete()
        else:
            _unlink(style.element)
    _our_font(document)
    _no_traces(document)
    return packed(document)


def _unlink(style: BaseOxmlElement) -> None:
    # The character style behind it is gone.
    for link in style.findall(qn("w:link")):
        style.remove(link)


def _our_font(document: Docx) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    look = normal.paragraph_format
    look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), 1.0
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = defaults.find(qn("w:rFonts"))
    fonts.attrib.clear()
    for place in (fonts, normal.element.rPr.rFonts):
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            place.set(qn(f"w:{script}"), FONT)
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:eastAsia"), LANGUAGE)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)


def _no_traces(document: Docx) -> None:
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.language = LANGUAGE
    for time in ("dcterms:created", "dcterms:modified"):
        for element in about._element.findall(qn(time)):
            about._element.remove(element)


def packed(document: Docx) -> bytes:
    """The document's bytes, without the time at which they were packed."""
    written, result = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, _EPOCH), source.read(name), ZIP_DEFLATED)
    return result.getvalue()
