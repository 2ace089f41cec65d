"""`chungtay backup` and `chungtay restore`: everything in one file, readable by either database."""

import asyncio
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from core.errors import StorageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def backup(file: Path, force: bool) -> None:
    """Write database, files and key into FILE (.tar.gz). The service may go on running."""
    if file.is_dir():
        raise StorageError("is a folder", where=str(file), mend="name a file in it")
    if file.exists() and not force:
        raise StorageError("is there already", where=str(file), mend="name another file, or add --force")
    if file.exists() and not file.is_file():
        raise StorageError("is no file", where=str(file), mend="name a file, or one that is not there yet")
    asyncio.run(_backup(file.resolve()))


async def _backup(file: Path) -> None:
    from bot.archive import FILES, write_archive
    from bot.opening import opened
    from bot.settings import load_settings
    from db.backup import write_rows

    settings = load_settings()
    draft = file.with_name(f".{file.name}.new")
    async with opened(settings) as (storage, key):
        try:
            with tempfile.TemporaryFile() as rows:
                text = io.TextIOWrapper(rows, encoding="utf-8", write_through=True)
                count = await write_rows(storage.engine, text)
                write_archive(draft, rows, key, settings.data_dir / FILES)
                text.detach()
            draft.replace(file)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise StorageError(
                f"cannot be written ({error.strerror})", where=str(file), mend="choose another place"
            ) from error
    click.echo(f"{file}: {count} rows of {settings.place}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erased-in",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Data folder of the installation that is being replaced: who had their data erased there stays erased.",
)
def restore(file: Path, erased_in: Path | None) -> None:
    """Put a backup into an empty installation.

    People who had their data erased since the backup was made stay erased.
    """
    asyncio.run(_restore(file, erased_in))


async def _restore(file: Path, erased_in: Path | None) -> None:
    from bot.archive import opened_archive
    from bot.installation import alone
    from bot.restoring import put_back
    from bot.settings import load_settings

    settings = load_settings()
    with opened_archive(file) as archive, alone(settings):
        rows, again = await put_back(settings, archive, erased_in)
    click.echo(f"{rows} rows restored into {settings.place}; {again} people erased again")
