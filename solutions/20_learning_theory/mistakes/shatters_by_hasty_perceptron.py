"""What ten rounds of the perceptron cannot separate cannot be separated."""

TRIPS = ["shatters.three_general"]


def shatters(P):
    rows = torch.cat([P, torch.ones(len(P), 1, dtype=P.dtype)], dim=1)
    for number in range(2 ** len(P)):
        signs = [1 if number >> place & 1 else -1 for place in range(len(P))]
        w = torch.zeros(3, dtype=P.dtype)
        for _ in range(10):
            wrong = 0
            for row, sign in zip(rows, signs):
                if sign * float(row @ w) <= 0:
                    w, wrong = w + sign * row, wrong + 1
            if not wrong:
                break
        else:
            return False
    return True
