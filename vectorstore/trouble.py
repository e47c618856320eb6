"""What the operating system, SQLite, Chroma and tantivy say of a disk, a file or a connection, in the user's words."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from typing import Final

from vectorstore.errors import GenerationBlocked, GenerationDamaged

NOT_ALLOWED, FULL, QUOTA, READ_ONLY = "没有权限", "磁盘已满", "超出了磁盘配额", "只能读，不能写"
BROKEN, OCCUPIED, TOO_MANY = "磁盘读写出错", "正被另一个程序占用", "打开的文件太多"
GONE, LATE = "连接被对方断开", "等不到回应"
_IN_THE_WAY: Final = frozenset({NOT_ALLOWED, FULL, QUOTA, READ_ONLY, BROKEN, OCCUPIED, TOO_MANY})

_BY_NUMBER: Final[dict[int, str]] = {
    errno.EACCES: NOT_ALLOWED,
    errno.EPERM: NOT_ALLOWED,
    errno.ENOSPC: FULL,
    errno.EDQUOT: QUOTA,
    errno.EFBIG: "文件大小超出了限制",
    errno.EROFS: READ_ONLY,
    errno.EIO: BROKEN,
    errno.EBUSY: OCCUPIED,
    errno.ETXTBSY: OCCUPIED,
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: TOO_MANY,
    errno.ENFILE: TOO_MANY,
    errno.ENOMEM: "内存不够",
    errno.ESTALE: "网络文件夹已断开",
    errno.ECONNREFUSED: "那里没有程序在监听",
    errno.ECONNRESET: GONE,
    errno.ECONNABORTED: GONE,
    errno.EPIPE: GONE,
    errno.ETIMEDOUT: LATE,
    errno.EHOSTUNREACH: "网络不通",
    errno.ENETUNREACH: "网络不通",
    errno.ENETDOWN: "网络不通",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
}
_BY_WORDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"permission ?denied|os error 13\b|code: 13, kind", NOT_ALLOWED),
        (r"disk is full|no space left|\d+ requested and \d+ written|storage ?full|os error 28\b", FULL),
        (r"read-?only (?:database|file ?system)|os error 30\b", READ_ONLY),
        (r"disk i/o error|input/output error|os error 5\b", BROKEN),
        (r"(?:database|table) is locked|would ?block|resource busy", OCCUPIED),
        (r"unable to open database file", "文件打不开"),
        (r"disk image is malformed|not a database|corrupt", "内容已损坏"),
        (r"timed? ?out", LATE),
    )
)
"""For errors that have a text and no number: those of SQLite, and of Chroma and tantivy, which are written in Rust."""


def in_words(error: BaseException | str) -> str:
    """Why it failed, in a few words without a full stop; of what isn't known, its own text."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "对方的证书不能信任"
    if isinstance(error, ssl.SSLError):
        return "对方不是 HTTPS 服务"
    if isinstance(error, socket.gaierror):
        return "查不到这个域名"
    if isinstance(error, OSError) and error.errno in _BY_NUMBER:
        return _BY_NUMBER[error.errno]
    if isinstance(error, ConnectionError):
        return GONE
    if isinstance(error, TimeoutError):
        return LATE
    told = (isinstance(error, OSError) and error.strerror) or str(error)
    return next((words for pattern, words in _BY_WORDS if pattern.search(told)), told or type(error).__name__)


def is_in_the_way(error: BaseException) -> bool:
    """Whether the disk, or the rights to it, are at fault, and nothing may be wrong with the file itself."""
    return in_words(error) in _IN_THE_WAY


def damage(what: str, error: BaseException) -> GenerationDamaged:
    """What to raise where something of a generation can't be read or written: GenerationBlocked, if the disk or the
    rights to it are in the way, for every engine writes to its folder as it opens it; else GenerationDamaged.
    """
    kind = GenerationBlocked if is_in_the_way(error) else GenerationDamaged
    return kind(f"{what}：{in_words(error)}")
