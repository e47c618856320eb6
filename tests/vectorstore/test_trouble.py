"""What systems and libraries say when a disk or a connection fails is told in Chinese, and isn't taken for damage."""

from __future__ import annotations

import errno
import os
import re
import socket
import sqlite3
import ssl
from pathlib import Path

import pytest

from tests.vectorstore.test_disk import read_in_child, unwritable
from vectorstore.errors import GenerationBlocked, GenerationDamaged
from vectorstore.trouble import damage, in_words

SAID = [
    (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "磁盘已满"),
    (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
    (NotADirectoryError(errno.ENOTDIR, "Not a directory"), "路径里有一段是文件，不是文件夹"),
    (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "那里没有程序在监听"),
    (socket.gaierror(-2, "Name or service not known"), "查不到这个域名"),
    (TimeoutError("timed out"), "等不到回应"),
    (ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"), "对方不是 HTTPS 服务"),
    (ssl.SSLCertVerificationError("unable to get local issuer certificate"), "对方的证书不能信任"),
    (sqlite3.OperationalError("database or disk is full"), "磁盘已满"),
    (sqlite3.OperationalError("attempt to write a readonly database"), "只能读，不能写"),
    (sqlite3.DatabaseError("file is not a database"), "内容已损坏"),
    (
        ValueError('Failed to acquire Lockfile: IoError(Os { code: 13, kind: PermissionDenied, message: "…" })'),
        "没有权限",
    ),
    ("error returned from database: (code: 13) database or disk is full", "磁盘已满"),
    (RuntimeError("谁也没见过的话"), "谁也没见过的话"),
    (ConnectionResetError("Remote end closed connection without response"), "连接被对方断开"),
    (TimeoutError("The read operation timed out"), "等不到回应"),
    (OSError(), "OSError"),
]


@pytest.mark.parametrize(("said", "told"), SAID)
def test_what_is_said_is_told_in_chinese(said: BaseException | str, told: str) -> None:
    assert in_words(said) == told


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_number_is_without_a_word(number: int) -> None:
    assert in_words(OSError(number, os.strerror(number)))


def test_a_full_disk_is_no_damage_and_garbage_is() -> None:
    assert isinstance(damage("x", sqlite3.OperationalError("database or disk is full")), GenerationBlocked)
    assert type(damage("x", sqlite3.DatabaseError("database disk image is malformed"))) is GenerationDamaged
    assert type(damage("x", FileNotFoundError(errno.ENOENT, "No such file"))) is GenerationDamaged


def test_a_library_that_can_neither_be_written_nor_copied_is_not_called_damaged(home: Path) -> None:
    with unwritable(home):
        done = read_in_child(home, file_limit=1_000)
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert "只能读" in told and "临时副本" in told and "损坏" not in told and "repair" not in told
    assert not re.search(r"[a-z]{4,} [a-z]{4,}", told.replace(str(home), ""))
