"""Compressed files: unpacked as they are read, whatever they are named, in constant memory and within bounds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.loaders.packed import FREE_BYTES
from rejoinder.loaders.source import Source
from rejoinder.records import Comment, Found, Thread

LINES = [f'{{"id": "{n}", "thread": "t", "text": "The {n}th loaf came out flat."}}' for n in range(1, 4001)]
PLAIN = ("\n".join(LINES) + "\n").encode()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


def streamed(data: bytes) -> bytes:
    """Without its size in the header, and with the window of Reddit's dumps."""
    made = zstandard.ZstdCompressionParameters.from_level(3, window_log=31, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=made).compressobj()
    return packer.compress(data) + packer.flush()


HALF = len(PLAIN) // 2
SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd"
PACKED: dict[str, bytes] = {
    "gzip": gzip.compress(PLAIN, mtime=0),
    "gzip of two members": gzip.compress(PLAIN[:HALF], mtime=0) + gzip.compress(PLAIN[HALF:], mtime=0),
    "gzip with padding": gzip.compress(PLAIN, mtime=0) + bytes(5000),
    "gzip with an empty member": gzip.compress(b"", mtime=0) + gzip.compress(PLAIN, mtime=0),
    "zstd": zstd(PLAIN),
    "zstd of two frames": zstd(PLAIN[:HALF]) + zstd(PLAIN[HALF:]),
    "zstd with a window of 2 GB": streamed(PLAIN),
    "zstd with frames to skip": SKIPPED + zstd(PLAIN[:HALF]) + SKIPPED + zstd(PLAIN[HALF:]) + SKIPPED,
    "bzip2": bz2.compress(PLAIN),
    "bzip2 of two streams": bz2.compress(PLAIN[:HALF]) + bz2.compress(PLAIN[HALF:]),
    "xz": lzma.compress(PLAIN),
    "xz of two streams": lzma.compress(PLAIN[:HALF]) + lzma.compress(PLAIN[HALF:]) + bytes(8),
    "not at all": PLAIN,
}


def written(folder: Path, content: bytes, name: str = "loaves.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def loaded(path: Path, **options: object) -> tuple[list[str], list[Problem]]:
    everything = list(read([path], **options))  # type: ignore[arg-type]
    found = [one.record for one in everything if isinstance(one, Found)]
    return [one.id for one in found if isinstance(one, Comment)], [
        one for one in everything if isinstance(one, Problem) and not one.note
    ]


@pytest.mark.parametrize("content", PACKED.values(), ids=PACKED)
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path, content: bytes) -> None:
    seen: list[int] = []
    ids, problems = loaded(written(tmp_path, content), progress=seen.append)
    assert problems == []
    assert ids == [str(n) for n in range(1, 4001)]
    assert sum(seen) == len(content), "progress counts the bytes of the file, not of what they hold"


@pytest.mark.parametrize("content", PACKED.values(), ids=PACKED)
def test_head_lines_and_content_are_those_of_the_content(tmp_path: Path, content: bytes) -> None:
    source = Source(written(tmp_path, content))
    assert source.head() == PLAIN[:65_536]
    assert [one if isinstance(one, Problem) else one[1].decode() for one in source.lines()] == LINES
    with source.open() as file:
        assert file.read() == PLAIN
    with source.open() as file:
        assert [file.readline(), file.read(10), file.read1(10)] == [
            f"{LINES[0]}\n".encode(),
            LINES[1][:10].encode(),
            LINES[1][10:20].encode(),
        ]


@pytest.mark.parametrize("kind", ["gzip", "zstd", "bzip2", "xz"])
def test_what_comes_before_a_file_is_cut_off_is_kept(tmp_path: Path, kind: str) -> None:
    whole = zstandard.ZstdCompressor(level=1).compress(noisy()) if kind == "zstd" else PACKERS[kind](noisy())
    path = written(tmp_path, whole[: len(whole) * 2 // 3])
    ids, problems = loaded(path)
    assert len(ids) > 1000
    assert ids == [str(n) for n in range(1, len(ids) + 1)]
    assert [(one.file, one.line, one.lost) for one in problems] == [(str(path), len(ids) + 1, True)]
    assert "the file is cut off" in problems[0].message


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zstd": zstd,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def noisy() -> bytes:
    """Lines that do not compress well, so that a part of the file is a part of the lines."""
    made = []
    for n in range(1, 40_001):
        noise = f"{zlib.crc32(str(n).encode()):x}{zlib.adler32(str(n * n).encode()):x}"
        made.append(f'{{"id": "{n}", "thread": "t", "text": "loaf {noise}"}}\n')
    return "".join(made).encode()


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz"])
def test_what_comes_before_a_fault_is_kept(tmp_path: Path, kind: str) -> None:
    whole = bytearray(PACKERS[kind](noisy()))
    place = len(whole) * 3 // 4
    whole[place : place + 200] = bytes(200)
    path = written(tmp_path, bytes(whole))
    ids, problems = loaded(path)
    assert len(ids) > 1000
    assert problems
    assert all(one.file == str(path) and one.lost for one in problems)
    assert re_whole(problems[-1])
    assert problems[-1].line >= len(ids)


def re_whole(problem: Problem) -> bool:
    return "data that is whole, got what cannot be unpacked" in problem.message


def test_a_fault_of_zstandard_is_told_by_its_check_sum(tmp_path: Path) -> None:
    whole = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(noisy()))
    whole[-1] ^= 0xFF
    ids, problems = loaded(written(tmp_path, bytes(whole)))
    assert len(ids) >= 39_000
    assert [re_whole(one) for one in problems] == [True]


def test_what_stands_after_a_compressed_file_and_is_no_more_of_it_is_a_problem(tmp_path: Path) -> None:
    ids, problems = loaded(written(tmp_path, gzip.compress(PLAIN) + b"and so on"))
    assert len(ids) == 4000
    assert [(one.line, one.lost, re_whole(one)) for one in problems] == [(4001, True, True)]


REFUSED: dict[str, tuple[bytes, str]] = {
    "zip that is broken": (
        b"PK\x03\x04" + bytes(30),
        "expected a zip archive that can be unpacked, got one that cannot (its end is missing: it is cut off",
    ),
    "zip within gzip": (gzip.compress(b"PK\x03\x04" + bytes(30)), "this is a zip archive; unpack it first (unzip {})"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(30), "this is a 7z archive; unpack it first (7z x {})"),
    "rar": (b"Rar!\x1a\x07\x01\x00", "this is a rar archive; unpack it first (unrar x {})"),
    "lz4": (b"\x04\x22\x4d\x18" + bytes(9), "this is an lz4 file; unpack it first (lz4 -d {})"),
    "tar that is broken": (
        b"loaves.jsonl" + bytes(245) + b"ustar\x0000" + bytes(248),
        "expected a tar archive that can be unpacked, got one that cannot (bad checksum)",
    ),
    "tar.gz that is broken": (
        gzip.compress(b"loaves.jsonl" + bytes(245) + b"ustar\x0000"),
        "expected a tar archive that can be unpacked, got one that cannot (it ends within a header)",
    ),
    "compressed twice": (gzip.compress(gzip.compress(PLAIN)), "expected a file that is compressed once"),
    "cut off at once": (gzip.compress(PLAIN)[:20], "expected more gzip data, the file is cut off"),
    "only its beginning": (zstd(PLAIN)[:4], "expected more Zstandard data, the file is cut off"),
    "empty within": (gzip.compress(b""), "expected comments, got an empty file"),
    "binary within": (gzip.compress(b"\x7fELF\x02\x01"), "this is binary"),
    "a PDF within": (gzip.compress(b"%PDF-1.7"), "this is a PDF"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_unpacked_is_an_error_that_says_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    path = written(tmp_path, content, "loaves.bin")
    ids, problems = loaded(path)
    assert (ids, [one.lost for one in problems]) == ([], [True])
    assert problems[0].message.startswith(message.format(path))


@pytest.mark.parametrize("text", ["BZh is a sort of bread.", "PK is how the baker signs.", "(µ/ý is no word)"])
def test_prose_that_begins_like_a_magic_number_is_prose(tmp_path: Path, text: str) -> None:
    ids, problems = loaded(written(tmp_path, text.encode(), "note.txt"))
    assert (len(ids), problems) == (1, [])


def test_a_dump_is_named_without_the_ending_of_its_compression(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(b"One loaf.\nTwo loaves.\n"), "bread.txt.gz")
    threads = [one.record for one in read([path]) if isinstance(one, Found) and isinstance(one.record, Thread)]
    assert [(one.key.id, one.title) for one in threads] == [("bread", "bread.txt")]
    assert loaded(path)[1] == []


# ------------------------------------------------------------------ bombs

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
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    *found, problem, last = done.stdout.splitlines()
    seconds, kilobytes = map(float, last.split())
    assert found[:3] == ["0", "1", "2"], "the lines before the bomb are kept"
    assert re.match(re.escape(str(path)) + ":[45]: error: expected at most (500|2000) bytes out of each", problem)
    assert seconds < 10, "ten gigabytes take longer to unpack"
    assert kilobytes < 400_000, "memory does not grow with what it holds"


MERGE = """
import sys
from rejoinder.loaders import read
from rejoinder.loaders.merge import merge
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
    done = subprocess.run(told, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
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
