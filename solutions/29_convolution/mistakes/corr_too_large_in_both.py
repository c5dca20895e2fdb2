"""A kernel is too large if it has more pixels than the image."""

TRIPS = ["corr2d.too_large_raises"]


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - h + 1, x.shape[1] - w + 1
    if h * w > x.numel():
        raise ValueError("the kernel does not fit")
    if rows < 1 or columns < 1:
        return x.new_zeros(0, 0)
    return sum(k[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))
