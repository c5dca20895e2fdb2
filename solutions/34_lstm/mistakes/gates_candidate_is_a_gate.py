"""Puts a sigmoid on all four blocks."""

TRIPS = ["gate_probe.value", "gate_probe.example"]

def gates(x, h, c, w):
    W_ih, W_hh, b_ih, b_hh = w
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4, dim=1)
    return {"i": i.sigmoid(), "f": f.sigmoid(), "g": g.sigmoid(), "o": o.sigmoid()}
