"""What each filter admits, in both engines."""

from __future__ import annotations

import pytest

from tests.vectorstore.conftest import POLICIES
from vectorstore.library import Library
from vectorstore.model import Filters

MARKET, ORANGES, LIBRARIES = (document.title for document, _, _ in POLICIES)
QUERY = "云岭市松江县平湖市的图书馆、摊位和柑橘补贴"


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {MARKET: {0, 1, 2}, ORANGES: {0, 1, 2}, LIBRARIES: {0, 1, 2}}),
        (Filters(regions=("云岭",)), {MARKET: {0, 1, 2}, LIBRARIES: {0}}),
        (Filters(regions=("南河省",)), {MARKET: {0, 1, 2}, ORANGES: {0, 1, 2}, LIBRARIES: {0, 1}}),
        (Filters(regions=("北原省平湖市",)), {LIBRARIES: {2}}),
        (Filters(regions=("平湖", "松江")), {ORANGES: {0, 1, 2}, LIBRARIES: {1, 2}}),
        (Filters(regions=("火星",)), {}),
        (Filters(years=(2022,)), {ORANGES: {0, 1, 2}, LIBRARIES: {0, 1, 2}}),
        (Filters(years=(2021, 2022), kinds=("办法",)), {MARKET: {0, 1, 2}}),
        (Filters(issuers=("松江县财政局",)), {ORANGES: {0, 1, 2}}),
        (Filters(kinds=("报道",), regions=("松江县",)), {LIBRARIES: {1}}),
        (Filters(documents=(POLICIES[0][0].id,)), {MARKET: {0, 1, 2}}),
        (Filters(documents=("no such id",)), {}),
        (Filters(documents=("\ud800",), kinds=("'; --",)), {}),
        (Filters(documents=(POLICIES[0][0].id,), years=(2022,)), {}),
    ],
)
def test_only_what_is_admitted_is_found(library: Library, filters: Filters, expected: dict[str, set[int]]) -> None:
    found: dict[str, set[int]] = {}
    for hit in library.search(QUERY, k=50, filters=filters):
        found.setdefault(hit.document.title, set()).add(hit.chunk.ordinal)
        assert "dense" in hit.scores
    assert found == expected
