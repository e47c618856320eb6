"""English for the sentences that the bot, the library and the reading of files say, known by their Chinese patterns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Final

_TOLD: Final[tuple[tuple[str, str], ...]] = (
    # Of the documents cited in an answer (bot.pipeline, bot.versions, bot.timeliness, bot.kinds.shelf)
    ("{title}的目标期已过，请查对有无新的文件。", "The target year of {title} has passed; check for a newer document."),
    ("{title}的有效期已过，请查对有无新的文件。", "{title} has expired; check for a newer document."),
    ("{title}尚未施行。", "{title} is not yet in force."),
    ("{title}已经废止。", "{title} has been repealed."),
    (
        "{title}是旧版，资料库中的现行版是{newer}。",
        "{title} is an old version; the current one in the library is {newer}.",
    ),
    ("{title}的这一目标以{year}年为期，已经过了。", "This target of {title} was set for {year}, which has passed."),
    ("更新的数据：{title}（{year}年）写明“{quote}”。", "Newer figures: {title} ({year}) says “{quote}”."),
    (
        "{place}更新的数据：{title}（{year}年）写明“{quote}”。",
        "Newer figures for {place}: {title} ({year}) says “{quote}”.",
    ),
    (
        "这样的文件共有{count}份，这里列出最新的{shown}份。",
        "There are {count} such documents; the newest {shown} are listed.",
    ),
    ("资料库中的文件没有说明{side}的情况。", "The documents in the library don't tell this of {side}."),
    ("文件没有这样说；{title}写的是“{quote}”。", "The documents don't say so; {title} says “{quote}”."),
    ("最接近的原文在{title}：“{quote}”", "The nearest passage is in {title}: “{quote}”"),
    # Where there is no answer
    (
        "资料库中的文件没有写明“{task}”由谁负责。",
        "The documents in the library don't state who is in charge of “{task}”.",
    ),
    ("{untold}内容最接近的文件是{titles}。", "{untold} The nearest documents are {titles}."),
    ("文件没有说明这一点。", "The documents don't tell this."),
    (
        "没有符合筛选条件的文件。请放宽地区、年份、机关或类型的限制。",
        "No document matches the filters. Choose fewer regions, years, issuers or kinds.",
    ),
    # Of a chat model that writes (bot.llm)
    ("{why}，以下回答直接摘自原文。", "{why}; the answer below is quoted from the documents instead."),
    ("刚才是语言模型的思考过程，回答随后写出。", "That was the language model thinking; the answer follows."),
    ("语言模型只写了思考过程，没有写出回答", "The language model only thought and wrote no answer"),
    ("语言模型没有回答这个问题", "The language model didn't answer this question"),
    ("{why}，这里只有写完的句子。", "{why}; only its finished sentences are given."),
    ("语言模型的回答到了长度上限，没有写完", "The language model's answer reached its limit before its end"),
    ("语言模型服务拦下了后面的内容", "The language model's service withheld the rest"),
    (
        "语言模型认为，问题有一部分在资料中没有说明。",
        "By the language model, the documents don't tell a part of the question.",
    ),
    ("语言模型写的内容在原文中找不到依据", "What the language model wrote has no support in the documents"),
    (
        "语言模型写的内容有 {count} 句在原文中找不到依据，已经删去。",
        "Sentences of the language model without support in the documents were left out: {count}.",
    ),
    (
        "语言模型服务不接受密钥（{status}），请检查 ZHENGWEN_LLM_KEY",
        "The language model's service refuses the key ({status}); whoever runs this server: check ZHENGWEN_LLM_KEY",
    ),
    (
        "语言模型服务上没有这个模型或地址（404），请检查 ZHENGWEN_LLM 和 ZHENGWEN_LLM_BASE_URL",
        "The language model's service has no such model or address (404); whoever runs this server: check ZHENGWEN_LLM "
        "and ZHENGWEN_LLM_BASE_URL",
    ),
    ("语言模型服务的余额不足（402）", "The language model's service has no credit left (402)"),
    (
        "段落超过了语言模型一次能读的长度，请把 ZHENGWEN_LLM_CHARACTERS 调小",
        "The passages are more than the language model reads; whoever runs this server: lower ZHENGWEN_LLM_CHARACTERS",
    ),
    ("语言模型服务正忙或额度已用完（429）", "The language model's service is busy or its quota is used up (429)"),
    ("语言模型服务出错（{status}）", "The language model's service failed ({status})"),
    ("语言模型 {seconds} 秒没有回应", "The language model didn't respond within {seconds} s"),
    (
        "与语言模型服务的连接断了或连不上，请检查 ZHENGWEN_LLM_BASE_URL",
        "The language model's service can't be reached; whoever runs this server: check ZHENGWEN_LLM_BASE_URL",
    ),
    ("语言模型服务的回答看不懂", "What the language model's service sent can't be understood"),
    # Of what is kept (bot.remembering, bot.saving, bot.state)
    (
        "前面的问答现在读不到，这个问题是单独回答的。",
        "Earlier answers can't be read now; this question was answered by itself.",
    ),
    ("这次问答没有记下来。", "This answer was not kept."),
    (
        "这次问答没有记下来：对话在作答期间被删除了。",
        "This answer was not kept: the conversation was deleted meanwhile.",
    ),
    (
        "{title}已不在资料库里，或内容有变，这里只有当时引用的原文。",
        "{title} has left the library or has changed; only the words cited then are shown.",
    ),
    (
        "记着对话和反馈的文件损坏过，已改名为 {names}，之后的另行记下。不再需要时可以删除它。",
        "The file of conversations and feedback was damaged; it is now called {names}, and a new one was begun. "
        "Delete it once it isn't needed.",
    ),
    # Of the library (vectorstore.serving, vectorstore.validity, ingest.doubts)
    (
        "资料库已更新，但新的一代无法使用，仍在使用原来的一代：{why}",
        "The library was updated, but its new state can't be used; the one before serves: {why}",
    ),
    (
        "资料库最新的一代已损坏，正在使用第 {number} 代。运行 zhengwen repair 可以修复",
        "The library's newest state is damaged; number {number} serves. Whoever runs this server: run zhengwen repair",
    ),
    ("资料库中有更新的版本：{newer}", "the library has a newer version: {newer}"),
    ("有效期至{day}，已过", "valid until {day}, which has passed"),
    ("有效期至{day}", "valid until {day}"),
    ("自{day}起施行", "in force from {day}"),
    ("标题写明的期限{first}—{last}年已过", "the years in its title, {first}–{last}, have passed"),
    ("标题写明的期限是{first}—{last}年", "its title names the years {first}–{last}"),
    ("目标年份{year}年已过", "its target year, {year}, has passed"),
    ("目标年份是{year}年", "its target year is {year}"),
    ("编号不连续：{places}", "numbers with a gap: {places}"),
    ("编号重复或倒退：{places}", "numbers repeated or out of order: {places}"),
    ("缺少上一级标题：{places}", "the heading above is missing: {places}"),
    ("文号写法有误，可能是扫描识别的错字：{places}", "document numbers that may be misread by a scanner: {places}"),
    # Of files that can't be read (ingest.files, ingest.loaders, ingest.document)
    ("没有可读的文字", "has no text"),
    ("无法打开文件夹：{why}", "is a folder that can't be opened: {why}"),
    ("找不到这个文件或文件夹，请检查路径", "is not there; please check its path"),
    (
        "不能直接读网址，请在浏览器里把网页另存为 .html 或 PDF，再读那个文件",
        "is an address; please save the page as .html or PDF in a browser and add that file",
    ),
    ("不是普通文件", "is not an ordinary file"),
    ("文件在读取时已不存在", "vanished while it was read"),
    ("无法读取：{why}", "can't be read: {why}"),
    ("含有不能用的字符", "has characters that can't be used"),
    ("文件超过 {size} MB，请拆分后再试", "is larger than {size} MB; please split it and try again"),
    ("不支持的格式（{suffix}），{advice}", "is of a format that isn't read ({suffix}); {advice}"),
    ("没有后缀", "no suffix"),
    ("支持 {formats}", "these are read: {formats}"),
    ("请用 Word 或 WPS 另存为 .docx", "please save it as .docx with Word or WPS"),
    ("请另存为 PDF", "please save it as PDF"),
    ("请先解压", "please unpack it first"),
    (
        "请先用文字识别（OCR）软件转成 .docx 或带文字的 PDF",
        "please turn it into .docx or a PDF with text by text recognition (OCR) first",
    ),
    ("文件是空的", "is empty"),
    (
        "是加密的或旧版（.doc）的 Word 文件，请去掉密码并另存为 .docx",
        "is an encrypted or old (.doc) Word file; please remove the password and save it as .docx",
    ),
    (
        "不是 .docx 文件（内容与后缀不符），请用 Word 或 WPS 另存为 .docx",
        "is no .docx file, whatever its name says; please save it as .docx with Word or WPS",
    ),
    ("不是 .docx 文件（缺少正文）", "is no .docx file: it has no body"),
    ("Word 文件解压后过大，已拒绝", "is too large once unpacked and was refused"),
    ("Word 文件含有外部实体声明，已拒绝", "names external entities and was refused"),
    ("Word 文件已损坏或已加密，无法打开", "is damaged or encrypted and can't be opened"),
    ("Word 文件已损坏，无法读取", "is damaged and can't be read"),
    (
        "内容不是文本（与文件后缀不符），请检查文件或改用正确的后缀",
        "is not text, whatever its name says; please check it or give it the right suffix",
    ),
    ("无法识别文字编码，请另存为 UTF-8 后再试", "is in an unknown encoding; please save it as UTF-8 and try again"),
    ("是二进制文件，不是文本", "is a binary file, not text"),
    ("网页里没有可读的文字", "is a page without text"),
    (
        "不是 PDF 文件（内容与后缀不符），请用写它的程序另存为 PDF",
        "is no PDF, whatever its name says; please save it as PDF with the program that wrote it",
    ),
    (
        "PDF 没有文字层（可能是扫描件），请先做文字识别（OCR）",
        "has no text layer, so it may be a scan; please have its text recognised (OCR) first",
    ),
    ("PDF 已加密，请先去掉密码", "is encrypted; please remove the password first"),
    ("PDF 已损坏，无法打开", "is a damaged PDF that can't be opened"),
    ("PDF 已损坏，读不出文字", "is a damaged PDF without readable text"),
    ("PDF 超过 {pages} 页，请拆分后再试", "has more than {pages} pages; please split it and try again"),
    # Of a job (ui.jobs) and of the machine (vectorstore.trouble)
    (
        "没有完成，资料库保持原样。请再试一次；若仍不行，请管理员运行 zhengwen doctor 检查。",
        "Not done; the library is as it was. Please try again; if it fails again, whoever runs this server: run "
        "zhengwen doctor.",
    ),
    (
        "服务器在完成之前停止了。请看资料库里有没有这些文件，没有就再加入一次。",
        "The server stopped before this was done. Look whether the library has the files; if not, add them again.",
    ),
    ("没有权限", "no permission"),
    ("磁盘已满", "the disk is full"),
    ("超出了磁盘配额", "the disk quota is used up"),
    ("只能读，不能写", "it can be read only"),
    ("磁盘读写出错", "the disk failed"),
    ("正被另一个程序占用", "another program uses it"),
    ("打开的文件太多", "too many files are open"),
    ("没有这个文件或文件夹", "no such file or folder"),
    ("内存不够", "not enough memory"),
)


def in_english(sentence: str) -> str:
    """The sentence in English, what it names or quotes as it is; one that isn't known as it is."""
    fixed, patterns = _known()
    if sentence in fixed:
        return fixed[sentence]
    for pattern, english in patterns:
        found = pattern.fullmatch(sentence)
        if found:
            return english.format(**{name: in_english(value) for name, value in found.groupdict().items()})
    return sentence


@cache
def _known() -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences that are always the same, and the others by their patterns."""
    fixed = {chinese: english for chinese, english in _TOLD if "{" not in chinese}
    return fixed, tuple((_pattern(chinese), english) for chinese, english in _TOLD if "{" in chinese)


def _pattern(chinese: str) -> re.Pattern[str]:
    parts = (re.escape(text) + (f"(?P<{name}>.+?)" if name else "") for text, name, _, _ in Formatter().parse(chinese))
    return re.compile("".join(parts), re.DOTALL)
