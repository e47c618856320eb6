"""On which side of something it is: 竣工验收前 isn't 竣工验收后, 目录内 isn't 目录外."""

from __future__ import annotations

import re
from typing import Final

_SIDES: Final = (("前", "后後"), ("内", "外"))
_SIDE: Final = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2})(?:[之以](?P<stated>[前后後内外])|(?P<side>[前后後内外])(?![期续备来往年天地国资部卖科容蒙出围景提所勤代果]|台))"
)
_SOME: Final = re.compile(r"([前后])([一二两三四五六七八九十\d]{1,2}[种项类款条个者名位年月天])")
"""The first or the last some of what was counted."""


def sides_alike(clause: str, source: str) -> bool:
    """Whether nothing that `clause` puts before, behind, inside or outside of something is on the other side of it in
    the `plain` sentence `source`, and there only."""
    for side, count in _SOME.findall(clause):
        other = "后" if side == "前" else "前"
        if f"{other}{count}" in source and f"{side}{count}" not in source:
            return False
    for match in _SIDE.finditer(clause):
        what, side = match["what"], match["stated"] or match["side"]
        same, other = next((a, b) if side in a else (b, a) for a, b in _SIDES if side in a + b)
        if re.search(f"{what}[之以]?[{other}]", source) and not re.search(f"{what}[之以]?[{same}]", source):
            return False
    return True
