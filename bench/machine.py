"""The machine that the figures were taken on, without its name."""

import os
import platform
import sqlite3
from pathlib import Path


def description() -> dict[str, str]:
    """What matters for reading the figures."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_bytes() / 1024**3:.1f} GB",
        "system": f"{platform.system()}, {platform.machine()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "other load": f"{os.getloadavg()[0]:.1f} processes waiting for a core, on average of the last minute",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def resident_mb(pid: int, *, highest: bool = False) -> float:
    """Resident memory in MB (1,000,000 bytes), now or at its highest. Raises OSError where the system does not tell.

    That is anything but Linux.
    """
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:" if highest else "VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def processor_seconds(pid: int) -> float:
    """Processor time a process has used so far. Raises OSError where the system does not tell (not Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
