"""Every head gets a part of the rows."""

TRIPS = ["split_merge.shape"]


def split_heads(x, h):
    B, n, d = x.shape
    if x.shape[2] % h:
        raise ValueError("uneven")
    return x.reshape(B, n, h, d // h)
