"""Also shuts the candidate, so that the cell will never learn again."""

TRIPS = ["gate_probe.hold_leaves_the_rest"]

def hold_memory(w):
    H = w[1].shape[1]
    W_ih, W_hh, b_ih, b_hh = (value.detach().clone() for value in w)
    for value in (W_ih, W_hh, b_ih, b_hh):
        value[: 3 * H] = 0.0
    b_ih[:H], b_ih[H : 2 * H] = -30.0, 30.0
    return W_ih, W_hh, b_ih, b_hh
