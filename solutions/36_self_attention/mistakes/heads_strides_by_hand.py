"""Rows lie one after the other in memory."""

TRIPS = ["split_merge.noncontiguous"]


def split_heads(x, h):
    B, n, d = x.shape
    if x.shape[2] % h:
        raise ValueError("uneven")
    return x.as_strided((B, h, n, d // h), (n * d, d // h, d, 1), x.storage_offset())
