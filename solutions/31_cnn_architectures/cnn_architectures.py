"""Topic 31: LeNet, the Inception block, ResNet.

Fill in the classes and the function. Until you do, they raise NotImplementedError and count as "not started".

Conventions of the course: images are laid out (N, C, H, W), float32 or float64, whatever the parameters are. A module
starts with the weights that torch gives its layers, gives gradients to everything that enters it, and changes nothing
that it is given. You may use all of torch: nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d, nn.Sequential, ...
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


class LeNet(nn.Module):
    """A small LeNet for grey images of 8 x 8: (N, 1, 8, 8) to logits (N, 10), N >= 0.

    Two submodules, one after the other:

    features    (N, 1, 8, 8) to (N, 64): convolution 3 x 3 to 8 channels, padding 1; ReLU; max pooling 2 x 2;
                convolution 3 x 3 to 16 channels, padding 1; ReLU; max pooling 2 x 2; flattened channel by channel,
                each channel row by row (as torch.flatten does)
    classifier  (N, 64) to (N, 10): fully connected to 32; ReLU; fully connected to 10

    All four layers have biases; there is nothing else in it. What stands inside of the two is named as you like.

    >>> model = LeNet()
    >>> model.features(torch.zeros(2, 1, 8, 8)).shape, model(torch.zeros(2, 1, 8, 8)).shape
    (torch.Size([2, 64]), torch.Size([2, 10]))
    >>> sum(p.numel() for p in model.parameters())
    3658
    """

    def __init__(self) -> None:
        # answer
        super().__init__()
        first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        second = [nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*first, *second, nn.Flatten())
        self.classifier = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """The logits (N, 10) of the images x (N, 1, 8, 8)."""
        # answer
        return self.classifier(self.features(x))
        # end answer


class Inception(nn.Module):
    """Four branches look at the same image, and their channels are put one after the other: (N, c_in, H, W) to
    (N, c1 + c3[1] + c5[1] + cp, H, W), N >= 0, H >= 1, W >= 1.

    c_in  channels that come in
    c1    branch 1: convolution 1 x 1 to c1 channels
    c3    branch 2: a pair (r, c): convolution 1 x 1 to r channels, then convolution 3 x 3 to c channels
    c5    branch 3: a pair (r, c): convolution 1 x 1 to r channels, then convolution 5 x 5 to c channels
    cp    branch 4: max pooling 3 x 3 with stride 1, then convolution 1 x 1 to cp channels

    A ReLU follows each of the six convolutions, and each has a bias. Every branch keeps height and width: convolutions
    are padded with zeros, the pooling with -inf. The channels come in the order of the branches. The names of the
    submodules are up to you.

    >>> block = Inception(3, 4, (2, 5), (1, 3), 6)
    >>> block(torch.zeros(2, 3, 7, 4)).shape
    torch.Size([2, 18, 7, 4])
    >>> sum(p.numel() for p in block.parameters())
    225
    """

    def __init__(self, c_in: int, c1: int, c3: tuple[int, int], c5: tuple[int, int], cp: int) -> None:
        # answer
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[0], 1), nn.ReLU(), nn.Conv2d(c3[0], c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[0], 1), nn.ReLU(), nn.Conv2d(c5[0], c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, cp, 1))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """The channels of all four branches for x (N, c_in, H, W)."""
        # answer
        return F.relu(torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], 1))
        # end answer


class Residual(nn.Module):
    """relu(F(x) + shortcut(x)): (N, c_in, H, W) to (N, c_out, ceil(H / stride), ceil(W / stride)).

        F(x) = bn2(conv2(relu(bn1(conv1(x)))))

    Submodules, with these names:

    conv1, conv2  nn.Conv2d, 3 x 3, padding 1, without bias; c_in to c_out with the stride, then c_out to c_out
    bn1, bn2      nn.BatchNorm2d with c_out channels, as torch makes it
    shortcut      x itself where c_in = c_out and stride = 1: nn.Identity(), or any module without parameters.
                  Otherwise nn.Sequential of a convolution 1 x 1 with the stride, without bias and without padding, and
                  an nn.BatchNorm2d: the projection

    >>> block = Residual(1, 2, stride=2)
    >>> block(torch.ones(3, 1, 7, 4)).shape, [name for name, _ in block.shortcut.named_parameters()]
    (torch.Size([3, 2, 4, 2]), ['0.weight', '1.weight', '1.bias'])
    """

    def __init__(self, c_in: int, c_out: int, stride: int = 1) -> None:
        # answer
        super().__init__()
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c_out)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(c_out)
        self.shortcut: nn.Module = nn.Identity()
        if c_in != c_out or stride != 1:
            self.shortcut = nn.Sequential(nn.Conv2d(c_in, c_out, 1, stride, bias=False), nn.BatchNorm2d(c_out))
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """relu(F(x) + shortcut(x)) for x (N, c_in, H, W)."""
        # answer
        branch = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(branch + self.shortcut(x))
        # end answer


class ResNetMini(nn.Module):
    """A small residual network: images (N, c_in, H, W) of any size, H >= 4 and W >= 4, to logits (N, classes).

    widths  the channels (w0, w1, w2) of the three blocks

    Submodules, with these names, one after the other:

    stem    nn.Sequential: convolution 3 x 3 to w0 channels, padding 1, without bias; nn.BatchNorm2d; nn.ReLU
    blocks  nn.Sequential: Residual(w0, w0), Residual(w0, w1, stride=2), Residual(w1, w2, stride=2)
    fc      nn.Linear(w2, classes), on the mean of each channel over all of its pixels

    >>> model = ResNetMini()
    >>> model(torch.zeros(2, 1, 5, 9)).shape, sum(p.numel() for p in model.parameters())
    (torch.Size([2, 10]), 19810)
    """

    def __init__(self, c_in: int = 1, widths: tuple[int, int, int] = (8, 16, 32), classes: int = 10) -> None:
        # answer
        super().__init__()
        w0, w1, w2 = widths
        self.stem = nn.Sequential(nn.Conv2d(c_in, w0, 3, padding=1, bias=False), nn.BatchNorm2d(w0), nn.ReLU())
        self.blocks = nn.Sequential(Residual(w0, w0), Residual(w0, w1, 2), Residual(w1, w2, 2))
        self.fc = nn.Linear(w2, classes)
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """The logits (N, classes) of the images x (N, c_in, H, W)."""
        # answer
        return self.fc(self.blocks(self.stem(x)).mean((2, 3)))
        # end answer


class DeepMLP(nn.Module):
    """Many fully connected layers in a row, with or without skips: (N, 1, 8, 8), or any other shape of 64 numbers per
    image, to logits (N, 10).

    depth     how many fully connected layers, >= 2
    width     how many numbers go from each layer to the next one
    residual  whether what enters a hidden layer is added to what leaves it

        h = L[0](x)                                      x flattened, (N, 64)
        h = h + L[i](relu(h))   or   h = L[i](relu(h))   for i = 1 ... depth - 2: with skips, or without
        logits = L[depth - 1](relu(h))

    layers  nn.ModuleList of these nn.Linear: L[0] from 64 to width, L[depth - 1] from width to 10

    >>> model = DeepMLP(30, 32, True)
    >>> len(model.layers), model(torch.zeros(5, 1, 8, 8)).shape
    (30, torch.Size([5, 10]))
    """

    def __init__(self, depth: int, width: int, residual: bool) -> None:
        # answer
        super().__init__()
        sizes = [64, *[width] * (depth - 1), 10]
        self.layers = nn.ModuleList(nn.Linear(sizes[i], sizes[i + 1]) for i in range(depth))
        self.residual = residual
        # end answer

    def forward(self, x: Tensor) -> Tensor:
        """The logits (N, 10) of x."""
        # answer
        h = self.layers[0](x.flatten(1))
        for layer in self.layers[1:-1]:
            step = layer(F.relu(h))
            h = h + step if self.residual else step
        return self.layers[-1](F.relu(h))
        # end answer


def train_cnn(
    model: nn.Module, X: Tensor, y: Tensor, epochs: int, generator: Generator, lr: float = 0.005
) -> nn.Module:
    """Train `model`, in training mode, with Adam, and return it, the same object, in evaluation mode.

    model   any module from images to logits (n, C)
    X, y    (n, 1, 8, 8) and (n,) int64, n >= 1. Both stay as they are.
    epochs  >= 0. In each epoch all images come in a new random order, drawn from `generator` alone, in batches of 32;
            the last batch may be smaller. Each batch makes one step on its mean cross-entropy.
    lr      step size; torch.optim.Adam(model.parameters(), lr=lr) and everything else as torch has it

    >>> model = nn.Sequential(nn.Flatten(), nn.Linear(64, 3))
    >>> train_cnn(model, torch.rand(40, 1, 8, 8), torch.arange(40) % 3, 2, torch.Generator()).training
    False
    """
    # answer
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
    # end answer
