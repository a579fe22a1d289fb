"""Small real picture files."""

import struct
import zlib


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png(width: int, height: int) -> bytes:
    """Return a grey picture of this size in pixels."""
    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def dense(picture: bytes, per_metre: int) -> bytes:
    """Return a PNG picture that says how many of its pixels go to a metre."""
    head = picture.index(b"IDAT") - 4
    return (
        picture[:head]
        + _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))
        + picture[head:]
    )


def taken(orientation: int, order: str = ">") -> bytes:
    """Return the frame of a photograph of 30 × 20 pixels, held as the camera notes."""
    mark = {">": b"MM\0*", "<": b"II*\0"}[order]
    entries = struct.pack(f"{order}HHHIHHI", 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0" + mark + struct.pack(f"{order}I", 8) + entries
    note = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b"\xff\xd8" + note + bytes.fromhex("ffc0000b080014001e01011100ffd9")


PNG = png(40, 20)

#: One black pixel.
GIF = bytes.fromhex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b")

#: The frame of a picture of 3 × 2 pixels; enough for its size.
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100ffd9")
