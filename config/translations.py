"""Compiles the catalogues of translated sentences, without gettext installed."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Writes a `.mo` beside every `.po` that is newer than it; returns the ones written.

    Each file appears whole or not at all, so several processes may do this at once.
    Raises `OSError` naming file and line when a catalogue is malformed.
    """
    stale = [po for po in sorted(root.glob("*/*locale/*/LC_MESSAGES/*.po")) if _is_stale(po)]
    if stale:
        import polib  # only now: most starts find nothing to do, and should not pay for it

        for po in stale:
            half_written = po.with_suffix(f".mo.{os.getpid()}")
            polib.pofile(str(po)).save_as_mofile(str(half_written))
            half_written.replace(po.with_suffix(".mo"))
    return stale


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime


if __name__ == "__main__":
    try:
        compile_catalogues()
    except OSError as malformed:
        sys.exit(f"A catalogue of translations cannot be read: {malformed}")
