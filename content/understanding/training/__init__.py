"""From the packs to a model. The only place that knows scikit-learn; never imported while messages are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from content.understanding.corpus import load_corpus, utterance_files
from content.understanding.features import blocks_of
from content.understanding.figures import Columns
from content.understanding.lexicon import lexicon_files, load_lexicon
from content.understanding.model import Model
from content.understanding.training.calibration import calibrate
from content.understanding.training.fit import fit
from content.understanding.training.heldback import held_back
from content.understanding.training.measure import measure
from content.understanding.training.rows import rows_of
from core.errors import ContentError


def train(folders: Sequence[Path], cards: Mapping[str, Sequence[str]], topics: Sequence[str]) -> Model:
    """Train and calibrate on the utterances of all packs and the texts of the cards, by topic.

    The same packs give the same model. Takes a minute for 13,000 utterances. Raises ContentError when an
    utterance or lexicon file is wrong, or when there are no utterances.
    """
    corpus = load_corpus(utterance_files(folders), topics)
    if not corpus.utterances:
        raise ContentError("no utterances", where=str(folders[0]), mend="name the folder that holds the packs")
    lexicon = load_lexicon(lexicon_files(folders))
    rows, columns = rows_of(corpus, cards, topics)
    read = blocks_of(lexicon)
    blocks = [read(row.folded, row.typed) for row in rows]
    decided, where = held_back(rows, columns, blocks, lexicon), Columns.of(columns)
    calibration = calibrate(rows, decided, where)
    figures = measure(rows, decided, where, calibration)
    return replace(fit(rows, columns, blocks, lexicon), calibration=calibration, measured=figures)
