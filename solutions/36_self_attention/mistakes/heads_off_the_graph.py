"""A rearranged copy is a new tensor."""

TRIPS = ["split_merge.gradient"]


def split_heads(x, h):
    if x.shape[2] % h:
        raise ValueError("uneven")
    return x.detach().unflatten(2, (h, -1)).transpose(1, 2).clone()
