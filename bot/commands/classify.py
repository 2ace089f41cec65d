"""Run a file of questions through the understanding, to be scored."""

from pathlib import Path

import click

from core.errors import StorageError
from core.wholefile import demand_another, write_whole


@click.command(short_help="Say what each question of a file is about, to be scored.")
@click.option("--in", "source", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Questions, TSV.")
@click.option("--out", "target", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Readings, TSV.")
def classify(source: Path, target: Path) -> None:
    """Read questions (columns id, text, topics, register, note) and write id, ranked labels and score.

    What the file says in topics and register is not looked at; a note "after:<topic>" gives the turn before.
    """
    from bot.knowledge import tell_training
    from bot.settings import load_settings
    from content.understanding import load_understanding
    from content.understanding.table import predictions, read_rows

    demand_another(target, source)
    rows = read_rows(str(source), _content(source))
    settings = load_settings()
    understanding = load_understanding(settings.pack_folders, settings.models, tell_training)
    write_whole(target, "\n".join([*predictions(rows, understanding), ""]).encode())
    click.echo(f"{len(rows)} questions read, {target} written", err=True)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(path)) from error
