"""Names: what means the same is one spelling, what is no letter of the script is refused and quoted."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wpis.documents.names import normalise
from wpis.ui.fields.name import BELONGS, NameField, Script, tidy

LATIN, ARMENIAN = Script.LATIN, Script.ARMENIAN


def read(name: str, script: Script = LATIN) -> str:
    return str(NameField(script=script, max_length=100).clean(name))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("G\u02bbulomov", "G'ulomov"),
        ("O\u2018Neill", "O'Neill"),
        ("O\u2019Neill", "O'Neill"),
        ("O\u00b4Neill", "O'Neill"),
        ("\u02bfAbd al-Rah\u0323man", "'Abd al-Ra\u1e25man"),
        ("Jose\u0301", "José"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("O\u0323lo\u0323\u0301run", "\u1ecclo\u0323\u0301run".replace("o\u0323", "\u1ecd")),
        ("Maria\u00a0Jose", "Maria Jose"),
        ("Anne\u2011Marie", "Anne-Marie"),
        ("Anne\u2010Marie", "Anne-Marie"),
        ("Anne\u2013Marie", "Anne-Marie"),
        ("Anne\u058aMarie", "Anne-Marie"),
        ("\u200bAli\u200e \ufeffReza", "Ali Reza"),
        ("\uff21\uff4c\uff49", "Ali"),
        ("\ufb01lip", "filip"),
        ("\u018fhm\u0259dov", "\u018fhm\u0259dov"),
        ("Gal\u00b7la", "Gal\u00b7la"),
        ("J. R.", "J. R."),
        ("Ravi S/O Ram", "Ravi S/O Ram"),
        ("Mei D/O Lim", "Mei D/O Lim"),
        ("Kumar A/L Raj", "Kumar A/L Raj"),
    ],
)
def test_what_means_the_same_is_one_spelling(typed: str, kept: str) -> None:
    assert read(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Աննա\u058aՄարիա", "Աննա-Մարիա"),
        ("Աննա\u2011Մարիա", "Աննա-Մարիա"),
        ("Դ\u055aԱնջելո", "Դ'Անջելո"),
        ("Սևակյան", "Սևակյան"),
        ("Սեւակյան", "Սեւակյան"),
        ("Վա\ufb13եր", "Վամներ"),
        ("Տեր\u00a0Պետրոսյան", "Տեր Պետրոսյան"),
    ],
)
def test_the_same_holds_for_armenian_letters(typed: str, kept: str) -> None:
    assert read(typed, ARMENIAN) == kept


@pytest.mark.parametrize(
    ("typed", "script", "said"),
    [
        ("\u0410li", LATIN, "“\u0410” (a Cyrillic letter)"),
        ("\u0391li", LATIN, "“\u0391” (a Greek letter)"),
        ("Սևակ", LATIN, "“Ս” (an Armenian letter)"),
        ("Ali 2", LATIN, "“2”"),
        ("A1 ա 2 б 3", LATIN, "“1”, “ա” (an Armenian letter), “2” …"),
        ("A×B", LATIN, "“×”"),
        ("Ali_", LATIN, "“_”"),
        ("李", LATIN, "“李”"),
        ("Sharma", ARMENIAN, "These cannot be used: “S” (a Latin letter)"),
        ("Շարմ\u0430", ARMENIAN, "“\u0430” (a Cyrillic letter)"),
    ],
)
def test_a_sign_that_is_refused_is_quoted(typed: str, script: Script, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(typed, script)
    (message,) = caught.value.messages
    assert message.endswith(said)


@pytest.mark.parametrize("typed", ["-", ".", "'", " - "])
def test_a_sign_that_stands_for_no_name_is_no_name(typed: str) -> None:
    with pytest.raises(ValidationError, match="A name must contain letters"):
        read(typed)


@given(st.text(max_size=30))
def test_any_name_is_read_once_and_for_all(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)
    assert normalise(tidy(typed)) == normalise(tidy(tidy(typed)))


@given(st.text(st.sampled_from("ABab éñœßøłŞşǅŉĿ'-.\u0301\u00a0"), max_size=20))
def test_what_is_made_of_letters_is_never_refused_for_its_form(typed: str) -> None:
    assert all(BELONGS[LATIN](sign) for sign in unicodedata.normalize("NFC", tidy(typed)))


@pytest.mark.parametrize("typed", ["N/A", "n/a", "n / a.", "/", "-/-"])
def test_a_slash_alone_is_no_name(typed: str) -> None:
    with pytest.raises(ValidationError):
        read(typed)


def test_a_slash_compares_as_the_machine_readable_zone_prints_it() -> None:
    assert normalise("Ravi S/O Ram") == normalise("RAVI S O RAM")
