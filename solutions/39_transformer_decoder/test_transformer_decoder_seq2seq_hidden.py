"""Hidden checks of transformer-decoder: the network and its training. They are the student's from end to end."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformer_decoder_reference import (
    BOS,
    EOS,
    PAD,
    READY_MADE,
    WATCHED,
    Examples,
    asked,
    backwards,
    exact,
    sentences,
    trained,
)

from autograder.checks import compare, source_rules, training
from autograder.checks.marks import check
from autograder.checks.seeding import Draw

STEPS = 120
PARTS_WORK = [
    "train_seq2seq.example",
    "causal_mask.value",
    "causal_mask.row0_sees_itself",
    "shift_right.value",
    "decoder_block.value",
    "decoder_block.kv_from_memory",
    "decoder_block.causality",
    "decoder_block.memory_padding",
    "decoder_block.gradient",
]
NETWORK_WORKS = ["train_seq2seq.logits", "train_seq2seq.causal", "train_seq2seq.teacher_forcing_used"]


def network(submission: Any, V_in: int, V_out: int, draw: Draw) -> Any:
    """A Seq2Seq as it starts."""
    source = "torch.manual_seed(seed)\nstudent.Seq2Seq(V_in, V_out)"
    model = submission.build(source, V_in=V_in, V_out=V_out, seed=draw.new_seed() % 2**31)
    return compare.is_type(model, nn.Module, "Seq2Seq", "Seq2Seq")


def some_pairs(draw: Draw, V_in: int, V_out: int, T: int) -> tuple[Tensor, Tensor]:
    """Sources that end in PAD, each at another place, and decoder inputs without PAD."""
    src = draw.integers(3, V_in, 5, 8)
    src = torch.where(torch.arange(8) < torch.tensor([8, 3, 5, 1, 7])[:, None], src, PAD)
    tgt_in = draw.integers(3, V_out, 5, T)
    tgt_in[:, 0] = BOS
    return src, tgt_in


@check(
    "train_seq2seq.logits",
    hint="For every place of the decoder's input a score for each word of the target, float32; each pair is read by"
    " itself, up to max_len words on either side.",
    zh="解码器输入的每个位置上，目标语言的每个词各一个得分，float32；每一对独立处理，两边最多各 max_len 个词。",
    needs=PARTS_WORK,
)
def test_each_pair_is_read_by_itself(submission: Any, draw: Draw) -> None:
    V_in, V_out = draw.sizes(2, 7, 14)
    model, (src, tgt_in) = network(submission, V_in, V_out, draw), some_pairs(draw, V_in, V_out, 6)
    together = asked(submission, model, src, tgt_in, V_out)
    for rows in (slice(2, 3), slice(1, 5)):
        alone = asked(submission, model, src[rows], tgt_in[rows], V_out)
        compare.same(alone, together[rows], what="the scores of fewer pairs", zh="较少句对的得分")
    asked(submission, model, draw.integers(3, V_in, 2, 16), draw.integers(3, V_out, 2, 16), V_out)
    longer = submission.build("student.Seq2Seq(6, 7, max_len=21)")
    asked(submission, longer, draw.integers(3, 6, 2, 21), draw.integers(3, 7, 2, 21), 7)


@check(
    "train_seq2seq.causal",
    hint="Row t may know tgt_in up to t. Does every block of your decoder get the causal mask?",
    zh="第 t 行只能知道到 t 为止的 tgt_in。解码器的每个块都拿到因果掩码了吗？",
    needs=["train_seq2seq.logits"],
)
def test_no_row_knows_what_comes_later(submission: Any, draw: Draw) -> None:
    model, (src, tgt_in) = network(submission, 9, 11, draw), some_pairs(draw, 9, 11, 6)
    scores = asked(submission, model, src, tgt_in, 11)
    for t in range(1, 6):
        other = tgt_in.clone()
        other[:, t:] = (tgt_in[:, t:] - 3 + draw.integers(1, 8, 5, 6 - t)) % 8 + 3
        changed = asked(submission, model, src, other, 11)
        compare.same(
            changed[:, :t], scores[:, :t], what="the scores before the changed word", zh="被改动的词之前的得分"
        )
        shorter = asked(submission, model, src, tgt_in[:, :t], 11)
        compare.same(shorter, scores[:, :t], what="the scores of a prefix", zh="前缀的得分")


@check(
    "train_seq2seq.source_padding",
    hint="More or less filler behind a source changes nothing. Encoder and decoder both look at the source.",
    zh="源序列后面的填充多一些少一些，什么都不应改变。编码器和解码器都在看源序列。",
    needs=["train_seq2seq.logits"],
)
def test_filler_behind_the_source(submission: Any, draw: Draw) -> None:
    model, (src, tgt_in) = network(submission, 9, 11, draw), some_pairs(draw, 9, 11, 6)
    scores = asked(submission, model, src, tgt_in, 11)
    more = asked(submission, model, torch.cat([src, torch.full((5, 4), PAD)], 1), tgt_in, 11)
    compare.same(more, scores, what="the scores with more filler", zh="填充更多时的得分")
    for row, length in enumerate((8, 3, 5, 1, 7)):
        alone = asked(submission, model, src[row : row + 1, :length], tgt_in[row : row + 1], 11)
        compare.same(alone, scores[row : row + 1], what="the scores without filler", zh="没有填充时的得分")


@check(
    "train_seq2seq.teacher_forcing_used",
    hint="While it learns, the decoder reads what it should have said, one place to the right and with BOS in front.",
    zh="学习时，解码器读的是它本该说的话：右移一格，前面加上 BOS。",
    needs=["train_seq2seq.logits"],
)
def test_the_decoder_reads_the_shifted_target(fresh_submission: Any, draw: Draw) -> None:
    src, tgt, V_in, V_out = sentences(150, draw)
    given = {"src": src, "tgt": tgt, "V_in": V_in, "V_out": V_out, "steps": 4, "seed": draw.new_seed() % 2**31}
    calls = compare.items(
        fresh_submission().build(WATCHED, **given), None, list, "the calls of Seq2Seq", "对 Seq2Seq 的调用"
    )
    compare.require(len(calls) >= 4, "not every step calls the network.", "不是每一步都调用了网络。")
    means = {tuple(row): target for row, target in zip(src.tolist(), tgt, strict=True)}
    for call in calls:
        rows, read = compare.items(call, 2, list, "a call of Seq2Seq", "对 Seq2Seq 的一次调用")
        rows = compare.tensor(rows, shape=(None, None), dtype=torch.int64, what="src", zh="src")
        read = compare.tensor(read, shape=(len(rows), None), dtype=torch.int64, what="tgt_in", zh="tgt_in")
        whole = nn.functional.pad(rows, (0, max(src.shape[1] - rows.shape[1], 0)), value=PAD)
        known = [means.get(tuple(row)) for row in whole.tolist()]
        enough = 0 < read.shape[1] <= tgt.shape[1] and 0 < len(known) <= 128
        compare.require(
            enough and all(row is not None for row in known),
            "the network is not called with a batch of the sources it is trained on.",
            "调用网络时给的不是一批训练用的源序列。",
        )
        target = torch.stack([row for row in known if row is not None])
        want = torch.cat([torch.full((len(target), 1), BOS), target[:, :-1]], 1)[:, : read.shape[1]]
        compare.same(read, want, what="what the decoder reads in training", zh="训练时解码器读到的")
        lost = target[:, read.shape[1] :] != PAD
        compare.require(not bool(lost.any()), "words at the end are cut off.", "末尾的词被截掉了。")


@check(
    "train_seq2seq.loss_ignores_pad",
    hint="Behind EOS there is nothing to say. If the network learns to say PAD there, filler is counted in the loss.",
    zh="EOS 之后没有什么要说的。如果网络学会了在那里说 PAD，说明填充也计入了损失。",
    needs=["train_seq2seq.logits"],
)
def test_filler_of_the_target_is_not_learned(submission: Any, draw: Draw) -> None:
    src, words = draw.permutation(400)[:200] + 3, draw.integers(3, 9, 200)
    tgt = torch.tensor([EOS, *[PAD] * 6]).repeat(200, 1)
    tgt = torch.cat([words[:, None], tgt], 1)
    examples: Examples = (torch.stack([src, words], 1), tgt, 403, 9)
    model = trained(submission, examples, 25, draw.new_seed() % 2**31)
    read = torch.cat([torch.full((50, 1), BOS), tgt[:50, :-1]], 1)
    scores = asked(submission, model, examples[0][:50], read, 9)
    said = scores.argmax(-1)
    training.at_least(
        (said[:, 1] == EOS).double().mean().item(), 0.5, "the share of EOS at its place", "EOS 说对的比例"
    )
    what = ("the share of PAD among what is said behind EOS", "EOS 之后说出 PAD 的比例")
    training.at_most((said[:, 2:] == PAD).double().mean().item(), 0.5, *what)


@check(
    "train_seq2seq.generator_only",
    hint="All chance comes from the generator, that of the starting weights as well. What seeds the global generator?",
    zh="所有随机性都来自 generator，初始权重也不例外。全局生成器由什么来播种？",
    needs=["train_seq2seq.logits"],
)
def test_the_same_generator_gives_the_same_network(submission: Any, draw: Draw) -> None:
    examples, seed = backwards(60, 4, 8, draw), draw.new_seed() % 2**31
    for steps in (0, 2):
        runs = []
        for chosen in (seed, seed, seed + 1):
            submission.build("torch.rand(3), np.random.rand(3).tolist()")
            model = trained(submission, examples, steps, chosen)
            runs.append(asked(submission, model, examples[0][:5], examples[1][:5], examples[3]))
        compare.same(runs[1], runs[0], rtol=0, atol=0, what="the scores of a second run", zh="第二次训练的得分")
        moved = steps == 0 or not torch.equal(runs[2], runs[0])  # a last layer may start with zeros
        compare.require(
            moved, "another generator gives exactly the same network.", "换一个 generator 得到了完全相同的网络。"
        )


@check(
    "train_seq2seq.no_builtin",
    hint="Your own DecoderBlock is good enough for this.",
    zh="你自己写的 DecoderBlock 就够用了。",
    needs=["train_seq2seq.example", "decoder_block.no_builtin"],
    weight=0.5,
)
def test_the_network_uses_no_ready_made_decoder(submission: Any) -> None:
    for name in ("Seq2Seq", "train_seq2seq"):
        source_rules.forbid_names(submission.source, READY_MADE, within=name)


def learned(submission: Any, draw: Draw, examples: Examples, count: int, record: Any, name: str) -> None:
    """Trained on the first `count` pairs, how many of the others are said right? Two of three generators."""
    src, tgt, V_in, V_out = examples

    def run(seed: int) -> float:
        model = trained(submission, (src[:count], tgt[:count], V_in, V_out), STEPS, seed)
        share = exact(submission, model, src[count:], tgt[count:])
        record(name, share)
        levels = {"simple": 0.4, "medium": 0.75, "strong": 0.93}
        return training.tiers(share, levels, what="the share of sequences right from end to end", zh="整句全对的比例")

    training.two_of_three(run, draw)


@check(
    "train_seq2seq.greedy_sequence_accuracy",
    hint="Right words while the teacher helps and wrong ones alone: then the network has seen the answer. Wrong in both"
    ": is every step made, with the loss over all places?",
    zh="老师帮忙时说得对、独自说就错：网络偷看了答案。两种情形都错：每一步都训练了吗，损失覆盖所有位置吗？",
    needs=NETWORK_WORKS,
    weight=2.0,
    cpu_s=25.0,
    wall_s=150.0,
)
def test_new_sequences_are_said_backwards(submission: Any, draw: Draw, record_property: Any) -> None:
    learned(submission, draw, backwards(1300, 4, 8, draw), 1000, record_property, "greedy_sequence_accuracy")


@check(
    "train_seq2seq.translation_exact",
    hint="Sentences of different lengths: filler on both sides, words that change places, and an end to be said.",
    zh="句子长短不一：源和目标都有填充，有些词要换位置，最后还要说出结束。",
    needs=[*NETWORK_WORKS, "train_seq2seq.greedy_sequence_accuracy"],
    cpu_s=30.0,
    wall_s=180.0,
)
def test_new_sentences_are_translated(submission: Any, draw: Draw, record_property: Any) -> None:
    learned(submission, draw, sentences(900, draw), 600, record_property, "translation_exact")
