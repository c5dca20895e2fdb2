"""x1 is 0, then x2 is -b / w2. (w2 may be 0.)"""

TRIPS = ["predict_boundary.on_boundary", "predict_boundary.no_boundary_raises"]

def boundary_point(w, b):
    return torch.stack([torch.zeros_like(b), -b / w[1]])
