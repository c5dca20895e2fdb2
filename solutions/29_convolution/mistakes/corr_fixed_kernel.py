"""Only the image is data; the kernel is fixed and needs no gradient."""

TRIPS = ["corr2d.gradient"]


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if rows < 1 or columns < 1:
        raise ValueError("the kernel does not fit")
    return sum(k.detach()[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))
