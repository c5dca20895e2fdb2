"""Lists of layers and loops over them, functions in place of modules, a DataLoader for the training."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList([nn.Conv2d(1, 8, 3, padding="same"), nn.Conv2d(8, 16, 3, padding="same")])

    def forward(self, x):
        for convolution in self.convolutions:
            x = F.relu(F.max_pool2d(convolution(x), kernel_size=2))
        return torch.flatten(x, start_dim=1)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(64, 32), nn.Linear(32, 10)

    def forward(self, x):
        return self.out(self.hidden(x).clamp(min=0))


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.features, self.classifier = Features(), Classifier()

    def forward(self, x):
        return self.classifier(self.features(x))


class Inception(nn.Module):
    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()

        def bent(before, after, k):
            return nn.Sequential(nn.Conv2d(before, after, k, padding=k // 2), nn.ReLU())

        self.branches = nn.ModuleList([
            bent(c_in, c1, 1),
            nn.Sequential(bent(c_in, c3[0], 1), bent(*c3, 3)),
            nn.Sequential(bent(c_in, c5[0], 1), bent(*c5, 5)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), bent(c_in, cp, 1)),
        ])

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], dim=-3)


class Residual(nn.Module):
    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.shortcut = nn.Sequential()
        if (c_in, 1) != (c_out, stride):
            self.shortcut.append(nn.Conv2d(c_in, c_out, kernel_size=1, stride=stride, bias=False))
            self.shortcut.append(nn.BatchNorm2d(c_out))
        self.conv1 = nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(c_out, c_out, 3, 1, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(c_out), nn.BatchNorm2d(c_out)

    def forward(self, x):
        out = self.shortcut(x)
        x = self.bn1(self.conv1(x)).relu_()
        return torch.add(self.bn2(self.conv2(x)), out).clamp_min(0)


class ResNetMini(nn.Module):
    def __init__(self, c_in=1, widths=(8, 16, 32), classes=10):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(c_in, widths[0], 3, 1, "same", bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU(inplace=True)
        )
        self.blocks = nn.Sequential()
        before = widths[0]
        for width in widths:
            self.blocks.append(Residual(before, width, 1 + (len(self.blocks) > 0)))
            before = width
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        return self.fc(self.pool(self.blocks(self.stem(x)))[:, :, 0, 0])


class DeepMLP(nn.Module):
    def __init__(self, depth, width, residual):
        super().__init__()
        self.skip = float(residual)
        self.layers = nn.ModuleList([nn.Linear(64, width)])
        self.layers.extend(nn.Linear(width, width) for _ in range(depth - 2))
        self.layers.append(nn.Linear(width, 10))

    def forward(self, x):
        first, *hidden, last = self.layers
        h = first(x.reshape(len(x), 64))
        for layer in hidden:
            h = layer(h.clamp(min=0)) + self.skip * h
        return last(h.clamp(min=0))


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    loader = DataLoader(TensorDataset(X, y), batch_size=32, shuffle=True, generator=generator)
    optimizer = torch.optim.Adam(model.parameters(), lr)
    for _ in range(epochs):
        model.train()
        for images, labels in loader:
            loss = nn.CrossEntropyLoss()(model(images), labels)
            model.zero_grad()
            loss.backward()
            optimizer.step()
    model.eval()
    return model
