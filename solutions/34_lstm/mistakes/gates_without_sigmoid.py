"""Forgets that a gate must be between shut and open."""

TRIPS = ["gate_probe.ranges", "gate_probe.value"]

def gates(x, h, c, w):
    W_ih, W_hh, b_ih, b_hh = w
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
    return {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.tanh(), "o": o}
