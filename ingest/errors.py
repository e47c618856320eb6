"""What can go wrong with a file, said in one line for the person who gave it."""

from __future__ import annotations


class IngestError(Exception):
    """Base of every error of reading files in; its message is one Chinese line that says what to do next."""


class UnreadableFile(IngestError):
    """This file cannot become a document; `reason` says why, without naming the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NothingToRead(IngestError):
    """The paths given hold no file at all."""


class SamplesRefused(IngestError):
    """Sample documents were to be read into a library that holds the user's own."""
