"""docs/settings.md names every setting, and no other, with the default it has."""

import re
from pathlib import Path

from bot.settings import PREFIX, Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS = [
    (re.findall(rf"`{PREFIX}([A-Z_]+)`", row[1]), row[2].strip())
    for row in re.finditer(r"^\|([^|]*)\|([^|]*)\|[^|]*\|$", PAGE, flags=re.M)
]


def test_every_setting_is_named_once() -> None:
    named = [name.lower() for names, _ in ROWS for name in names]
    assert sorted(named) == sorted(Settings.model_fields)


def test_the_defaults_that_are_numbers_or_addresses_are_true() -> None:
    compared = 0
    for names, told in ROWS:
        for name, default in zip(names, told.split(","), strict=False):
            is_value = re.fullmatch(r"[\d.]+|true|false|https?://\S+", default.strip())
            if is_value and len(names) == len(told.split(",")):
                actual = Settings.model_fields[name.lower()].default
                shown = f"{actual:g}" if isinstance(actual, float) else str(actual).lower()
                assert shown == default.strip(), name
                compared += 1
    assert compared >= 15
