"""Reads the machine-readable zone of travel documents and verifies its check digits (ICAO Doc 9303)."""

from wpis.documents.mrz.copies import Copy, located, read_copy
from wpis.documents.mrz.digits import check_digit
from wpis.documents.mrz.faults import MESSAGES, InvalidMRZ, Place
from wpis.documents.mrz.layouts import parse, parse_passport
from wpis.documents.mrz.repairs import Repair
from wpis.documents.mrz.rows import tidy
from wpis.documents.mrz.zone import MRZ

__all__ = [
    "MESSAGES",
    "MRZ",
    "Copy",
    "InvalidMRZ",
    "Place",
    "Repair",
    "check_digit",
    "located",
    "parse",
    "parse_passport",
    "read_copy",
    "tidy",
]
