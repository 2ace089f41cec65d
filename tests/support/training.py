"""Training without a process of its own: half of a small model's time goes into starting one."""

import io
import subprocess
import sys
from contextlib import redirect_stdout
from typing import Any

import pytest

from content.understanding import built

MODULE = "content.understanding.training"


def train_here(patch: pytest.MonkeyPatch) -> None:
    """The same command with the same arguments, in this process. How it starts is shown by tests without this."""

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        from content.understanding.training.__main__ import main

        python, flag, module, *arguments = command
        assert (python, flag, module) == (sys.executable, "-m", MODULE)
        with pytest.MonkeyPatch.context() as within, redirect_stdout(io.StringIO()) as out:
            within.setattr(sys, "argv", [module, *arguments])
            return subprocess.CompletedProcess(command, main(), out.getvalue(), "")

    patch.setattr(built, "subprocess", _Starting(run))


class _Starting:
    """What of the module `subprocess` is used where models are trained."""

    def __init__(self, run: Any) -> None:
        self.run = run
