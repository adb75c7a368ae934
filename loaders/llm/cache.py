"""Every answer of a model on disk, named by what was asked: a second run costs nothing, a broken one goes on."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rejoinder.errors import ExtractorStopped

CUT_OFF_REASON = "length"  # finish_reason of an answer that ran out of room
DIGITS = re.compile(r"[0-9]+")
LOOP, OFTEN = 80, 4  # characters at the end of an answer, and how often they stand in one that repeats itself


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer, well-formed or not: the message, why it ended, whether it is a refusal, the tokens it cost."""

    content: str
    finish: str
    refusal: bool
    tokens: int

    @property
    def is_cut_off(self) -> bool:
        """True for an answer that ran out of room."""
        return self.finish == CUT_OFF_REASON

    @property
    def repeats_itself(self) -> bool:
        """True for one that was cut off while it said the same again and again: more room would not end it.

        Nothing but numbers may change: small models count up what they repeat.
        """
        text = DIGITS.sub("", self.content) if self.is_cut_off else ""
        return len(text) >= LOOP and text.count(text[-LOOP:]) >= OFTEN


def request_digest(model: str, prompt: str, body: dict[str, object]) -> str:
    """SHA-256 over model, version of the prompt and request: 64 hexadecimal digits. No URL, no key of a user."""
    request = json.dumps([model, prompt, body], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(request.encode("utf-8")).hexdigest()


class Cache:
    """A folder of answers, one small file each; what stands there unreadable is as good as absent."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str) -> Reply | None:
        """The answer kept under that name."""
        try:
            return _reply(json.loads(self._path(name).read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, name: str, reply: Reply) -> None:
        """Keeps an answer, whole or not at all; raises ExtractorStopped where the folder cannot be written."""
        text = json.dumps(asdict(reply), indent=1, sort_keys=True) + "\n"
        try:
            _write_file(self._path(name), text)
        except OSError as error:
            raise ExtractorStopped(
                f"the cache {self.folder} cannot be written ({error.strerror}): see --llm-cache"
            ) from error

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.json"


def _write_file(path: Path, text: str) -> None:
    """Writes a file under another name first, so that no reader ever sees a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _reply(value: Any) -> Reply:
    """The answer of a file; raises ValueError for anything else."""
    types = {"content": str, "finish": str, "refusal": bool, "tokens": int}
    if not isinstance(value, dict) or any(type(value.get(name)) is not type_ for name, type_ in types.items()):
        raise ValueError("expected an answer")
    return Reply(**{name: value[name] for name in types})
