"""Archives in place of files: zip and tar, in folders and in each other, read as the folder that is in them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from rejoinder.errors import LoadError
from rejoinder.loaders.unpacking.archives import Contents, Room
from rejoinder.records import Comment
from tests.formats.test_golden import SOURCES, files_of
from tests.loading.test_folders import LINE, ids, put
from tests.reading import Reading
from tests.timing import assert_in_proportion


def zipped(folder: Path, files: dict[str, bytes], **options: Any) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in files.items():
            held.writestr(name, content, **options)
    return path


def test_an_archive_is_read_as_the_folder_that_is_in_it(tmp_path: Path) -> None:
    files = {"well/b.jsonl": LINE.format("b"), "a.jsonl": LINE.format("a"), "well/c.png": "x", "d.css": "p {}"}
    path = zipped(tmp_path, {name: content.encode() for name, content in files.items()})
    reading = Reading(path)
    assert [(one.record.id, one.file) for one in reading.found if isinstance(one.record, Comment)] == [
        ("a", f"{path}/a.jsonl"),
        ("b", f"{path}/well/b.jsonl"),
    ]
    told = "left out 2 files (well/c.png, d.css) in which no format was recognised (name one to see why); read 2 of 4"
    assert [(problem.file, problem.message, problem.note) for problem in reading.problems] == [(str(path), told, True)]


@pytest.mark.parametrize("source", [one for one in SOURCES if one.is_dir()], ids=lambda path: path.name)
def test_files_that_belong_together_find_each_other_in_an_archive(source: Path, tmp_path: Path) -> None:
    files = {f"{source.name}/{Path(name).name}": Path(name).read_bytes() for name in files_of(source)}
    assert Reading(zipped(tmp_path, files)).records == Reading(source).records


def test_no_member_is_unpacked_outside(tmp_path: Path) -> None:
    names = ["../../up.jsonl", "/abs.jsonl", "C:\\\\disk.jsonl", "a/../../b.jsonl"]
    path = zipped(tmp_path, {name: LINE.format(f"n{number}").encode() for number, name in enumerate(names)})
    before = sorted(tmp_path.parent.rglob("*"))
    assert sorted(ids(Reading(path))) == ["n0", "n1", "n2", "n3"]
    assert sorted(tmp_path.parent.rglob("*")) == before


MISNAMED: dict[str, tuple[str, str]] = {
    "too long": ("x" * 400 + ".jsonl", "File name too long"),
    "too deep": ("well/" * 2_000 + "b.jsonl", "File name too long"),
    "another's": ("./a.jsonl", "File exists"),
    "another's folder": ("a.jsonl/b.jsonl", "File exists"),
}


@pytest.mark.parametrize(("name", "message"), MISNAMED.values(), ids=MISNAMED)
def test_a_member_that_cannot_be_placed_loses_no_other(tmp_path: Path, name: str, message: str) -> None:
    path = zipped(tmp_path, {one: LINE.format(one[:9]).encode() for one in ("a.jsonl", name, "c.jsonl")})
    reading = Reading(path)
    assert ids(reading) == ["a.jsonl", "c.jsonl"]
    assert [(problem.lost, problem.message.partition(": ")[2]) for problem in reading.problems] == [(True, message)]


ODD: dict[str, bytes] = {
    "cut off": b"PK\x03\x04",
    "noise": b"PK\x03\x04" + bytes(range(256)) * 40,
}


def broken_bzip2() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as held:
        held.writestr("a.jsonl", LINE.format("a") * 100)
    content = bytearray(out.getvalue())
    content[60] ^= 0xFF
    return bytes(content)


ODD["broken bzip2"] = broken_bzip2()


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_archive_that_is_broken_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    (problem,) = Reading(path).problems
    assert problem.lost
    assert problem.message.startswith("expected a zip archive that can be unpacked")


def test_a_bomb_is_unpacked_no_further(tmp_path: Path) -> None:
    path = zipped(tmp_path, {f"{number}.jsonl": bytes(30_000_000) for number in range(4)}, compresslevel=9)
    (problem,) = Reading(path).problems
    assert problem.lost
    assert "unpacked no further" in problem.message


def test_an_archive_with_nothing_to_load_is_an_error(tmp_path: Path) -> None:
    (problem,) = Reading(zipped(tmp_path, {"a.png": b"x"})).problems
    assert problem.lost
    assert problem.message.startswith("expected a folder with discussions in it, got 1 file (a.png)")


def test_an_archive_with_nothing_to_load_is_an_error_but_not_in_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path, {"a.png": b"x"})
    put(tmp_path, b_jsonl=LINE.format("b"))
    told = "left out 1 file (export.zip/a.png) in which no format was recognised (name one to see why); read 1 of 2"
    reading = Reading(tmp_path)
    assert (ids(reading), reading.messages) == (["b"], [told])


LINES = {"well/b.jsonl": LINE.format("b").encode(), "a.jsonl": LINE.format("a").encode(), "c.png": b"x"}
KINDS = {"ustar": tarfile.USTAR_FORMAT, "GNU": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "tar": bytes,
    "tgz": gzip.compress,
    "tar.gz": gzip.compress,
    "tar.bz2": bz2.compress,
    "tar.xz": lzma.compress,
    "tar.zst": zstandard.ZstdCompressor().compress,
}


def tarred(files: dict[str, bytes], format: int = tarfile.PAX_FORMAT, /, **links: str) -> bytes:  # noqa: A002
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as held:
        for name, content in files.items():
            one = tarfile.TarInfo(name)
            one.size = len(content)
            held.addfile(one, io.BytesIO(content))
        for name, to in links.items():
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, to
            held.addfile(link)
    return out.getvalue()


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("ending", PACKED)
def test_a_tar_archive_is_read_as_the_folder_that_is_in_it(tmp_path: Path, ending: str) -> None:
    path = saved(tmp_path / f"export.{ending}", PACKED[ending](tarred(LINES)))
    reading = Reading(path)
    assert [(one.record.id, one.file) for one in reading.found if isinstance(one.record, Comment)] == [
        ("a", f"{path}/a.jsonl"),
        ("b", f"{path}/well/b.jsonl"),
    ]
    told = "left out 1 file (c.png) in which no format was recognised (name one to see why); read 2 of 3"
    assert reading.messages == [told]


LONG = ("well/" * 18 + "ü" * 3 + ".jsonl", "well/" * 40 + "b.jsonl")
LONGEST = "w" * 200 + ".jsonl"  # has no place in a ustar archive, whose members' last names are of 100 bytes at most


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind in KINDS
        for name in (*LONG, LONGEST)
        if (KINDS[kind], name) != (tarfile.USTAR_FORMAT, LONGEST)
    ],
)
def test_members_of_a_tar_archive_have_long_names(tmp_path: Path, kind: str, name: str) -> None:
    path = saved(tmp_path / "x.tar", tarred({name: LINE.format("b").encode(), **LINES}, KINDS[kind]))
    assert f"{path}/{name}" in [one.file for one in Reading(path).found]


def test_a_tar_archive_of_the_seventh_edition_is_read(tmp_path: Path) -> None:
    raw = bytearray(tarred({"a.jsonl": LINE.format("a").encode()}, tarfile.USTAR_FORMAT))
    raw[257:512] = bytes(255)
    raw[148:156] = b"        "
    raw[148:156] = b"%06o\0 " % sum(raw[:512])
    assert ids(Reading(saved(tmp_path / "x.tar", bytes(raw)))) == ["a"]


def test_links_and_devices_in_archives_are_left_out_and_nothing_is_written_outside(tmp_path: Path) -> None:
    outside = saved(tmp_path / "secret.jsonl", LINE.format("secret").encode())
    names = ["../../up.jsonl", "/abs.jsonl", "a/../../b.jsonl"]
    files = {name: LINE.format(f"n{number}").encode() for number, name in enumerate(names)}
    path = saved(tmp_path / "x.tar", tarred(files, **{"l.jsonl": str(outside), "up": ".."}))
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as held:
        held.writestr("a.jsonl", LINE.format("a"))
        link = zipfile.ZipInfo("l.txt")
        link.external_attr = 0o120777 << 16
        held.writestr(link, "Here is a way out.")
    before = sorted(tmp_path.parent.rglob("*"))
    assert sorted(ids(Reading(path))) == ["n0", "n1", "n2"]
    reading = Reading(tmp_path / "x.zip")
    assert (ids(reading), [problem.note for problem in reading.problems]) == (["a"], [True])
    assert sorted(tmp_path.parent.rglob("*")) == before


def broken(content: bytes, at: int) -> bytes:
    return content[:at] + bytes(64) + content[at + 64 :]


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "within a member": (lambda raw: raw[: 2 * 512 + 512 + 20], "it ends within a member"),
    "within a header": (lambda raw: raw[: 2 * 512 + 300], "it ends within a header"),
    "a header is broken": (lambda raw: broken(raw, 2 * 512), "bad checksum"),
}


@pytest.mark.parametrize(("cut", "message"), BROKEN.values(), ids=BROKEN)
def test_what_comes_before_a_tar_archive_breaks_off_is_read(
    tmp_path: Path, cut: Callable[[bytes], bytes], message: str
) -> None:
    raw = tarred({f"{name}.jsonl": LINE.format(name).encode() for name in "abc"}, tarfile.USTAR_FORMAT)
    reading = Reading(saved(tmp_path / "x.tar", cut(raw)))
    assert "a" in ids(reading)
    assert "c" not in ids(reading)
    assert [
        problem
        for problem in reading.problems
        if problem.lost and f"({message}); what comes before is read" in problem.message
    ]


def test_a_compressed_tar_archive_that_is_cut_off_says_so(tmp_path: Path) -> None:
    noise = random.Random(0).randbytes(200_000)
    raw = gzip.compress(tarred({"a.jsonl": LINE.format("a").encode(), "b.bin": noise}))
    reading = Reading(saved(tmp_path / "x.tgz", raw[:100_000]))
    assert ids(reading) == ["a"]
    assert any("the file is cut off" in problem.message and problem.lost for problem in reading.problems)


BOMBS: dict[str, Callable[[], bytes]] = {
    "a member": lambda: tarred({"a.jsonl": bytes(100_000_000)}),
    "a name": lambda: long_name(100_000_000),
}


def long_name(count: int) -> bytes:
    one = tarfile.TarInfo("x")
    one.type, one.size = tarfile.GNUTYPE_LONGNAME, count
    return tarred({"a.jsonl": LINE.format("a").encode()})[:-9216] + one.tobuf() + b"x" * count


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_tar_archive_that_is_a_bomb_is_unpacked_no_further(tmp_path: Path, make: Callable[[], bytes]) -> None:
    reading = Reading(saved(tmp_path / "x.tgz", gzip.compress(make(), 9)))
    assert any(
        problem.lost and ("no further" in problem.message or "a name of" in problem.message)
        for problem in reading.problems
    )


def test_a_name_of_many_records_is_read_in_linear_time(tmp_path: Path) -> None:
    def made(count: int) -> Path:
        one = tarfile.TarInfo("x")
        one.type, one.size = tarfile.XHDTYPE, 6 * count
        header = one.tobuf() + b"6 a=b\n" * count + b"\0" * (-6 * count % 512)
        return saved(tmp_path / f"{count}.tar", header + tarred({"a.jsonl": LINE.format("a").encode()}))

    assert ids(Reading(made(20))) == ["a"]
    assert_in_proportion(made, Reading, small=15_000)


def nest(content: bytes, levels: int) -> bytes:
    for _ in range(levels):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
            held.writestr("inner.zip", content)
        content = out.getvalue()
    return content


def test_archives_in_folders_and_in_archives_are_read(tmp_path: Path) -> None:
    put(tmp_path, a_jsonl=LINE.format("0"))
    zipped(tmp_path, LINES).rename(tmp_path / "b.zip")
    saved(tmp_path / "c.tar.gz", gzip.compress(tarred({"d/e.zip": nest((tmp_path / "b.zip").read_bytes(), 1)})))
    reading = Reading(tmp_path)
    within = ["a.jsonl", "b.zip/a.jsonl", "b.zip/well/b.jsonl"]
    deep = [f"c.tar.gz/d/e.zip/inner.zip/{name}" for name in ("a.jsonl", "well/b.jsonl")]
    found = [one.file for one in reading.found if isinstance(one.record, Comment)]
    assert found == [f"{tmp_path}/{name}" for name in within + deep]
    left = "left out 2 files (b.zip/c.png, c.tar.gz/d/e.zip/inner.zip/c.png)"
    assert reading.messages == [f"{left} in which no format was recognised (name one to see why); read 5 of 7"]


def test_archives_are_looked_into_four_deep_and_together_within_bounds(tmp_path: Path) -> None:
    innermost = zipped(tmp_path, {"a.jsonl": LINE.format("a").encode()}).read_bytes()
    assert ids(Reading(saved(tmp_path / "x.zip", nest(innermost, 3)))) == ["a"]
    reading = Reading(saved(tmp_path / "x.zip", nest(innermost, 4)))
    assert ids(reading) == []
    assert "this is a zip archive; unpack it first" in reading.messages[0]
    mass = zipped(tmp_path, {"a.jsonl": bytes(30_000_000)}, compresslevel=9).read_bytes()
    for_all = zipped(tmp_path, {f"{number}.zip": mass for number in range(4)})
    assert any("unpacked no further" in problem.message for problem in Reading(for_all).problems)


def test_more_files_than_an_archive_may_have_are_an_error(tmp_path: Path) -> None:
    contents = Contents("tea.zip", tmp_path, Room(bytes=100, members=1))
    contents.place("a.txt", lambda: io.BytesIO(b"It is dry."))
    with pytest.raises(LoadError, match="expected at most 1,000,000 files"):
        contents.place("b.txt", lambda: io.BytesIO(b"It is wet."))


def test_an_archive_comes_through_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (tarred(LINES), gzip.compress(tarred(LINES)), zipped(tmp_path, LINES).read_bytes()):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        reading = Reading(Path("-"))
        assert (ids(reading), {one.file for one in reading.found}) == (["a", "b"], {"-/a.jsonl", "-/well/b.jsonl"})
