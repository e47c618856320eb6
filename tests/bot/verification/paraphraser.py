"""Says true sentences in other words, as chat models do: led in, shortened, reordered, run together, dressed up."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_LEADS = (
    "根据该文件，", "根据文件规定，", "具体来说，", "文件明确提出，", "综上所述，", "简单来说，", "此外，", "其中，",
    "目前，", "同时，", "总体来看，", "值得注意的是，", "根据资料，", "按照上述规定，",
)  # fmt: skip
_ALIKE = """
提高到=提升至 提升到=提高至 增长到=增加到 下降到=降至 缩短到=缩短至 达到=达 不超过=最多 不低于=不少于 至少=不少于
不高于=最高
使用=利用 包括=包含 要求=规定 印发=发布 建立=设立 推动=推进 比上年同期=同比 以及=和 和=与 或者=或 如果=若 并且=并
用来=用于
目前=现阶段 共有=一共有 均=都 应当=应 可以=可 不得=不能 必须=须 加强=强化 支持=扶持 完善=健全 促进=推动 帮助=协助
购买=采购
按照=依据 给予=予以 获得=取得 成立=设立 需要=需 由于=因为 非常=十分
增加=增长 减少=降低 拥有量=拥有数量 每年=一年 办理=处理
"""
_PAIRS = [tuple(pair.split("=")) for pair in _ALIKE.split()]
_MODIFIERS = re.compile(
    r"积极|进一步|切实|不断|大力|着力|认真|努力|扎实|稳步|加快|深入|有效地|充分|专门|主要|同样|已经|分别|逐步"
)
_DATE = re.compile(r"^(?:到|截至)?(?:19|20)\d{2}年(?:底|末|上半年)?[，,]")
_CHARGE = re.compile(r"(?:由)?(?P<who>[^，,。；;（(：:、由]{2,12}[局委办厅部])牵头")


def _led(text: str, chance: random.Random) -> str:
    return chance.choice(_LEADS) + text


def _synonyms(text: str, chance: random.Random) -> str:
    able = [(a, b) for pair in _PAIRS for a, b in (pair, pair[::-1]) if a in text and len(a) > 1]
    for old, new in chance.sample(able, min(len(able), 2)):
        text = text.replace(old, new, 1)
    return text


def _unmodified(text: str, chance: random.Random) -> str:
    return _MODIFIERS.sub("", text, count=1)


def _of(text: str, chance: random.Random) -> str:
    """One 的 less."""
    at = [m.start() for m in re.finditer(r"(?<=[\u4e00-\u9fff]{2})的(?=[\u4e00-\u9fff]{2})", text)]
    if not at:
        return text
    one = chance.choice(at)
    return text[:one] + text[one + 1 :]


def _date_behind(text: str, chance: random.Random) -> str:
    """到2020年，甲市乙 → 甲市到2020年乙, where a place opens the clause."""
    return re.sub(r"^((?:到|截至)?(?:19|20)\d{2}年底?)[，,]([\u4e00-\u9fff]{1,4}?[市省区县])", r"\2\1", text)


def _date_ahead(text: str, chance: random.Random) -> str:
    return re.sub(r"^([\u4e00-\u9fff]{1,4}?[市省区县])((?:到|截至)?(?:19|20)\d{2}年底?)(?![\d—\-至])", r"\2，\1", text)


def _charge(text: str, chance: random.Random) -> str:
    return _CHARGE.sub(lambda m: f"牵头单位是{m['who']}", text, count=1)


def _shortened(text: str, chance: random.Random) -> str:
    clauses = re.split(r"(?<=[，,])", text.rstrip("。；;"))
    first = chance.randrange(len(clauses))
    return "".join(clauses[first : first + chance.randint(1, 3)]).rstrip("，,") + "。"


def _lessened(text: str, chance: random.Random) -> str:
    """Written otherwise: 15% is 百分之15, 1万件 is 10000件."""
    text = re.sub(r"(?<![\d.])([1-9])万(?=[件家名个元人])", r"\g<1>0000", text, count=1)
    return re.sub(r"(?<![\d.])(\d+(?:\.\d+)?)%(?!以)", r"百分之\1", text, count=1)


def _bounds(text: str, chance: random.Random) -> str:
    return re.sub(r"(\d[\d.万亿]*[件家名个项元人%])以上", r"不少于\1", text, count=1)


def _bold(text: str, chance: random.Random) -> str:
    return re.sub(r"\d[\d.]*[万亿]?[件家名个项元%人]?", lambda m: f"**{m.group()}**", text, count=1)


def _listed(text: str, chance: random.Random) -> str:
    return chance.choice(["- ", "1. ", "* ", "### "]) + text


def _called(text: str, chance: random.Random) -> str:
    return re.sub(r"^([\u4e00-\u9fff]{2,3})市(?=[\u4e00-\u9fff])", r"\1", text)


def _done(text: str, chance: random.Random) -> str:
    """Small words added: 了, 将, 共, 的是."""
    return re.sub(r"(增长|下降|提高|印发|成立|建立)(?=\d|《)", r"\1了", text, count=1)


def _goal(text: str, chance: random.Random) -> str:
    """…要达到200件 → …的目标是达到200件."""
    return re.sub(r"要(?=超过|达到|高于|不少于|不低于)", chance.choice(["将", "应", "的目标是"]), text, count=1)


_WAYS: tuple[tuple[str, Callable[[str, random.Random], str]], ...] = (
    ("led in", _led), ("synonyms", _synonyms), ("modifier left out", _unmodified), ("的 left out", _of),
    ("date behind", _date_behind), ("date ahead", _date_ahead), ("charge", _charge), ("shortened", _shortened),
    ("figure rewritten", _lessened), ("bound rewritten", _bounds), ("bold", _bold), ("bullet", _listed),
    ("place called shortly", _called), ("small words", _done), ("goal", _goal),
)  # fmt: skip
_LAST = ("led in", "bold", "bullet")
"""What leads in or dresses up comes last, or the others wouldn't find the beginning."""
MOST = 3
"""Ways that one sentence is rewritten in."""


def paraphrase(sentence: str, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """`sentence` rewritten in up to MOST ways chosen by chance, and the names of those that changed it."""
    text = sentence.replace(",", "，")
    used = []
    for name, way in sorted(chance.sample(_WAYS, len(_WAYS)), key=lambda w: _LAST.index(w[0]) if w[0] in _LAST else -1):
        changed = _outside_titles(way, text, chance) if name != "shortened" else way(text, chance)
        if len(used) < MOST and changed != text and re.search(r"[\u4e00-\u9fff]{4}", changed):
            text = changed
            used.append(name)
    return text, tuple(used)


def _outside_titles(way: Callable[[str, random.Random], str], text: str, chance: random.Random) -> str:
    """`text` changed by `way`, with its 《titles》 as they are."""
    titles = re.findall(r"《[^《》]*》", text)
    changed = way(re.sub(r"《[^《》]*》", "《》", text), chance)
    parts = changed.split("《》")
    return "".join(a + b for a, b in zip(parts, [*titles, ""], strict=False)) if len(parts) == len(titles) + 1 else text


def run_together(one: str, other: str, chance: random.Random) -> str:
    """Two sentences of a passage as one."""
    joint = chance.choice(["，同时", "，并且", "；", "，此外", "，"])
    return one.rstrip("。；;") + joint + other
