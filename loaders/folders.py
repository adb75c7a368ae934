"""A folder that is named in place of files: which files below it are read, and what is said of those left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rejoinder.errors import LoadError, Problem
from rejoinder.loaders.recognising.refusal import Archive, NoText, Unrecognised
from rejoinder.loaders.unpacking.archives import Contents

PROSE = frozenset({".txt", ".text", ".md", ".markdown"})  # what may be a dump; program text and style sheets are none
ABOUT_FILES = frozenset({"authors", "changelog", "contributing", "copying", "licence", "license", "notice", "readme"})
SYSTEM_FILES = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})  # what systems put into folders, as hidden elsewhere
MAILDIR_FOLDERS = frozenset({"cur", "new", "tmp"})  # of a Maildir; mails in tmp are not yet delivered
SHOWN = 3  # names of files that a note lists


class Folder:
    """The files below a folder, in the order of their names, and what became of those that are not read.

    `root` is where the folder is, if it is called otherwise than that: an archive that was unpacked.
    """

    def __init__(self, name: str, root: Path | None = None) -> None:
        self.name, self.root = name, str(root or name)
        self.hidden: list[str] = []
        self.other: list[str] = []
        self.prose: list[str] = []
        self.silent: list[str] = []
        self.faults: list[Problem] = []
        self.count = self.kept = 0
        self.seen: set[tuple[int, int]] = set()

    def files(self) -> Iterator[tuple[str, Path]]:
        """What the files to look into are called and where they are, those of a folder before the folders in it.

        Links are followed, into each folder once. Pipes and the like are left out, and so is what is hidden.
        """
        self.is_new(self.root)
        for place, folders, names in os.walk(self.root, onerror=self.unreadable, followlinks=True):
            folders[:] = [folder for folder in sorted(folders) if self.enters(place, folder, folders)]
            for name in sorted(names):
                path = os.path.join(place, name)
                self.count += 1
                if is_hidden(name):
                    self.hidden.append(self.shown_path(path))
                elif os.path.exists(path) and not os.path.isfile(path):
                    self.other.append(self.shown_path(path))
                else:
                    yield self.shown_path(path), Path(path)

    def shown_path(self, path: str) -> str:
        """What a path below the folder is called."""
        return path if self.root == self.name else os.path.join(self.name, os.path.relpath(path, self.root))

    @classmethod
    def of(cls, contents: Contents) -> Folder:
        """The folder with what is in an archive; what was not unpacked, on purpose or for a fault, is noted."""
        folder = cls(contents.name, contents.folder)
        folder.faults.extend(contents.faults)
        folder.other.extend(os.path.join(contents.name, member) for member in contents.passed)
        folder.count = len(folder.other) + len(folder.faults)
        return folder

    def takes_in(self, inner: Folder) -> None:
        """Notes what was not looked into in an archive that lies in the folder, and counts its files in its place."""
        self.faults.extend(inner.faults)
        self.other.extend(inner.other)
        self.hidden.extend(inner.hidden)
        self.count += inner.count - 1

    def enters(self, place: str, name: str, siblings: list[str]) -> bool:
        """True for a folder that is to be looked into."""
        path = os.path.join(place, name)
        if is_hidden(name):
            self.hidden.append(self.shown_path(path) + os.sep)
            return False
        return not (name == "tmp" and set(siblings) >= MAILDIR_FOLDERS) and self.is_new(path)

    def is_new(self, path: str) -> bool:
        """True the first time that a folder is met, by whatever name."""
        try:
            status = os.stat(path)
        except OSError:
            return True  # the walk says what is wrong
        identity = (status.st_dev, status.st_ino)
        is_new = identity not in self.seen
        self.seen.add(identity)
        return is_new

    def unreadable(self, error: OSError) -> None:
        """A folder that cannot be read."""
        message = f"expected a readable folder: {error.strerror or error}"
        self.faults.append(Problem(str(error.filename), 0, message, lost=True))

    def takes_prose(self, name: str) -> bool:
        """True for a file that is read as plain text, and not if it only tells about the others; noted either way."""
        path = Path(name)
        is_prose = path.suffix.lower() in PROSE and path.name.partition(".")[0].lower() not in ABOUT_FILES
        (self.prose if is_prose else self.other).append(name)
        return is_prose

    def problems_without(self, name: str, error: LoadError) -> Iterator[Problem]:
        """What is said of a file that nothing reads; nothing where nobody expected a discussion: that is noted."""
        if isinstance(error, NoText) or (isinstance(error, Unrecognised) and not is_talk(error.proposal)):
            self.other.append(name)
            return
        lost = not isinstance(error, Unrecognised | Archive)
        message = error.message if lost else f"left out: {error.message}"
        yield Problem(name, error.line, message, lost=lost, column=error.column, proposal=error.proposal)

    def note_file(self, name: str, has_content: bool) -> None:
        """Notes a file of a known format, and whether it told anything: some only belong to others."""
        self.kept += has_content
        if not has_content:
            self.silent.append(name)

    def problems(self) -> Iterator[Problem]:
        """What is said after the files: the folders that could not be read, and of what was left out a note each."""
        yield from self.faults
        if not self.count:
            yield Problem(self.name, 0, "expected a folder with files in it, got an empty one", lost=True)
        elif not self.kept and not self.faults:
            yield Problem(
                self.name, 0, f"expected a folder with discussions in it, got {self.nothing_found_words()}", lost=True
            )
        elif self.other or self.hidden or self.silent:
            message = f"left out {self.left_out_words()}; read {self.kept} of {self.count}"
            yield Problem(self.name, 0, message, lost=False, note=True)
        if self.prose:
            files = several_files(self.prose, self.name)
            message = f"read as plain text, a comment a paragraph, for no other format fits: {files}"
            yield Problem(self.name, 0, message, lost=False, note=True)

    def left_out_words(self) -> str:
        """What was not read."""
        parts = []
        if self.other:
            parts.append(
                f"{several_files(self.other, self.name)} in which no format was recognised (name one to see why)"
            )
        if self.hidden:
            parts.append(f"{several_files(self.hidden, self.name)} hidden")
        if self.silent:
            parts.append(f"{several_files(self.silent, self.name)} in which there are no comments")
        return " and ".join(parts)

    def nothing_found_words(self) -> str:
        """How there are none."""
        return self.left_out_words() or "none that can be read"


def is_talk(proposal: str) -> bool:
    """True for a field map by which records have not only words, but an author or something else that comments have.

    >>> is_talk("id=Nr,author=Name,text=Words"), is_talk("id=depth,text=place"), is_talk("")
    (True, False, False)
    """
    return any(f",{field}=" in f",{proposal}" for field in ("author", "parent", "thread"))


def is_hidden(name: str) -> bool:
    """True for what a listing of files does not show, and for what systems put there themselves."""
    return name.startswith(".") or name in SYSTEM_FILES


def several_files(paths: list[str], folder: str) -> str:
    """How many files, and the first of them.

    >>> several_files(["a/x.png", "a/b/y.css"], "a"), several_files(["a/x.png"], "a/")
    ('2 files (x.png, b/y.css)', '1 file (x.png)')
    """
    names = [os.path.relpath(path, folder) + (os.sep if path.endswith(os.sep) else "") for path in paths[:SHOWN]]
    more = ", ..." if len(paths) > SHOWN else ""
    return f"{len(paths)} file{'s' if len(paths) > 1 else ''} ({', '.join(names)}{more})"
