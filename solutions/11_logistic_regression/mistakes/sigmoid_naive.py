"""The formula of the book is the code. (Its gradient at -1000 is 0 * inf.)"""

TRIPS = ["sigmoid.extreme_grad"]

def sigmoid(x):
    return 1 / (1 + torch.exp(-x))
