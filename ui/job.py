"""A job, documents being added or removed: what is told of it, and how it is written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, as whoever sent it is told: no path of ours, and of the document only its id."""

    file: str
    status: Literal["added", "updated", "unchanged", "removed", "failed"]
    reason: str | None = None
    document: str | None = None
    """The document's id."""


@dataclass(frozen=True, slots=True)
class Job:
    """Documents being added or removed."""

    id: str
    kind: Literal["add", "remove"]
    state: State
    created: datetime
    files: int = 0
    """How many files are to be read."""
    outcomes: tuple[Outcome, ...] = ()
    """Of the files that were read so far, in order; each is in the library once the job is done."""
    passages: int = 0
    """How many passages are to be indexed; 0 while files are still read."""
    indexed: int = 0
    """How many of them are."""
    generation: int | None = None
    """The library's generation that has the change."""
    error: str | None = None
    """A sentence, where the state is failed."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class Task:
    """What a job is to do, so that another server can do it where one died."""

    remove: str | None = None
    """The document to take out; None where files are added, which lie in a folder of the job's name."""
    names: dict[str, str] | None = None
    """Under which names the files were sent, by their places in the folder."""
    replacing: str | None = None
    """The document that goes when what was sent is in its place."""
    tries: int = 0
    """How often it was begun by a server that then died."""


def job_record(job: Job) -> dict[str, Any]:
    """The job as JSON."""
    return {**asdict(job), "created": job.created.isoformat()}


def job_of(record: dict[str, Any]) -> Job:
    """The job that such a record is of."""
    outcomes = tuple(Outcome(**one) for one in record["outcomes"])
    return Job(**{**record, "created": datetime.fromisoformat(record["created"]), "outcomes": outcomes})
