"""Generates random references, and aliases of two neutral words, that reveal nothing."""

import secrets

from wpis import references

FIRST = """
    Amber Birch Blue Bright Calm Cedar Clear Cloud Copper Coral Early Fern Garden Gentle Golden Green Hazel
    Ivory Jade Lemon Light Lilac Linen Maple Meadow Mint Morning Olive Opal Orange Pearl Pine Quiet Red Rose
    Sage Silver Slate Soft Spring Summer Teal Violet Warm White Willow Winter Yellow
""".split()  # noqa: SIM905  as a literal it would be a word a line
SECOND = """
    Acorn Apple Arch Bell Bench Boat Bridge Brook Candle Clay Cliff Coast Cup Field Forest Fountain Grove
    Harbour Hill Island Kite Lake Lamp Lantern Leaf Meadow Mill Moon Orchard Path Pebble Plum Pond Quill
    Rain River Road Sail Shell Shore Snow Star Stone Stream Table Tree Valley Window
""".split()  # noqa: SIM905  as a literal it would be a word a line


def new_reference(prefix: str) -> str:
    """A fresh reference such as C-7K3M9QXD2F: 50 random bits, never counted, never guessed."""
    return references.new(prefix, 10)


def new_alias() -> str:
    """Two neutral words at random, such as "Quiet Lantern"; they follow from nothing about the person."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
