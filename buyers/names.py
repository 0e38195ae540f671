"""Which part of a name a badge shows largest, with what below it."""

# Where the family name is written first, or may be: there the person decides on their own page.
FAMILY_FIRST = {"CN", "HK", "HU", "KH", "KP", "KR", "MO", "SG", "TW"}


def given_name(full_name: str, country: str) -> str:
    """The part a person is called by, as their country writes names; nothing where that cannot be told."""
    words = full_name.split()
    if len(words) < 2 or country in FAMILY_FIRST:
        return ""
    return words[-1] if country == "VN" else words[0]


def below(large: str, full_name: str) -> str:
    """What stands below the large name: the rest where it begins the full name, else the full name, else nothing."""
    if large == full_name:
        return ""
    return full_name.removeprefix(f"{large} ")
