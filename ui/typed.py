"""The commands that a message names, as they can be typed here: `zhengwen` alone only where it is on the path."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

_COMMAND = re.compile(r"(?<![\w/.-])zhengwen(?= [a-z-])")


def typed(message: str) -> str:
    """The message, with the path by which this program was started in the place of a bare name nobody would find."""
    started = Path(sys.argv[0])
    if started.name != "zhengwen" or shutil.which("zhengwen"):
        return message
    return _COMMAND.sub(lambda _: shlex.quote(str(started)), message)
