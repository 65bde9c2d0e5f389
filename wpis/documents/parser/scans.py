"""Photos and scans: decoded whole, and written anew as what a person sees."""

import io
from typing import Any

from PIL import Image, ImageOps

from wpis.documents.parser.refusing import Refused

MAX_PIXELS = 50_000_000
MAX_SIDE = 5000  # pixels kept of a photo: 600 dpi for a passport page
DEEP = 2**16
LIGHT = 160  # of 255: a picture whose visible parts are lighter than this needs a dark ground


def inspect(data: bytes) -> dict[str, Any]:
    """Open and decode the picture completely."""
    opened(data)
    return {"pages": 1}


def reencode(data: bytes) -> bytes:
    """The image re-encoded, without metadata or trailing data."""
    out, picture = io.BytesIO(), opened(data)
    if data[:2] == b"\xff\xd8":
        picture.save(out, "JPEG", quality=90)
    else:
        picture.save(out, "PNG")
    return out.getvalue()


def draw(data: bytes, _page: int, width: int) -> bytes:
    """The picture as PNG, at most `width` pixels wide."""
    picture = opened(data)
    picture.thumbnail((width, 4 * width))
    return as_png(picture)


def as_png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def opened(data: bytes) -> Any:
    """The picture upright in grey or colour, nothing attached to it, at most MAX_SIDE pixels on a side."""
    try:
        return decoded(data)
    except MemoryError:
        raise Refused("too_many_pixels") from None


def decoded(data: bytes) -> Any:
    """Decode for `opened` within the memory limit."""
    Image.MAX_IMAGE_PIXELS = None  # the next lines hold our own limit, before anything is decoded
    picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused("too_many_pixels")
    if getattr(picture, "is_animated", False) and picture.format == "PNG":
        raise Refused("unseen")  # a browser plays frames of which we would keep one
    picture.draft("RGB", (MAX_SIDE, MAX_SIDE))
    picture.load()
    flat = flattened(shallow(picture))
    flat.thumbnail((MAX_SIDE, MAX_SIDE))
    upright = ImageOps.exif_transpose(flat)
    plain = Image.new(upright.mode, upright.size)  # carries none of the metadata
    plain.paste(upright)
    return plain


def shallow(picture: Any) -> Any:
    """At most eight bits a channel. Deep greys are stretched from their darkest to their lightest: a plain conversion
    would cut off all above 255 and make every scan white."""
    if not picture.mode.startswith("I"):
        return picture
    darkest, lightest = picture.getextrema()
    if lightest == darkest:
        darkest, lightest = 0, DEEP - 1
    scale = 255 / (lightest - darkest)
    grey = picture.convert("I").point(lambda value: value * scale - darkest * scale).convert("L")
    grey.info = {key: value for key, value in picture.info.items() if key == "exif"}
    return grey


def flattened(picture: Any) -> Any:
    """Grey or colour without transparency, on white paper; on black where what is visible is itself light."""
    if not picture.has_transparency_data:
        return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")
    seen = picture.convert("RGBA")
    alpha = seen.getchannel("A")
    weights = alpha.histogram()
    ground = "white"
    if sum(weights[128:]) and mean_light(seen, alpha) > LIGHT and sum(weights[:128]):
        ground = "black"
    paper = Image.new("RGB", seen.size, ground)
    paper.paste(seen, mask=alpha)
    paper.info = {key: value for key, value in picture.info.items() if key == "exif"}
    return paper


def mean_light(seen: Any, alpha: Any) -> float:
    """How light the visible parts are on average, from 0 to 255."""
    counts = seen.convert("L").histogram(alpha.point(lambda value: 255 if value > 127 else 0))
    return float(sum(value * count for value, count in enumerate(counts)) / max(1, sum(counts)))
