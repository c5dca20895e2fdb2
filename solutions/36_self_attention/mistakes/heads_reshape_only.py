"""(B, n, d) has as many numbers as (B, h, n, d/h), so one reshape will do."""

TRIPS = ["split_merge.head0_is_first_columns", "split_merge.token_moves_with_row", "split_merge.example"]


def split_heads(x, h):
    B, n, d = x.shape
    if x.shape[2] % h:
        raise ValueError("uneven")
    return x.reshape(B, h, n, d // h)
