"""Square codes that a telephone's camera reads."""

from io import BytesIO

import segno

QUIET = 4  # modules left white on every side, as the code's own standard asks (ISO/IEC 18004)


def square_svg(link: str) -> str:
    """The code of an address, as a drawing of black on white, one unit a module, with its white border.

    A quarter of it may be torn or dirty (level Q): it hangs outdoors.
    """
    drawn = BytesIO()
    code = segno.make(link, error="q", micro=False, boost_error=False)
    code.save(drawn, kind="svg", border=QUIET, light="#ffffff", xmldecl=False, nl=False)
    return drawn.getvalue().decode()
