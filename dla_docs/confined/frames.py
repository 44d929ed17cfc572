"""Messages on a pipe: eight bytes that give a length, then as many bytes."""

from typing import IO

_LENGTH = 8


def write_frame(pipe: IO[bytes], content: bytes) -> None:
    """Send a message. Raises OSError when nobody listens any more."""
    pipe.write(len(content).to_bytes(_LENGTH, "big") + content)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message; None when the other end is gone, in the middle of one included."""
    try:
        head = pipe.read(_LENGTH)
        if len(head) < _LENGTH:
            return None
        content = pipe.read(int.from_bytes(head, "big"))
    except (OSError, ValueError):
        # Closed by another thread.
        return None
    return content if len(content) == int.from_bytes(head, "big") else None
