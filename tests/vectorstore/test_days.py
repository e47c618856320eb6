"""A library that stays open is judged anew every day: what expired overnight has expired."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.vectorstore.conftest import EMBEDDER, make, publish
from vectorstore.generation import Generation
from vectorstore.model import Filters

LAST = date(2030, 12, 31)


def test_documents_are_judged_on_the_day_they_are_asked_for(tmp_path: Path) -> None:
    document, chunks, data = make("云岭市渡船补贴办法", "渡船每航次补贴五十元。\n本办法有效期至2030年12月31日。")
    publish(tmp_path, (replace(document, expires=LAST), chunks, data))
    days = [LAST]
    with closing(Generation(tmp_path / "generations" / "000001", EMBEDDER, lambda: days[-1])) as generation:

        def standing() -> set[str]:
            found = generation.search("渡船补贴", k=3, filters=Filters())
            told = [*generation.documents(), generation.document(document.id), *(hit.document for hit in found)]
            return {one.status for one in told}

        assert standing() == {"现行"}
        days.append(date(2031, 1, 1))
        assert standing() == {"有效期已过"}
