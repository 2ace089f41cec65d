"""`chungtay backup` and `chungtay restore`: everything in one file, readable by either database."""

import asyncio
import gzip
import io
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import click

from core.errors import StorageError

READ_AT_ONCE = 1024 * 1024  # bytes
ROWS, KEY, FILES = "rows.jsonl", "secret.key", "files"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write database, files and key into FILE (.tar.gz). The service may go on running."""
    asyncio.run(_backup(file))


async def _backup(file: Path) -> None:
    from bot.app import opened
    from bot.settings import load_settings
    from db.backup import write_rows

    settings = load_settings()
    draft = file.with_name(f".{file.name}.new")
    async with opened(settings) as (storage, key):
        try:
            with tempfile.TemporaryFile("w+", encoding="utf-8") as rows:
                count = await write_rows(storage.engine, rows)
                draft.touch(mode=0o600)  # it holds people's words: for this user's eyes only
                with tarfile.open(draft, "w:gz") as archive:
                    _add_text(archive, rows)
                    _add(archive, KEY, key)
                    if (settings.data_dir / FILES).is_dir():
                        archive.add(settings.data_dir / FILES, FILES)
            draft.replace(file)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise StorageError(
                f"cannot be written ({error.strerror})", where=str(file), mend="choose another place"
            ) from error
    click.echo(f"{file}: {count} rows")


def _add_text(archive: tarfile.TarFile, rows: IO[str]) -> None:
    rows.flush()
    rows.seek(0)
    raw = rows.buffer  # type: ignore[attr-defined]
    entry = tarfile.TarInfo(ROWS)
    entry.size = raw.seek(0, io.SEEK_END)
    raw.seek(0)
    archive.addfile(entry, raw)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


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
    from bot.restoring import put_back
    from bot.settings import load_settings

    settings = load_settings()
    try:
        _read_through(file)
        with tarfile.open(file, "r:gz") as archive:
            rows, again = await put_back(settings, archive, erased_in)
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, KeyError, UnicodeDecodeError) as error:
        raise StorageError("is no backup, or damaged", where=str(file), mend="take another copy") from error
    click.echo(f"{rows} rows restored; {again} people erased again")


def _read_through(file: Path) -> None:
    # The checksum stands at the very end, where reading the archive's parts never comes.
    with gzip.open(file) as whole:
        while whole.read(READ_AT_ONCE):
            pass


def lines_of(archive: tarfile.TarFile) -> Iterator[str]:
    """The rows of a backup, line by line. Raises KeyError when there are none."""
    source = archive.extractfile(ROWS)
    if source is None:
        raise KeyError(ROWS)
    yield from io.TextIOWrapper(source, encoding="utf-8")
