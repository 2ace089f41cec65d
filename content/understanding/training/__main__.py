"""Train a model in a process of its own: what training needs in memory is gone when it ends.

    python -m content.understanding.training --out FILE FOLDER...

Prints one line of JSON: the time it took, or what is wrong with the corpus.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from content.loader import load_catalogue
from content.understanding.model import save
from content.understanding.training import train
from core.errors import ChungTayError
from core.wholefile import make_folder


def main() -> int:
    """Train, save, and say so. Exit status 1 with the fault as JSON when the packs are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="the file of the model")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of packs, later ones laid over earlier ones")
    given = parser.parse_args()
    start = time.perf_counter()
    try:
        make_folder(given.out.parent)  # before a minute is spent for nothing
        catalogue = load_catalogue(*given.folders)
        save(train(given.folders, catalogue.understanding_texts(), sorted(catalogue.topics)), given.out)
    except ChungTayError as error:
        fault = {"kind": type(error).__name__, "what": error.what, "where": error.where, "mend": error.mend}
        sys.stdout.write(json.dumps(fault))
        return 1
    sys.stdout.write(json.dumps({"seconds": round(time.perf_counter() - start, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
