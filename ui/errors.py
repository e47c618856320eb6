"""What a face itself can refuse, before any room is asked."""

from __future__ import annotations

INTERRUPTED = 130
"""Exit code: Ctrl-C."""


class WrongUsage(Exception):
    """A command was given something it can't work with; the message is one line that says what to type instead."""


class ReaderLeft(Exception):
    """Whoever read our output has closed it, as `head` does; nothing has gone wrong."""


class CannotServe(Exception):
    """The server can't start; the message is one line that says what to do."""
