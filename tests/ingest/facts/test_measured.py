"""How many of the targets and responsibilities of five real policies are found; they were listed by reading them.

The policies are measurement data beside the repository; without them these tests are skipped.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.document import read_document
from ingest.facts import find_facts
from vectorstore.model import Document, Responsibility, Target

POLICIES = Path(__file__).resolve().parents[4] / "shared" / "policies"
pytestmark = pytest.mark.skipif(not POLICIES.is_dir(), reason=f"measurement data is not at {POLICIES}")

# Document → (a word of what is measured, change, how it binds, value, unit, year), a line a target, in their order.
TARGETS = {
    "000": """
        发明专利 - 超过 25 件 2020
        PCT - 超过 1000 件 2020
        版权 - 超过 1 万件 2020
        商标 - 超过 12 万件 2020
        强市 - 左右 20 个 2020
    """,
    "001": """
        发明专利 - 超过 4.2 件 2020
        PCT - 达到 200 件 2020
        商标 - 达到 3.75 万件 2020
        著作权 - 达到 1 万件 2020
    """,
    "002": "",
    "003": """
        发明专利 年均增长 不低于 15 % 2020
        商标 - 达到 0.5 万件 2020
        著作权 - 达到 4000 件 2020
        新品种 - 达到 5 件 2020
        产值 - 达到 5 亿元 2020
        创利税 - 达到 7000 万元 2020
        满意度 - 超过 80 % 2020
        优势 - 不低于 15 家 2020
        服务机构 - 达到 10 家 2020
        人员 - 不低于 100 人 2020
    """,
    "004": """
        运营机构 - 不低于 5 家 2022
        主营业务收入 - 不低于 1000 万元 2022
        产业规划类 - 不低于 15 个 2022
        企业运营类 - 不低于 45 个 2022
        专利组合 - 不低于 20 个 2022
        发明专利数量 - 不低于 50 件 2022
        PCT - 不低于 10 件 2022
        海外商标 - 不低于 5 个 2022
        管理规范 - 不低于 300 家 2022
        托管 - 不低于 1000 家 2022
        有效专利 年均增长 不低于 15 % 2022
        和知识产权保险金额 年均增长 不低于 30 % 2022
        质押次数 年均增长 不低于 30 % 2022
        混合质押 - 不低于 10 单 2022
        许可额 年均增长 不低于 20 % 2022
        办案量 年均增长 不低于 20 % 2022
        维权 - 不低于 100 家 2022
        满意度 - 不低于 80 分 2022
        联盟 - 不低于 5 个 2022
        专利池 - 不低于 5 个 2022
        许可额 年均增长 不低于 20 % 2022
        产业规划类 - 不低于 15 个 2022
        企业运营类 - 不低于 45 个 2022
        专利组合 - 不低于 20 个 2022
        发明专利数量 - 不低于 50 件 2022
        PCT - 不低于 10 件 2022
        国外商标 - 不低于 5 个 2022
        管理规范 - 不低于 300 家 2022
        托管 - 不低于 1000 家 2022
        有效专利 年均增长 不低于 15 % 2022
        质押次数 年均增长 不低于 30 % 2022
        混合质押 - 不低于 10 单 2022
        主营业务收入 - 不低于 1000 万元 2022
    """,
}
# Document → (a word of the task, the lead units, how many other units), in their order.
CHARGES = {
    "000": "",
    "001": """
        管理体制 - 8
        分析评议 - 11
        企业 - 10
        产业 - 6
        产学研 - 7
        运营 - 8
        融资 - 6
        信息 - 7
        行政执法 - 7
        侵权 - 9
        维权援助 - 5
        国际化 - 4
        海外 - 5
        公共服务 - 4
        品牌 - 5
        创新创业 - 7
        人才 - 6
        组织领导 - 1
        奖励 - 9
        财政 - 7
        政策环境 - 10
        文化 - 7
    """,
    "002": "",
    "003": "",
    "004": """
        联盟 知识产权局 6
        导航 知识产权局 4
        高价值 科技局 3
        品牌 知识产权局 3
        强企 知识产权局 3
        中小微 知识产权局 4
        人才 科技局 4
        质押 金融局 2
        基金 金融局 3
        尽职调查 金融局 5
        服务业 知识产权局 5
        产业聚集区 华明高新区管委会、东丽经济开发区管委会 5
        机构 知识产权局 4
        运营中心 知识产权局 3
        转移转化 科技局 3
        倍增 科技局 3
    """,
}
FEWEST = 0.95


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    files = sorted(POLICIES.glob("*.txt"))
    return {file.name[:3]: read_document(file, file.read_bytes())[0] for file in files}


def f1(found: Counter[tuple[str, ...]], expected: Counter[tuple[str, ...]]) -> float:
    return 2 * (found & expected).total() / (found.total() + expected.total())


def test_targets(documents: dict[str, Document]) -> None:
    found: Counter[tuple[str, ...]] = Counter()
    expected: Counter[tuple[str, ...]] = Counter()
    for name, document in documents.items():
        rows = [tuple(line.split()) for line in TARGETS[name].strip().splitlines()]
        expected += Counter((name, *row) for row in rows)
        for fact in find_facts(document):
            if isinstance(fact, Target) and fact.planned:
                values = (fact.change or "-", fact.comparator, f"{fact.value:g}", fact.unit, str(fact.year))
                word = next((row[0] for row in rows if row[0] in fact.indicator and row[1:] == values), fact.indicator)
                found[(name, word, *values)] += 1
    assert f1(found, expected) >= FEWEST, (expected - found, found - expected)


def test_responsibilities(documents: dict[str, Document]) -> None:
    found: Counter[tuple[str, ...]] = Counter()
    expected: Counter[tuple[str, ...]] = Counter()
    for name, document in documents.items():
        rows = [tuple(line.split()) for line in CHARGES[name].strip().splitlines()]
        expected += Counter((name, *row) for row in rows)
        for fact in find_facts(document):
            if isinstance(fact, Responsibility):
                values = ("、".join(fact.lead) or "-", str(len(fact.units + fact.assisting)))
                word = next((row[0] for row in rows if row[0] in fact.task and row[1:] == values), fact.task)
                found[(name, word, *values)] += 1
    assert f1(found, expected) >= FEWEST, (expected - found, found - expected)
