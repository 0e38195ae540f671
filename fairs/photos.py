"""Photos as people send them, made small enough for a phone and bare of what they tell about the sender."""

import io
import warnings
from typing import NamedTuple

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
LARGE, SMALL = 1600, 480  # pixels of the longer side
QUALITY = 82


class PhotoError(Exception):
    """Not a photo we take; `code` says why: empty, too_many_bytes, too_many_pixels or no_photo."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Photo(NamedTuple):
    """One photo in two sizes, as JPEG without any metadata."""

    large: bytes
    small: bytes


def shrink(data: bytes) -> Photo:
    """The photo upright and in two sizes, made anew from its pixels.

    Its content tells what it is, never its name; its size is read before a pixel is unpacked. Raises PhotoError.
    """
    if not data:
        raise PhotoError("empty")
    if len(data) > MOST_BYTES:
        raise PhotoError("too_many_bytes")
    picture = _unpacked(data)
    return Photo(_jpeg(picture, LARGE), _jpeg(picture, SMALL))


def _unpacked(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is ours
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise PhotoError("too_many_pixels")
        picture.draft("RGB", (LARGE, LARGE))  # a large JPEG is unpacked no larger than needed
        return _on_white(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise PhotoError("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, TypeError, KeyError, IndexError):
        raise PhotoError("no_photo") from None  # what Pillow raises for damaged files


def _on_white(picture: Image.Image) -> Image.Image:
    """What can be seen through lies on white."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen_through = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, seen_through).convert("RGB")


def _jpeg(picture: Image.Image, longest: int) -> bytes:
    """A bounded copy; only pixels go along, so neither place nor camera does."""
    copy = picture.copy()
    copy.thumbnail((longest, longest))
    copy.info.clear()
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
