"""Signed permit codes: what a genuine one says, and that no changed one is believed."""

import base64
import random
import zlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured

from wpis.crypto import permit_codes
from wpis.crypto.permit_codes import InvalidPermitCode, PermitClaims, Reason, issue, verify

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
SEED = b"a seed for the tests, 32 bytes!!"
CLAIMS = PermitClaims(
    number="WP-2027-000123",
    name="A*** K***",
    employer="«Արարատ Շինարարություն» ՍՊԸ",
    occupation="Mason",
    marz="Ararat",
    valid_from=date(2027, 2, 1),
    valid_until=date(2028, 1, 31),
    issuer="Migration and Citizenship Service",
)


@pytest.fixture(autouse=True)
def key(settings: Any) -> None:
    settings.WPIS_PERMIT_KEY = {"kid": "p1", "seed": base64.b64encode(SEED).decode()}
    settings.WPIS_PERMIT_PUBLIC_KEYS = {"p1": public_half(SEED)}


def public_half(seed: bytes) -> str:
    """As it is written in `WPIS_PERMIT_PUBLIC_KEYS`."""
    return base64.b64encode(
        Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    ).decode()


def signed(message: bytes) -> str:
    return "WP1:" + base64.b32encode(message).decode().rstrip("=")


def opened(code: str) -> list[Any]:
    text = code.removeprefix("WP1:")
    return list(cbor2.loads(base64.b32decode(text + "=" * (-len(text) % 8))).value)


def forged(protected: dict[int, Any], unprotected: dict[int, Any], payload: bytes | None = None) -> str:
    """A message signed with the true key, outside our profile: only the profile can refuse it."""
    header, body = cbor2.dumps(protected), payload or opened(issue(CLAIMS))[2]
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(
        cbor2.dumps(["Signature1", header if protected else b"", b"", body])
    )
    return signed(
        cbor2.dumps(cbor2.CBORTag(18, [header if protected else b"", unprotected, body, signature]))
    )


def reason(code: str, now: datetime = NOW) -> Reason:
    with pytest.raises(InvalidPermitCode) as caught:
        verify(code, now=now)
    return caught.value.reason


def test_a_genuine_code_says_what_was_signed() -> None:
    assert verify(issue(CLAIMS), now=NOW) == CLAIMS


def test_the_same_permit_gives_the_same_code() -> None:
    assert issue(CLAIMS) == issue(CLAIMS)


def test_the_code_needs_only_the_dense_letters_of_a_qr_picture() -> None:
    assert set(issue(CLAIMS)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:")


def test_no_single_changed_bit_of_the_message_is_accepted() -> None:
    code = issue(CLAIMS)
    text = code.removeprefix("WP1:")
    whole = base64.b32decode(text + "=" * (-len(text) % 8))
    bits = random.Random(1).sample(range(len(whole) * 8), 1000)
    accepted = 0
    for bit in bits:
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            verify(signed(bytes(changed)), now=NOW)
            accepted += 1
        except InvalidPermitCode:
            pass
    assert (len(bits), accepted) == (1000, 0)


def test_no_single_changed_bit_of_the_text_is_accepted() -> None:
    code = issue(CLAIMS).encode()
    for bit in range(len(code) * 8):
        changed = bytearray(code)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(InvalidPermitCode):
            verify(changed.decode("latin-1"), now=NOW)


def test_cut_stretched_and_empty_codes_are_refused() -> None:
    code = issue(CLAIMS)
    for n in range(len(code)):
        with pytest.raises(InvalidPermitCode):
            verify(code[:n], now=NOW)
    for wrong in (
        code + "A",
        code + "=",
        code + " ",
        " " + code,
        code.lower(),
        code * 2,
        "WP1:" + "A" * 10**6,
    ):
        with pytest.raises(InvalidPermitCode):
            verify(wrong, now=NOW)


def test_a_claim_changed_without_the_key_is_tampering() -> None:
    protected, unprotected, payload, signature = opened(issue(CLAIMS))
    claims = cbor2.loads(payload) | {permit_codes.EMPLOYER: "Another employer"}
    changed = cbor2.dumps(
        cbor2.CBORTag(18, [protected, unprotected, cbor2.dumps(claims, canonical=True), signature])
    )
    assert reason(signed(changed)) == Reason.TAMPERED


def test_the_planted_control_of_this_test_would_be_accepted() -> None:
    assert verify(forged({1: -8, 4: b"p1"}, {}), now=NOW) == CLAIMS


@pytest.mark.parametrize(
    ("protected", "unprotected"),
    [
        ({1: -8}, {4: b"p1"}),  # kid only outside
        ({4: b"p1"}, {1: -8}),  # algorithm only outside
        ({}, {1: -8, 4: b"p1"}),
        ({1: -8, 4: b"p1"}, {4: b"p1"}),  # said twice
        ({1: -8, 4: b"p1"}, {1: -8}),
        ({1: -8, 4: b"p1"}, {99: b"free text that nobody signed"}),
        ({1: -8, 4: b"p1", 2: [99], 99: 1}, {}),  # critical header we do not know
        ({1: -7, 4: b"p1"}, {}),  # another algorithm
        ({1: 5, 4: b"p1"}, {}),  # a MAC with the public key as its secret
        ({4: b"p1", 1: -8}, {}),  # not the deterministic order
    ],
)
def test_anything_outside_the_profile_is_refused_though_truly_signed(
    protected: dict[int, Any], unprotected: dict[int, Any]
) -> None:
    assert reason(forged(protected, unprotected)) in {Reason.UNREADABLE, Reason.TAMPERED}


@pytest.mark.parametrize(
    "payload",
    [b"\xa0", b"\x80", b"\xff", cbor2.dumps({1: "x"}), cbor2.dumps({1: 1, 2: 2, 4: "x", 5: "y"})],
)
def test_a_signed_message_that_is_no_permit_is_refused(payload: bytes) -> None:
    assert reason(forged({1: -8, 4: b"p1"}, {}, payload)) == Reason.TAMPERED


def test_a_compressed_message_is_not_unpacked() -> None:
    assert reason(signed(zlib.compress(b"\0" * 10_000_000))) in {Reason.UNREADABLE, Reason.TAMPERED}


def test_days_are_counted_in_yerevan() -> None:
    code = issue(CLAIMS)
    assert reason(code, datetime(2027, 1, 31, 19, 59, tzinfo=UTC)) == Reason.NOT_YET_VALID
    assert verify(code, now=datetime(2027, 1, 31, 20, 0, tzinfo=UTC)) == CLAIMS
    assert verify(code, now=datetime(2028, 1, 31, 19, 59, tzinfo=UTC)) == CLAIMS
    assert reason(code, datetime(2028, 1, 31, 20, 0, tzinfo=UTC)) == Reason.EXPIRED


def test_an_expired_code_still_shows_what_it_said() -> None:
    with pytest.raises(InvalidPermitCode) as caught:
        verify(issue(CLAIMS), now=NOW + timedelta(days=3650))
    assert (caught.value.reason, caught.value.claims) == (Reason.EXPIRED, CLAIMS)


def test_a_code_of_another_signer_is_refused(settings: Any) -> None:
    code = issue(CLAIMS)
    settings.WPIS_PERMIT_PUBLIC_KEYS = {"p1": public_half(b"2" * 32)}
    assert reason(code) == Reason.TAMPERED
    settings.WPIS_PERMIT_PUBLIC_KEYS = {"p2": public_half(SEED)}
    assert reason(code) == Reason.UNKNOWN_KEY


def test_codes_of_a_retired_key_stay_valid(settings: Any) -> None:
    code, published = issue(CLAIMS), permit_codes.public_keys()
    settings.WPIS_PERMIT_KEY = {"kid": "p2", "seed": base64.b64encode(b"2" * 32).decode()}
    settings.WPIS_PERMIT_PUBLIC_KEYS = {"p2": public_half(b"2" * 32), "p1": public_half(SEED)}
    assert verify(code, now=NOW) == CLAIMS
    assert verify(issue(CLAIMS), now=NOW) == CLAIMS
    assert [key["kid"] for key in permit_codes.public_keys()] == ["p2", "p1"]
    assert verify(code, published, now=NOW) == CLAIMS


def test_a_code_is_verified_and_keys_are_published_without_the_signing_key(settings: Any) -> None:
    code, published = issue(CLAIMS), permit_codes.public_keys()
    settings.WPIS_PERMIT_KEY = {}
    assert verify(code, now=NOW) == CLAIMS
    assert permit_codes.public_keys() == published


@pytest.mark.parametrize(
    "published", [{}, {"p2": public_half(SEED)}, {"p1": public_half(b"2" * 32)}, {"p1": "short"}, ["p1"]]
)
def test_a_key_whose_public_half_is_not_published_signs_nothing(published: Any, settings: Any) -> None:
    settings.WPIS_PERMIT_PUBLIC_KEYS = published
    with pytest.raises(ImproperlyConfigured, match="WPIS_PERMIT_PUBLIC_KEYS"):
        issue(CLAIMS)


def test_the_published_list_holds_no_secret() -> None:
    seed = base64.urlsafe_b64encode(SEED).decode().rstrip("=")
    assert all(set(key) == {"kty", "crv", "alg", "use", "kid", "x"} for key in permit_codes.public_keys())
    assert seed not in str(permit_codes.public_keys())


def test_a_very_long_name_is_shortened_in_the_code_only() -> None:
    long = PermitClaims(**{f: getattr(CLAIMS, f) for f in CLAIMS.__slots__} | {"employer": "Ա" * 300})
    assert len(verify(issue(long), now=NOW).employer) == permit_codes.MAX_TEXT


def test_missing_signing_keys_are_said_plainly(settings: Any) -> None:
    for wrong in (None, {}, {"kid": "p1"}, {"kid": "p1", "seed": "short"}, {"kid": "", "seed": "A" * 44}):
        settings.WPIS_PERMIT_KEY = wrong
        with pytest.raises(ImproperlyConfigured, match="WPIS_PERMIT_KEY"):
            issue(CLAIMS)
