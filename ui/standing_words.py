"""Words, Chinese and English, that data calls for and not a screen: for questions, documents, files and errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STANDING_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # How a question was read, by ui.understood
    "understood": ("理解为：{question}", "Understood as: {question}"),
    # A document's card
    "card_number": ("文号", "Number"),
    "card_issuer": ("发文机关", "Issuer"),
    "card_region": ("地区", "Region"),
    "card_dated": ("成文日期", "Dated"),
    "card_effective": ("施行日期", "In force from"),
    "card_expires": ("有效期至", "Valid until"),
    "card_kind": ("类型", "Kind"),
    "card_status": ("状态", "Status"),
    "card_origin": ("原载", "Published in"),
    "card_source": ("来源", "Source"),
    "card_warnings": ("提醒", "Note"),
    # What may be said of a document's standing, by vectorstore.model.Status
    "现行": ("现行", "In force"),
    "尚未施行": ("尚未施行", "Not yet in force"),
    "目标期已过": ("目标期已过", "Target year passed"),
    "有效期已过": ("有效期已过", "Expired"),
    "已有更新": ("已有更新", "Superseded"),
    "废止": ("废止", "Repealed"),
    "未知": ("未标明", "Not stated"),
    # What became of a file, and of how many, by ui.job.Outcome
    "file_added": ("新增", "added"),
    "file_updated": ("更新", "updated"),
    "file_unchanged": ("资料库里已有", "already there"),
    "file_removed": ("移除", "removed"),
    "file_failed": ("没有读成", "failed"),
    "count_added": ("新增 {count} 份", "{count} added"),
    "count_updated": ("更新 {count} 份", "{count} updated"),
    "count_unchanged": ("已有 {count} 份", "{count} already there"),
    "count_removed": ("移除 {count} 份", "{count} removed"),
    "count_failed": ("失败 {count} 份", "{count} failed"),
    # Reasons of bot.feedback
    "答非所问": ("答非所问", "Off the point"),
    "引用不对": ("引用不对", "Wrong source"),
    "内容不全": ("内容不全", "Incomplete"),
    "文件已过时": ("文件已过时", "Outdated document"),
    "不该说没有": ("不该说没有", "It is in the documents"),
    "其他": ("其他", "Other"),
    # What the bot says where it quotes nothing, by its own sentences
    **{
        said: (said, english)
        for said, english in (
            ("资料库中的文件没有说明这一点。", "The documents in the library don't tell this."),
            (
                "你好！请直接输入要查的政策问题，例如某项目标是多少、由哪个部门负责、某文件第几条怎么规定。",
                "Hello! Just ask about a policy: what a target is, who is in charge, what an article says.",
            ),
            ("不客气。还有要查的，请继续问。", "You're welcome. Ask on, if there is more to look up."),
            ("再见。需要查政策时随时来问。", "Goodbye. Come back whenever there is a policy to look up."),
            (
                "我是政策问答助手：从资料库的文件里找出原文来回答问题，并注明出处；文件没有写的，我会说没有。"
                "请直接输入要查的政策问题。",
                "I answer questions about policies in the words of this library's documents and name their sources; "
                "what they don't say, I say they don't. Just ask about a policy.",
            ),
        )
    },
    # What goes wrong, by the error's kind; in Chinese it says more itself
    "error_BlankQuestion": ("问题是空的。", "The question is empty. Please write what you want to ask."),
    "error_ConversationNotFound": (
        "没有这个对话。",
        "There is no such conversation; it may have been deleted. Choose another one or begin a new one.",
    ),
    "error_StateUnavailable": (
        "对话现在不能读写。",
        "Conversations can't be read or written now. Whoever runs this server: check the disk and run zhengwen doctor.",
    ),
    "error_LibraryDamaged": (
        "资料库已损坏。",
        "The library is damaged. Whoever runs this server: run zhengwen repair.",
    ),
    "error_LibraryBlocked": (
        "资料库现在打不开。",
        "The library can't be opened now. Whoever runs this server: check its folder's permissions and the disk.",
    ),
    "error_EmbeddingMismatch": (
        "索引是用另一个向量模型建的。",
        "The index was built with another embedding model. Whoever runs this server: run zhengwen doctor.",
    ),
    "error_ModelUnavailable": (
        "模型打不开。",
        "A model can't be opened. Whoever runs this server: run zhengwen doctor.",
    ),
    "error_FactsNotRead": (
        "还没有读出文件里的目标等内容。",
        "Targets and references have not been read yet. Whoever runs this server: run zhengwen repair.",
    ),
}  # fmt: skip

STREAMLITS: Final[tuple[tuple[str, str, str], ...]] = (
    ("Skip to main content", "跳到正文", "Skip to main content"),
    ("Connection error", "连不上服务器", "The server can't be reached"),
    (
        "(?:Streamlit server is not responding|Is Streamlit still running).*",
        "服务器没有回应。请检查网络，或问管理员它是否在运行；连上之后，这个页面会自己恢复。",
        "It doesn't respond. Check the network, or ask whoever runs it; this page goes on once it is back.",
    ),
    (
        "(?:Error: )?File must be (\\S+) or smaller\\.",
        "超过 $1，没有收下。请拆分后再试。",
        "Larger than $1, so it was not taken. Please split it and try again.",
    ),
    (
        "(?:Error: )?\\S* ?files are not allowed\\.",
        "不支持这种格式，没有收下。请另存为 PDF 或 docx。",
        "Files of this format can't be read, so it was not taken. Please save it as PDF or docx.",
    ),
    ("Error:", "", ""),
    ("No results", "没有符合的", "Nothing matches"),
    ("Clear all", "全部清除", "Clear all"),
    ("Add files", "再添加文件", "Add files"),
    ("file upload", "选择文件", "Choose files"),
    ("Remove (.+)", "移除 $1", "Remove $1"),
    ("Show password text", "显示口令", "Show password text"),
    ("Hide password text", "隐藏口令", "Hide password text"),
    ("Stop streaming|Stop", "停止", "Stop"),
    ("Send message", "发送", "Send"),
)
"""What Streamlit says, as JavaScript's patterns, with what the page says instead in Chinese and English."""
