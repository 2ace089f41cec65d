"""Train the model of the program's own packs beforehand, unless it is there: `python -m content.understanding`."""

import sys

from content.loader import PACKS_DIR
from content.understanding.built import PREPARED, model_of
from core.errors import ChungTayError


def main() -> int:
    """Exit status 1, and one line that says why, when the packs are wrong or nothing can be written."""
    try:
        model_of((PACKS_DIR,), PREPARED)
    except ChungTayError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
