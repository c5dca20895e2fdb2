"""A classifier ends with a softmax."""

from torch import nn

TRIPS = ["lenet.no_softmax_at_end"]


class LeNet(nn.Module):

    def __init__(self):
        super().__init__()
        first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        second = [nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        self.features = nn.Sequential(*first, *second, nn.Flatten())
        self.classifier = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))

    def forward(self, x):
        return self.classifier(self.features(x)).softmax(1)
