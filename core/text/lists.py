"""Lists of words as they are read best: in a row."""


def words(row: str) -> frozenset[str]:
    """The words of a row or of several."""
    return frozenset(row.split())
