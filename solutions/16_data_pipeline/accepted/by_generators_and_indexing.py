"""A loader whose order is sorted noise and whose pass is made of nested generators; channels by einsum-like views;
pictures moved all at once by index arithmetic."""

import itertools

import torch
import torch.nn.functional as F


class ArrayDataset:
    def __init__(self, X, y, transform=None):
        self.pairs = list(zip(X.unbind(0), y.unbind(0), strict=True))
        self.transform = transform or (lambda x: x)

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, i):
        x, label = self.pairs[i]
        return self.transform(x.detach().clone()), torch.clone(label)


class Loader:
    def __init__(self, ds, batch_size, shuffle=False, drop_last=False, generator=None, collate=None):
        if batch_size <= 0:
            raise ValueError("a batch holds at least one sample")
        self.ds, self.size, self.generator = ds, batch_size, generator
        self.shuffle, self.drop_last, self.collate = shuffle, drop_last, collate

    def __len__(self):
        n = len(self.ds)
        return n // self.size if self.drop_last else -(-n // self.size)

    def __iter__(self):
        n = len(self.ds)
        places = iter(range(n))
        if self.shuffle:
            noise = torch.rand(n, generator=self.generator, dtype=torch.float64)
            places = iter(noise.argsort().tolist())
        while True:
            tray = list(itertools.islice(places, self.size))
            if not tray or (self.drop_last and len(tray) < self.size):
                return
            samples = [self.ds[i] for i in tray]
            yield self.collate(samples) if self.collate is not None else self.join(samples)

    def join(self, samples):
        first = samples[0]
        if isinstance(first, tuple):
            return tuple(self.join([sample[k] for sample in samples]) for k in range(len(first)))
        if isinstance(first, torch.Tensor):
            return torch.cat([value[None] for value in samples])
        kind = torch.int64 if isinstance(first, int) else torch.get_default_dtype()
        return torch.as_tensor(samples, dtype=kind)


class Normalize:
    def __init__(self, mean, std):
        self.mean = mean.clone().view(-1, 1, 1)
        self.std = std.clone().view(-1, 1, 1)
        self.std[self.std == 0] = 1

    def __call__(self, img):
        if img.dtype == torch.uint8:
            img = img.to(torch.float32).div(255)
        return img.sub(self.mean.to(img.dtype)).div(self.std.to(img.dtype))

    def denormalize(self, img):
        return torch.addcmul(self.mean.to(img.dtype), img, self.std.to(img.dtype))


def fit_channel_stats(ds):
    count, total, kind = 0, 0, None
    for i in range(len(ds)):
        img = ds[i][0]
        kind = torch.float64 if img.dtype == torch.float64 else torch.float32
        scale = 255 if img.dtype == torch.uint8 else 1
        count += img.shape[1] * img.shape[2]
        total = total + (img.double() / scale).sum(dim=(1, 2))
    if kind is None:
        raise ValueError("no pictures")
    mean, square = total / count, 0
    for i in range(len(ds)):
        img = ds[i][0]
        scale = 255 if img.dtype == torch.uint8 else 1
        square = square + (img.double() / scale - mean[:, None, None]).pow(2).sum(dim=(1, 2))
    return mean.to(kind), (square / count).sqrt().to(kind)


def random_hflip(x, p, generator=None):
    if p < 0 or p > 1:
        raise ValueError(p)
    coins = torch.bernoulli(torch.full((x.shape[0],), float(p)), generator=generator).bool()
    out = x.clone()
    out[coins] = x[coins].flip(3)
    return out


def random_shift(x, max_shift, generator=None, fill=0.0):
    if max_shift < 0:
        raise ValueError("negative")
    n, c, h, w = x.shape
    down, right = (torch.randint(-max_shift, max_shift + 1, (n,), generator=generator) for _ in range(2))
    rows = torch.arange(h)[None, :] - down[:, None]
    columns = torch.arange(w)[None, :] - right[:, None]
    inside = ((rows >= 0) & (rows < h))[:, None, :, None] & ((columns >= 0) & (columns < w))[:, None, None, :]
    picked = x[torch.arange(n)[:, None, None], :, rows.clamp(0, h - 1)[:, :, None], columns.clamp(0, w - 1)[:, None, :]]
    return torch.where(inside, picked.permute(0, 3, 1, 2), torch.full((), fill, dtype=x.dtype))


def augment_digits(x, generator=None):
    moves = torch.randint(0, 3, (len(x), 2), generator=generator).tolist()
    wide = F.pad(x, (1, 1, 1, 1))
    return torch.stack([img[:, a : a + 8, b : b + 8] for img, (a, b) in zip(wide, moves, strict=True)])
