"""A square code as a drawing in the page: dark on white whatever the page's colours, with the quiet zone it needs."""

from markupsafe import Markup

QUIET = 4  # modules around it: ISO/IEC 18004


def square_code(text: str, label: str) -> Markup:
    """An SVG element that telephones read; `label` says to those who do not see it what it is."""
    import segno

    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=QUIET)]
    size = len(rows)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Markup(
        '<svg class="square" viewBox="0 0 {size} {size}" role="img" aria-label="{label}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    ).format(size=size, label=label, path=path)
