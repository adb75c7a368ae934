"""Files that unpack to far more than they are, or never end, are refused within bounds."""

from __future__ import annotations

import bz2
import lzma
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from rejoinder.loaders.opening.packed import FREE_BYTES
from rejoinder.loaders.opening.source import Source
from tests.loading.test_source import written, zstd

BOMB_LINE = b"".join(b'{"id": "%d", "thread": "t", "text": "A loaf."}\n' % n for n in range(3))


def gzip_bomb() -> bytes:
    """Ten megabytes that hold ten gigabytes: one deflated block of 16 MB of zeros, over and over."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = packer.compress(BOMB_LINE) + packer.compress(bytes(65_536)) + packer.flush(zlib.Z_FULL_FLUSH)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(bytes(65_536))
    packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(16_777_216)) + packer.flush(zlib.Z_FULL_FLUSH)
    return start + block * 640


def zstd_bomb() -> bytes:
    """A third of a megabyte that holds ten gigabytes: frames of 16 MB of zeros."""
    return zstd(BOMB_LINE) + zstd(bytes(16_777_216)) * 640


def xz_bomb() -> bytes:
    """One and a half megabytes that hold ten gigabytes."""
    return lzma.compress(BOMB_LINE) + lzma.compress(bytes(16_777_216)) * 640


def bzip2_bomb() -> bytes:
    """Half a megabyte that holds ten gigabytes."""
    return bz2.compress(BOMB_LINE) + bz2.compress(bytes(16_777_216)) * 640


BOMBS: dict[str, Callable[[], bytes]] = {"gzip": gzip_bomb, "zstd": zstd_bomb, "bzip2": bzip2_bomb, "xz": xz_bomb}

READ = """
import sys, time
from rejoinder.errors import Problem
from rejoinder.loaders import read
from tests.memory import peak
before, start = peak(), time.process_time()
for one in read([sys.argv[1]]):
    print(f"{one}" if isinstance(one, Problem) else one.record.id)
print(time.process_time() - start, peak() - before)
"""


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_stopped_early_in_little_memory(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = written(tmp_path, make(), "bomb.jsonl")
    assert 10 * 2**30 / path.stat().st_size > 500, "it is a bomb"
    words = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    *found, problem, last = done.stdout.splitlines()
    seconds, kilobytes = map(float, last.split())
    assert found[:3] == ["0", "1", "2"], "the lines before the bomb are kept"
    assert re.match(re.escape(str(path)) + ":[45]: error: expected at most (500|2000) bytes out of each", problem)
    assert seconds < 10, "ten gigabytes take longer to unpack"
    assert kilobytes < 400_000, "memory does not grow with what it holds"


MERGE = """
import sys
from rejoinder.loaders import read
from rejoinder.loaders.gathering.merge import merge
from tests.memory import peak
before = peak()
print(sum(len(one.comments) for one in merge(read([sys.argv[1]]), lambda key: None)))
print(peak() - before)
"""


def test_a_file_takes_less_memory_than_it_holds(tmp_path: Path) -> None:
    words, count = "Bakers rise at four, and by seven the bread is gone. " * 100, 20_000
    lines = "".join(f'{{"id": "{n}", "thread": "{n % 400}", "text": "{n}: {words}"}}\n' for n in range(count))
    path = written(tmp_path, zstandard.compress(lines.encode()), "loaves.jsonl.zst")
    told = [sys.executable, "-c", MERGE, str(path)]
    done = subprocess.run(told, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    found, kilobytes = map(int, done.stdout.split())
    assert found == count
    assert kilobytes < 0.8 * len(lines) / 1024, "memory does not grow with what it holds"


def test_what_compresses_well_is_no_bomb(tmp_path: Path) -> None:
    body = "The bakery opens at seven. " * 70
    lines = "".join(f'{{"id": "{n}", "thread": "t", "text": "{body}"}}\n' for n in range(50_000)).encode()
    assert len(lines) > FREE_BYTES
    packed = zstandard.ZstdCompressor(level=9).compress(lines)
    assert 500 < len(lines) / len(packed) < 2000
    source = Source(written(tmp_path, packed))
    assert sum(1 for _ in source.lines()) == 50_000
    assert source.faults == []
