"""The options that narrow where is looked, said once for all commands that have them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.backend import Backend
from ui.lookup import find

if TYPE_CHECKING:
    from bot.front import FilterFields

_OPTIONS: dict[str, Any] = {
    "region": Annotated[list[str], typer.Option("--region", metavar="地区", help="只查这个地区的文件（可重复）")],
    "year": Annotated[list[int], typer.Option("--year", metavar="年份", help="只查这一年的文件（可重复）")],
    "issuer": Annotated[list[str], typer.Option("--issuer", metavar="机关", help="只查这个机关的文件（可重复）")],
    "kind": Annotated[list[str], typer.Option("--kind", metavar="类别", help="只查这类文件，如 实施意见（可重复）")],
    "document": Annotated[
        list[str], typer.Option("--document", metavar="文件", help="只查这份文件：编号或标题（可重复）")
    ],
}
Documents = _OPTIONS["document"]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was given for these options."""

    region: Sequence[str]
    year: Sequence[int]
    issuer: Sequence[str]
    kind: Sequence[str]
    document: Sequence[str]
    """Ids and titles, as people name documents."""

    def filters(self, backend: Backend) -> FilterFields:
        """The same for `backend`. Raises DocumentNotFound, WrongUsage where a title may mean several."""
        return {
            "regions": self.region,
            "years": self.year,
            "issuers": self.issuer,
            "kinds": self.kind,
            "documents": ids_of(backend, self.document),
        }


def narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """The command with these options in the place of its parameter `narrowed`, which gets what was given for them."""

    def with_options(**given: Any) -> None:
        command(narrowed=Narrowed(**{name: given.pop(name) for name in _OPTIONS}), **given)

    own = inspect.signature(command, eval_str=True).parameters.values()
    options = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=[], annotation=kind)
        for name, kind in _OPTIONS.items()
    ]
    shown: list[inspect.Parameter] = []
    for parameter in own:
        shown += options if parameter.name == "narrowed" else [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)]
    # What typer makes the command's options of.
    with_options.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in shown}
    with_options.__doc__, with_options.__name__ = command.__doc__, command.__name__
    return with_options


def ids_of(backend: Backend, references: Sequence[str]) -> list[str]:
    """The ids of the documents that a person named."""
    if not references:
        return []
    documents = backend.documents()
    return [find(documents, reference).id for reference in references]
