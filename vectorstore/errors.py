"""What can go wrong with a library, each error saying what happened and what to do next."""

from __future__ import annotations


class LibraryError(Exception):
    """Base of every error of a library; its message is one line in the user's words."""


class NoLibrary(LibraryError):
    """The folder holds no library yet."""


class LibraryLocked(LibraryError):
    """Another process is writing to the library."""


class LibraryDamaged(LibraryError):
    """No generation of the library can be read."""


class EmbeddingMismatch(LibraryError):
    """The index was built with another embedding model than the one configured."""


class DocumentNotFound(LibraryError):
    """No document of the library has this id."""
