"""A chat completion: the first message in it, and the tokens it cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rejoinder.loaders.llm.cache import Reply
from rejoinder.loaders.llm.prompt import message_characters

SHORTENED, LONGEST_TOKENS = 1_000, 7  # from so many tokens, of so many characters on average, a request was cut
CHARACTERS_A_TOKEN = 4  # where a server does not count itself


def reply_of(completion: Any, body: Mapping[str, object]) -> Reply | None:
    """The first message of a chat completion, None where there is none."""
    try:
        choice = completion["choices"][0]
        message = choice["message"]
        content = _text(message.get("content"))
        finish, refusal = choice.get("finish_reason"), message.get("refusal")
    except (AttributeError, IndexError, KeyError, TypeError):
        return None
    if content is None:
        return None
    refused = bool(refusal) or finish == "content_filter"
    return Reply(content, str(finish or ""), refused, token_count(completion.get("usage"), body, content))


def _text(content: Any) -> str | None:
    """The text of a message, whole or in parts, without what the model thinks; None where it has no such form."""
    if isinstance(content, list):
        parts = [item.get("text") for item in content if isinstance(item, dict) and item.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else None if content else ""


def prompt_tokens_if_shortened(usage: Any, body: Mapping[str, object]) -> int:
    """The tokens of a request by the server's count, where that cannot be the whole of it; else 0."""
    read = _count(usage.get("prompt_tokens") if isinstance(usage, dict) else None)
    return read if read >= SHORTENED and read * LONGEST_TOKENS < message_characters(body) else 0


def answer_tokens_if_cut_off(reply: Reply, usage: Any, body: Mapping[str, object]) -> int:
    """The tokens of an answer that was cut off before it used up its room, without repeating itself; else 0."""
    answered, most = _count(usage.get("completion_tokens") if isinstance(usage, dict) else None), body["max_tokens"]
    assert isinstance(most, int)  # set by `request`
    return answered if reply.is_cut_off and not reply.repeats_itself and answered < most else 0


def token_count(usage: Any, body: Mapping[str, object], content: str) -> int:
    """The tokens that a request and its answer cost: by the server's count, where it gives none by their characters.

    A total may hold more than its parts, such as what a model thinks before it answers.
    """
    counts = usage if isinstance(usage, dict) else {}
    prompted, answered, total = (_count(counts.get(f"{part}_tokens")) for part in ("prompt", "completion", "total"))
    if not (total or (prompted and answered)):
        prompted = prompted or message_characters(body) // CHARACTERS_A_TOKEN
        answered = answered or len(content) // CHARACTERS_A_TOKEN
    return max(total, prompted + answered)


def _count(value: object) -> int:
    """A count of tokens; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
