"""There are H - h places."""

TRIPS = ["corr2d.kernel_equals_input", "corr2d.value", "corr2d.example"]
ALSO = ["learn_kernel.example"]


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - h, x.shape[1] - w
    return sum(k[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))
