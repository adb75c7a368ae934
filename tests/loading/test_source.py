"""Compressed files: unpacked as they are read, whatever they are named, in constant memory and within bounds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from rejoinder.errors import Problem
from rejoinder.loaders import read
from rejoinder.loaders.opening.source import Source
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
    assert [line if isinstance(line, Problem) else line[1].decode() for line in source.lines()] == LINES
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
    assert [(problem.file, problem.line, problem.lost) for problem in problems] == [(str(path), len(ids) + 1, True)]
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
    assert all(problem.file == str(path) and problem.lost for problem in problems)
    assert re_whole(problems[-1])
    assert problems[-1].line >= len(ids)


def re_whole(problem: Problem) -> bool:
    return "data that is whole, got what cannot be unpacked" in problem.message


def test_a_fault_of_zstandard_is_told_by_its_check_sum(tmp_path: Path) -> None:
    whole = bytearray(zstandard.ZstdCompressor(write_checksum=True).compress(noisy()))
    whole[-1] ^= 0xFF
    ids, problems = loaded(written(tmp_path, bytes(whole)))
    assert len(ids) >= 39_000
    assert [re_whole(problem) for problem in problems] == [True]


def test_what_stands_after_a_compressed_file_and_is_no_more_of_it_is_a_problem(tmp_path: Path) -> None:
    ids, problems = loaded(written(tmp_path, gzip.compress(PLAIN) + b"and so on"))
    assert len(ids) == 4000
    assert [(problem.line, problem.lost, re_whole(problem)) for problem in problems] == [(4001, True, True)]


REFUSED: dict[str, tuple[bytes, str]] = {
    "zip that is broken": (
        b"PK\x03\x04" + bytes(30),
        "expected a zip archive that can be unpacked, got one that cannot (its end is missing, so it was cut off",
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
    "binary within": (gzip.compress(b"\x7fELF\x02\x01"), "this is a binary file"),
    "a PDF within": (gzip.compress(b"%PDF-1.7"), "this is a PDF"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_unpacked_is_an_error_that_says_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    path = written(tmp_path, content, "loaves.bin")
    ids, problems = loaded(path)
    assert (ids, [problem.lost for problem in problems]) == ([], [True])
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
