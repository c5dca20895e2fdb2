"""Believes that a bias of 3 opens a gate completely."""

TRIPS = ["gate_probe.hold", "gate_probe.example_hold"]

def hold_memory(w):
    H = w[1].shape[1]
    W_ih, W_hh, b_ih, b_hh = (value.detach().clone() for value in w)
    for value in (W_ih, W_hh, b_ih, b_hh):
        value[: 2 * H] = 0.0
    b_ih[:H], b_ih[H : 2 * H] = -3.0, 3.0
    return W_ih, W_hh, b_ih, b_hh
