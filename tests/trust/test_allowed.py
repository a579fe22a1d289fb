import pytest
from soft_keys import SoftEcdsa, SoftEd25519, Stock

from docctl.errors import UnreadableError
from docctl.trust.allowed import allowed_signers


@pytest.mark.parametrize(
    "person", ["ola", "o.la+qa@acme-1.example", "Ola N", "#ola", "łucja", "-q"]
)
def test_ssh_keygen_reads_the_id_as_it_is(passkey: SoftEcdsa, stock: Stock, person: str) -> None:
    armored = passkey.sign(b"event")

    assert stock.holds(passkey.public_key, b"event", armored, person=person)


@pytest.mark.parametrize("person", ["", "*", "ol?", "!ola", "a,b", 'a"b', "a\\b", "a\nb", "a\0"])
def test_an_id_that_would_be_read_otherwise_is_refused(passkey: SoftEcdsa, person: str) -> None:
    with pytest.raises(UnreadableError):
        allowed_signers([(person, passkey.public_key)])


def test_the_file_is_the_same_in_whatever_order_the_keys_come(
    passkey: SoftEcdsa, soft_ed25519: SoftEd25519
) -> None:
    entries = [("ola", passkey.public_key), ("ws", soft_ed25519.public_key)]
    text = allowed_signers(entries)

    assert text == allowed_signers([*reversed(entries), *entries])
    assert text.startswith(
        'ola namespaces="docctl-event@v1" sk-ecdsa-sha2-nistp256@openssh.com AAAA'
    )
    assert len(text.splitlines()) == 2
