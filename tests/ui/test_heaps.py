"""Threads that share heaps: a process that set it gives back to one thread what another has freed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.ui.serving import REPOSITORY

# Each thread takes and frees small pieces while all the others still run, so that glibc would give each another heap.
SCRIPT = """
import ctypes, sys, threading
from ui.heaps import share_heaps
if "share" in sys.argv and not share_heaps():
    sys.exit("cannot")
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
all_in = threading.Barrier(8)
def work():
    all_in.wait()
    libc.malloc(100)
    all_in.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
heaps = [line for line in open("/proc/self/maps") if not line.rstrip().endswith(("]", ".so"))]
reserved = sum(1 for line in heaps if "---p" in line and int(line.split("-")[1].split()[0], 16) % (64 << 20) == 0)
print(reserved)
"""


def heaps(*arguments: str) -> int:
    """How many reserved stretches that end at a multiple of 64 MB, as glibc's heaps do, the process has."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=False)
    if "cannot" in done.stderr:
        pytest.skip("this C library has no mallopt")
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells of its heaps in /proc")
def test_threads_share_heaps() -> None:
    assert heaps("share") <= 1 < heaps()
