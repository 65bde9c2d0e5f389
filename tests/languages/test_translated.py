"""A text in several languages: what a file must say, and which language a reader gets."""

from typing import Annotated

import pytest
from django.utils.translation import override
from pydantic import TypeAdapter

from wpis.languages.reader import translated
from wpis.languages.translated import ArmenianEnglish, InLanguages, TranslatedText
from wpis.strict_yaml import Entry, InvalidFile, read_yaml

FEE = TranslatedText({"en": "Fee", "hy": "Վճար", "ru": "Сбор"})


class Named(Entry):
    name: ArmenianEnglish


def read(tmp_path, text):
    file = tmp_path / "named.yaml"
    file.write_text(text, encoding="utf-8")
    return read_yaml(file, Named).name


@pytest.mark.parametrize(
    ("code", "text"), [("hy", "Վճար"), ("hy-AM", "Վճար"), ("ru", "Сбор"), ("en-gb", "Fee"), ("fr", "Fee")]
)
def test_a_language_without_a_translation_gets_english(code, text):
    assert FEE.in_language(code) == text


def test_a_reader_gets_the_language_of_the_page():
    with override("ru"):
        assert translated(FEE) == "Сбор"
        assert translated(TranslatedText({"en": "Fee", "hy": "Վճար"})) == "Fee"
    with override(None):
        assert translated(FEE) == "Fee"


def test_a_file_gives_one_line_in_each_of_its_languages(tmp_path):
    name = read(tmp_path, "name:\n  hy: Վճար\n  en: A fee\n    in two lines\n")
    assert name == TranslatedText({"en": "A fee in two lines", "hy": "Վճար"})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name: {hy: Վճար}", "line 1, name: 'en' is missing"),
        ("name: {hy: Վճար, en: Fee, ru: Сбор}", "line 1, name: 'ru' is an unknown entry"),
        ("name: {hy: '', en: Fee}", "line 1, name: 'hy' must be a text, found ''"),
        ("name: {hy: 5, en: Fee}", "line 1, name: 'hy' must be a text, found int 5"),
        ("name: Fee", "line 1: 'name' must be named entries, found str 'Fee'"),
    ],
)
def test_a_file_that_lacks_a_language_or_has_another_is_refused(tmp_path, text, fault):
    with pytest.raises(InvalidFile, match=fault):
        read(tmp_path, text)


def test_equal_texts_are_one_key():
    same = TypeAdapter(Annotated[TranslatedText, InLanguages(("en", "hy", "ru"))]).validate_python(dict(FEE))
    assert len({FEE, same}) == 1
