"""Makes lies out of true sentences: another number, unit, date, name, office, place, subject, or the contrary, and
those of the twister, the loosener and the widener."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.bot.verification.loosener import LOOSENED
from tests.bot.verification.twister import TWISTS
from tests.bot.verification.widener import WIDENED
from vectorstore.model import Document
from vectorstore.sentences import sentence_spans
from vectorstore.tokens import words

_UNITS = ("件", "家", "名", "项", "万元", "亿元", "个", "天", "次", "吨", "人次", "个百分点", "倍", "万件")
_NUMBER = re.compile(r"(?<![\d.〔\[(])\d+(?:\.\d+)?(?![\d.]*[〕\])年月日.])")
_UNIT = re.compile(rf"(?<=\d)(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))}|%)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
_DAY = re.compile(r"(?<=月)\d{1,2}(?=日)|(?<=年)\d{1,2}(?=月)")
_CODE = re.compile(r"(?<=[〕\]])\d{1,4}(?=号)")
_ORDINAL = re.compile(r"(?<=第)[一二三四五六七八九十](?=[条款项])")
_PLACES = (
    "青岛",
    "济宁",
    "临沂",
    "绵阳",
    "江西",
    "江苏",
    "浙江",
    "北京",
    "重庆",
    "巴中",
    "泸州",
    "广元",
    "四川",
    "山东",
)
_PLACE = re.compile("|".join(_PLACES))
_OFFICE = re.compile(
    "财政局|公安局|大数据局|金融局|市场监管局|人社局|教育局|商务局|发改委|工信局|科技局|知识产权局|法院|检察院|海关"
)
_OFFICES = ("财政局", "公安局", "大数据局", "教育局", "商务局", "知识产权局", "卫健委", "民政局", "水利局")
_PERSON = re.compile(r"王建国|李晓梅|韩志国|宁玉珍|陈德海|杨爱民|杨东起|支苏平|杨伊佳|申长雨")
_PEOPLE = ("王建民", "李晓梅", "韩志国", "宁玉珍", "赵卫东", "陈德海", "杨东起")
_CONTRARIES = """
不低于→不超过 不超过→不低于 不少于→不多于 超过→低于 突破→不足 以上→以下 增长→下降
提高→降低 增加→减少 缩短→延长 不得→可以 应当→可以 应当→不得 可以→不得 可以→应当
严禁→允许 禁止→允许 必须→可以 鼓励→禁止 支持→不支持 建立→取消 给予→不给予 免费→收费
收取→不收取 不收取→收取 推进→停止 加强→放松 加大→减少 完善→废止 是指→不是指
达到→未达到 开展→停止开展 有条件→无条件 无条件→有条件 非涉密→涉密 符合→不符合 牵头→配合
配合→牵头
"""
_CONTRARY = [tuple(pair.split("→")) for pair in _CONTRARIES.split()]


@dataclass(frozen=True)
class Lie:
    """A sentence that its document doesn't say, the true one it was made of, and where that stands."""

    kind: str
    text: str
    truth: str
    document: Document
    start: int
    end: int


def true_sentences(document: Document) -> list[tuple[int, int]]:
    """Spans of the sentences that tell something."""
    spans = sentence_spans(document.text)
    return [(a, b) for a, b in spans if 12 <= b - a <= 160 and re.search(r"[，,。；;]", document.text[a:b])]


def lies(documents: Sequence[Document], *, seed: int = 1) -> Iterator[Lie]:
    """Every lie the liar can make of the documents' sentences, the same for the same seed."""
    chance = random.Random(seed)
    for document in documents:
        for start, end in true_sentences(document):
            truth = document.text[start:end]
            for kind, make in _WAYS:
                told = make(truth, document, chance)
                if told is not None and told != truth and _bare(told) not in _bare(document.text):
                    yield Lie(kind, told, truth, document, start, end)


def lie_about(truth: str, document: Document, chance: random.Random) -> str | None:
    """A lie made of a true sentence, in a way chosen by chance; None where no way fits."""
    for _, make in chance.sample(_WAYS, len(_WAYS)):
        told = make(truth, document, chance)
        if told is not None and told != truth and _bare(told) not in _bare(document.text):
            return told
    return None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


_ONE_LIST = re.compile(r"(?:[、和与及]|[A-Za-z\d])*")
"""Between two numbers of a list, whose order tells nothing."""
_ITEM = re.compile(r"\s*\d{1,2}[、.．](?!\d)")
_Way = Callable[[str, Document, random.Random], "str | None"]


def _swap(match: re.Match[str], text: str, new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    item = _ITEM.match(text)  # Its number tells nothing: an answer counts its own items.
    found = list(pattern.finditer(text, item.end() if item else 0))
    return chance.choice(found) if found else None


def _number(text: str, document: Document, chance: random.Random) -> str | None:
    if not (match := _pick(_NUMBER, text, chance)):
        return None
    digits = list(match.group())
    at = chance.choice([i for i, sign in enumerate(digits) if sign.isdigit()])
    digits[at] = chance.choice([d for d in "123456789" if d != digits[at]])
    return _swap(match, text, "".join(digits))


def _others_number(text: str, document: Document, chance: random.Random) -> str | None:
    """A number of the same sentence or document in another's place."""
    if not (match := _pick(_NUMBER, text, chance)):
        return None
    others = sorted({m.group() for m in _NUMBER.finditer(document.text)} - {match.group()})
    return _swap(match, text, chance.choice(others)) if others else None


def _two_numbers(text: str, document: Document, chance: random.Random) -> str | None:
    """Two numbers of the sentence exchanged."""
    found = list(_NUMBER.finditer(text))
    if len(found) < 2:
        return None
    one, two = sorted(chance.sample(found, 2), key=lambda m: m.start())
    if one.group() == two.group() or _ONE_LIST.fullmatch(text[one.end() : two.start()]):
        return None
    return text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group() + text[two.end() :]


def _unit(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(_UNIT, text, chance)
    return _swap(match, text, chance.choice([u for u in _UNITS if u != match.group()])) if match else None


def _ten_times(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(re.compile(r"(?<=\d)[万亿]"), text, chance)
    return _swap(match, text, "亿" if match.group() == "万" else "万") if match else None


def _year(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(_YEAR, text, chance)
    return _swap(match, text, str(int(match.group()) + chance.choice([-3, -2, -1, 1, 2, 3]))) if match else None


def _day(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(_DAY, text, chance)
    return _swap(match, text, str(int(match.group()) % 9 + 1)) if match else None


def _code(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(_CODE, text, chance)
    return _swap(match, text, str(int(match.group()) + chance.randint(1, 9))) if match else None


def _ordinal(text: str, document: Document, chance: random.Random) -> str | None:
    match = _pick(_ORDINAL, text, chance)
    return _swap(match, text, chance.choice([n for n in "一二三四五六七八九" if n != match.group()])) if match else None


def _one_of(pattern: re.Pattern[str], names: Sequence[str]) -> _Way:
    def make(text: str, document: Document, chance: random.Random) -> str | None:
        match = _pick(pattern, text, chance)
        return _swap(match, text, chance.choice([n for n in names if n not in text])) if match else None

    return make


def _two_offices(text: str, document: Document, chance: random.Random) -> str | None:
    """Two offices with different parts in a task exchanged."""
    found = list(_OFFICE.finditer(text))
    pairs = [
        (a, b)
        for a in found
        for b in found
        if a.start() < b.start()
        and a.group() != b.group()
        and re.search(r"牵头|责任|配合|负责", text[a.end() : b.start()])
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    return text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group() + text[two.end() :]


def _contrary(text: str, document: Document, chance: random.Random) -> str | None:
    able = [(old, new) for old, new in _CONTRARY if old in text and not _part_of_longer(old, text)]
    if not able:
        return None
    old, new = chance.choice(able)
    return text.replace(old, new, 1)


def _part_of_longer(old: str, text: str) -> bool:
    return (old in ("收取", "支持", "给予", "涉密", "条件") and "不" + old in text) or (
        old == "超过" and "不超过" in text
    )


def _denied(text: str, document: Document, chance: random.Random) -> str | None:
    """不 or 没有 before a verb of the sentence."""
    verbs = [
        m
        for m in re.finditer(
            r"(?<=[，,；;：:\u4e00-\u9fff])(?:突破|达到|培育|设立|建设|组建|实施|支持|提供|开放|完善|落实|推动|引导|探索|形成|获得|印发)",
            text,
        )
    ]
    if not verbs:
        return None
    at = chance.choice(verbs).start()
    return text[:at] + chance.choice(["不", "没有", "不得", "禁止"]) + text[at:]


# A document's place and issuer are true of all its sentences, and a chapter of its articles.
_NO_SUBJECT = re.compile(r"[省市区县州]$|^第|人民政府|^本|^进一步$")


def _subject(text: str, document: Document, chance: random.Random) -> str | None:
    """Another word of the document, or one from elsewhere, for a noun of the sentence."""
    own = [w for w in words(text) if len(w) >= 2 and not any(c.isdigit() for c in w) and w in text]
    others = ["粮食储备", "养老院", "光伏", "渔船", "幼儿园", "碳排放"]
    others += [
        w
        for w in words(document.text)
        if len(w) >= 3 and w not in text and not any(c.isdigit() for c in w) and not _NO_SUBJECT.search(w)
    ]
    nouns = [w for w in own if len(w) >= 3] or own
    if not nouns:
        return None
    noun, other = chance.choice(nouns), chance.choice(others)
    return text.replace(noun, other, 1) if noun not in other else None


_WAYS: tuple[tuple[str, _Way], ...] = (
    ("number", _number), ("number of another", _others_number), ("numbers exchanged", _two_numbers), ("unit", _unit),
    ("scale", _ten_times), ("year", _year), ("day", _day), ("document number", _code), ("article", _ordinal),
    ("place", _one_of(_PLACE, _PLACES)), ("office", _one_of(_OFFICE, _OFFICES)), ("offices exchanged", _two_offices),
    ("person", _one_of(_PERSON, _PEOPLE)), ("contrary", _contrary), ("denied", _denied), ("subject", _subject),
    *TWISTS, *LOOSENED, *WIDENED,
)  # fmt: skip
