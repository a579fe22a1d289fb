import pytest
from soft_keys import ORIGIN, SoftEcdsa, SoftEd25519, Stock

from docctl.errors import SignatureError
from docctl.trust.sshsig import SecurityKeyPolicy, Verified, armor, dearmor, verify

MESSAGE = b'{"item":"PRO-001","type":"approved","v":1}'
START = '{{"type":"webauthn.get","challenge":"{0}","origin":"{1}"'
LENIENT = SecurityKeyPolicy(require_touch=False)
STRICT = SecurityKeyPolicy(require_user_verification=True)


def test_security_keys_verify_here_and_with_stock_tools(
    soft_ed25519: SoftEd25519, passkey: SoftEcdsa, stock: Stock
) -> None:
    for key in (soft_ed25519, passkey):
        armored = key.sign(MESSAGE, flags=5)

        assert verify(MESSAGE, armored) == Verified(key.public_key, True, True, None)
        assert stock.holds(key.public_key, MESSAGE, armored)


def test_a_passkey_in_a_browser_verifies_here_and_with_stock_tools(
    passkey: SoftEcdsa, stock: Stock
) -> None:
    armored = passkey.sign_in_browser(MESSAGE)

    assert verify(MESSAGE, armored) == Verified(passkey.public_key, True, True, ORIGIN)
    assert stock.holds(passkey.public_key, MESSAGE, armored)


@pytest.mark.parametrize(
    ("flags", "more", "extensions"),
    [(1, "}}", b""), (5, ',"crossOrigin":false}}', b""), (0x85, "}}", b"\xa1"), (0x1D, "}}", b"")],
)
def test_what_browsers_add_is_accepted(
    passkey: SoftEcdsa, stock: Stock, *, flags: int, more: str, extensions: bytes
) -> None:
    armored = passkey.sign_in_browser(
        MESSAGE, flags=flags, client_data=START + more, extensions=extensions
    )

    assert verify(MESSAGE, armored).user_verified == bool(flags & 4)
    assert stock.holds(passkey.public_key, MESSAGE, armored)


def test_an_untouched_key_is_refused_though_stock_tools_accept_it(
    soft_ed25519: SoftEd25519, passkey: SoftEcdsa, stock: Stock
) -> None:
    for key in (soft_ed25519, passkey):
        untouched = key.sign(MESSAGE, flags=4)

        assert stock.holds(key.public_key, MESSAGE, untouched)
        with pytest.raises(SignatureError, match="not touched"):
            verify(MESSAGE, untouched)
        assert verify(MESSAGE, untouched, policy=LENIENT).touched is False


def test_the_user_must_be_verified_where_the_policy_says_so(soft_ed25519: SoftEd25519) -> None:
    touched_only = soft_ed25519.sign(MESSAGE, flags=1)

    assert verify(MESSAGE, touched_only).user_verified is False
    assert verify(MESSAGE, soft_ed25519.sign(MESSAGE, flags=5), policy=STRICT)
    with pytest.raises(SignatureError, match="did not verify its user"):
        verify(MESSAGE, touched_only, policy=STRICT)


@pytest.mark.parametrize(
    ("origins", "origin", "accepted"),
    [
        ((), ORIGIN, True),
        ((), "http://docs.acme.example", False),
        ((), "android:apk-key-hash:x", False),
        ((ORIGIN,), ORIGIN, True),
        ((ORIGIN,), ORIGIN + ".evil.example", False),
        ((ORIGIN, "http://localhost:8080"), "http://localhost:8080", True),
    ],
)
def test_only_the_sites_of_the_policy_may_ask(
    passkey: SoftEcdsa, *, origins: tuple[str, ...], origin: str, accepted: bool
) -> None:
    armored = passkey.sign_in_browser(MESSAGE, origin=origin)
    policy = SecurityKeyPolicy(origins=origins)

    if accepted:
        assert verify(MESSAGE, armored, policy=policy).origin == origin
    else:
        with pytest.raises(SignatureError, match="made for the site"):
            verify(MESSAGE, armored, policy=policy)


@pytest.mark.parametrize(
    ("client_data", "origin", "flags", "extensions"),
    [
        ('{{"type":"webauthn.create","challenge":"{0}","origin":"{1}"}}', ORIGIN, 5, b""),
        ('{{"type":"webauthn.get","challenge":"{0}=","origin":"{1}"}}', ORIGIN, 5, b""),
        ('{{"type":"webauthn.get","challenge":"e30","origin":"{1}"}}', ORIGIN, 5, b""),
        ('{{"type":"webauthn.get","challenge":"{0}","origin":"https://b"}}', ORIGIN, 5, b""),
        ('{{"challenge":"{0}","type":"webauthn.get","origin":"{1}"}}', ORIGIN, 5, b""),
        (START + "}}", ORIGIN + '","x":"', 5, b""),
        (START + "}}", ORIGIN, 0x45, b""),
        (START + "}}", ORIGIN, 0x85, b""),
        (START + "}}", ORIGIN, 0x05, b"\xa1"),
    ],
)
def test_an_assertion_that_does_not_fit_is_refused_as_stock_tools_do(
    passkey: SoftEcdsa,
    stock: Stock,
    *,
    client_data: str,
    origin: str,
    flags: int,
    extensions: bytes,
) -> None:
    armored = passkey.sign_in_browser(
        MESSAGE, client_data=client_data, origin=origin, flags=flags, extensions=extensions
    )

    assert not stock.holds(passkey.public_key, MESSAGE, armored)
    with pytest.raises(SignatureError):
        verify(MESSAGE, armored)


def test_a_foreign_page_may_not_embed_the_question(passkey: SoftEcdsa) -> None:
    embedded = passkey.sign_in_browser(MESSAGE, client_data=START + ',"crossOrigin":true}}')

    with pytest.raises(SignatureError, match="foreign page"):
        verify(MESSAGE, embedded)


def test_a_flipped_bit_in_each_byte_is_refused(
    soft_ed25519: SoftEd25519, passkey: SoftEcdsa
) -> None:
    for armored in (soft_ed25519.sign(MESSAGE), passkey.sign_in_browser(MESSAGE)):
        blob = dearmor(armored)
        for place in range(len(blob)):
            changed = bytearray(blob)
            changed[place] ^= 1 << place % 8
            with pytest.raises(SignatureError):
                verify(MESSAGE, armor(bytes(changed)), policy=LENIENT)
