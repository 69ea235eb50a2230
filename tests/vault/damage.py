"""What can happen to a ciphertext: a flipped bit, an end cut off, something added."""

from hypothesis import strategies as st


@st.composite
def damaged(draw: st.DrawFn, blob: bytes) -> bytes:
    """The blob, but not quite."""
    how = draw(st.sampled_from(["flip", "cut", "add", "swap"]))
    if how == "flip":
        at = draw(st.integers(0, len(blob) * 8 - 1))
        flipped = bytearray(blob)
        flipped[at // 8] ^= 1 << (at % 8)
        return bytes(flipped)
    if how == "cut":
        return blob[: draw(st.integers(0, len(blob) - 1))]
    if how == "add":
        return blob + draw(st.binary(min_size=1, max_size=40))
    return draw(st.binary(max_size=2000).filter(lambda other: other != blob))
