"""PyTorch has a loader: wrap it."""

from torch.utils.data import DataLoader

TRIPS = ["Loader.no_torch_loader"]


class Loader:
    def __init__(self, ds, batch_size, shuffle=False, drop_last=False, generator=None, collate=None):
        if batch_size < 1:
            raise ValueError("batch_size")
        self.real = DataLoader(list(ds), batch_size, False, drop_last=drop_last, collate_fn=collate)

    def __len__(self):
        return len(self.real)

    def __iter__(self):
        for batch in self.real:
            yield tuple(batch) if isinstance(batch, list) else batch
