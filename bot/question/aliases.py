"""Everyday words for what documents call otherwise (借钱: 贷款), put in their place where a library has only those."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.reranker.features import Idf

_OFFICIAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("五一(?=放|休|假|怎|多|几|长假|$)", ("劳动节",)),
    ("十一(?=放|休|假|怎|多|几|长假|$)", ("国庆节",)),
    ("借钱|借款", ("贷款", "融资")),
    ("坏账|还不上钱|还不起", ("贷款损失", "代偿", "不良贷款")),
    ("抵押", ("质押",)),
    ("质押", ("抵押",)),
    ("房贷", ("住房贷款",)),
    ("房租|租房子?", ("住房租金", "租赁住房", "住房租赁")),
    ("买房子?", ("购买住房", "购房")),
    ("高速费|过路费|路桥费", ("车辆通行费", "通行费")),
    ("养老人|养父母", ("赡养老人",)),
    ("小孩|孩子|娃娃?", ("子女", "儿童", "未成年人")),
    ("上学|念书|读书", ("接受教育", "就学", "入学")),
    ("老师", ("教师",)),
    ("医生|大夫", ("医师", "医务人员")),
    ("看病", ("就医", "就诊", "医疗")),
    ("找工作", ("就业", "求职")),
    ("没工作|丢了工作|没了工作", ("失业",)),
    ("打工", ("务工", "就业")),
    ("工资|薪水", ("薪酬", "劳动报酬")),
    ("罚钱|罚多少", ("罚款",)),
    ("老百姓|市民", ("群众", "公众")),
    ("老板", ("经营者", "负责人")),
    ("小公司|小店", ("小微企业", "中小企业")),
    ("公司", ("企业",)),
    ("种地的?|农民", ("农户", "农业生产者")),
    ("穷人|穷困?户", ("贫困人口", "贫困户", "困难群众")),
    ("开车", ("驾驶",)),
    ("送快递|快递员", ("快递",)),
    ("网上", ("互联网", "在线")),
    ("综保区", ("综合保税区",)),
    ("自贸区", ("自由贸易试验区", "自贸试验区")),
    ("双一流", ("世界一流大学",)),
    ("一把手", ("主要负责人", "主要负责同志")),
)
_PATTERNS = tuple((re.compile(words), instead) for words, instead in _OFFICIAL)


def in_official_words(question: str, idf: Idf) -> str:
    """`question` with the everyday words that no document has in the words that documents do have."""
    spoken = [(found, instead) for words, instead in _PATTERNS if (found := words.search(question))]
    if not spoken:
        return question
    unknown = max(idf(["\0"]).values())

    def known(word: str) -> bool:
        return max(idf(["".join(pair) for pair in pairwise(word)]).values()) < unknown

    for found, instead in spoken:
        if not known(found.group()) and (written := next(filter(known, instead), None)):
            question = question.replace(found.group(), written, 1)
    return question
