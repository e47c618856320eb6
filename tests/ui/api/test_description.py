"""The OpenAPI description against the application it describes, with requests made up from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.settings import load_settings
from ui.api.app import api
from ui.api.house import House
from ui.api.limits import Rate

_EXCLUDED = [positive_data_acceptance]  # a question may be blank, or a document named that isn't there
_UPLOAD = "POST /documents"  # starts a process for each request; test_changing has it


@pytest.fixture(scope="module")
def schema(policies_home: Path, tmp_path_factory: pytest.TempPathFactory) -> schemathesis.BaseSchema:
    home = Path(shutil.copytree(policies_home, tmp_path_factory.mktemp("described") / "home"))
    app = Starlette(routes=[Mount("/v1", api(House(load_settings(home=home)), rate=Rate(0), closed=False))])
    return schemathesis.openapi.from_asgi("/v1/openapi.json", app)


def test_whatever_is_sent_is_answered_as_described(schema: schemathesis.BaseSchema) -> None:
    """No fault of the program's own, and no status, header or body that the description doesn't know."""
    told: set[tuple[str, int]] = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.label == _UPLOAD:
            continue

        @given(case=operation.as_strategy())
        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def check(case: schemathesis.Case) -> None:
            told.add((case.operation.label, case.call_and_validate(excluded_checks=_EXCLUDED).status_code))

        check()
    assert len({label for label, _ in told}) >= 16
    assert ("POST /ask", 200) in told and ("POST /ask", 400) in told
