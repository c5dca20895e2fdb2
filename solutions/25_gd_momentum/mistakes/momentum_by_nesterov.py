"""Momentum looks ahead."""

TRIPS = ["sgd_momentum.match_torch", "sgd_momentum.example", "sgd_momentum.ravine"]


def momentum_step(p, g, state, lr, mu):
    return nesterov_step(p, g, state, lr, mu)
