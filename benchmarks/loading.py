"""Comments a second that the loaders read, beside orjson parsing the same file alone, and the memory that takes.

    python benchmarks/loading.py                      two formats, 100,000 comments each
    python benchmarks/loading.py --comments 5000000   a dump of some gigabytes (it is streamed: no more memory)

Each reading runs in a process of its own, three times, and the fastest counts. What is measured is reading: bytes to
records. Merging, extraction and storing come after it.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import orjson
import zstandard

from rejoinder.errors import Problem
from rejoinder.loaders import LOADERS, read
from rejoinder.loaders.opening.source import Source
from rejoinder.records import Comment, Found

sys.path.append(str(Path(__file__).parent.parent))
from tests.memory import peak

ROUNDS = 3
THREAD = 500  # comments a thread
WORDS = ["the", "tram", "is", "late", "again", "so", "we", "walk", "along", "a", "river", "because", "nobody", "mends"]
FORMATS = {"jsonl": "our own JSONL", "reddit_dump": "Reddit dump"}


def body(chance: random.Random) -> str:
    """Around 300 characters, as comments have."""
    return " ".join(chance.choices(WORDS, k=chance.randint(10, 110)))


def jsonl(number: int, chance: random.Random) -> dict[str, object]:
    """A comment in our own format."""
    parent = None if number % THREAD == 0 else f"c{number - 1 - chance.randrange(min(20, number % THREAD))}"
    return {
        "id": f"c{number}",
        "thread": f"t{number // THREAD}",
        "parent": parent,
        "author": f"rider{chance.randrange(2000)}",
        "created": f"2024-05-{1 + number % 28:02}T{number % 24:02}:00:00Z",
        "text": body(chance),
        "url": f"https://trams.example/{number}",
    }


def reddit_dump(number: int, chance: random.Random) -> dict[str, object]:
    """A comment as the dumps hold it, with the fields that nobody reads."""
    post = f"t3_{number // THREAD:x}"
    return {
        "id": f"{number:x}",
        "parent_id": post if number % 5 == 0 else f"t1_{number - 1:x}",
        "link_id": post,
        "author": f"rider{chance.randrange(2000)}",
        "created_utc": 1_700_000_000 + number,
        "body": body(chance),
        "subreddit": "trams",
        "subreddit_id": "t5_2qabc",
        "score": chance.randint(-5, 90),
        "permalink": f"/r/trams/comments/{post[3:]}/_/{number:x}/",
        "retrieved_on": 1_710_000_000,
        **dict.fromkeys(["distinguished", "author_flair_text", "edited_by", "removal_reason"]),
        **dict.fromkeys(["stickied", "gilded", "edited", "archived", "is_submitter", "can_gild"], False),
    }


MAKERS: dict[str, Callable[[int, random.Random], dict[str, object]]] = {"jsonl": jsonl, "reddit_dump": reddit_dump}


def lines(name: str, comments: int) -> Iterator[bytes]:
    """The lines of the file, the same in every run."""
    chance = random.Random(1)
    for number in range(comments):
        yield json.dumps(MAKERS[name](number, chance)).encode() + b"\n"


def write_files(name: str, comments: int, folder: Path) -> tuple[Path, Path]:
    """The file, plain and as .zst with the window of Reddit's dumps."""
    plain, packed = folder / f"{name}.jsonl", folder / f"{name}.jsonl.zst"
    with plain.open("wb") as file:
        file.writelines(lines(name, comments))
    window = zstandard.ZstdCompressionParameters.from_level(3, window_log=31)
    with plain.open("rb") as file, packed.open("wb") as out:
        zstandard.ZstdCompressor(compression_params=window).copy_stream(file, out)
    return plain, packed


def by_orjson(path: Path) -> int:
    """Parses each line and keeps nothing."""
    with path.open("rb") as file:
        return sum(1 for line in file if orjson.loads(line))


def by_orjson_unpacked(path: Path) -> int:
    """The same, of a compressed file, with our unpacking."""
    return sum(1 for line in Source(path).lines() if not isinstance(line, Problem) and orjson.loads(line[1]))


def by_loader(path: Path) -> int:
    """Reads comments as `rejoinder load` does."""
    return sum(1 for item in read([path]) if isinstance(item, Found) and isinstance(item.record, Comment))


READERS = {"orjson": by_orjson, "orjson-unpacked": by_orjson_unpacked, "loader": by_loader}


def measure_reading(reader: str, path: Path) -> tuple[int, float, float]:
    """Comments, seconds and megabytes of memory of the fastest of three processes."""
    runs = []
    for _ in range(ROUNDS):
        words = [sys.executable, __file__, "--read", reader, str(path)]
        count, seconds, memory = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
        runs.append((int(count), float(seconds), float(memory)))
    return min(runs, key=lambda run: run[1])


def read_once(reader: str, path: Path) -> None:
    """One reading in this process; prints comments, seconds and peak memory in megabytes."""
    start = time.perf_counter()
    count = READERS[reader](path)
    seconds = time.perf_counter() - start
    print(count, seconds, peak() / 1024)


@click.command()
@click.option("--comments", default=100_000, show_default=True, help="Comments in each file.")
@click.option("--read", "reader", nargs=2, type=str, hidden=True)
def main(comments: int, reader: tuple[str, str] | None) -> None:
    """Print a table: comments a second of each reader, as a share of orjson's, and the peak memory."""
    if reader:
        read_once(reader[0], Path(reader[1]))
        return
    print(f"{'file':28}{'reader':18}{'comments/s':>12}{'of orjson':>12}{'peak MB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for name in [format_name for format_name in FORMATS if format_name in LOADERS]:
            for path, peer in zip(
                write_files(name, comments, Path(folder)), ("orjson", "orjson-unpacked"), strict=True
            ):
                best = 0.0
                for reader_name in (peer, "loader"):
                    count, seconds, memory = measure_reading(reader_name, path)
                    best = best or count / seconds
                    label = f"{path.name} {path.stat().st_size / 1e6:.0f} MB"
                    rate = count / seconds
                    print(f"{label:28}{reader_name:18}{rate:12,.0f}{rate / best:12.2f}{memory:10.0f}")


if __name__ == "__main__":
    main()
