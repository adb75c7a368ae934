"""Finds the posts and comments in whatever a ForumMagnum query answered, and the thread and site of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from rejoinder.loaders.containers.documents import Document
from rejoinder.loaders.containers.objects import all_objects
from rejoinder.loaders.mapping import as_scalar
from rejoinder.loaders.values.hosts import host_of
from rejoinder.loaders.values.lenient import lenient_string
from rejoinder.records import ThreadKey

SITE = "forummagnum"  # where no URL tells which of the forums it is
COMMENT_KEYS = frozenset(["parentCommentId", "topLevelCommentId", "directChildrenCount", "parentAnswerId"])
PLACED_KEYS = frozenset(["postId", "tagId", "postedAt", "pageUrl", "user", "userId"])
BODY_KEYS = frozenset(["contents", "htmlBody", "body"])
WORD_FORMS = ("contents", "htmlBody", "body", "html", "markdown", "plaintextMainText")
POST_KEYS = frozenset(["slug", "pageUrl", "commentCount", "postedAt"])
ID_KEYS = ("_id", "postId", "tagId", "parentCommentId", "topLevelCommentId")
POST_IN_URL = re.compile(r"/posts/([^/?#]+)")
HOSTS_WITHOUT_WWW = frozenset(["lesswrong.com", "alignmentforum.org"])  # these names lead to www. of theirs

Values = dict[str, object]


def is_comment_object(keys: Collection[str]) -> bool:
    """True if an object with these keys is a comment."""
    names = frozenset(keys)
    placed = bool(names & PLACED_KEYS and names & BODY_KEYS)
    return "_id" in names and bool(names & COMMENT_KEYS or (placed and not is_post_object(names)))


def is_post_object(keys: Collection[str]) -> bool:
    """True if an object with these keys is a post."""
    names = frozenset(keys)
    return {"_id", "title"} <= names and len(names & POST_KEYS) > 1 and not names & COMMENT_KEYS


@dataclass(slots=True)
class ForumItem:
    """A post or comment, the document that it was found in, and its id as it is written there."""

    values: Values
    document: Document
    post: bool
    written_id: object

    @property
    def id(self) -> str:
        """Its `_id`."""
        return str(self.values["_id"])


@dataclass(slots=True)
class ForumExport:
    """All posts and comments of a file by id, in the order of the file; of one that stands there twice the fuller.

    The `nameless` have no id by which to keep them, the `doubtful` stand there with other words, too.
    """

    items: dict[str, ForumItem] = field(default_factory=dict)
    nameless: list[ForumItem] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    threads: dict[str, ThreadKey] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def posts(self) -> list[ForumItem]:
        """The posts."""
        return [forum_item for forum_item in self.items.values() if forum_item.post]


def forum_export(documents: Iterable[Document]) -> ForumExport:
    """The posts and comments in the documents of a file."""
    export = ForumExport()
    for document in documents:
        for values in all_objects(document.value):
            note_person(values, export.people)
            if is_comment_object(values) or is_post_object(values):
                item = ForumItem(with_string_ids(values), document, not is_comment_object(values), values["_id"])
                if isinstance(item.values["_id"], str):
                    note_item(item, export)
                else:
                    export.nameless.append(item)
    export.threads = thread_keys(export)
    return export


def with_string_ids(values: Values) -> Values:
    """The same with ids that are strings, where they are numbers or, as the database behind it gives them, objects."""
    id_by_key = {name: values[name] for name in ID_KEYS if name in values and not isinstance(values[name], str)}
    return {**values, **{name: id_string(value) for name, value in id_by_key.items()}} if id_by_key else values


def id_string(value: object) -> object:
    """The string that an id is.

    >>> id_string(7), id_string({"$oid": "5f"}), id_string(["x"])
    ('7', '5f', ['x'])
    """
    return as_scalar(value["$oid"] if isinstance(value, dict) and "$oid" in value else value)


def note_item(item: ForumItem, export: ForumExport) -> None:
    """Remembers a post or comment, unless one of its id that says as much is known, and whether that says otherwise."""
    forum_item, items = export.items.get(item.id), export.items
    is_fuller = forum_item is None or fullness(forum_item.values) < fullness(item.values)
    if forum_item is not None and contradicts(forum_item.values, item.values):
        export.doubtful.add(item.id)
    if is_fuller:
        items.pop(item.id, None)  # so that it stands where its words do
        items[item.id] = item


def contradicts(values: Values, other: Values) -> bool:
    """True for two whose words, written in the same form, are not the same.

    >>> contradicts({"htmlBody": "No."}, {"htmlBody": "Yes."}), contradicts({"htmlBody": "No."}, {"body": "Yes."})
    (True, False)
    """
    forms = words_by_form(values), words_by_form(other)
    return any(forms[0][name] != forms[1][name] for name in forms[0].keys() & forms[1].keys())


def words_by_form(values: Values) -> dict[str, str]:
    """The words of a post or comment in each form that they are given in."""
    contents = values.get("contents")
    fields = {**values, **contents} if isinstance(contents, dict) else values
    return {name: text for name in WORD_FORMS if isinstance(text := fields.get(name), str)}


def fullness(values: Values) -> tuple[bool, int]:
    """How much an object says: one with words says more than any without."""
    return bool(BODY_KEYS & values.keys()), sum(value is not None for value in values.values())


def note_person(values: Values, people: dict[str, str]) -> None:
    """Remembers the name that belongs to the id of a user."""
    user = values.get("user")
    number = user.get("_id") if isinstance(user, dict) else None
    user_id = number or values.get("userId")
    name = user.get("displayName") if isinstance(user, dict) else values.get("displayName")
    if isinstance(user_id, str) and isinstance(name, str) and name.strip():
        people.setdefault(user_id, name)


def thread_keys(export: ForumExport) -> dict[str, ThreadKey]:
    """The thread of each post and comment: its post, on the host that the URLs of that post or the file name."""
    posts = export.posts()
    only = posts[0].id if len(posts) == 1 else None
    homes: dict[str, str] = {}
    for forum_item in export.items.values():
        if forum_item.post:
            homes[forum_item.id] = forum_item.id
        elif forum_item.id not in homes:
            note_home(forum_item, export.items, homes, only)
    hosts: dict[str, str] = {}
    for forum_item in export.items.values():
        host = forum_host(forum_item.values.get("pageUrl"))
        if host:
            hosts.setdefault(homes[forum_item.id], host)
    elsewhere = next(iter(hosts.values())) if len(set(hosts.values())) == 1 else SITE
    return {name: ThreadKey(hosts.get(home, elsewhere), home) for name, home in homes.items()}


def note_home(item: ForumItem, items: dict[str, ForumItem], homes: dict[str, str], only: str | None) -> None:
    """Notes the post of a comment and of those above it: as stated, the file's only post, or the topmost comment."""
    current, path = item, [item.id]
    while not (home := stated_home(current.values) or homes.get(current.id)):
        above = items.get(str(current.values.get("parentCommentId")))
        if above is None or len(path) > len(items):  # the topmost, or a circle of replies
            break
        current = above
        path.append(current.id)
    home = home or only or lenient_string(current.values.get("topLevelCommentId")) or current.id
    homes.update(dict.fromkeys(path, home))


def stated_home(values: Values) -> str | None:
    """The post or tag that a comment itself names, by id or in its URL."""
    within = POST_IN_URL.search(lenient_string(values.get("pageUrl")) or "")
    return (
        lenient_string(values.get("postId")) or (within[1] if within else None) or lenient_string(values.get("tagId"))
    )


def forum_host(url: object) -> str | None:
    """The host of a URL as the forums write it.

    >>> forum_host("https://lesswrong.com/posts/x"), forum_host("/posts/x")
    ('www.lesswrong.com', None)
    """
    host = host_of(url)
    return "www." + host if host in HOSTS_WITHOUT_WWW else host
