"""The SSH wire format: strings and integers, read strictly.

Every reader raises ValueError for bytes that are not as they must be; the module that asked turns
it into an error of docctl's own.
"""

import base64


def string(data: bytes) -> bytes:
    """Return *data* behind its length."""
    return len(data).to_bytes(4, "big") + data


def mpint(number: int) -> bytes:
    """Return a positive *number* as the shortest two's complement string."""
    return string(number.to_bytes(number.bit_length() // 8 + 1, "big"))


def unbase64(text: bytes) -> bytes:
    """Decode base64 of which only one spelling is accepted."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data) != text:
        raise ValueError("the base64 is not canonical")
    return data


class Reader:
    """Takes one field after the other from *data*."""

    __slots__ = ("data", "position")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, size: int) -> bytes:
        """Return the next *size* bytes."""
        start = self.position
        self.position = end = start + size
        if end > len(self.data):
            raise ValueError("it ends too early")
        return self.data[start:end]

    def number(self) -> int:
        """Return the next unsigned 32-bit integer."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """Return the next length-prefixed string."""
        start = self.position + 4
        self.position = end = start + int.from_bytes(self.data[start - 4 : start], "big")
        if end > len(self.data) or start > len(self.data):
            raise ValueError("it ends too early")
        return self.data[start:end]

    def mpint(self) -> int:
        """Return the next positive integer; only its shortest form is accepted."""
        data = self.string()
        number = int.from_bytes(data, "big")
        if not number or len(data) != number.bit_length() // 8 + 1:
            raise ValueError("an integer is not positive and in its shortest form")
        return number

    def end(self) -> None:
        """Refuse anything that is left."""
        if self.position != len(self.data):
            raise ValueError("bytes are left over")
