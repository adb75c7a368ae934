"""What programs and moderators say about the discussion itself argues nothing; who speaks of programs is heard."""

from __future__ import annotations

import pytest

from rejoinder.loaders.extract import extract
from rejoinder.loaders.extract.people.notices import is_notice
from rejoinder.records import Comment, Discussion, Thread, ThreadKey
from tests.timing import assert_in_proportion

KEY = ThreadKey("local", "t")
NOTICES = [
    "Posts about ferries belong into the weekly thread.\n\n*I am a bot, and this action was performed automatically. "
    "Please contact the moderators if you have any questions.*",
    "Here is the fare in crowns: 12.\n\n^(I'm a bot | feedback | source)",
    "Beep. I am a bot. The page that you link to is gone; message my creator if that is wrong.",
    "Your submission has been removed for the following reason: rule 3, no fares without a source.",
    "Hi u/orsk, your post was removed because it has no picture of the boat.",
    "Sorry, Ilse, your comment has been removed: be polite.",
    "Hello! Unfortunately, your submission has been automatically removed, as your account is too young.",
    "Your comment was removed.",
    "**This thread has been locked.**",
    "This topic is now archived, since nobody has written here for a year.",
    "This issue has been automatically marked as stale because it has not had recent activity.",
    "This pull request was automatically closed; comment to open it again.",
    "Thanks for your report! This issue was automatically closed, because the form is empty.",
    "Confirmed: 1 delta awarded to /u/petrel (3∆).",
    "This delta has been rejected. You have already awarded it to this comment.",
    "RemindMe! 3 days",
    "!remindme one year, when the ferry is free",
    "I will be messaging you in 3 days on the fare of the ferry.",
    "Two comments removed under rule 5. Whoever only agrees may use the arrow.",
    "Several replies have been removed for insults.",
    "Removed per rule 2: no fares without a source.",
    "Mod note: please keep to the ferry.",
    "[mod] Keep to the ferry, please.",
    "Locking this thread, as everything has been said twice.",
    "Thread locked. The ferry sails on.",
    'Moved from "Ferries" to "Bridges".',
    "Moved to #fares",
    'Moved from "Ferries" to "Bridges". Keep it friendly.',
    "Slow mode is on until Sunday, one post every four hours.",
    "Reminder: top level comments have to disagree with the post.",
    "Merging this into the older thread on fares.",
    "{{closed}} Open for three weeks, no consensus, so the fare stays in the box.",
    "The following discussion is closed. Please do not modify it.",
    "The result of the discussion was keep.",
]
PEOPLE = [
    "I think you are a bot, and your numbers are wrong.",
    "I am a bot? No, I am a ferryman, and the fare is too high.",
    "I'm not a bot, the ferry is late every day.",
    "> I am a bot, and this action was performed automatically.\n\nThe bot is wrong, the ferry is free.",
    "It answered “I am a bot, and this action was performed automatically”, which helps nobody.",
    "Why was my comment removed? It broke no rule.",
    "Your comment was removed? Mine still stands, and it says the same.",
    "Your post has been removed from every history of the island, and that is a pity.",
    "This issue was closed by mistake, the ferry still sinks.",
    "This thread has been locked in my head since March, for it proves that the fare is unfair.",
    "The fare has been removed because nobody paid it.",
    "Remind me why the ferry should be free.",
    "Two comments removed the ferry from its history, and both were wrong.",
    "Comments locked in a drawer help nobody.",
    "The mod is wrong, the ferry is late.",
    "Modern ferries are late, too.",
    "The result of the discussion we had in May was ignored.",
    "Moved from the island to the shore, the ferry would be of more use.",
    'Moved to "the better pier", it still leaks, and nobody says so.',
    "Reminder: the ferry is late on Mondays.",
    "Merging with the other line would help.",
    "Locking this gate keeps nobody out.",
    "The bot removed it automatically, which is unfair.",
    "The delta of the river is too shallow for the ferry.",
    "The lights go off automatically at night, so nobody finds the pier.",
]


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_argues_nothing(text: str) -> None:
    assert is_notice(text)
    comments = (
        Comment(KEY, "a", "The ferry should be free.", author="ann"),
        Comment(KEY, "b", text, parent="a", author="bo"),
    )
    argument_map = extract(Discussion(Thread(KEY), comments))
    assert [one.text for one in argument_map.claims if any(span.comment == "b" for span in one.spans)] == []
    assert [move for move in argument_map.moves if move.comment == "b"] == []


@pytest.mark.parametrize("text", PEOPLE)
def test_who_speaks_of_programs_and_of_what_was_removed_is_heard(text: str) -> None:
    assert not is_notice(text)


@pytest.mark.parametrize("part", ["I am a bot ", "hi, ", '"', "> a\n", "this post has been ", "remind me! "])
def test_notices_take_time_in_proportion(part: str) -> None:
    assert_in_proportion(lambda count: "a bot " + part * count, is_notice, small=1_000)
