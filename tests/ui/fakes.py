"""Documents written for these tests, and a desk over them that answers without a library on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from bot.answer import Answer, Answered, Citation, Event, Retrieved, Searching, Step, Token
from bot.conversations import Conversations
from bot.errors import BlankQuestion, QuestionTooLong
from bot.feedback import Feedback
from bot.settings import Settings, load_settings
from vectorstore.errors import DocumentNotFound, NoLibrary
from vectorstore.model import Document, Fact, FactKind, Filters, Section

NO_FILTERS = Filters()
HOSTILE = (
    "价格 $E=mc^2$ 与 $a$，_下划线_ *星号* ~删除~ :red[红字] <b>粗体</b> <script>alert(1)</script> "
    "`代码` [链接](http://example.com) :smile:"
)


def document(
    title: str, paragraphs: Sequence[str], *, id: str, sections: Sequence[str] = (), **fields: object
) -> Document:
    """A document whose sections are the paragraphs that `sections` names, each up to the next."""
    text = "\n".join(paragraphs)
    starts = [text.index(heading) for heading in sections]
    spans = zip(sections, starts, [*starts, len(text)][1:], strict=False)
    return Document(
        id=id,
        title=title,
        text=text,
        source=f"/政策/{title}.txt",
        sha256=sha256(text.encode()).hexdigest(),
        sections=tuple(Section((heading,), start, end) for heading, start, end in spans),
        **fields,  # type: ignore[arg-type]
    )


LAKE = document(
    "清湖市培育知识产权服务业实施方案",
    [
        "清湖市培育知识产权服务业实施方案",
        "一、总体要求",
        "坚持市场主导、政府引导，让创新成果有处评估、有处交易。" * 12,
        "二、主要目标",
        "到2031年，全市每万人口高价值发明专利拥有量达到18件，知识产权服务机构达到120家。",
        "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。",
        "三、保障措施",
        "市财政每年安排专项资金，由市市场监管局会同市财政局管理。" * 30,
    ],
    id="aa11bb22cc33",
    sections=["一、总体要求", "二、主要目标", "三、保障措施"],
    doc_number="清政发〔2028〕6号",
    issuer="清湖市人民政府",
    region="山东省",
    date=date(2028, 3, 1),
    kind="实施方案",
    status="现行",
)
ODD = document(
    "怪文 $x$ :red[标题] <i>斜</i> *星*",
    ["怪文", HOSTILE, "后面还有一句普通的话。"],
    id="dd44ee55ff66",
    doc_number="怪字〔2029〕1号",
)


def cite(number: int, found: Document, quote: str) -> Citation:
    """A citation of the first place where `quote` stands."""
    start = found.text.index(quote)
    path = next((s.path for s in reversed(found.sections) if s.start <= start < s.end), ())
    return Citation(number, found, path, start, start + len(quote), quote)


class FakeDesk:
    """Answers by looking the question's subject up in a table; everything else is not found."""

    def __init__(self, home: Path, documents: Sequence[Document] = (LAKE, ODD)) -> None:
        self.settings: Settings = load_settings(home=home)
        self.local = True
        self.shelf = list(documents)
        self.known: list[Fact] = []
        self.histories: list[int] = []
        self.filters: list[Filters] = []
        self.told: str | None = None

    def documents(self) -> Sequence[Document]:
        if not self.shelf:
            raise NoLibrary("还没有资料库。")
        return self.shelf

    def notice(self) -> str | None:
        return self.told

    def document(self, doc_id: str) -> Document:
        for one in self.shelf:
            if one.id == doc_id:
                return one
        raise DocumentNotFound("没有这份文件。")

    def examples(self, filters: Filters = NO_FILTERS, admitted: Sequence[Document] = ()) -> Sequence[str]:
        if filters != NO_FILTERS:
            return [f"{document.title}讲了什么？" for document in admitted]
        return ["什么是专利驿站？", f"{ODD.title} 里写了什么？"]

    def follow_ups(self, history: Sequence[Answer], filters: Filters = NO_FILTERS) -> Sequence[str]:
        return ["什么是专利驿站？"] if "目标" in history[-1].question else []

    def facts(self, *kinds: FactKind, documents: Sequence[str] = ()) -> Sequence[Fact]:
        return [fact for fact in self.known if fact.kind in kinds and fact.doc_id in documents]

    def original(self, doc_id: str) -> Path:
        self.document(doc_id)
        return self.settings.home / "originals" / doc_id

    def conversations(self) -> Conversations:
        return Conversations(self.settings.home, find=self._find)

    def feedback(self) -> Feedback:
        return Feedback(self.settings.home, find=self._find)

    def _find(self, doc_id: str) -> Document | None:
        return next((one for one in self.shelf if one.id == doc_id), None)

    def stream(self, question: str, history: Sequence[Answer], filters: Filters = NO_FILTERS) -> Iterator[Event]:
        if not question.strip():
            raise BlankQuestion
        if len(question) > 1000:
            raise QuestionTooLong(len(question), 1000)
        if not self.shelf:
            raise NoLibrary("还没有资料库。")
        self.histories.append(len(history))
        self.filters.append(filters)
        if "坏" in question:
            raise RuntimeError("秘密的内部细节")
        if "断在半路" in question:
            yield Token("写了一半的话")
            return  # as work does that is left
        meant = f"清湖市的{question}" if history and question.endswith("呢？") else question
        yield Searching(meant)
        yield Step("retrieve")
        yield Retrieved(())
        yield Step("write")
        answer = replace(self._answer(question), standalone=meant)
        for start in range(0, len(answer.text), 7):
            yield Token(answer.text[start : start + 7])
        yield Answered(answer)

    def _answer(self, question: str) -> Answer:
        if question == "你好":
            return Answer(question, "你好！请直接提问。", "courtesy", standalone=question)
        if "比较" in question:
            sides = [replace(LAKE, region="山东省济宁市"), self.shelf[-1]]
            found = [cite(n, d, d.text[(at := d.text.index("高价值")) : at + 15]) for n, d in enumerate(sides, start=1)]
            text = "\n".join(f"{str(c.document.region)[3:]}：{c.quote}[{c.number}]" for c in found)
            return Answer(question, text, "answered", tuple(found), standalone=question)
        if "怪" in question:
            return Answer(question, f"{HOSTILE}[1]", "answered", (cite(1, ODD, HOSTILE),), seconds=0.01)
        if "驿站" in question or "目标" in question:
            told = cite(1, LAKE, "专利驿站是设在园区里的服务窗口，为企业免费提供检索和预警。")
            goal = cite(2, LAKE, "到2031年，全市每万人口高价值发明专利拥有量达到18件，知识产权服务机构达到120家。")
            text = f"{told.quote}[1]\n{goal.quote}[2]见国发[2023]之例。"
            return Answer(
                question,
                text,
                "answered",
                (told, goal),
                notices=("目标期限在 2031 年。",),
                seconds=0.02,
            )
        return Answer(question, "资料里没有能回答这个问题的内容。", "not_found", nearest=(LAKE,), seconds=0.01)
