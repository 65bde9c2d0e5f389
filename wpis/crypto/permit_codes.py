"""The signed code on a permit: a CBOR Web Token that anyone can verify without a network.

`WP1:` and the base32 of a COSE_Sign1 message (RFC 9052, RFC 8392) under Ed25519. The profile is narrower than
the standard: algorithm and key id stand in the protected header and nowhere else, the unprotected header
is empty, the CBOR is deterministic and nothing is compressed, so one permit has exactly one valid text.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import cbor2
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cwt import COSE, COSEKey
from cwt.exceptions import CWTError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .keys import PermitPublicKey, permit_key, permit_public_keys

PREFIX = "WP1:"
MAX_CODE = 4096  # characters; the longest code we issue has about 1 200
MAX_TEXT = 80  # characters of a name in the code, so that the QR picture stays readable
YEREVAN = ZoneInfo("Asia/Yerevan")

ALG, KID, EDDSA = 1, 4, -8
COSE_SIGN1 = 18
ISSUER, SUBJECT, EXPIRES, NOT_BEFORE = 1, 2, 4, 5  # RFC 8392
NAME, EMPLOYER, OCCUPATION, MARZ = -70001, -70002, -70003, -70004  # private use
TEXTS = {ISSUER, SUBJECT, NAME, EMPLOYER, OCCUPATION, MARZ}


class Reason(TextChoices):
    """Why a code is not accepted."""

    UNREADABLE = "unreadable", _("This is not a permit code, or part of it is missing.")
    UNKNOWN_KEY = "unknown_key", _("The code is signed with a key that is not on the list.")
    STOLEN_KEY = (
        "stolen_key",
        _("The key that signed the code was stolen: the code alone proves nothing, genuine or not."),
    )
    TAMPERED = "tampered", _("The code was changed after it was signed, or was never issued.")
    NOT_YET_VALID = "not_yet_valid", _("The permit is genuine and is not valid yet.")
    EXPIRED = "expired", _("The permit is genuine and has expired.")


class InvalidPermitCode(Exception):
    """The code proves no valid permit; `claims` is given only when the signature is genuine.

    `unproven` is what a code says that was signed with a stolen key: by us, or by whoever has stolen it.
    """

    def __init__(
        self,
        reason: Reason,
        claims: "PermitClaims | None" = None,
        *,
        unproven: "PermitClaims | None" = None,
        stolen_since: datetime | None = None,
    ) -> None:
        self.reason, self.claims = reason, claims
        self.unproven, self.stolen_since = unproven, stolen_since
        super().__init__(str(reason.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitClaims:
    """What the code says about a permit. Days are days in Yerevan; `valid_until` is the last valid day."""

    number: str
    name: str  # initials only, see `wpis.formatting.masks`
    employer: str
    occupation: str
    marz: str
    valid_from: date
    valid_until: date
    issuer: str


def issue(claims: PermitClaims) -> str:
    """Sign the claims with the current permit key; the same claims give the same code.

    Texts longer than 80 characters are shortened. Raises ValueError when the days are the wrong way round.
    """
    if claims.valid_until < claims.valid_from:
        raise ValueError("a permit cannot end before it begins")
    key = permit_key()
    seed = key.private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    signer = _cose_key(key.kid, key.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), seed)
    header = {ALG: EDDSA, KID: key.kid.encode("ascii")}
    message = COSE.new().encode_and_sign(
        cbor2.dumps(_to_cbor(claims), canonical=True), signer, protected=header, unprotected={}
    )
    assert isinstance(message, bytes)
    return PREFIX + base64.b32encode(message).decode("ascii").rstrip("=")


def verify(
    code: str, public_keys: Iterable[Mapping[str, Any]] | None = None, *, now: datetime
) -> PermitClaims:
    """The claims of a genuine code that is valid at `now`. Needs no network and no database.

    `public_keys` is a list as `public_keys()` and `stolen_keys()` publish it; without it, this installation's keys.
    Whether the permit was revoked is another question: ask the register. Raises InvalidPermitCode.
    """
    message = _decoded(code)
    kid, payload = _envelope(message)
    published = [*_own_keys(), *stolen_keys()] if public_keys is None else list(public_keys)
    named = [key for key in published if key["kid"] == kid]
    if not named:
        raise InvalidPermitCode(Reason.UNKNOWN_KEY)
    # What is marked counts, wherever on the list and in whichever order it stands.
    key = next((key for key in named if "revoked" in key), named[0])
    try:
        COSE.new(verify_kid=True).decode(message, _cose_key(kid, _base64url(key["x"])))
        claims = _from_cbor(payload)
    except (CWTError, ValueError, TypeError, KeyError, OverflowError):
        raise InvalidPermitCode(Reason.TAMPERED) from None
    if "revoked" in key:
        raise InvalidPermitCode(Reason.STOLEN_KEY, unproven=claims, stolen_since=_since(key["revoked"]))
    today = now.astimezone(YEREVAN).date()
    if today < claims.valid_from:
        raise InvalidPermitCode(Reason.NOT_YET_VALID, claims)
    if today > claims.valid_until:
        raise InvalidPermitCode(Reason.EXPIRED, claims)
    return claims


def public_keys() -> list[dict[str, str]]:
    """The keys to publish on the site and on paper, as JSON Web Keys (RFC 8037); the current one first.

    A stolen key is not among them: a reader who does not know of `stolen_keys` takes it for an unknown one.
    """
    return [_as_jwk(kid, key) for kid, key in permit_public_keys().items() if key.stolen_since is None]


def stolen_keys() -> list[dict[str, Any]]:
    """The keys of which others may hold the seed, to publish beside the others (as in OpenID Federation 1.0, 8.7)."""
    return [
        {
            **_as_jwk(kid, key),
            "revoked": {"revoked_at": int(key.stolen_since.timestamp()), "reason": "compromised"},
        }
        for kid, key in permit_public_keys().items()
        if key.stolen_since is not None
    ]


def _as_jwk(kid: str, key: PermitPublicKey) -> dict[str, str]:
    half = base64.urlsafe_b64encode(key.public.public_bytes(Encoding.Raw, PublicFormat.Raw))
    x = half.decode("ascii").rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": kid, "x": x}


def _since(revoked: Any) -> datetime | None:
    """The moment of a published entry; None when it cannot be read: the key counts as stolen all the same."""
    try:
        return datetime.fromtimestamp(revoked["revoked_at"], YEREVAN)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def beginning(kid: str) -> str:
    """How every code that was signed with the key `kid` begins, and no other."""
    header = cbor2.dumps({ALG: EDDSA, KID: kid.encode("ascii")}, canonical=True)
    # Tag, array of four, protected header, and one byte after the kid (the empty header), so that all its bits count.
    start = bytes((0xD2, 0x84)) + cbor2.dumps(header) + bytes((0xA0,))
    return PREFIX + base64.b32encode(start).decode("ascii").rstrip("=")[: len(start) * 8 // 5]


def kid_of(code: str) -> str:
    """The name of the key that a code claims to be signed with. Raises InvalidPermitCode."""
    return _envelope(_decoded(code))[0]


_own_keys = public_keys  # `verify` has an argument of that name


def _decoded(code: str) -> bytes:
    """The message in the code; a second spelling of the same bytes is refused."""
    text = code.removeprefix(PREFIX)
    if not (code.startswith(PREFIX) and code.isascii() and len(code) <= MAX_CODE):
        raise InvalidPermitCode(Reason.UNREADABLE)
    try:
        message = base64.b32decode(text + "=" * (-len(text) % 8))
    except binascii.Error:
        raise InvalidPermitCode(Reason.UNREADABLE) from None
    if base64.b32encode(message).decode("ascii").rstrip("=") != text:
        raise InvalidPermitCode(Reason.UNREADABLE)
    return message


def _envelope(message: bytes) -> tuple[str, bytes]:
    """The key id and the payload of a message of our profile, its signature not yet verified."""
    try:
        outer = cbor2.loads(message)
        protected, unprotected, payload, signature = outer.value
        header = cbor2.loads(protected)
        narrow = cbor2.CBORTag(
            COSE_SIGN1,
            [cbor2.dumps({ALG: EDDSA, KID: header[KID]}, canonical=True), {}, payload, signature],
        )
        ours = (
            outer.tag == COSE_SIGN1 and unprotected == {} and cbor2.dumps(narrow, canonical=True) == message
        )
        kid = bytes(header[KID]).decode("ascii")
    except Exception:  # untrusted bytes: whatever the parser raises, it is not a valid code
        raise InvalidPermitCode(Reason.UNREADABLE) from None
    if not (ours and isinstance(payload, bytes) and isinstance(signature, bytes)):
        raise InvalidPermitCode(Reason.TAMPERED)
    return kid, payload


def shortened(text: str) -> str:
    """A text as it stands in the code."""
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _to_cbor(claims: PermitClaims) -> dict[int, str | int]:
    texts = {
        ISSUER: claims.issuer,
        SUBJECT: claims.number,
        NAME: claims.name,
        EMPLOYER: claims.employer,
        OCCUPATION: claims.occupation,
        MARZ: claims.marz,
    }
    end = claims.valid_until + timedelta(days=1)  # `exp` is the first moment at which it is no longer valid
    days: dict[int, str | int] = {NOT_BEFORE: _midnight(claims.valid_from), EXPIRES: _midnight(end)}
    return days | {k: shortened(v) for k, v in texts.items()}


def _from_cbor(payload: bytes) -> PermitClaims:
    found: dict[int, Any] = cbor2.loads(payload)
    if set(found) != TEXTS | {NOT_BEFORE, EXPIRES} or not all(isinstance(found[k], str) for k in TEXTS):
        raise ValueError("the claims are not those of a permit")
    return PermitClaims(
        number=found[SUBJECT],
        name=found[NAME],
        employer=found[EMPLOYER],
        occupation=found[OCCUPATION],
        marz=found[MARZ],
        valid_from=datetime.fromtimestamp(found[NOT_BEFORE], YEREVAN).date(),
        valid_until=datetime.fromtimestamp(found[EXPIRES], YEREVAN).date() - timedelta(days=1),
        issuer=found[ISSUER],
    )


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), YEREVAN).timestamp())


def _cose_key(kid: str, public: bytes, seed: bytes | None = None) -> Any:
    parameters: dict[int, Any] = {1: 1, 2: kid.encode("ascii"), 3: EDDSA, -1: 6, -2: public}
    return COSEKey.new(parameters | ({} if seed is None else {-4: seed}))


def _base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
