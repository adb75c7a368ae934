"""What a server makes of a request: some refuse a JSON schema, some a parameter; each refusal is learnt once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rejoinder.loaders.llm.prompt import SCHEMA_IN_WORDS
from rejoinder.loaders.llm.schema import SCHEMA

# llama-cpp-python and others know no "json_schema", but take a schema beside "json_object", and hold the model to it.
FORMS = ("json_schema", "json_object and schema", "json_object", "text")
# Newer hosted models know only max_completion_tokens, and no temperature but their own.
OPTIONAL = ("max_tokens", "temperature", "seed", "presence_penalty")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The form in which JSON is asked for (a place in FORMS), and the parameters that are left out."""

    form: int = 0
    left_out: frozenset[str] = frozenset()

    def request_as_taken(self, body: Mapping[str, object]) -> dict[str, object]:
        """The request as this server takes it."""
        sent = {name: value for name, value in body.items() if name not in self.left_out}
        if "max_tokens" in self.left_out:
            sent["max_completion_tokens"] = body["max_tokens"]
        if FORMS[self.form] == "json_schema":
            return sent
        del sent["response_format"]
        if "json_object" in FORMS[self.form]:
            extra = {"schema": SCHEMA} if FORMS[self.form].endswith("schema") else {}
            sent["response_format"] = {"type": "json_object", **extra}
        return {**sent, "messages": _with_schema(body["messages"])}

    def joined_with(self, other: Dialect) -> Dialect:
        """What both have learnt."""
        return Dialect(max(self.form, other.form), self.left_out | other.left_out)

    def after_refusal(self, refusal: str) -> Dialect | None:
        """What to try after a refusal: without a parameter that it names, else the next form, if there is one."""
        if (less := self.without_refused_parameter(refusal)) is not None:
            return less
        return replace(self, form=self.form + 1) if self.form + 1 < len(FORMS) else None

    def without_refused_parameter(self, refusal: str) -> Dialect | None:
        """The same without a parameter that a refusal names, if it names one."""
        names = (name for name in OPTIONAL if name in refusal and name not in self.left_out)
        parameter = next(names, None)
        return None if parameter is None else replace(self, left_out=self.left_out | {parameter})


def _with_schema(messages: object) -> object:
    """The messages, with the schema in words after the first."""
    if not isinstance(messages, list):
        return messages
    first = {**messages[0], "content": f"{messages[0]['content']}\n\n{SCHEMA_IN_WORDS}"}
    return [first, *messages[1:]]
