"""Hidden checks of topic 41: ranking and the bandit. Averages are judged within five standard errors."""

from __future__ import annotations

from typing import Any

import torch
from bonus_beyond_reference import F64, five_errors
from torch import Tensor

from autograder.checks import compare
from autograder.checks.marks import check
from autograder.checks.seeding import Draw, float_type

FOUND = {"what": "the documents", "zh": "文档"}
ITEMS = {"what": "the items", "zh": "物品"}

# rank_recommend -----------------------------------------------------------------------------------------------------


def ranking(scores: list[float]) -> list[int]:
    """All indices, best first, equal ones in their order."""
    return sorted(range(len(scores)), key=lambda place: -scores[place])


def recommended(U: Tensor, items: Tensor, seen: Tensor, k: int) -> Tensor:
    rows = []
    for user, known in zip(U, seen.tolist(), strict=True):
        order = [place for place in ranking((items @ user).tolist()) if not known[place]]
        rows.append((order + [-1] * len(known))[: min(k, len(known))])
    return torch.tensor(rows, dtype=torch.int64).reshape(len(U), min(k, len(items)))


def small_numbers(draw: Draw, number: int, *shape: int) -> Tensor:
    """Whole numbers from -2 to 2: scores are exact, and many of them equal."""
    return draw.layout(draw.integers(-2, 3, *shape).to(float_type(number)), number % 3)


@check(
    "rank_recommend.ordered",
    hint="The largest scalar product comes first; k of them, as int64.",
    zh="内积最大的排在最前；取 k 个，类型为 int64。",
)
def test_best_documents_first(submission: Any, draw: Draw) -> None:
    for number in range(12):
        (n, d), dtype = draw.sizes(2, 2, 30), float_type(number)
        q, docs = draw.randn(d, dtype=dtype), draw.layout(draw.randn(n, d, dtype=dtype), number % 3)
        k = draw.size(1, n)
        want = torch.tensor(ranking((docs.double() @ q.double()).tolist())[:k])
        compare.same(submission.search_topk(q, docs, k), want, **FOUND)


@check(
    "rank_recommend.ties_stable",
    hint="Equal scores keep their order: is your sorting stable? torch.topk does not promise it.",
    zh="得分相同的保持原来的次序：你的排序是稳定的吗？torch.topk 并不保证。",
)
def test_equal_scores_keep_their_order(submission: Any, draw: Draw) -> None:
    for number in range(6):
        n, d = 60 + draw.size(0, 20), draw.size(1, 3)
        q, docs = small_numbers(draw, number, d), small_numbers(draw, number, n, d)
        k = draw.size(20, n)
        compare.same(submission.search_topk(q, docs, k), torch.tensor(ranking((docs @ q).tolist())[:k]), **FOUND)
        U, seen = small_numbers(draw, number, 3, d), draw.uniform(0, 1, 3, n) < 0.3
        compare.same(submission.recommend(U, docs, seen, k), recommended(U, docs, seen, k), **ITEMS)


@check(
    "rank_recommend.recommend_value",
    hint="Every user has scores and a list of his own.",
    zh="每个用户都有自己的得分，也有自己的列表。",
)
def test_items_for_every_user(submission: Any, draw: Draw) -> None:
    for number in range(12):
        u, i, d = draw.sizes(3, 1, 14)
        dtype = float_type(number)
        U, items = draw.randn(u, d, dtype=dtype), draw.layout(draw.randn(i, d, dtype=dtype), number % 3)
        seen, k = draw.layout(draw.uniform(0, 1, u, i) < 0.4, number % 3), draw.size(1, i)
        want = recommended(U.double(), items.double(), seen, k)
        compare.same(submission.recommend(U, items, seen, k), want, **ITEMS)


@check(
    "rank_recommend.seen_excluded",
    hint="What has been seen is out, even where all other scores are negative, even where nothing is left: then -1.",
    zh="看过的一律排除，即使其余得分都是负的，即使什么也不剩：那就填 -1。",
)
def test_nothing_is_shown_twice(submission: Any, draw: Draw) -> None:
    for number in range(4):
        i, dtype = draw.size(4, 12), float_type(number)
        U, items = draw.uniform(1, 2, 4, 3, dtype=dtype), -draw.uniform(1e3, 1e5, i, 3, dtype=dtype)
        seen = draw.uniform(0, 1, 4, i) < torch.tensor([[0.5], [2.0], [-1.0], [0.8]])
        want = recommended(U.double(), items.double(), seen, i)
        compare.same(submission.recommend(U, items, seen, i), want, **ITEMS)


@check(
    "rank_recommend.k_gt_n",
    hint="Who asks for more than there is gets all there is.",
    zh="要的比有的多，就给出全部。",
)
def test_more_is_asked_than_there_is(submission: Any, draw: Draw) -> None:
    for number in range(3):
        n, d = draw.sizes(2, 1, 7)
        q, docs = draw.randn(d), draw.randn(n, d)
        want = torch.tensor(ranking((docs @ q).tolist()))
        compare.same(submission.search_topk(q, docs, n + draw.size(1, 9)), want, **FOUND)
        U, seen = draw.randn(2, d), draw.uniform(0, 1, 2, n) < 0.4
        got = submission.recommend(U, docs, seen, n + 1 + number)
        compare.same(got, recommended(U, docs, seen, n), **ITEMS)


@check(
    "rank_recommend.inputs_unchanged",
    hint="docs, U, I and seen belong to the caller.",
    zh="docs、U、I、seen 都是调用者的。",
    weight=0.5,
)
def test_ranking_leaves_its_tables_alone(submission: Any, draw: Draw) -> None:
    given = (draw.randn(3, 2), draw.randn(5, 2), draw.uniform(0, 1, 3, 5) < 0.5)
    seen = submission.observe("recommend", *given, 3)
    compare.same(seen.result, recommended(*given, 3), **ITEMS)
    for before, after, name in zip(given, seen.args, ("U", "I", "seen"), strict=False):
        compare.unchanged(before, after, name)


# bandit -------------------------------------------------------------------------------------------------------------


def played(
    submission: Any, p: list[float], T: int, eps: float, generator: torch.Generator
) -> tuple[float, list[float]]:
    """The mean reward and the estimates, known to be numbers between 0 and 1."""
    got = compare.items(submission.epsilon_greedy(p, T, eps, generator), 2, tuple, "the result", "结果")
    reward = compare.is_type(got[0], float, "the mean reward", "平均奖励")
    what = {"what": "the estimates", "zh": "估计"}
    estimates = compare.finite(compare.tensor(got[1], shape=(len(p),), dtype=F64, **what), **what).tolist()
    inside = all(-1e-9 <= value <= 1 + 1e-9 for value in (reward, *estimates))
    compare.require(inside, "rewards of 0 and 1 have means between 0 and 1.", "0 与 1 的奖励，均值应在 0 与 1 之间。")
    return reward, estimates


@check(
    "bandit.explores",
    hint="One pull in ten goes to an arm drawn from all; the others go to the arm that looks best so far.",
    zh="十次里有一次，从所有的臂中随便抽一个；其余的都给目前看来最好的臂。",
)
def test_a_little_curiosity_pays(submission: Any, draw: Draw) -> None:
    rewards = sorted(played(submission, [0.2, 0.5, 0.75], 2000, 0.1, draw.new_generator())[0] for _ in range(5))
    compare.require(
        rewards[2] > 0.65,
        "in most of the games the mean reward is not above 0.65.",
        "多数几局的平均奖励没有超过 0.65。",
        reason="training",
    )
    for eps in (0.4, 0.8):  # the best arm pays always, so only exploring costs
        reward, _ = played(submission, [1.0, 0.0, 0.0, 0.0], 2000, eps, draw.new_generator())
        want = 1 - 0.75 * eps
        compare.number(reward, want, 0.0, five_errors(want * (1 - want), 2000), what="the mean reward", zh="平均奖励")


@check(
    "bandit.greedy",
    hint="eps = 0: always the highest estimate, of equal ones the first. All estimates begin at 0.",
    zh="eps = 0：总是取估计最高的，相同则取第一个。所有的估计都从 0 开始。",
)
def test_without_curiosity_the_first_arm_is_all(submission: Any, draw: Draw) -> None:
    for p in ([0.2, 0.5, 0.75], [0.0, 1.0], [0.4]):
        T = draw.size(200, 400)
        reward, estimates = played(submission, p, T, 0.0, draw.new_generator())
        want = five_errors(p[0] * (1 - p[0]), T)
        compare.number(reward, p[0], 0.0, want if p[0] else 0.0, what="the mean reward", zh="平均奖励")
        compare.same(estimates, [reward, *[0.0] * (len(p) - 1)], what="the estimates", zh="估计")


def could_be(one: float, other: float, paid: int, T: int) -> bool:
    """Some share-out of T pulls makes both estimates means of whole numbers of rewards that add up to `paid`."""
    for pulls in range(T + 1):
        won = round(one * pulls)
        exact = abs(one * pulls - won) + abs(other * (T - pulls) - (paid - won)) < 1e-7
        if exact and (pulls > 0 or one == 0) and (pulls < T or other == 0):
            return True
    return False


@check(
    "bandit.running_mean",
    hint="Each arm counts its own pulls, and its estimate is the mean of its rewards: old + (new - old) / count.",
    zh="每个臂各数各的次数，估计是它自己奖励的均值：旧值 +（新值 - 旧值）/ 次数。",
)
def test_estimates_are_means_of_whole_numbers_of_rewards(submission: Any, draw: Draw) -> None:
    for T in (1, 37, 90):
        reward, (one, other) = played(submission, [0.6, 0.3], T, 1.0, draw.new_generator())
        paid = round(reward * T)
        compare.same(reward, paid / T, what="the mean reward", zh="平均奖励")
        compare.require(
            could_be(one, other, paid, T),
            "the estimates are no means of rewards that add up to the total.",
            "这些估计不可能是加起来等于总数的奖励的均值。",
        )
    _, estimates = played(submission, [1.0, 0.0, 1.0], 300, 1.0, draw.new_generator())
    compare.same(estimates, [1.0, 0.0, 1.0], what="the estimates", zh="估计")


@check(
    "bandit.all_arms",
    hint="eps = 1: every arm is drawn equally often, and each estimate comes near the arm's own probability.",
    zh="eps = 1：每个臂抽到的机会相等，每个估计都接近那个臂自己的概率。",
)
def test_exploring_finds_what_the_arms_pay(submission: Any, draw: Draw) -> None:
    p = [0.9, 0.1, 0.5, 0.3][: draw.size(3, 4)]
    p = [p[place] for place in draw.permutation(len(p)).tolist()]
    T = 3000
    reward, estimates = played(submission, p, T, 1.0, draw.new_generator())
    for value, want in zip(estimates, p, strict=True):
        compare.number(value, want, 0.0, five_errors(want * (1 - want), T // 5), what="an estimate", zh="某个估计")
    mean = sum(p) / len(p)
    compare.number(reward, mean, 0.0, five_errors(mean * (1 - mean), T), what="the mean reward", zh="平均奖励")


@check(
    "bandit.seeded",
    hint="Exploring, choosing an arm and paying: all chance comes from the generator.",
    zh="是否探索、抽哪个臂、付不付钱：所有随机性都来自 generator。",
)
def test_the_same_generator_plays_the_same_game(submission: Any, draw: Draw) -> None:
    games = []
    for seed in (1, 1, 2, 3, 4):
        submission.build("torch.rand(3), np.random.rand(3).tolist()")
        generator = torch.Generator().manual_seed(seed + draw.seed % 1000)
        games.append(played(submission, [0.3, 0.6, 0.5], 150, 0.5, generator))
    compare.same(games[1], games[0], rtol=0.0, atol=0.0, what="a second game", zh="第二局")
    different = any(game != games[0] for game in games[2:])
    compare.require(different, "every generator plays the same game.", "不论哪个 generator，都是同一局。")
