"""The measures of a paper, the same for PDF and DOCX (Nghị định 30/2020/NĐ-CP, Phụ lục I). Millimetres and points."""

TOP = BOTTOM = 20  # mm
LEFT = 30  # mm
RIGHT = 15  # mm
TEXT_WIDTH = 210 - LEFT - RIGHT  # mm, of an A4 sheet
