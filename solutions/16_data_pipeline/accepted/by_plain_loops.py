"""Index lists and plain loops: an iterator class for the passes, one channel after the other, one picture after the
other, pixel by pixel where it must be."""

import random

import torch


class ArrayDataset:
    def __init__(self, X, y, transform=None):
        if X.shape[0] != y.shape[0]:
            raise ValueError("as many labels as inputs, please")
        self.X = X.clone()
        self.y = y.clone()
        self.transform = transform

    def __len__(self):
        return self.y.shape[0]

    def __getitem__(self, i):
        if i >= len(self) or i < -len(self):
            raise IndexError(f"no sample {i}")
        x = torch.empty_like(self.X[i]).copy_(self.X[i])
        if self.transform is not None:
            x = self.transform(x)
        return x, self.y[i] + torch.zeros_like(self.y[i])


class Pass:
    def __init__(self, loader, order):
        self.loader, self.order = loader, order

    def __iter__(self):
        return self

    def __next__(self):
        size = self.loader.batch_size
        if not self.order or (self.loader.drop_last and len(self.order) < size):
            raise StopIteration
        now, self.order = self.order[:size], self.order[size:]
        samples = []
        for i in now:
            samples.append(self.loader.ds[i])
        return self.loader.collate(samples)


class Loader:
    def __init__(self, ds, batch_size, shuffle=False, drop_last=False, generator=None, collate=None):
        if not batch_size >= 1:
            raise ValueError(batch_size)
        self.ds, self.batch_size, self.shuffle, self.drop_last = ds, batch_size, shuffle, drop_last
        self.generator = generator
        self.collate = collate if collate else collate_fields

    def __len__(self):
        count = 0
        for start in range(0, len(self.ds), self.batch_size):
            count += start + self.batch_size <= len(self.ds) or not self.drop_last
        return count

    def __iter__(self):
        order = [i for i in range(len(self.ds))]
        if self.shuffle:
            seed = torch.randint(0, 2**62, (1,), generator=self.generator).item()
            random.Random(seed).shuffle(order)
        return Pass(self, order)


def collate_fields(samples):
    if type(samples[0]) is not tuple:
        return one_field(samples)
    fields = []
    for k in range(len(samples[0])):
        fields.append(one_field([sample[k] for sample in samples]))
    return tuple(fields)


def one_field(values):
    if isinstance(values[0], torch.Tensor):
        return torch.stack(values, 0)
    return torch.tensor(values)


def as_light(img):
    return img / torch.tensor(255.0) if img.dtype == torch.uint8 else img


class Normalize:
    def __init__(self, mean, std):
        self.pairs = [(m, s if s != 0 else s + 1) for m, s in zip(mean, std, strict=True)]

    def __call__(self, img):
        img = as_light(img)
        out = torch.zeros_like(img)
        for c, (m, s) in enumerate(self.pairs):
            out[..., c, :, :] = (img[..., c, :, :] - m) / s
        return out

    def denormalize(self, img):
        out = img.clone()
        for c, (m, s) in enumerate(self.pairs):
            out[..., c, :, :] *= s
            out[..., c, :, :] += m
        return out


def fit_channel_stats(ds):
    if not len(ds):
        raise ValueError("empty")
    images = [as_light(ds[i][0]) for i in range(len(ds))]
    means, stds = [], []
    for c in range(images[0].shape[0]):
        values = torch.cat([img[c].reshape(-1).double() for img in images])
        means.append(values.mean())
        stds.append(values.std(correction=0))
    return torch.stack(means).to(images[0].dtype), torch.stack(stds).to(images[0].dtype)


def random_hflip(x, p, generator=None):
    if p > 1 or p < 0:
        raise ValueError("p")
    out = x.clone()
    for i in range(len(x)):
        if torch.rand((), generator=generator, dtype=torch.float64).item() < p:
            out[i] = torch.flip(x[i], dims=(2,))
    return out


def random_shift(x, max_shift, generator=None, fill=0.0):
    if max_shift < 0:
        raise ValueError("max_shift")
    out = torch.full_like(x, fill)
    h, w = x.shape[2], x.shape[3]
    for i in range(len(x)):
        d = int(torch.randint(-max_shift, max_shift + 1, (1,), generator=generator))
        r = int(torch.randint(-max_shift, max_shift + 1, (1,), generator=generator))
        if abs(d) < h and abs(r) < w:
            there = (slice(None), slice(max(d, 0), h + min(d, 0)), slice(max(r, 0), w + min(r, 0)))
            here = (slice(None), slice(max(-d, 0), h + min(-d, 0)), slice(max(-r, 0), w + min(-r, 0)))
            out[i][there] = x[i][here]
    return out


def augment_digits(x, generator=None):
    return random_shift(x, max_shift=1, generator=generator)
