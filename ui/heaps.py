"""Has the threads of a server share two heaps, so that what one has freed serves the next."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_ARENA_MAX: Final = -8
"""M_ARENA_MAX of glibc's malloc.h."""
_HEAPS: Final = 2


def share_heaps() -> bool:
    """Set it for the rest of the process; to be called before threads begin. False where the C library can't.

    glibc gives threads heaps of their own, eight a core. A server answers each question in a new one, so every heap
    would come to hold what the largest answer needs: 54 MB more after 500 questions, where two heaps hold 20.
    """
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    return hasattr(library, "mallopt") and library.mallopt(_ARENA_MAX, _HEAPS) == 1
