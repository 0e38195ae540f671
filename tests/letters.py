"""Letters as Django writes them into files: two that leave in the same second may stand in one file."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

END = b"\n" + b"-" * 79 + b"\n"  # after each letter, by Django's file backend


def letters_in(folder: Path) -> Iterator[EmailMessage]:
    """Those that are written to their end, the newest first."""
    for path in sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        for letter in reversed(path.read_bytes().split(END)[:-1]):
            yield message_from_bytes(letter, policy=policy.default)


def plain_words(letter: EmailMessage) -> str:
    """What a letter says without its layout."""
    body = letter.get_body(preferencelist=("plain",))
    return body.get_content() if body else ""
