"""The order does not matter: of layers in the two parts, of branches, of images."""

import torch
import torch.nn.functional as F
from torch import nn

TRIPS = ["lenet.two_parts", "lenet.example", "inception.branch_order", "train_cnn.batches", "train_cnn.generator_only"]


class LeNet(nn.Module):

    def __init__(self):
        super().__init__()
        first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        second = [nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*first, *second)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))

    def forward(self, x):
        return self.classifier(self.features(x))


class Inception(nn.Module):

    def __init__(self, c_in, c1, c3, c5, cp):
        super().__init__()
        self.one = nn.Conv2d(c_in, c1, 1)
        self.three = nn.Sequential(nn.Conv2d(c_in, c3[0], 1), nn.ReLU(), nn.Conv2d(c3[0], c3[1], 3, padding=1))
        self.five = nn.Sequential(nn.Conv2d(c_in, c5[0], 1), nn.ReLU(), nn.Conv2d(c5[0], c5[1], 5, padding=2))
        self.pool = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), nn.Conv2d(c_in, cp, 1))

    def forward(self, x):
        return F.relu(torch.cat([self.one(x), self.five(x), self.three(x), self.pool(x)], 1))


def train_cnn(model, X, y, epochs, generator, lr=0.005):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    model.train()
    for _ in range(epochs):
        for rows in torch.arange(len(X)).split(32):
            optimizer.zero_grad()
            F.cross_entropy(model(X[rows]), y[rows]).backward()
            optimizer.step()
    return model.eval()
