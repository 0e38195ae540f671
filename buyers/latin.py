"""Whether a name is in Latin letters, and how it may be written in them: the badge and the gate's search need it."""

import unicodedata

CYRILLIC = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh"
)
CYRILLIC_REST = "щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g"
GREEK = "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
LETTERS = dict(letter.split("=") for letter in f"{CYRILLIC} {CYRILLIC_REST} {GREEK}".split())
# Unicode names the syllables of kana after their place in the table; these are spoken otherwise.
SPOKEN = {"SI": "shi", "TI": "chi", "TU": "tsu", "HU": "fu", "ZI": "ji", "DI": "ji", "DU": "zu", "WO": "o"}


def is_latin(name: str) -> bool:
    """Whether every letter of the name is one of the Latin script, with whatever accents, and there is one."""
    letters = [char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char) in ("Lu", "Ll", "Lo")]
    return bool(letters) and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)


def suggestion(name: str) -> str:
    """How the name may be written in Latin letters, for its owner to correct: of kana, Hangul, Cyrillic and Greek.

    Nothing for scripts that do not tell how a name is spoken, such as Chinese characters.
    """
    words = [_word(word) for word in unicodedata.normalize("NFC", name).split()]
    return " ".join(word[:1].upper() + word[1:] for word in words) if all(words) else ""


def _word(word: str) -> str:
    latin = ""
    for char in word.lower():
        spoken = _spoken(char)
        if spoken is None:
            return ""
        latin = _joined(latin, spoken)
    return latin.replace("oy", "ou") if set(GREEK) & set(word) else latin


def _spoken(char: str) -> str | None:
    """What one letter sounds like; None where that cannot be told. Small kana come with a sign before them."""
    if char in LETTERS:
        return LETTERS[char]
    bare = unicodedata.normalize("NFD", char)[0]
    if bare in LETTERS:
        return LETTERS[bare]
    called = unicodedata.name(char, "")
    if called.startswith(("LATIN", "HYPHEN", "APOSTROPHE", "RIGHT SINGLE")):
        return char
    if called.startswith("HANGUL SYLLABLE "):
        return called.rpartition(" ")[2].lower()
    if "PROLONGED SOUND MARK" in called:
        return ""
    if called.startswith(("HIRAGANA LETTER ", "KATAKANA LETTER ")):
        syllable = called.rpartition(" ")[2]
        return ("<" if " SMALL " in called else "") + SPOKEN.get(syllable, syllable.lower())
    return None


def _joined(latin: str, spoken: str) -> str:
    """A small ya, yu or yo melts into the syllable before it, a small tsu doubles the letter that follows."""
    if spoken == "<tsu":
        return f"{latin}<"
    if spoken.startswith("<y") and latin.endswith("i"):
        before = latin[:-1]
        return before + (spoken[2:] if before.endswith(("sh", "ch", "j")) else spoken[1:])
    if latin.endswith("<"):
        return f"{latin[:-1]}{'t' if spoken.startswith('ch') else spoken[:1]}{spoken}"
    return latin + spoken.lstrip("<")
