"""Where `zhengwen` starts: loads the program so that Ctrl-C ends it quietly from the first moment on."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ui.errors import INTERRUPTED


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        from ui.program import run  # takes a third of a second, in which people already press Ctrl-C

        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
