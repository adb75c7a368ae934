"""A thread as far as it has been heard, and whom the next comment's words show that it is addressed to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from rejoinder.loaders.extract.addressing.addressees import (
    Addressee,
    Rule,
    opening_words,
    shown_words,
    without_repetitions,
)
from rejoinder.loaders.extract.addressing.attributions import Attribution, attributions
from rejoinder.loaders.extract.people.bots import is_bot
from rejoinder.loaders.extract.people.comment_meant import comment_meant
from rejoinder.loaders.extract.people.mentions import Called, Mention, marked_names, mentions_in_comment
from rejoinder.loaders.extract.people.names import name_key
from rejoinder.loaders.extract.people.people import People
from rejoinder.loaders.extract.points.quotes import (
    ANCESTORS,
    SEARCHED,
    SHORTEST,
    OriginNamed,
    quoted_lines,
    quoted_words,
)
from rejoinder.loaders.extract.text.blocks import ANALYSED
from rejoinder.loaders.extract.text.reading import Reading
from rejoinder.loaders.extract.text.words import word_pairs, words
from rejoinder.records import Comment, without_quote_marks

MOST_SENTENCES = 20  # said to somebody, whose words tell which of their comments is meant
MOST_COMMENTS_OF_ONE = 50  # comments of one person in which words are sought that are said to be theirs
RUN_WORDS = 5  # words in a row that tell whose they are
OPENER_NAMES = frozenset(["op", "originalposter", "threadstarter"])  # whoever wrote the opening post


@dataclass(slots=True)
class Talk:
    """Who spoke, below which post, to whom, and who first said which words.

    `named_origins` are the passages whose origin the platform itself names; `origins` those and the ones that were
    found; `weight` is that of its words. `all_addressed`: the source names everybody's addressee, so that the words
    of all need not be kept. `post` is the one below which comments without a parent stand.
    """

    named_origins: Mapping[str, Sequence[OriginNamed]]
    weight: Mapping[str, float]
    all_addressed: bool = False
    post: Comment | None = None
    people: People = field(default_factory=People)
    people_below: dict[str, People] = field(default_factory=lambda: defaultdict(People))
    comment_by_words: dict[tuple[str, ...], str] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    origins: dict[str, list[OriginNamed]] = field(default_factory=dict)
    # what was said to each since they last spoke
    said_to_author: dict[str, list[Comment]] = field(default_factory=dict)
    # and to who had not yet spoken, by their names
    said_to_strangers: dict[str, list[Comment]] = field(default_factory=dict)

    def add_comment(self, reading: Reading, addressees: Sequence[Addressee]) -> None:
        """Remembers what was said, by whom, and to whom."""
        comment = reading.comment
        self.readings[comment.id] = reading
        self.said_to_author.pop(comment.author or "", None)
        for name in marked_names(reading):
            if name not in self.people.names:
                self.said_to_strangers.setdefault(name, []).append(comment)
        self.said_to_strangers.pop(name_key(comment.author or ""), None)
        for author in self._authors_spoken_to(comment, addressees):
            self.said_to_author.setdefault(author, []).append(comment)
        self.people.add_comment(comment)
        self.people_beside(comment).add_comment(comment)
        self.people_below[comment.id].add_comment(comment)
        for passage in (
            ()
            if self.all_addressed
            else (*word_runs(reading.words), *(sentence.words for sentence in reading.sentences))
        ):
            self.comment_by_words.setdefault(passage, comment.id)

    def said_to(self, comment: Comment) -> list[Comment]:
        """What was said to the author of a comment since they last spoke, as far as it stands in the same place."""
        author = comment.author or ""
        answers = (*self.said_to_author.get(author, ()), *self.said_to_strangers.get(name_key(author), ()))
        return [answer for answer in answers if answer.addressed or answer.parent == comment.parent]

    def _authors_spoken_to(self, comment: Comment, addressees: Sequence[Addressee]) -> set[str]:
        """The authors whom a comment surely speaks to, by what its source or its words say."""
        aims = [
            addressee.comment for addressee in addressees if addressee.rule in (Rule.TOLD, Rule.QUOTES, Rule.SPEAKS_TO)
        ]
        aims += [comment.parent] if comment.addressed and comment.parent in self.readings else []
        return {author for aim in aims if (author := self.author_of(aim)) is not None} - {comment.author}

    def addressees_by_words(self, reading: Reading) -> tuple[Addressee, ...]:
        """Whom the comment is addressed to by its source or words: those it quotes or speaks to, or one it takes up."""
        comment = reading.comment
        whose = self.attributed_comments(reading)
        quoted = [
            quoted_addressee
            for quoted_addressee in self.quoted_addressees(reading, whose)
            if self.author_of(quoted_addressee.comment) != comment.author
        ]
        known_authors = {comment.author, *(self.author_of(quote.comment) for quote in quoted)}
        mentions = [
            mention
            for mention in mentions_in_comment(reading, self.name_lookup(comment))
            if mention.author not in known_authors
        ]
        spoken = [
            (mention, self.addressee_of_mention(mention, reading, mentions[number + 1 :]))
            for number, mention in enumerate(mentions)
        ]
        spoken_to = self.with_named_addressee(
            reading, [*quoted, *(addressee for mention, addressee in spoken if mention.to)]
        )
        if spoken_to:
            return without_repetitions(sorted(spoken_to, key=lambda entry: entry.start))
        taken_up = [*self.addressees_quoted_inline(reading, whose), *(addressee for _, addressee in spoken)]
        return tuple(taken_up[:1])

    def with_named_addressee(self, reading: Reading, spoken_to: Sequence[Addressee]) -> list[Addressee]:
        """Whom the words speak to, and surest the one whom the source names, who must have spoken before."""
        comment, to = reading.comment, reading.comment.to
        if to is None or to == comment.author or not self.people.latest_by(to) or not reading.blocks:
            return list(spoken_to)
        sure = [
            replace(addressee, rule=Rule.TOLD) if self.author_of(addressee.comment) == to else addressee
            for addressee in spoken_to
        ]
        if any(addressee.rule == Rule.TOLD for addressee in sure):
            return sure
        target = (self.people_beside(comment).latest_by(to) or self.people.latest_by(to))[0]
        return [Addressee(target, Rule.TOLD, f"its source says that it speaks to {to}", opening_words(reading)), *sure]

    def author_of(self, comment: str) -> str | None:
        """Who wrote a comment that was heard."""
        return self.readings[comment].comment.author

    def first_comment(self) -> Comment | None:
        """The comment that was heard first."""
        return next((reading.comment for reading in self.readings.values()), None)

    def post_of(self, comment: Comment) -> Comment | None:
        """The post that the comment stands below, if it was heard: without a parent, the opening post."""
        if comment.parent is None:
            return self.first_comment()
        reading = self.readings.get(comment.parent)
        return None if reading is None else reading.comment

    def heard_beside(self, comment: Comment) -> Sequence[str]:
        """What people said before the comment in its place, in that order: at the top all of the thread."""
        return (self.people if self.is_top(comment) else self.people_beside(comment)).comment_ids

    def has_spoken_beside(self, comment: Comment) -> bool:
        """True if the comment's author has spoken there."""
        people = self.people if self.is_top(comment) else self.people_beside(comment)
        return comment.author in people.comments

    def people_beside(self, comment: Comment) -> People:
        """The author of the post that the comment stands below, and those who have spoken there."""
        return self.people_below[comment.parent or ""]

    def name_lookup(self, comment: Comment) -> Called:
        """Who is meant by a name in a comment: who spoke below the same post, else anybody in the thread."""
        near, everybody, opening = self.people_beside(comment), self.people, self.first_comment()
        opener = opening.author if opening and not is_bot(opening.author) else None
        if comment.addressed:  # against what the source says only a name of one person counts
            return lambda name, _: everybody.author_called(name, True) or (opener if name in OPENER_NAMES else None)
        return lambda name, alone: (
            near.author_called(name, alone)
            or everybody.author_called(name, alone)
            or (opener if name in OPENER_NAMES else None)
        )

    def addressee_of_mention(self, mention: Mention, reading: Reading, later: Sequence[Mention] = ()) -> Addressee:
        """The comment that is meant of somebody who is mentioned; of the original poster, if so called, the first post.

        What is said to them ends where those who are mentioned `later` are spoken to.
        """
        comment = reading.comment
        span, opening = shown_words(comment, mention.start, mention.end), self.first_comment()
        rule, cue = Rule.SPEAKS_TO if mention.to else Rule.TAKES_UP, f"mentions {span.exact}"
        if comment.addressed:
            rule = Rule.ELSEWHERE
        if opening is not None and name_key(span.exact) in OPENER_NAMES and mention.author == opening.author:
            return Addressee(opening.id, rule, cue, span, mention.since)
        theirs = self.comments_by(mention.author, comment)
        end = next((other.since for other in later if other.since > mention.since), ANALYSED)
        place = comment_meant(stems_within(reading, mention.since, end), theirs, self.weight)
        cue = f"{cue}, and words of theirs" if place else cue
        return Addressee(theirs[place].comment.id, rule, cue, span, mention.since)

    def comment_meant_of(self, author: str, reading: Reading) -> str:
        """The comment of somebody that is meant by all that this one says."""
        theirs = self.comments_by(author, reading.comment)
        return theirs[comment_meant(stems_within(reading, 0, ANALYSED), theirs, self.weight)].comment.id

    def comments_by(self, author: str, comment: Comment) -> list[Reading]:
        """The comments of somebody that another may mean, latest first: those near it, else any in the thread."""
        if comment.addressed:
            near = [reading.comment.id for reading in self.ancestors_of(comment) if reading.comment.author == author]
        else:
            near = [*self.people_beside(comment).latest_by(author)]
        return [self.readings[name] for name in near or self.people.latest_by(author)]

    def ancestors_of(self, comment: Comment) -> list[Reading]:
        """The comments above one but the opening post, nearest first, as its source has it."""
        readings: list[Reading] = []
        above = self.readings.get(comment.parent or "")
        while above is not None and not self.is_opening(above.comment) and len(readings) < ANCESTORS:
            readings.append(above)
            above = self.readings.get(above.comment.parent or "")
        return readings

    def is_opening(self, comment: Comment) -> bool:
        """True for the comment that was heard first."""
        opening = self.first_comment()
        return opening is not None and opening.id == comment.id

    def is_top(self, comment: Comment) -> bool:
        """True for a comment that stands right below the opening post, or below nothing."""
        opening = self.first_comment()
        post = opening.id if opening is not None and opening.parent is None else None
        return opening is not None and comment.parent in (None, post, comment.thread.id)

    def attributed_comments(self, reading: Reading) -> dict[int, str]:
        """The comments that hold what is quoted as the words of somebody by name, by where that stands."""
        holders = (
            (attribution, self.comment_holding(attribution))
            for attribution in attributions(reading, self.name_lookup(reading.comment))
        )
        return {attribution.span.start: name for attribution, name in holders if name is not None}

    def attributed_quotations(self, reading: Reading) -> list[OriginNamed]:
        """The lines that a comment quotes as the words of somebody else than whom its source says it answers."""
        comment = reading.comment
        if not reading.quoted_lines:
            return []
        holders = (
            (attribution, self.comment_holding(attribution))
            for attribution in attributions(reading, self.name_lookup(comment))
            if attribution.marked
        )
        return [
            OriginNamed(attribution.span.start, attribution.span.end, self.readings[name])
            for attribution, name in holders
            if name is not None and self.author_of(name) not in (comment.author, self.parent_author(comment))
        ]

    def parent_author(self, comment: Comment) -> str | None:
        """Who wrote the comment that its source says this one answers."""
        above = self.readings.get(comment.parent or "")
        return None if above is None else above.comment.author

    def comment_holding(self, attribution: Attribution) -> str | None:
        """The latest comment of the author that holds the words, else the one that holds most of their neighbours."""
        exact = without_quote_marks(attribution.span.exact)
        theirs = [self.readings[name] for name in self.people.latest_by(attribution.author, MOST_COMMENTS_OF_ONE)]
        letter_by_letter = next((candidate for candidate in theirs if candidate.find(exact) is not None), None)
        if letter_by_letter is not None:
            return letter_by_letter.comment.id
        neighbours = word_pairs(words(exact))
        best = max(theirs, key=lambda reading: len(neighbours & reading.pairs), default=None)
        return best.comment.id if best and neighbours and 2 * len(neighbours & best.pairs) >= len(neighbours) else None

    def quoted_addressees(self, reading: Reading, whose: Mapping[int, str]) -> Iterator[Addressee]:
        """The comments whose lines are quoted, as the platform says, or the comment itself, or as their words show."""
        name = reading.comment.id
        platform = self.named_origins.get(name, ())
        quotations = [origin_named for origin_named in platform if origin_named.origin.comment.id in self.readings]
        for span in islice(quoted_lines(reading), SEARCHED):
            source_id = whose.get(span.start) or self.comment_first_saying(words(without_quote_marks(span.exact)))
            if source_id is not None and not any(
                origin_named.start <= span.start < origin_named.end for origin_named in platform
            ):
                quotations.append(OriginNamed(span.start, span.end, self.readings[source_id]))
        self.origins[name] = quotations
        for quotation in quotations:
            shown_span = shown_words(reading.comment, quotation.start, quotation.end)
            if shown_span.exact.strip():
                yield Addressee(
                    quotation.origin.comment.id, Rule.QUOTES, "quotes an earlier comment", shown_span, quotation.start
                )

    def addressees_quoted_inline(self, reading: Reading, whose: Mapping[int, str]) -> Iterator[Addressee]:
        """The comments whose words stand between quotation marks."""
        for span in islice(quoted_words(reading), SEARCHED):
            source_id = whose.get(span.start) or self.comment_first_saying(words(span.exact))
            if source_id is not None and self.author_of(source_id) != reading.comment.author:
                yield Addressee(source_id, Rule.TAKES_UP, "quotes words of an earlier comment", span, span.start)

    def comment_first_saying(self, tokens: tuple[str, ...]) -> str | None:
        """The comment that first said most of these words in a row; of a few words, only if they are a sentence."""
        if len(tokens) < RUN_WORDS:
            return self.comment_by_words.get(tokens) if sum(map(len, tokens)) >= SHORTEST else None
        votes = Counter(self.comment_by_words[gram] for gram in word_runs(tokens) if gram in self.comment_by_words)
        best = votes.most_common(1)
        return best[0][0] if best and 2 * best[0][1] >= len(tokens) - RUN_WORDS + 1 else None


def stems_within(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The stems of the sentences from start to end, of the first of them."""
    within = (sentence.stems for sentence in reading.sentences if start <= sentence.start < end)
    return frozenset().union(*islice(within, MOST_SENTENCES))


def word_runs(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Each run of a few words."""
    return (tokens[at : at + RUN_WORDS] for at in range(len(tokens) - RUN_WORDS + 1))
