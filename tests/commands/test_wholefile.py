"""A file that is written is there whole, or what stood there before stays."""

import os
from pathlib import Path

import pytest

from core.errors import StorageError
from core.wholefile import OWN, make_folder, write_whole


def test_it_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "rows.yaml"
    for content in (b"first", b"second"):
        write_whole(target, content, mode=OWN)
        assert target.read_bytes() == content
    assert target.stat().st_mode & 0o777 == OWN
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "rows.yaml"
    target.write_bytes(b"first")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"rows\.yaml.*cannot be written: No space left on device"):
        write_whole(target, b"second")
    assert target.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_and_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    real, link, pipe = tmp_path / "real", tmp_path / "link", tmp_path / "pipe"
    real.write_bytes(b"first")
    link.symlink_to(real)
    os.mkfifo(pipe)
    write_whole(link, b"second")
    assert link.is_symlink() and real.read_bytes() == b"second"
    with pytest.raises(StorageError, match=r"pipe.*is no file"):
        write_whole(pipe, b"x")
    assert pipe.is_fifo()


def test_no_folder_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match=r"file/models.*cannot be written"):
        make_folder(tmp_path / "file/models")
    with pytest.raises(StorageError, match="cannot be written"):
        write_whole(tmp_path / "absent/rows.yaml", b"x")
