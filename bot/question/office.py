"""What offices are called: the one table that questions, people and rosters are read by."""

from __future__ import annotations

DEPUTY = r"(?:常务|第一|执行)?副"
"""What may stand before an office that is not its holder's own."""
_HELD = (
    "局长|市长|省长|区长|县长|州长|书记|主任|部长|厅长|处长|司长|院长|校长|会长|主席|秘书长|董事长|总经理|行长|署长|总理"
    "|理事长|司令员|馆长|所长"
)
_OF_A_GROUP = "组长|召集人|总指挥"
HELD = rf"(?:{_HELD})"
"""Offices of an organ, which one person holds."""
OFFICE = rf"(?:{_HELD}|{_OF_A_GROUP})"
"""Those of a working group too."""
CALLED = rf"(?:{_HELD}|{_OF_A_GROUP}|教授|记者|发言人|负责人|联系人)"
"""All by which a text names somebody, be it no office."""
