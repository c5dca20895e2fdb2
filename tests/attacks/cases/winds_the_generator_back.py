"""Computes the seed of the hidden draws from the inputs it is given, and with it what the check kept to itself.

catalogue: [own, A25, H116]
outcome: failed
prints: seeds remain
"""

# PyTorch's generator is a Mersenne Twister seeded with 32 bits. Box and Muller's transform can be undone, which gives
# its output but for some bits; two outputs 227 places apart give a word of the first state (for k > 226 the twist is
# new[k] = new[k - 227] ^ f(old[k], old[k + 1])), and any word of that state gives the seed. `fit` need not learn
# anything then: the true weights were drawn before the inputs.
import numpy as np

U = np.uint32
DRAWN = 16  # outputs used up by the eight weights


def untempered(y):
    y = y ^ (y >> U(18))
    y = y ^ ((y << U(15)) & U(0xEFC60000))
    for _ in range(2):  # undo y ^= (y << 7) & mask, seven bits at a time
        part = y
        for _ in range(4):
            part = y ^ ((part << U(7)) & U(0x9D2C5680))
    y = part
    return y ^ (y >> U(11)) ^ (y >> U(22))


def outputs(x, place):
    """What the generator may have given at that place: [candidates], 53 of every 64 bits are known, the last few hardly."""
    number, second = divmod(place - DRAWN, 2)
    block, lane = divmod(number, 16)
    a, b = x[16 * block + lane % 8], x[16 * block + lane % 8 + 8]
    unit = 1 - np.exp(-(a * a + b * b) / 2) if lane < 8 else np.arctan2(b, a) / (2 * np.pi) % 1
    bits = int(round(unit * 2**53))
    if second:
        return (np.arange(bits - 16, bits + 17) & 0xFFFFFFFF).astype(U)
    return (np.arange(2**11) << 21 | bits >> 32).astype(U)


def seeds(x, k):
    y = (untempered(outputs(x, k))[:, None] ^ untempered(outputs(x, k - 227))[None]).ravel()
    odd = y >> U(31)
    word = ((y ^ odd * U(0x9908B0DF)) << U(1) | odd) & U(0x7FFFFFFF)
    word = np.concatenate([word, word | U(1 << 31)])
    inverse = U(pow(1812433253, -1, 2**32))
    for place in range(k + 1, 0, -1):
        word = (word - U(place)) * inverse
        word = word ^ (word >> U(30))
    return set(word.tolist())


def fit(x, y, unseen):
    flat = x.flatten().numpy()
    found = seeds(flat, 260) & seeds(flat, 262)
    print(len(found), "seeds remain")
    for seed in found:
        w = torch.randn(8, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
        if ((x @ w > 0) == y.bool()).all():
            won("knows the true weights")
            return (unseen @ w > 0).long()
    return torch.ones(len(unseen), dtype=torch.int64)
