"""How far two readers agree on labelled threads, and what the worklist is worth where a model reads as they do.

    python -m benchmarks.readers     two tables: the readers beside each other; the worklist by rules, and by models
                                     that answer what `--extractor llm` asks as one of the readers labelled it

The first reader is who wrote a thread that is held back. The second, who had seen neither those labels nor the program,
labelled the same sentences by the same guidelines: `second.tsv` holds thread, place, label and targets. The worklist is
judged by the first. A model that answers as the first labelled shows what questions and answers can carry at most; one
that answers as the second did, what a careful reader makes of them.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.tables import DOCS, put, share, table
from benchmarks.worklist import OPEN, Worklist, table_text, truth_by_place, worklist
from rejoinder.loaders.extract import RULES
from rejoinder.loaders.extract.labelled import (
    ATTACKS,
    FLAT_PAGE,
    LabelledComment,
    LabelledThread,
    Place,
    Segment,
    place_named,
    threads_held_back,
)
from rejoinder.loaders.llm.asker import Asker
from rejoinder.loaders.llm.cache import Cache
from rejoinder.loaders.llm.client import Client
from rejoinder.loaders.llm.endpoint import Endpoint
from rejoinder.loaders.llm.extractor import LlmExtractor
from rejoinder.loaders.llm.schema import Answer, AnswerClaim, AnswerMove
from rejoinder.records import Kind

SECOND = Path(__file__).parent / "second.tsv"
SURE = 0.9
NO_CLAIM = frozenset({"aside", "quote"})
KINDS = {
    "rebuttal": Kind.REBUTTAL,
    "undermine": Kind.UNDERMINE,
    "undercut": Kind.UNDERCUT,
    "objection": Kind.OBJECTION,
    "dismissal": Kind.DISMISSAL,
    "support": Kind.SUPPORT,
    "premise": Kind.SUPPORT,
    "concession": Kind.CONCESSION,
    "clarification": Kind.CLARIFICATION,
    "answer": Kind.ANSWER,
    "question": Kind.QUESTION,
    "request": Kind.QUESTION,
}


# ------------------------------------------------------------------ two readers


def second_labels(path: Path = SECOND) -> dict[str, dict[Place, tuple[str, tuple[Place, ...]]]]:
    """The second reader's label and targets of each place, by thread."""
    by_thread: dict[str, dict[Place, tuple[str, tuple[Place, ...]]]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            thread, where, label, aims = line.split("\t")
            by_thread[thread][place_named(where)] = label, tuple(place_named(aim) for aim in aims.split(", ") if aim)
    return by_thread


def relabelled(thread: LabelledThread, labels: Mapping[Place, tuple[str, tuple[Place, ...]]]) -> LabelledThread:
    """The thread as the second reader labelled it."""

    def segment(sentence: Segment, where: Place) -> Segment:
        label, aims = labels[where]
        comment, number = aims[0] if aims else (None, None)
        return replace(sentence, label=label, comment=comment, number=number, further_aims=aims[1:])

    comments = (
        replace(post, segments=tuple(segment(sentence, (post.id, at)) for at, sentence in enumerate(post.segments, 1)))
        for post in thread.comments
    )
    return replace(thread, comments=tuple(comments))


@dataclass(frozen=True)
class Agreement:
    """How many of all sentences the first reader says it of, the second, and both."""

    sentences: int
    first: int
    second: int
    both: int

    @property
    def kappa(self) -> float:
        """Agreement beyond chance, 1 at most (Cohen 1960, "A coefficient of agreement for nominal scales")."""
        first, other = self.first / self.sentences, self.second / self.sentences
        agreed = (self.sentences - self.first - self.second + 2 * self.both) / self.sentences
        chance = first * other + (1 - first) * (1 - other)
        return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def agreements(pairs: Sequence[tuple[LabelledThread, LabelledThread]]) -> dict[str, Agreement]:
    """How far the readers agree on what objects to somebody else, and on what of that nobody has answered."""
    count = sum(len(comment.segments) for thread, _ in pairs for comment in thread.comments)
    truth_pairs = [(truth_by_place(first), truth_by_place(second)) for first, second in pairs]
    by_title = {}
    for title, wanted in (("object", None), ("object and are open", OPEN)):
        sets = [
            [{at for at, truth in by_place.items() if wanted in (None, truth)} for by_place in pair]
            for pair in truth_pairs
        ]
        sizes = (sum(len(first) for first, _ in sets), sum(len(second) for _, second in sets))
        by_title[title] = Agreement(count, *sizes, sum(len(first & second) for first, second in sets))
    return by_title


def agreement_table(by_title: Mapping[str, Agreement]) -> str:
    """The table of the readers beside each other."""
    head = ["sentences that", "of", "first reader", "second", "both", "right", "found", "kappa"]
    rows = [
        [title, *map(str, (agreement.sentences, agreement.first, agreement.second, agreement.both)), *worth(agreement)]
        for title, agreement in by_title.items()
    ]
    return table(head, rows)


def worth(agreement: Agreement) -> list[str]:
    """What the second reader's are worth by the first's: the shares that are right, and found; kappa."""
    return [
        share(agreement.both / max(1, agreement.second)),
        share(agreement.both / max(1, agreement.first)),
        share(agreement.kappa),
    ]


# ------------------------------------------------------------------ a model that answers as a reader


class Reading(Asker):
    """Answers about each comment of a thread as its labels say; no server is asked."""

    def __init__(self, thread: LabelledThread, cache: Path) -> None:
        endpoint = Endpoint("http://127.0.0.1:9", "reader", "", "", 1.0)
        super().__init__(Client(endpoint), Cache(cache), most_tokens=1)
        self.thread = thread
        self.named = {comment.id: comment for comment in thread.comments}
        self.left: dict[str, list[LabelledComment]] = defaultdict(list)
        for post in thread.comments:
            self.left[single_blanked(post.text)].append(post)

    def ask(self, data: Mapping[str, object], *, doubtful: bool = False) -> Answer:
        """What the labels say of the comment; of several of the same words each once, in their order."""
        shown_comment = data["comment"]
        assert isinstance(shown_comment, dict)
        alike = self.left[single_blanked(shown_comment["text"])]
        comment = alike.pop(0) if len(alike) > 1 else alike[0]
        segments = [(at, segment) for at, segment in enumerate(comment.segments, 1) if segment.label not in NO_CLAIM]
        own = {at: number for number, (at, _) in enumerate(segments, 1)}
        claims = tuple(AnswerClaim(segment.exact, quoted=False) for _, segment in segments)
        return Answer(claims, tuple(self._moves(comment, own, data)))

    def _moves(
        self, comment: LabelledComment, own: Mapping[int, int], data: Mapping[str, object]
    ) -> Iterator[AnswerMove]:
        for segment in comment.segments:
            if segment.label in KINDS:
                for aim in dict.fromkeys(self._target_names(segment, comment, own, data)):
                    yield AnswerMove(KINDS[segment.label], segment.exact, aim, "", SURE)

    def _target_names(
        self, segment: Segment, comment: LabelledComment, own: Mapping[int, int], data: Mapping[str, object]
    ) -> Iterator[str]:
        """The names of its targets, as far as they are offered; what attacks a claim has one of them."""
        for number, (where, at) in enumerate(segment.places_aimed_at):
            if where == comment.id:
                yield f"own {own[at]}" if at is not None and at in own else ""
            elif number == 0 or segment.label not in ATTACKS or self._is_reaction(where, at):
                yield from self._offered_names(self.named[where], at, data)

    def _is_reaction(self, comment: str, at: int | None) -> bool:
        """True if the place objects or asks."""
        return at is not None and self.thread.segment(comment, at).label in {*ATTACKS, "question"}

    def _offered_names(self, other: LabelledComment, at: int | None, data: Mapping[str, object]) -> Iterator[str]:
        """The name under which a place is offered: its claim, else its comment, else the post that opens the thread."""
        words = "" if at is None else single_blanked(self.thread.segment(other.id, at).exact).removeprefix("> ")
        claims = [
            str(claim["number"])
            for claim in dicts(data["claims"])
            if at is not None and is_same_claim(claim["text"], words)
        ]
        earlier = [
            f"earlier {comment['number']}" for comment in dicts(data["earlier"]) if begins(other.text, comment["text"])
        ]
        parent = data["parent"]
        above = ["comment"] if isinstance(parent, dict) and begins(other.text, parent["text"]) else []
        first = ["post"] if other is self.thread.comments[0] else []
        yield from [*claims, *earlier, *above, *first][:1]


def single_blanked(text: str) -> str:
    """The text with single blanks."""
    return " ".join(text.split())


def dicts(value: object) -> list[dict[str, object]]:
    """What a list of data holds."""
    return list(value) if isinstance(value, list) else []


def is_same_claim(claim: object, words: str) -> bool:
    """True if a claim, as it is shown, is of these words, or they of it."""
    claim_words = single_blanked(str(claim)).removesuffix(" [...]")
    return claim_words in words or words in claim_words


def begins(text: str, excerpt: object) -> bool:
    """True if this is how the text is shown."""
    return isinstance(excerpt, str) and single_blanked(text).startswith(single_blanked(excerpt).removesuffix(" [...]"))


def worklist_of_reader(reader: LabelledThread, thread: LabelledThread, *, flat: bool = False) -> Worklist:
    """The worklist of a thread through a model that answers as a reader labelled it, judged by the thread's labels."""
    with tempfile.TemporaryDirectory() as folder:
        extractor = LlmExtractor(Reading(reader, Path(folder)), lambda problem: None)
        try:
            return worklist(thread, extractor, flat=flat)
        finally:
            extractor.close()


def worklists(pairs: Sequence[tuple[LabelledThread, LabelledThread]]) -> dict[str, list[Worklist]]:
    """The worklists of the threads that both have read, and of all that are held back."""
    unseen = list(threads_held_back())
    pages = [thread for thread in unseen if thread.page == FLAT_PAGE]
    return {
        "those that both have read, by rules": [worklist(first, RULES) for first, _ in pairs],
        "- by a model that reads as the second": [worklist_of_reader(second, first) for first, second in pairs],
        "- by a model that reads as the first": [worklist_of_reader(first, first) for first, _ in pairs],
        "all held back, by a model that reads as their labels": [
            worklist_of_reader(thread, thread) for thread in unseen
        ],
        "of those flat pages, with what each answers": [worklist_of_reader(page, page) for page in pages],
        "the same, without": [worklist_of_reader(page, page, flat=True) for page in pages],
    }


def threads_labelled_twice(threads: Iterable[LabelledThread]) -> list[tuple[LabelledThread, LabelledThread]]:
    """The threads that both have read, as each labelled them."""
    labels = second_labels()
    return [(thread, relabelled(thread, labels[thread.name])) for thread in threads if thread.name in labels]


@click.command()
@click.option("--write", is_flag=True, help="Write the tables into docs/extraction.md and docs/llm.md.")
def main(write: bool) -> None:
    """Print how far two readers agree, and what the worklist is worth where a model reads as they do."""
    pairs = threads_labelled_twice(threads_held_back())
    tables = {"readers": agreement_table(agreements(pairs)), "reading": table_text(worklists(pairs))}
    click.echo("\n\n".join(tables.values()))
    if write:
        put(DOCS / "extraction.md", "readers", tables["readers"])
        put(DOCS / "llm.md", "reading", tables["reading"])


if __name__ == "__main__":
    main()
