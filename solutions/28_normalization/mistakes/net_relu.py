"""Any activation will do, and relu learns faster."""

from torch import nn

TRIPS = ["train_bn.forward", "train_bn.without_fails"]


class DeepSigmoid(nn.Module):
    def __init__(self, widths, bn):
        super().__init__()
        layers = []
        for before, after in zip(widths[:-2], widths[1:-1]):
            layers += [nn.Linear(before, after), BatchNorm(after) if bn else nn.Identity(), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))

    def forward(self, x):
        return self.layers(x)
