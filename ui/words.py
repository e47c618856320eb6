"""The page's own words in Chinese and English; what documents and answers say stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ui.standing_words import STANDING_WORDS, STREAMLITS
from ui.told_words import in_english

Language = Literal["zh", "en"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    **STANDING_WORDS,
    # The frame
    "documents_count": ("{count} 份政策文件", "{count} policy documents"),
    "library_empty": ("资料库还是空的", "The library is still empty"),
    "page_chat": ("问答", "Ask"),
    "page_shelf": ("资料库", "Library"),
    "new_conversation": ("新对话", "New conversation"),
    "language": ("English", "中文"),
    "leave": ("退出登录", "Log out"),
    "guest": ("只读", "Read-only"),
    # The first screen
    "headline": ("问政策，看原文", "Ask the policies, read the source"),
    "pledge": (
        "回答只来自资料库里的 {count} 份政策文件{where}。每一句都标明出处，点开编号就能看到原文；"
        "文件里没有的，会直接告诉您没有。",
        "Answers come only from the {count} policy documents in this library{where}. Every sentence names its source: "
        "click a number to read the passage. What the documents don't say, you are told so.",
    ),
    "where": ("（{what}）", " ({what})"),
    "and_more": ("{shown}等", "{shown} and others"),
    "years": ("{first}—{last} 年", "{first}–{last}"),
    "year": ("{first} 年", "{first}"),
    "try": ("试试问", "Try asking"),
    "nothing_yet": ("还没有政策文件", "No documents yet"),
    "nothing_yet_told": (
        "政问只根据您给它的文件回答。把文件拖到下面（支持 txt、md、html、pdf、docx），读入后就可以提问。",
        "Answers come only from the documents you add. Drop files below (txt, md, html, pdf, docx), then ask.",
    ),
    "nothing_yet_command": (
        "政问只根据您给它的文件回答。请在终端里运行下面的命令，读入一个文件夹（支持 txt、md、html、pdf、docx），"
        "完成后刷新这个页面：",
        "Answers come only from the documents you add. Run this in a terminal to read a folder "
        "(txt, md, html, pdf, docx), then reload this page:",
    ),
    "your_folder": ("您的文件夹", "YOUR_FOLDER"),
    "or_command": ("也可以在终端里读入整个文件夹：", "Or read a whole folder from a terminal:"),
    # Asking
    "ask_here": ("输入关于政策的问题…", "Ask about the policies…"),
    "too_long": (
        "这段文字太长，不像一个问题。请只写想问的一两句话，再试一次。",
        "This is too long for a question. Please write only the sentence or two that you want to ask.",
    ),
    "fault": (
        "出了点问题，这个问题没有答成。请再试一次；若仍不行，请在终端运行 zhengwen doctor 检查。",
        "Something went wrong and the question was not answered. Please try again; if it fails again, "
        "run zhengwen doctor in a terminal.",
    ),
    "stop": ("停止", "Stop"),
    "stopped": ("已停止。", "Stopped."),
    "stopped_partly": (
        "已停止。以上只是一部分，还没有核对过出处，请勿引用。",
        "Stopped. This is only a part and has not been checked against its sources; don't quote it.",
    ),
    "step_search": ("检索", "Search"),
    "step_rank": ("重排", "Rank"),
    "step_check": ("核对", "Check"),
    "step_write": ("作答", "Answer"),
    "found_in": ("找到 {passages} 段，来自 {titles}", "{passages} passages, from {titles}"),
    "and_others": ("等 {count} 份文件", " and others, {count} documents in all"),
    "regenerate": ("重新回答", "Answer again"),
    "ask_unfiltered": ("不筛选，再问一次", "Ask again without filters"),
    "edit": ("修改问题", "Edit question"),
    "send": ("发送", "Send"),
    "cancel": ("取消", "Cancel"),
    "characters": ("（共 {count} 字）", " ({count} characters)"),
    "question": ("问题", "Question"),
    "follow_ups": ("接着问", "Ask next"),
    "this_document": ("这份文件", "…"),
    "can_be_asked": ("资料里有答案的，例如", "What the library does answer, for example"),
    # The answer
    "evidence": ("依据（点开看原文）", "Sources (click to read)"),
    "nearest": ("最接近的文件", "Nearest documents"),
    "covers": ("内容：{headings}", "Covers: {headings}"),
    "not_found": ("资料里没有", "Not in the library"),
    "copy_answer": ("复制回答和出处", "Copy answer with sources"),
    "sources_below": ("出处：", "Sources:"),
    "took": ("用时 {seconds} 秒", "{seconds} s"),
    "written_by": ("{writer} 撰写", "written by {writer}"),
    "notice": ("提示", "Note"),
    "show_passage": ("查看第 {number} 条依据的原文", "Read source {number}"),
    "unfold": ("展开其余 {count} 条", "Show {count} more"),
    "fold": ("收起", "Show less"),
    "scope": ("只在这些文件里找：{filters}", "Searched only: {filters}"),
    "compared": ("对照", "Side by side"),
    "whose": ("地区／文件", "Region / document"),
    "indicator": ("指标", "Indicator"),
    "demand": ("要求", "Figure"),
    "by_year": ("年份", "Year"),
    "no_year": ("没有写年份", "no year given"),
    "said": ("原文", "Text"),
    "chart_alt": ("各地数值的柱状图；上面的表格有同样的数值", "Bar chart of the figures that the table lists"),
    "chart_told": ("点一根柱子看原文。", "Click a bar to read its source."),
    # The reader
    "original_text": ("原文", "Source text"),
    "close": ("关闭原文", "Close the source"),
    "copy_citation": ("复制引文", "Copy citation"),
    "copied": ("已复制", "Copied"),
    "download": ("下载原件", "Original file"),
    "source_link": ("查看来源网页", "Open source page"),
    "earlier": ("上一条依据", "Previous source"),
    "later": ("下一条依据", "Next source"),
    "copy_address": ("复制网址", "Copy address"),
    "gone": ("这份文件已不在资料库里。", "This document is no longer in the library."),
    # Filters
    "filters": ("筛选", "Filters"),
    "filters_on": ("筛选（{count} 项）", "Filters ({count})"),
    "regions": ("地区", "Region"),
    "issuers": ("机关", "Issuer"),
    "kinds": ("类型", "Kind"),
    "documents": ("文件", "Document"),
    "statuses": ("状态", "Status"),
    "any": ("不限", "Any"),
    "filter_unknown": (
        "资料库里没有“{value}”，这一项筛选没有起作用。",
        "The library has no “{value}”; this filter was ignored.",
    ),
    "clear_filters": ("清除筛选", "Clear filters"),
    "filters_told": ("符合条件的有 {count} 份文件", "{count} documents match"),
    # Conversations
    "conversations": ("对话", "Conversations"),
    "search_conversations": ("搜索对话", "Search conversations"),
    "no_match": ("没有符合的", "Nothing matches"),
    "manage": ("管理对话", "Manage conversation"),
    "rename": ("名称", "Name"),
    "save": ("保存", "Save"),
    "delete": ("删除这个对话", "Delete this conversation"),
    "delete_sure": ("确定删除，不能恢复", "Yes, delete for good"),
    "share": ("只读分享", "Share read-only"),
    "share_told": (
        "得到这个网址的人能读这个对话，不能改动：",
        "Whoever has this address can read the conversation, not change it:",
    ),
    "share_gone": (
        "这个分享网址已经失效：对话被删除，或已停止分享。请向分享的人再要一个。",
        "This address no longer works: the conversation was deleted or is no longer shared. Ask for another one.",
    ),
    "unshare": ("停止分享", "Stop sharing"),
    "export": ("导出", "Export"),
    "untitled": ("对话", "Conversation"),
    "exported_on": ("%Y年%m月%d日 %H:%M", "%Y-%m-%d %H:%M"),
    "exported_told": (
        "政问 · {begun} · {count} 个问答。引文与原文逐字相同，方括号中的数字指所附的依据。",
        "政问 · {begun} · questions and answers: {count}. Quotes are the documents' own words, character for "
        "character; numbers in brackets name the sources below.",
    ),
    "exported_notice": ("提示：{notice}", "Note: {notice}"),
    "exported_writer": (
        "文字由模型 {writer} 撰写，每一句都已与依据核对。",
        "Written by the model {writer}; every sentence was checked against its sources.",
    ),
    "exported_sources": ("依据", "Sources"),
    "shared_told": ("这是别人分享的对话，只能阅读。", "A conversation somebody shared; read-only."),
    "own_question": ("提自己的问题", "Ask a question of my own"),
    "kept_here": (
        "对话会为您保存，只有您能看到，刷新后可以接着问，也可以随时删除。",
        "Conversations are kept for you alone; reload and go on, or delete them at any time.",
    ),
    # Feedback
    "useful": ("有用", "Helpful"),
    "useless": ("无用", "Not helpful"),
    "thanks": ("谢谢，已记下。", "Thank you, noted."),
    "why": ("哪里不好？", "What is wrong?"),
    "more_words": ("补充说明（可不填）", "Anything to add (optional)"),
    "submit": ("提交", "Submit"),
    # Adding documents
    "add": ("添加文件", "Add documents"),
    "drop": ("把文件拖到这里，或点击选择", "Drop files here, or click to choose"),
    "drop_folder": ("选择整个文件夹", "Choose a whole folder"),
    "read_in": ("读入", "Add to library"),
    "adding_now": ("资料库正在更新，进度显示在页面上方。", "The library is changing; the page's top shows how far."),
    "waiting": ("前面还有别的文件在读入，请稍候…", "Other files are being read first; please wait…"),
    "not_taken": (
        "没有做成：{why}。请检查磁盘空间和文件夹的权限。",
        "It was not done: {why}. Check the disk and the folder's permissions.",
    ),
    "reading_in": ("已读 {done}／{total} 个文件", "Read {done} of {total} files"),
    "comma": ("，", ", "),
    "indexing": ("建立索引 {done}／{total}", "Indexing {done}/{total}"),
    "preparing": ("准备读入…", "Preparing…"),
    "read_done": ("读入完成：{told}。", "Done: {told}."),
    "read_none": ("没有文件读入：{told}。", "Nothing was added: {told}."),
    "busy_adding": (
        "等着读入的文件太多，请稍后再试。",
        "Too many files are waiting to be read; please try again later.",
    ),
    # Taking documents out
    "take_out": ("移出文件", "Take a document out"),
    "any_document": ("选择要移出的文件", "Choose the document"),
    "take_out_told": (
        "只从资料库移出：今后的回答不再用它；您自己的那份文件不动，可以再添加。以前的回答里引用的原文还能看。",
        "It only leaves this library: no later answer uses it. Your own file stays, and can be added again. Earlier "
        "answers keep the passages they cite.",
    ),
    "take_out_sure": ("移出资料库", "Take it out"),
    "taking_out": ("正在移出…", "Taking it out…"),
    "taken_out": ("已移出资料库：{title}", "Taken out of the library: {title}"),
    "file_and_reason": ("{name}：{reason}", "{name}: {reason}"),
    "and_more_files": ("……共 {count} 个", "… {count} in all"),
    "dismiss": ("知道了", "OK"),
    # The library page
    "shelf_title": ("资料库", "Library"),
    "view_list": ("文件", "Documents"),
    "view_time": ("时间线", "Timeline"),
    "view_links": ("引用关系", "References"),
    "view_targets": ("目标对照", "Targets"),
    "find_document": ("按标题、文号、机关筛选", "Filter by title, number, issuer"),
    "shown_all": ("共 {count} 份文件", "{count} documents"),
    "shown_of": ("共 {count} 份文件，符合条件的 {shown} 份", "{shown} of {count} documents"),
    "elsewhere": ("未标地区", "No region"),
    "other_origins": ("其他地区和机关", "Other origins"),
    "other_kinds": ("其他", "Other"),
    "time_told": ("一个点是一份文件；点它看原文。", "Each dot is a document; click it to read."),
    "undated": ("另有 {count} 份没有写明日期。", "{count} more state no date."),
    "links_told": (
        "弧线从文件引向它引用的文件；灰色的是资料库里没有的。点标题看引用它的原话。",
        "Arcs lead from a document to those it cites; grey ones are not in the library. Click a title to read.",
    ),
    "no_links": ("这些文件没有引用其他文件。", "These documents cite no others."),
    "absent": ("资料库里没有", "not in the library"),
    "cited_by": ("被引用 {count} 次", "cited {count}×"),
    "no_targets": ("这些文件里没有读到量化的目标。", "No quantified targets were found in these documents."),
    "targets_search": ("指标里含有", "Indicator contains"),
    "targets_told": ("{count} 条目标；点一行看原文。", "{count} targets; click a row to read its source."),
    "first_rows": ("显示前 {count} 条，请用筛选缩小范围。", "The first {count} are shown; filter to narrow down."),
    "csv": ("下载表格（CSV）", "Download table (CSV)"),
    "pick_unit": ("图中的指标", "Indicator in the chart"),
    "nothing_matches": ("没有符合筛选条件的文件。", "No document matches the filters."),
    "day": ("日期", "Date"),
    "document": ("文件", "Document"),
    # The gate
    "password": ("口令", "Password"),
    "enter": ("进入", "Enter"),
    "password_wrong": ("口令不对。请再输一次。", "Wrong password. Please try again."),
    "password_wait": (
        "试错太多次，请等 {seconds} 秒再试。",
        "Too many wrong attempts; please wait {seconds} seconds.",
    ),
    "gate_told": ("这里需要口令。请向管理员索取。", "A password is needed. Ask whoever runs this server."),
    "login_told": ("请先登录。", "Please log in first."),
    "login_broken": (
        "登录还没有配好。请管理员运行 pip install 'zhengwen[login]'，并检查 .streamlit/secrets.toml 里的 [auth]。",
        "Logging in is not set up. Whoever runs this server: run pip install 'zhengwen[login]' and check [auth] in "
        ".streamlit/secrets.toml.",
    ),
    "login": ("登录", "Log in"),
    "login_with": ("用 {name} 登录", "Log in with {name}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language: `words("took", seconds="0.1")`."""

    language: Language = "zh"

    def __call__(self, key: str, **values: object) -> str:
        """The words `key` names, `values` filled in. KeyError for a key or a value that isn't there."""
        return _WORDS[key][self.language == "en"].format(**values)

    def known(self, sentence: str) -> str:
        """A sentence that the bot, the library or the reading of files says, in this language; any other as it is."""
        if sentence in STANDING_WORDS:
            return self(sentence)
        return in_english(sentence) if self.language == "en" else sentence

    def error(self, error: Exception) -> str:
        """What went wrong: the error's own sentence, which is Chinese; in English one for its kind, where there is."""
        known = _WORDS.get(f"error_{type(error).__name__}")
        return known[1] if known and self.language == "en" else self.known(str(error))

    def some(self, *keys: str) -> dict[str, str]:
        """Words by key, their places for values unfilled, as a script of the page needs them."""
        return {key: _WORDS[key][self.language == "en"] for key in keys}

    def streamlits(self) -> list[tuple[str, str]]:
        """Patterns of what Streamlit says, each with what is said instead."""
        return [(said, english if self.language == "en" else chinese) for said, chinese, english in STREAMLITS]


CHINESE: Final = Words()
