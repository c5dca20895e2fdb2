"""H - w + 1 rows and W - h + 1 columns: which size belongs to which does not matter, they are alike anyway."""

TRIPS = ["corr2d.non_square"]
ALSO = ["learn_kernel.example"]


def corr2d(x, k):
    h, w = k.shape
    rows, columns = x.shape[0] - w + 1, x.shape[1] - h + 1
    if h > x.shape[0] or w > x.shape[1]:
        raise ValueError("the kernel does not fit")
    return sum(k[a, b] * x[a : a + rows, b : b + columns] for a in range(h) for b in range(w))
