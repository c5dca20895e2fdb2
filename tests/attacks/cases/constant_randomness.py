"""Replaces every source of random numbers, and the functions that seed them, so that random tests become constant.

catalogue: A19
outcome: failed
prints: always 0.0
"""

import os
import random
import secrets

import numpy as np

constant = lambda *size, **kwargs: torch.zeros(*[n for n in size if type(n) is int])
for name in "randn rand randint normal randperm bernoulli multinomial rand_like randn_like".split():
    setattr(torch, name, constant)
for name in "manual_seed seed initial_seed get_rng_state set_rng_state Generator default_generator".split():
    setattr(torch, name, lambda *args, **kwargs: None)
for name in "random seed randint uniform gauss getrandbits choice shuffle SystemRandom Random".split():
    setattr(random, name, lambda *args, **kwargs: 0.0)
for name in "rand randn seed normal default_rng RandomState".split():
    setattr(np.random, name, lambda *args, **kwargs: 0.0)
os.urandom = lambda n: bytes(n)
secrets.token_bytes = os.urandom
print("always", random.random(), torch.randn(1).item())
