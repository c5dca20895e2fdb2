"""Sets the biases only, so that a large input can still move the gates."""

TRIPS = ["gate_probe.hold"]

def hold_memory(w):
    H = w[1].shape[1]
    W_ih, W_hh, b_ih, b_hh = (value.detach().clone() for value in w)
    for value in (W_ih, W_hh, b_ih, b_hh):
        value[: 2 * H] *= 1.0
    b_ih[:H], b_ih[H : 2 * H] = -30.0, 30.0
    return W_ih, W_hh, b_ih, b_hh
