"""What is told of a setting that can't be used: which, why, and what it may be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from types import NoneType
from typing import get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError
from pydantic.fields import FieldInfo


def unknown(names: Sequence[str], known: Collection[str], prefix: str) -> str:
    """The line for variables that no setting reads, all without the prefix that they have in the environment; it
    names what was probably meant, else all there are.
    """
    meant = list(dict.fromkeys(near for name in names for near in get_close_matches(name, known, n=1)))
    said, could, there = ("、".join(prefix + one for one in some) for some in (names, meant, known))
    return f"不认识的设置 {said}。" + (f"是不是想写 {could}？请改正或去掉。" if meant else f"可用的有：{there}。")


def unusable(error: ValidationError, fields: dict[str, FieldInfo], prefix: str) -> str:
    """The line for the first value that can't be used."""
    first = error.errors()[0]
    field = fields.get(str(first["loc"][0])) if first["loc"] else None
    name = prefix + ".".join(str(part) for part in first["loc"]).upper()
    may = f"，{_may_be(field)}" if field is not None and _may_be(field) else ""
    meaning = f"（{field.description}）" if field is not None else ""
    return f"设置 {name} 的值 {first['input']!r} 不能用{may}{meaning}。请改正或去掉这个设置。"


def _may_be(field: FieldInfo) -> str:
    """What the field takes, in words: "应为 2 到 200 之间的整数"; "" where its description must do."""
    kinds = set(get_args(field.annotation) or (field.annotation,)) - {NoneType}
    if kinds == {bool}:
        return "应为 true 或 false"
    if kinds not in ({int}, {float}):
        return ""
    number = "整数" if kinds == {int} else "数"
    low = high = ""
    for limit in field.metadata:
        match limit:
            case Ge(ge=least):
                low = f"{least}"
            case Gt(gt=least):
                low = f"大于 {least}"
            case Le(le=most) | Lt(lt=most):
                high = f"{most}"
    if low and high:
        return (
            f"应为{low}、不超过 {high} 的{number}" if low.startswith("大于") else f"应为 {low} 到 {high} 之间的{number}"
        )
    return f"应为不小于 {low} 的{number}" if low else f"应为{number}"
