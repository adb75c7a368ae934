"""Names as they are compared: without case, accents, separators and emoji; and the first name in a longer one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PIECE = re.compile(r"[^\s_.\-]+")
CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")  # before the second capital of "AnaLee"
SELECTORS = "\ufe0e\ufe0f"  # say how the emoji before them looks
LONGER = 4  # letters of a later part of a name that counts
SHORTEST = 3  # letters of a name that counts without "@"
TITLES = frozenset({"dame", "doctor", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "sir"})
# No names even where somebody is called so: a sentence that begins with one of them speaks to nobody.
NO_NAME_WORDS = """
absolutely actually afternoon again agreed all already alright also anonymous anyhow anyway apparently basically big
bravo certainly clearly congrats congratulations cool correct correction dear definitely deleted disagreed edit
evening everybody everyone exactly fair false fantastic finally fine first folks fortunately frankly friends funny
generally good great greetings guest guys haha happy hello hmm honest honestly hopefully however ideally indeed
interesting interestingly ironically just last lastly later likewise listen literally lol look maybe meanwhile
moreover morning naturally naw nay never nice night nope not note now obviously okay old perhaps personally please
possibly precisely presumably probably ps question random real really red right sadly second secondly sentence
seriously similarly simple simply someone sometimes somewhat soon sorry specifically strange super sure surely
surprisingly thanks that the these third this today todo tomorrow tonight totally touche true typically ugh
unfortunately unknown unlike update user usually welcome well whatever who wow wrong yeah yep yes yesterday yet
young yup
"""
NO_NAMES = frozenset(NO_NAME_WORDS.split())
# Names that are words, too, or begin sentences and lists: they want a comma or "@".
WORDS_TOO = """
amber april art august autumn bill bob buddy chance chase christian cliff daisy dale dawn destiny dick don drew earl
faith forest frank gene ginger grace grant guy harmony hazel heath heather holly hope hunter iris ivy jack jade jasmine
jay jean jerry jewel josh joy june lance lily mark max may melody miles misty nick norm olive pat patience pearl penny
peter pierce ray rich rob robin rod rose ruby rusty sage sandy savannah sky sue summer sunny terry trinity victor viola
violet ward will winter wood
"""
ALSO_WORDS = frozenset(WORDS_TOO.split())


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """A name as it is compared: its letters, digits and vowel signs alone, without case and accents.

    >>> name_key("Ana-Maria") == name_key("ana maria") == name_key("@AnaMaria")
    True
    >>> name_key("José P."), name_key("🌊 Mira 🌊"), name_key("user_1234"), name_key("𝕄𝕚𝕣𝕒")
    ('josep', 'mira', 'user1234', 'mira')
    """
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    plain = unicodedata.normalize("NFKD", name).casefold()  # in this order: of 𝕊 only what it stands for has a case
    parts = unicodedata.normalize("NFKD", plain)
    return unicodedata.normalize("NFC", "".join(filter(_counts, parts)))


def _counts(char: str) -> bool:
    """True for letters, digits and the signs of vowels that some scripts write after their letters."""
    if char.isalnum():
        return True
    return char not in SELECTORS and unicodedata.category(char) in ("Mn", "Mc") and not unicodedata.combining(char)


def name_pieces(author: str) -> list[str]:
    """The names that an author's name consists of: at spaces, dots, dashes, underscores, and second capitals."""
    return [piece for part in PIECE.findall(author) for piece in CAMEL.split(part) if name_key(piece)]


@lru_cache(maxsize=50_000)
def first_name(author: str) -> str | None:
    """The key of the first of the names that an author's name consists of; None where it is but one, or no name.

    >>> first_name("Ana W."), first_name("ana_w"), first_name("AnaLee"), first_name("ana1987"), first_name("Dr Ana Lee")
    ('ana', 'ana', 'ana', 'ana', 'ana')
    >>> first_name("Ana"), first_name("user_1234"), first_name("the_mill")
    (None, None, None)
    """
    pieces = name_pieces(author)
    while pieces and name_key(pieces[0]) in TITLES:
        pieces = pieces[1:]
    first = name_key(pieces[0]).rstrip("0123456789") if pieces else ""
    return first if len(first) >= SHORTEST and first != name_key(author) and first not in NO_NAMES else None


@lru_cache(maxsize=50_000)
def short_names(author: str) -> tuple[str, ...]:
    """The keys of the parts of a name by which its bearer may be called: the first, of one word also the later ones.

    >>> short_names("GravelGrete"), short_names("audax_ferdie"), short_names("Ana Lee"), short_names("the_old_mill")
    (('gravel', 'grete'), ('audax', 'ferdie'), ('ana',), ('mill',))
    """
    first = first_name(author)
    keys = [] if first is None else [first]
    if len(author.split()) == 1:
        later = (name_key(name_piece) for name_piece in name_pieces(author)[1:])
        keys += [key for key in later if len(key) >= LONGER and key.isalpha() and key not in NO_NAMES | ALSO_WORDS]
    return tuple(keys)
