"""Finds claims and moves by asking a language model about each comment, after those that it may react to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from rejoinder import __version__
from rejoinder.errors import ExtractorStopped, Problem
from rejoinder.loaders.extract.flattened import note_repeated_places
from rejoinder.loaders.extract.moves.turns import note_addressees
from rejoinder.loaders.extract.people.bots import may_argue
from rejoinder.loaders.llm.answer_reader import AnswerTaker
from rejoinder.loaders.llm.asker import FAILURES_IN_A_ROW, Asker, MalformedAnswer, NoAnswer
from rejoinder.loaders.llm.evidence import Fault
from rejoinder.loaders.llm.found_moves import FoundMoves
from rejoinder.loaders.llm.hearing import ThreadReading
from rejoinder.loaders.llm.page import Page
from rejoinder.loaders.llm.parallel import results_in_order
from rejoinder.loaders.llm.passages import LoadedThread, Passage, passages_of_paragraph, passages_of_reply
from rejoinder.loaders.llm.prompt import VERSION
from rejoinder.loaders.llm.recorded import note_platform_moves
from rejoinder.loaders.llm.rounds import comment_rounds
from rejoinder.loaders.llm.schema import Answer
from rejoinder.records import ArgumentMap, Comment, Discussion, Extraction

NAME = "rejoinder-llm"

Report = Callable[[Problem], None]
Progress = Callable[[int], None]  # is told, after each comment, the tokens spent so far
AskedComment = tuple[Comment, list[Passage]]  # a comment, and the passages of it that are asked about


class LlmExtractor:
    """An Extractor (see `loaders.extract`) behind an OpenAI-compatible endpoint."""

    def __init__(
        self, asker: Asker, report: Report, progress: Progress = lambda spent: None, *, at_once: int = 1
    ) -> None:
        """So many passages are asked about `at_once`, where none of them waits for the answer to another."""
        self.asker, self.report, self.progress, self.at_once = asker, report, progress, at_once
        self.model = asker.client.endpoint.model
        self.extraction = self.record(self.model)
        self.fit, self.muddled = False, 0  # whether the model has answered in the form asked for, and how often not

    @staticmethod
    def record(model: str) -> Extraction:
        """The Extraction of moves that a model finds: neither its server nor a key is part of it."""
        parameters = json.dumps({"model": model, "prompt": VERSION}, ensure_ascii=False, sort_keys=True)
        return Extraction(NAME, __version__, parameters)

    def close(self) -> None:
        """Hangs up."""
        self.asker.client.close()

    def map(self, discussion: Discussion) -> ArgumentMap:
        """The thread's claims and moves.

        Raises ExtractorStopped where not every comment could be asked about: a map that lacks the answers of
        comments not read would list objections as unanswered that are answered.
        """
        thread = _Thread(discussion, self)
        try:
            for comment_round in thread.rounds():
                asked_passages = [passage for _, passages in comment_round for passage in passages]
                with results_in_order(self._ask_passage, asked_passages, self.at_once) as answers:
                    for comment, passages in comment_round:
                        thread.read(comment, passages, answers)
                        self.progress(self.asker.spent)
        except ExtractorStopped as stop:
            unread, count = len(thread.unread), len(discussion.comments)
            raise ExtractorStopped(f"{unread} of its {count} comments were not read: {stop}") from stop
        return thread.argument_map(self.extraction)

    def _ask_passage(self, passage: Passage) -> Answer | NoAnswer:
        """What the model says of a passage, or why it says nothing."""
        try:
            return self.asker.ask(passage.data, doubtful=passage.is_substantial)
        except NoAnswer as why:
            return why

    def note_answer(self, failure: NoAnswer | None) -> None:
        """Notes an answer, or why there is none; raises ExtractorStopped where the model seems unable to answer."""
        self.fit = self.fit or failure is None
        self.muddled += isinstance(failure, MalformedAnswer)
        if not self.fit and self.muddled >= FAILURES_IN_A_ROW:
            host = self.asker.client.endpoint.host
            self.asker.stop = f"{host} has given no answer to {FAILURES_IN_A_ROW} comments in the form asked for"
            raise ExtractorStopped(self.asker.stop)


class _Thread:
    """One thread while it is read."""

    def __init__(self, discussion: Discussion, by: LlmExtractor) -> None:
        self.discussion, self.by = discussion, by
        self.loaded, self.found_moves = LoadedThread(discussion), FoundMoves(discussion.thread.key)
        self.left_out: Counter[Fault] = Counter()
        self.example = ""
        self.silent: list[str] = []
        self.unread = {comment.id for comment in discussion.comments}
        self.heard: ThreadReading | None = None

    def rounds(self) -> Iterator[list[AskedComment]]:
        """The comments in rounds, each with its passages: a round waits for the answers of those before."""
        return self._paragraphs() if self.discussion.flattened else self._replies()

    def _replies(self) -> Iterator[list[AskedComment]]:
        self.heard = heard = ThreadReading(self.discussion)
        for comment_round in comment_rounds(heard.order, heard.comments_awaited()):
            yield [(comment, self._reply_passages(comment, heard)) for comment in comment_round]

    def _reply_passages(self, comment: Comment, heard: ThreadReading) -> list[Passage]:
        """The passages of a reply, none of a comment that cannot argue."""
        return [*passages_of_reply(comment, self.loaded, heard, self.found_moves)] if may_argue(comment) else []

    def _paragraphs(self) -> Iterator[list[AskedComment]]:
        """Paragraphs from the top of the page, one by one; one that repeats an earlier one shares its claims."""
        page = Page(self.discussion)
        for comment in self.discussion.comments:
            is_first = page.first[comment.id] == comment.id
            passages = passages_of_paragraph(comment, self.loaded, page, self.found_moves) if is_first else ()
            yield [(comment, list(passages))]
        note_repeated_places(self.discussion.comments, page.first, self.found_moves.ledger)

    def read(self, comment: Comment, passages: Sequence[Passage], answers: Iterator[Answer | NoAnswer]) -> None:
        """Takes the next answer for each passage; one that there is none for makes no moves, and a warning says so."""
        failed, aimed_at = False, set[str | None]()
        for passage, answer in zip(passages, answers, strict=False):
            self.by.note_answer(answer if isinstance(answer, NoAnswer) else None)
            if isinstance(answer, NoAnswer):
                failed = True
                self._say(f"comment {comment.id!r} makes no moves, it was not read: {answer}", lost=answer.server)
                continue
            if answer.is_empty and passage.is_substantial:
                self.silent.append(comment.id)
            answer_taker = AnswerTaker(passage, self.loaded.parent_of(comment), self.found_moves, self.by.model)
            answer_taker.add_answer(answer)
            aimed_at |= answer_taker.aimed_at
            self.left_out.update(answer_taker.faults)
            self.example = self.example or (comment.id if answer_taker.faults else "")
        if not failed:
            self.unread.discard(comment.id)
        self._note_addressees(comment, aimed_at - {None})

    def _note_addressees(self, comment: Comment, aimed_at: Collection[str | None]) -> None:
        """Adds whom the comment is addressed to by its words; by place alone only where the model aims at nobody."""
        if self.heard is not None and may_argue(comment):
            addressees = [
                addressee for addressee in self.heard.addressees(comment) if addressee.odds is None or not aimed_at
            ]
            note_addressees(comment, addressees, self.found_moves.ledger)

    def argument_map(self, extraction: Extraction) -> ArgumentMap:
        """The map, once all rounds are read; reports what was left out of answers, and who was said to be silent."""
        note_platform_moves(self.discussion, self.found_moves)
        self._say_left_out()
        self._say_silent()
        return self.found_moves.ledger.argument_map(extraction)

    def _say_left_out(self) -> None:
        """Reports how many items of the model's answers were of no use, and why."""
        if self.left_out:
            counts = ", ".join(f"{self.left_out[fault]} for {fault}" for fault in Fault if self.left_out[fault])
            total = sum(self.left_out.values())
            noun = "item" if total == 1 else "items"
            message = f"{total} {noun} of the model's answers left out (first in comment {self.example!r}): {counts}"
            self._say(message, note=True)

    def _say_silent(self) -> None:
        """Reports comments that say a lot and, by the model, claim nothing: an answer in one would be missed."""
        if quiet := list(dict.fromkeys(self.silent)):
            who = "1 comment of substance is" if len(quiet) == 1 else f"{len(quiet)} comments of substance are"
            self._say(
                f"{who} said to claim nothing (first {quiet[0]!r}), also when asked again; the next load asks once more"
            )

    def _say(self, message: str, *, lost: bool = False, note: bool = False) -> None:
        key = self.discussion.thread.key
        self.by.report(Problem(f"thread {key.site}/{key.id}", 0, message, lost, note))
