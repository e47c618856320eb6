"""The library in a LangChain program."""

from __future__ import annotations

from pathlib import Path

from langchain_core.runnables import RunnableLambda

from bot import Filters, PolicyRetriever


def test_it_is_a_runnable_that_gives_chunks_with_their_policy(policies_home: Path) -> None:
    chain = PolicyRetriever(home=policies_home, k=3) | RunnableLambda(lambda found: found)
    documents = chain.invoke("探索建立数据银行")
    assert len(documents) == 3
    first = documents[0]
    assert "数据银行" in first.page_content
    assert first.metadata["doc_number"] == "绵府发〔2018〕12号"
    assert first.metadata["region"] == "四川省绵阳市"
    assert first.metadata["end"] - first.metadata["start"] == len(first.page_content)
    assert first.metadata["path"][0].startswith("二、")


def test_its_filters_are_the_librarys(policies_home: Path) -> None:
    found = PolicyRetriever(home=policies_home, filters=Filters(regions=("临沂市",))).invoke("数据")
    assert found and {d.metadata["region"] for d in found} == {"山东省临沂市"}
