"""Sealed streams: what opens is what was sealed, and nothing else opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from docctl.errors import SealError, VaultError
from docctl.trust import sealing
from docctl.trust.sealing import CHUNK, ID, KEY, MAGIC, SALT, Opener, Sealer, sealed_size

KEY_ = b"k" * KEY
IDENT = b"i" * ID
SALT_ = b"s" * SALT
HEADER = len(MAGIC) + ID

SMALL = 64
FRAME = SMALL + 16

payloads = st.binary(max_size=5 * SMALL) | st.sampled_from(
    [b"x" * (SMALL * n - SALT + d) for n in (1, 2, 3) for d in (-1, 0, 1)]
)


@contextmanager
def small() -> Iterator[None]:
    """Chunks small enough that a few hundred bytes are many of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "CHUNK", SMALL)
        yield


def seal(payload: bytes, key: bytes = KEY_, ident: bytes = IDENT) -> tuple[bytes, Sealer]:
    sealer = Sealer(BytesIO(payload).readinto, key=key, ident=ident, salt=SALT_)
    return b"".join(map(bytes, sealer)), sealer


def unseal(sealed: bytes, payload: bytes, key: bytes = KEY_) -> bytes:
    expected = sha256(SALT_ + payload).hexdigest()
    return b"".join(Opener(BytesIO(sealed).read, key=key, commitment=expected))


@given(payload=payloads)
@small()
def test_what_was_sealed_opens_and_is_committed_to(payload: bytes) -> None:
    sealed, sealer = seal(payload)

    assert unseal(sealed, payload) == payload
    assert sealer.commitment == sha256(SALT_ + payload).hexdigest()
    assert sealer.size == len(payload)
    assert len(sealed) == sealed_size(len(payload))


@pytest.mark.parametrize("size", [0, 1, CHUNK - SALT, CHUNK - SALT + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_chunks_have_a_mebibyte(size: int) -> None:
    payload = bytes(size)
    sealed, sealer = seal(payload)
    opener = Opener(BytesIO(sealed).read, key=KEY_, commitment=sealer.commitment)
    pieces = list(opener)

    assert b"".join(pieces) == payload
    assert max(map(len, pieces)) <= CHUNK
    assert (opener.size, opener.ident) == (size, IDENT)
    assert len(sealed) == sealed_size(size)


def test_the_format_is_the_one_that_is_described() -> None:
    """Opened with nothing but AES-GCM and HKDF, as somebody without docctl would."""
    payload = b"p" * (CHUNK + 1)
    sealed, _ = seal(payload)
    header, first, last = (
        sealed[: 17 + 16],
        sealed[17 + 16 : 17 + 16 + CHUNK + 16],
        sealed[17 + 16 + CHUNK + 16 :],
    )
    info = b"docctl-payload@v1" + IDENT
    cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=info).derive(KEY_))

    assert header == b"docctl-sealed@v1\n" + IDENT
    plain = cipher.decrypt(bytes(12), first, header)
    plain += cipher.decrypt(bytes(10) + b"\1\1", last, header)
    assert plain == SALT_ + payload


@given(payload=payloads, data=st.data())
@small()
def test_no_bit_of_it_can_be_flipped(payload: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(payload)[0])
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(SealError):
        unseal(bytes(sealed), payload)


@given(payload=payloads, data=st.data())
@small()
def test_it_cannot_be_cut_off(payload: bytes, data: st.DataObject) -> None:
    sealed, _ = seal(payload)
    boundaries = st.integers(0, len(sealed) // FRAME).map(lambda n: HEADER + n * FRAME)
    end = data.draw(st.integers(0, len(sealed) - 1) | boundaries)

    if end < len(sealed):
        with pytest.raises(SealError):
            unseal(sealed[:end], payload)


@given(payload=payloads, more=st.binary(min_size=1, max_size=2 * FRAME))
@small()
def test_nothing_can_be_appended(payload: bytes, more: bytes) -> None:
    with pytest.raises(SealError):
        unseal(seal(payload)[0] + more, payload)


@given(data=st.data())
@small()
def test_chunks_cannot_be_reordered_left_out_or_repeated(data: st.DataObject) -> None:
    payload = bytes(range(256)) + b"end"
    sealed, _ = seal(payload)
    frames = [sealed[at : at + FRAME] for at in range(HEADER, len(sealed), FRAME)]
    numbers = st.sampled_from(range(len(frames)))
    other = data.draw(st.lists(numbers, max_size=len(frames) + 2))

    if other != list(range(len(frames))):
        with pytest.raises(SealError):
            unseal(sealed[:HEADER] + b"".join(frames[number] for number in other), payload)


@small()
def test_chunks_of_another_stream_under_the_same_key_do_not_fit() -> None:
    payload = b"p" * 200
    one, other = seal(payload)[0], seal(payload, ident=b"j" * ID)[0]

    for sealed in (one[: HEADER + FRAME] + other[HEADER + FRAME :], one[:HEADER] + other[HEADER:]):
        with pytest.raises(SealError):
            unseal(sealed, payload)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealError, match="or the key is not"):
        unseal(seal(b"payload")[0], b"payload", key=b"K" * KEY)


@small()
def test_a_whole_stream_in_the_place_of_another_never_gives_its_end() -> None:
    """Both open; only one is what was committed to."""
    right, wrong = b"r" * 200, b"w" * 200
    opener = Opener(
        BytesIO(seal(wrong)[0]).read, key=KEY_, commitment=sha256(SALT_ + right).hexdigest()
    )
    given_out: list[bytes] = []

    with pytest.raises(SealError, match="committed"):
        given_out.extend(opener)
    assert 0 < len(b"".join(given_out)) < len(wrong)


@given(payload=payloads, step=st.integers(1, 3))
@small()
def test_sources_that_give_little_at_a_time_make_no_difference(payload: bytes, step: int) -> None:
    source, sealed = BytesIO(payload), seal(payload)[0]
    slow = Sealer(lambda room: source.readinto(room[:step]), key=KEY_, ident=IDENT, salt=SALT_)
    again = BytesIO(sealed)

    assert b"".join(map(bytes, slow)) == sealed
    opener = Opener(lambda size: again.read(min(size, step)), key=KEY_, commitment=slow.commitment)
    assert b"".join(opener) == payload


@pytest.mark.parametrize("found", [b"", MAGIC, b"docctl-sealed@v2\n" + IDENT + bytes(64)])
def test_what_does_not_begin_as_a_sealed_stream_is_none(found: bytes) -> None:
    with pytest.raises(SealError, match="does not begin") as caught:
        unseal(found, b"")
    assert isinstance(caught.value, VaultError)
    assert caught.value.exit_code == 5
    assert caught.value.hint


@pytest.mark.parametrize(("key", "ident", "salt"), [(31, ID, SALT), (KEY, 15, SALT), (KEY, ID, 8)])
def test_randomness_of_the_wrong_length_is_a_mistake_of_the_caller(
    key: int, ident: int, salt: int
) -> None:
    with pytest.raises(ValueError, match="has"):
        Sealer(BytesIO().readinto, key=bytes(key), ident=bytes(ident), salt=bytes(salt))


def test_a_source_that_gives_more_than_it_was_asked_for_is_refused() -> None:
    """Otherwise what is too much would be lost."""
    generous = Sealer(lambda room: len(room) + 1, key=KEY_, ident=IDENT, salt=SALT_)
    with pytest.raises(SealError, match="more came"):
        list(generous)


def test_a_shelf_that_gives_more_than_it_was_asked_for_is_refused() -> None:
    sealed, sealer = seal(b"payload")
    again = BytesIO(sealed)
    with pytest.raises(SealError, match="more came"):
        Opener(lambda size: again.read(size + 1), key=KEY_, commitment=sealer.commitment)
