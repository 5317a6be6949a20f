"""The exercises and predictions of the chapter on questions."""

import math

import numpy as np

from bookkit.exercise import (
    Case,
    Choice,
    Code,
    Derivation,
    Item,
    Limit,
    Mistake,
    Number,
    Option,
    Ordering,
    Prediction,
    Slip,
    Step,
    Swap,
    varied,
)
from itlib import binary_entropy, entropy, kl_divergence, mutual_information
from itlib.questions import bald as bits_of_disagreement
from itlib.questions import beta_information, binary_kl_inverse, gaussian_design_information
from itlib_book.asking import data, demos, figures
from itlib_book.shared.common_mistakes import bits_for_nats, nats_for_bits, percent_for_fraction
from itlib_book.shared.words import times

# ---- predictions ----


def _codes_left(opener):
    sizes = np.bincount(data.feedback()[data.number(opener)])
    return float(sizes @ sizes) / len(data.CODES)


which_opener = Prediction(
    "which-opener",
    question="Each piece of a bar is a group of codes that share an answer. After which first guess "
    "are the fewest codes left, on average over all secrets?",
    options=list(data.OPENERS),
    happens=min(data.OPENERS, key=_codes_left),
    saw="It is not the guess that tells most. On average over the secrets a group counts by its size "
    "twice: it is met as often as it is large, and then that many codes are left. So the largest "
    "groups of 1234 cost it more than its small ones bring.",
)

_REPLIES = [reply for reply in demos.REPLIES[:-1] if demos.codes_left("1234", reply)]
_WRONG = sum("cannot" in demos.next_guess("1234", reply) for reply in _REPLIES)

which_next = Prediction(
    "which-next-guess",
    question="Open with 1234 and go through the answers. The demo looks for the second guess that tells "
    "most. Will that be a code that can still be the secret?",
    options=["always", "for most answers", "for few answers"],
    happens="for few answers" if _WRONG > len(_REPLIES) / 2 else "for most answers",
    saw=f"After {_WRONG} of {len(_REPLIES)} answers the best question is a code that has been ruled out: "
    "it divides the rest better than any code that may be right. After 1123 this happens more "
    "rarely, so that the second guess more often has a chance to end the game.",
)

which_plan = Prediction(
    "four-suspects",
    question="You want the fewest questions on average, and may plan all of them ahead. With which "
    "question should you begin?",
    options=["“Was it Ann?”", "“Was it Ann or Ben?”", "with either: the average is the same"],
    happens="“Was it Ann?”"
    if figures.questions_on_average(figures.BEST) < figures.questions_on_average(figures.GREEDY)
    else "“Was it Ann or Ben?”",
    saw="The question with the full bit leaves two pairs, each of which takes one question more, "
    "whoever it was. The other one ends at once in four cases of ten.",
)

which_toss = Prediction(
    "which-toss",
    question="Two coins. Of the first you believe Beta(10, 10): heads and tails are equally likely, the "
    "toss is uncertain by a full bit. Of the second you believe Beta(1, 9): it will most likely show "
    "tails. Which toss tells more about its coin?",
    options=["that of the first coin", "that of the second coin", "both tell the same"],
    happens="that of the second coin"
    if beta_information(1, 9) > beta_information(10, 10)
    else "that of the first coin",
    saw="The first toss is as uncertain as can be, but nearly all of that is chance, whatever the bias. "
    "On the map the colour is strongest in the corner of small counts, and faint where both are large. "
    "It does not fade at every step: from a uniform belief, after a dozen heads and no tail, one tail makes "
    "the next toss tell more. On average over what comes, each toss tells less than the one before.",
)

which_moon = Prediction(
    "two-moons",
    question="A hundred models have learned two moons that overlap, from labelled points. Where will a new "
    "label tell most about which of the models is right?",
    options=[
        "in the band where the moons overlap",
        "beyond the labelled points",
        "in the middle of a moon",
    ],
    happens="beyond the labelled points",
    saw="In the band between the moons most models are near “one half”, and they are right: the "
    "colours mix there. A label is uncertain and tells hardly anything new. Beyond the labelled "
    "points, as at the right end of the lower moon, a label is about as uncertain, and there the "
    "models contradict each other.",
)

_PAIRS = {"0.3 and 0.7": (0.3, 0.7), "0 and 0.4": (0.0, 0.4), "0.1 and 0.5": (0.1, 0.5)}

which_pair = Prediction(
    "which-pair",
    question="Two models of equal weight say with which chance an input has label 1. For three inputs "
    "their chances differ by 0.4. Which label tells most about which of the two models is right?",
    options=list(_PAIRS),
    happens=max(_PAIRS, key=lambda pair: bits_of_disagreement([(p, 1 - p) for p in _PAIRS[pair]])),
    saw="The arch is bent most at its ends, so the gap is largest there: a model that says “never” can "
    "be refuted by one label.",
)

no_reward = Prediction(
    "no-reward",
    question="A machine has paid nothing in 50 plays, of 1000 rounds in all. UCB1 says that its chance may "
    "be as high as 0.526. What will KL-UCB say?",
    happens=float(binary_kl_inverse(0, math.log(1000) / 50)),
    saw="A chance of 0.5 would hardly ever give fifty blanks. Near 0 and 1 the divergence rises much "
    "faster than the parabola below it.",
)

# ---- what a question is worth ----


def _weighing(balls, each):
    share = each / balls
    bits = float(entropy([share, share, 1 - 2 * share]))
    return Number(
        "ask-weighing",
        stars=1,
        minutes=3,
        unit="bits",
        tolerance=2e-3,
        question=f"One of {balls} balls is heavier than the others, and each is equally likely to be that one. You "
        f"put {each} on either side of a scale. How much does the scale tell, on average?",
        answer=bits,
        why="The answer is certain once the ball is known, so the question is worth the entropy of its "
        "answer.",
        mistakes=[
            Mistake(math.log2(3), "That needs three equally probable answers."),
            Mistake(
                float(binary_entropy(2 * share)),
                "That is the question whether the scale moves. It also says to which side.",
            ),
            nats_for_bits(bits),
        ],
        limits=[
            Limit("What an answer tells on average is never negative.", below=0),
            Limit("Three answers tell at most $\\log_2 3$ bits on average.", above=math.log2(3)),
        ],
        hint=[
            "Which answers are there, and how probable is each?",
            "$H = -\\sum p \\log_2 p$ over left, right and level.",
            f"Left and right have the chance ${each}/{balls}$ each, level has ${balls - 2 * each}/{balls}$.",
        ],
        solution=f"The answer, $({each}/{balls}, {each}/{balls}, {balls - 2 * each}/{balls})$, has {bits:.4f} bits.",
    )


weighing = varied(
    _weighing,
    [(10, 2), (16, 3), (12, 2), (10, 4), (14, 3), (16, 6), (20, 6), (9, 1), (20, 8), (13, 3)],
)

three_questions = Choice(
    "ask-three-questions",
    stars=1,
    minutes=3,
    question="I have thrown two dice and look at the larger of the two numbers (at either, if they are "
    "equal). Which question tells you most about it?",
    options=[
        Option("“Is it 6?”", "In 11 of 36 cases: the other answer is more than twice as probable."),
        Option("“Is it even?”", "In 21 of 36 cases: three more than half."),
        Option(
            "“Is it larger than 4?”",
            "In 20 of 36 cases: of these four it is the nearest to one half.",
            right=True,
        ),
        Option("“Is it 1?”", "In 1 of 36 cases: you nearly know the answer."),
    ],
    hint=[
        "How probable is “yes” for each of them?",
        "The entropy of an answer with two values is largest at one half.",
        "The larger number is at most $k$ in $k^2$ of the 36 cases.",
    ],
    solution="The nearer to one half, the better: 11, 21, 20 and 1 of 36 cases say “yes”. Whether it leads "
    "to the fewest questions in all is another matter.",
)

# ---- Mastermind ----


def _left(sizes):
    total = sum(sizes)
    mean = sum(n * n for n in sizes) / total
    bits = float(entropy([n / total for n in sizes]))
    shown = ", ".join(map(str, sizes))
    return Number(
        "ask-left",
        stars=2,
        minutes=3,
        unit="codes",
        tolerance=0.01,
        question=f"A question cuts {total} equally probable codes into groups of {shown}. How many codes are "
        "left after the answer, on average?",
        answer=mean,
        why="A group of $n$ codes is met with the chance $n/N$, and leaves $n$ codes.",
        mistakes=[
            Mistake(
                total / 2**bits,
                "$N/2^H$ is a geometric mean: what is left has this size on average only in logarithms.",
            ),
            Mistake(
                total / len(sizes),
                "That is the mean size of a group, each counted once. Large groups are met more often.",
            ),
            Mistake(float(max(sizes)), "That is the worst case."),
        ],
        limits=[
            Limit("The secret itself is always left.", below=1),
            Limit("No more codes can be left than there were.", above=total),
        ],
        hint=[
            "With which chance is the secret in each of the groups?",
            "$\\sum_i \\frac{n_i}{N} \\cdot n_i$.",
            f"Begin: $({sizes[0]}^2 + \\dots)/{total}$.",
        ],
        solution=f"$({' + '.join(f'{n}^2' for n in sizes)})/{total} = {mean:.4g}$.",
    )


left = varied(
    _left,
    [
        ((20, 10, 6),),
        ((30, 12, 6),),
        ((25, 20, 5),),
        ((40, 16, 8),),
        ((18, 9, 3),),
        ((50, 30, 20),),
        ((36, 18, 6),),
        ((24, 15, 9),),
        ((60, 25, 15),),
        ((32, 10, 8),),
    ],
)

colours = Choice(
    "ask-colours",
    stars=2,
    minutes=4,
    question="The secret is `speed`, the guess `eerie`. Green: right letter, right place. Yellow: in the "
    "word, elsewhere, *each letter of the secret being used once*. Which colours come back?",
    options=[
        Option(
            "yellow, yellow, grey, grey, grey",
            "`speed` has two letters e. The first two of the guess use them up, so that the third "
            "is grey.",
            right=True,
        ),
        Option(
            "yellow, yellow, grey, grey, yellow",
            "That rule asks only whether the letter is in the word, and answers one e twice.",
        ),
        Option(
            "yellow, grey, grey, grey, grey",
            "The secret has two letters e, and two of the guess are coloured.",
        ),
        Option("grey, grey, grey, grey, grey", "No e stands in its place, but the word has two."),
    ],
    hint=[
        "How often is the letter e in the secret, how often in the guess?",
        "First give the greens; then go from left to right and use up what is left of the secret.",
        "No letter is in its place. What is left: s, p, e, e, d.",
    ],
    solution="Two letters e of the secret colour two of the guess, from the left.",
)

# ---- greedy and planned ----


def _plan(likely, rare):
    p, q = (x / (2 * (likely + rare)) for x in (likely, rare))
    mean = 3 * p + 6 * q
    return Number(
        "ask-plan",
        stars=2,
        minutes=3,
        unit="questions",
        tolerance=2e-3,
        question=f"The odds of the four suspects are {likely} : {rare} : {likely} : {rare}. How many questions "
        "does the plan “Ann?”, then “Cem?”, then “Ann or Ben?” take on average, if it stops as soon as "
        "it knows?",
        answer=mean,
        why="Ann takes one question, Cem two, and Ben and Dora three each.",
        mistakes=[
            Mistake(2.0, "That is the plan that begins with a full bit."),
            Mistake(
                float(entropy([p, q, p, q])),
                "That is the entropy, which no plan can beat, and this one does not reach.",
            ),
            Mistake(3 * p + 7 * q, "After two times “no”, one more question settles both cases."),
        ],
        limits=[
            Limit("It takes one question at least.", below=1),
            Limit("There are three questions, and no more.", above=3),
        ],
        hint=[
            "After how many questions is each suspect found?",
            "The sum of chance times number of questions.",
            f"Begin: $1 \\cdot {p:.4g} + 2 \\cdot {p:.4g} + \\dots$",
        ],
        solution=f"$(1 + 2) \\cdot {p:.4g} + (3 + 3) \\cdot {q:.4g} = {mean:.4g}$.",
    )


plan = varied(
    _plan, [(12, 1), (5, 1), (7, 1), (7, 2), (4, 1), (3, 2), (8, 1), (5, 2), (6, 1), (11, 1)]
)

# ---- answers that lie ----


def _liar(suspects, lies):
    rate = 1 - float(binary_entropy(lies))
    needed = math.log2(suspects) / rate
    return Number(
        "ask-liar",
        stars=2,
        minutes=4,
        unit="questions",
        tolerance=0.02,
        question=f"A witness lies in {lies:.0%} of the answers, at random. How many questions, at least, does "
        f"it take on average to single out one of {suspects} equally probable suspects, if errors are to "
        "become as rare as you like, over many such searches?",
        answer=needed,
        why="An answer tells at most $1 - h(\\varepsilon)$ bits, the capacity of the channel.",
        mistakes=[
            Mistake(math.log2(suspects), "That would do for a witness who tells the truth."),
            Mistake(
                math.log2(suspects) / (1 - lies),
                "A lie is not an answer that is missing: you do not know which answers are lies.",
            ),
            Mistake(
                math.log2(suspects) / (1 - 2 * lies),
                "The capacity is $1 - h$, not $1 - 2\\varepsilon$.",
            ),
        ],
        limits=[
            Limit(
                "Even a witness who never lies has to be asked more often.",
                below=math.log2(suspects),
            )
        ],
        hint=[
            "How many bits are needed, and how many does an answer carry at most?",
            "$\\log_2 N \\,/\\, (1 - h(\\varepsilon))$.",
            f"$\\log_2 {suspects} = {math.log2(suspects):.3f}$ and $h({lies:g}) = {1 - rate:.4f}$.",
        ],
        solution=f"${math.log2(suspects):.3f}/{rate:.4f} = {needed:.2f}$.",
    )


liar = varied(
    _liar,
    [
        (64, 0.1),
        (64, 0.15),
        (100, 0.2),
        (256, 0.05),
        (500, 0.15),
        (32, 0.15),
        (2000, 0.1),
        (128, 0.3),
        (50, 0.08),
        (1024, 0.2),
    ],
)

# ---- questions to nature ----


def _design(place, width, noise):
    ratio = (place * width / noise) ** 2
    nats = gaussian_design_information([[place]], [[width**2]], noise, base=math.e)
    return Number(
        "ask-design",
        stars=2,
        minutes=3,
        unit="nats",
        tolerance=2e-3,
        question=f"A line through 0 has a slope believed to be $N(0, {width:g}^2)$. You measure it once, at "
        f"$x = {place:g}$, with Gaussian noise of standard deviation {noise:g}. How much will you learn about "
        "the slope?",
        answer=nats,
        why="$\\frac12 \\ln(1 + \\text{signal}/\\text{noise})$, both as variances.",
        mistakes=[
            Mistake(math.log1p(ratio), "The half is missing: both are variances."),
            Mistake(
                math.log1p(place * width / noise) / 2,
                "Signal and noise are compared as variances: is every factor there, and squared?",
            ),
            bits_for_nats(nats),
        ],
        limits=[Limit("What a measurement tells on average is never negative.", below=0)],
        hint=[
            "How large is the variance of what is measured, without noise and with it?",
            "$\\frac12 \\ln\\bigl(1 + x^2\\tau^2/s^2\\bigr)$ with the slope's standard deviation $\\tau$.",
            f"$x^2\\tau^2 = {place**2 * width**2:.4g}$ and $s^2 = {noise**2:.4g}$.",
        ],
        solution=f"$\\frac12 \\ln(1 + {ratio:.4g}) = {nats:.4f}$ nats.",
    )


design = varied(
    _design,
    [
        (2, 3, 5),
        (4, 3, 5),
        (3, 0.8, 2),
        (4, 0.5, 0.8),
        (3, 2, 1.5),
        (5, 0.6, 2),
        (2, 3, 0.5),
        (0.5, 3, 0.8),
        (6, 0.5, 0.8),
        (2, 1.5, 4),
    ],
)

two_forms = Derivation(
    "ask-two-forms",
    stars=2,
    minutes=8,
    question="Show that what a question tells on average about $\\theta$ is the same in both forms: the "
    "expected fall of the entropy of the belief, $H(\\theta) - \\sum_y p(y)\\,H(\\theta \\mid y)$, and the "
    "expected divergence of the belief after from that before, $\\sum_y p(y)\\, D(p(\\theta \\mid y)‖p(\\theta))$. "
    "Conclude that it is never negative.",
    hint=[
        "Write both as one sum over $\\theta$ and $y$.",
        "$D(p(\\theta \\mid y)‖p(\\theta)) = \\sum_\\theta p(\\theta \\mid y) \\log\\frac{p(\\theta \\mid y)}{p(\\theta)}$.",
        "Begin: $p(y)\\,p(\\theta \\mid y) = p(\\theta, y)$, and split the logarithm.",
    ],
    steps=[
        Step(
            "Put the definition of $D$ in: $\\sum_{y,\\theta} p(\\theta, y)\\,[\\log p(\\theta \\mid y) - \\log "
            "p(\\theta)]$.",
            "Multiply the divergence by $p(y)$ and use $p(y)\\,p(\\theta \\mid y) = p(\\theta, y)$.",
        ),
        Step(
            "The first part is $-\\sum_y p(y) H(\\theta \\mid y)$, by the definition of entropy in each belief "
            "after an answer.",
            "What is $\\sum_\\theta p(\\theta \\mid y) \\log p(\\theta \\mid y)$?",
        ),
        Step(
            "In the second part sum over $y$ first: $\\sum_y p(\\theta, y) = p(\\theta)$, so it is $H(\\theta)$.",
            "The belief after is, on average, the belief before. Where do you use that?",
        ),
        Step(
            "So the two forms agree; each divergence is at least 0, and so is their mean.",
            "Which of the two forms shows that it is not negative?",
        ),
    ],
    why="The belief after an answer is, averaged over the answers, the belief before.",
)

# ---- models ----

_GIVEN = (0.9, 0.5)
_OF_MEAN, _EACH = float(binary_entropy(0.7)), [float(binary_entropy(p)) for p in _GIVEN]

last_step = Number(
    "ask-bald-last-step",
    stars=1,
    minutes=2,
    unit="bits",
    tolerance=2e-3,
    question="Two models of equal weight give label 1 the chances 0.9 and 0.5. *The mean* is 0.7. *Its "
    f"entropy* is $h(0.7) = {_OF_MEAN:.4f}$ bits. *The entropies* are $h(0.9) = {_EACH[0]:.4f}$ and "
    f"$h(0.5) = {_EACH[1]:.0f}$. What does the label tell about which of the two is right?",
    answer=_OF_MEAN - sum(_EACH) / 2,
    why="Entropy of the mean less mean of the entropies.",
    mistakes=[
        Mistake(sum(_EACH) / 2 - _OF_MEAN, "The other way round: what is chance is taken off."),
        Mistake(sum(_EACH) / 2, "That is what is chance. Take it off the entropy of the mean."),
        Mistake(_OF_MEAN, "That is how uncertain the label is; part of it is chance."),
    ],
    limits=[
        Limit("What a label tells on average is never negative.", below=0),
        Limit("A label of two kinds tells at most 1 bit.", above=1),
    ],
    hint=[
        "Which part of the uncertainty would stay if you knew the right model?",
        "$H(\\bar p) - \\frac12\\,[H(p_1) + H(p_2)]$.",
        f"${_OF_MEAN:.4f} - \\frac12({_EACH[0]:.4f} + 1)$.",
    ],
    solution=f"${_OF_MEAN:.4f} - {sum(_EACH) / 2:.4f} = {_OF_MEAN - sum(_EACH) / 2:.4f}$ bits.",
)


def _three(p, q, r):
    chances = [[x, 1 - x] for x in (p, q, r)]
    mean = (p + q + r) / 3
    of_mean, each = float(binary_entropy(mean)), float(np.mean(binary_entropy([p, q, r])))
    bits = bits_of_disagreement(chances)
    return Number(
        "ask-bald-alone",
        stars=2,
        minutes=4,
        unit="bits",
        tolerance=2e-3,
        question=f"Three models of equal weight give label 1 the chances {p:g}, {q:g} and {r:g}. What does "
        "the label tell about which of the three is right?",
        answer=bits,
        why="Entropy of the mean less mean of the entropies.",
        mistakes=[
            Mistake(-bits, "The other way round: the entropy of the mean is the larger one."),
            Mistake(of_mean, "That is how uncertain the label is; part of it is chance."),
            Mistake(each, "That is the part which is chance."),
            nats_for_bits(bits),
        ],
        limits=[
            Limit("What a label tells on average is never negative.", below=0),
            Limit("A label of two kinds tells at most 1 bit.", above=1),
        ],
        hint=[
            "What does the average of the three models say?",
            "$H(\\bar p) - \\frac13 \\sum_m H(p_m)$.",
            f"$\\bar p = {mean:.4f}$, and $h(\\bar p) = {of_mean:.4f}$.",
        ],
        solution=f"${of_mean:.4f} - {each:.4f} = {bits:.4f}$ bits.",
    )


three = varied(
    _three,
    [
        (0.9, 0.6, 0.3),
        (0.8, 0.3, 0.1),
        (1.0, 0.5, 0.3),
        (0.9, 0.9, 0.3),
        (0.2, 0.5, 0.7),
        (1.0, 1.0, 0.3),
        (0.95, 0.6, 0.05),
        (0.6, 0.3, 0.2),
        (0.9, 0.4, 0.1),
        (0.25, 0.8, 0.5),
    ],
)

_INPUTS = {
    "both say 0.5": (0.5, 0.5),
    "0.9 and 0.1": (0.9, 0.1),
    "0.4 and 0.7": (0.4, 0.7),
    "1 and 0.8": (1.0, 0.8),
    "0.2 and 0.6": (0.2, 0.6),
}


def _disagreement(pair):
    return bits_of_disagreement([[p, 1 - p] for p in pair])


bald_order = Ordering(
    "ask-bald-order",
    stars=2,
    minutes=5,
    question="Two models of equal weight speak of five inputs. Order these by how much the label tells "
    "about which model is right.",
    items=[Item(text, _disagreement(pair)) for text, pair in _INPUTS.items()],
    direction="the least first",
    mistakes=[
        Swap(
            "0.9 and 0.1",
            "both say 0.5",
            "Where both models say the same, no label can tell them apart.",
        ),
        Swap(
            "0.2 and 0.6",
            "0.4 and 0.7",
            "They lie farther apart, and nearer to an end, where the arch is bent more.",
        ),
        Swap(
            "1 and 0.8",
            "0.4 and 0.7",
            "The arch is bent most at its ends: a small difference counts for more there.",
        ),
    ],
    hint=[
        "Think of the arch: how far is it above the straight line between the two?",
        "The gap grows with the distance of the two, and with how strongly the arch is bent there.",
        f"For 0.4 and 0.7 it is ${_disagreement((0.4, 0.7)):.3f}$ bits; the arch is bent most at the ends.",
    ],
    why="The gap between the arch and its chord is what the label tells.",
    solution="For 0.2 and 0.6 it is $h(0.4) - \\frac12\\,[h(0.2) + h(0.6)] = "
    f"{binary_entropy(0.4):.4f} - \\frac12({binary_entropy(0.2):.4f} + {binary_entropy(0.6):.4f}) = "
    f"{_disagreement((0.2, 0.6)):.4f}$ bits, and for the others in the same way: "
    + " < ".join(
        f"{text} ({_disagreement(pair):.3f})"
        for text, pair in sorted(_INPUTS.items(), key=lambda item: _disagreement(item[1]))
    )
    + ".",
)


def _batch(p):
    one = 1 - float(binary_entropy(p))
    two = bits_of_disagreement(
        [
            [p * p, 2 * p * (1 - p), (1 - p) * (1 - p)],
            [(1 - p) * (1 - p), 2 * p * (1 - p), p * p],
        ]
    )
    same = p * p + (1 - p) * (1 - p)
    clear = float(binary_entropy(p * p / same))
    return Number(
        "ask-batch",
        stars=3,
        minutes=6,
        unit="bits",
        tolerance=2e-3,
        question=f"Two models of equal weight give the same input label 1 with the chances {p:g} and "
        f"{1 - p:g}. You have it labelled twice, by independent people. How much do the two labels tell, "
        "together, about which model is right?",
        answer=two,
        why="Two labels that contradict each other tell nothing; two that agree tell more than one.",
        mistakes=[
            Mistake(2 * one, "The second label repeats in part what the first has said."),
            Mistake(one, "That is one label."),
            Mistake(1 - clear, "Only two labels that agree say so much; they may also disagree."),
            nats_for_bits(two),
        ],
        limits=[
            Limit("What labels tell on average is never negative.", below=0),
            Limit("Which of two models is right is at most 1 bit.", above=1),
        ],
        hint=[
            "Which pairs of labels tell something, and how probable are they?",
            "With the chance $s = p^2 + (1-p)^2$ they agree; then the belief is $p^2/s$. Else it is $\\frac12$.",
            f"$s = {same:.4g}$, and $p^2/s = {p * p / same:.4f}$.",
        ],
        solution=f"${same:.4g} \\cdot (1 - h({p * p / same:.4f})) = {two:.4f}$ bits; twice one label would "
        f"be {2 * one:.4f}.",
    )


batch = varied(_batch, [0.85, 0.7, 0.88, 0.95, 0.75, 0.73, 0.68, 0.9, 0.82, 0.92])


def _nested(p):
    gap = (2 * p - 1) * math.log2(p / (1 - p))
    truth = 1 - float(binary_entropy(p))
    return Number(
        "ask-nested",
        stars=3,
        minutes=5,
        unit="bits",
        tolerance=2e-3,
        question=f"Two models of equal weight give label 1 the chances {p:g} and {1 - p:g}. A program draws a "
        "model, then a label $y$ from it, and reports $\\log_2 p(y)/p'(y)$, where $p'$ is *one* model drawn "
        "anew. What does it report on average?",
        answer=gap / 2,
        why="In half of the cases it draws the same model again and reports 0; else it reports, on average, "
        "a divergence of the two models.",
        mistakes=[
            Mistake(truth, "That is what the label tells. The program reports something else."),
            Mistake(gap, "In half of the cases the second model is the same as the first."),
            nats_for_bits(gap / 2),
        ],
        hint=[
            "What does the program report if it draws the same model twice?",
            "$\\frac12 \\cdot 0 + \\frac12 \\, D(p‖p')$.",
            f"$D = (2 \\cdot {p:g} - 1)\\log_2({p:g}/{1 - p:.3g})$.",
        ],
        solution=f"$\\frac12 \\cdot {gap:.4f} = {gap / 2:.4f}$ bits, where the label can tell {truth:.4f}.",
    )


nested = varied(_nested, [0.85, 0.78, 0.68, 0.7, 0.95, 0.72, 0.83, 0.98, 0.99, 0.92])

# ---- slot machines ----


def _halvings(p, budget):
    """Tell the first steps of a bisection between the mean and 1."""
    low, high, told = p, 1.0, []
    for _ in range(3):
        q = (low + high) / 2
        nats = kl_divergence([p, 1 - p], [q, 1 - q], base=math.e)
        low, high = (low, q) if nats > budget else (q, high)
        word = "above the budget: go down" if nats > budget else "within the budget: go up"
        told.append(f"At $q = {q:.4f}$ the divergence is {nats:.4f} nats, {word}.")
    return " ".join(told)


def _index(wins, plays, rounds):
    p = wins / plays
    budget = math.log(rounds) / plays
    found = float(binary_kl_inverse(p, budget))
    return Number(
        "ask-index",
        stars=2,
        minutes=6,
        unit="",
        tolerance=2e-3,
        question=f"A machine has paid in {wins} of {plays} plays; there were {rounds} rounds in all. What is its "
        "index by KL-UCB, with a budget of $\\ln t/n$ nats? Find it by bisection, by hand or with a few "
        "lines of Python.",
        answer=found,
        why="It is the largest $q$ with $D(p‖q) \\le \\ln t/n$.",
        mistakes=[
            Mistake(p + math.sqrt(budget / 2), "That is the parabola in place of the divergence."),
            Mistake(p + math.sqrt(2 * budget), "That is UCB1."),
            *(
                Mistake(
                    float(binary_kl_inverse(p, other)),
                    "Divergence and budget are in different units: both belong in nats.",
                )
                for other in (budget * math.log(2), budget / math.log(2))
            ),
        ],
        limits=[Limit("No chance is negative.", below=0), Limit("No chance exceeds 1.", above=1)],
        hint=[
            "Which $q$ above the mean has a divergence as large as the budget?",
            "$p \\ln\\frac{p}{q} + (1-p)\\ln\\frac{1-p}{1-q} = \\frac{\\ln t}{n}$.",
            f"The budget is {budget:.4f} nats, the mean {p:.4g}. Try the middle of the mean and 1.",
        ],
        solution=f"{_halvings(p, budget)} And so on, to $q = {found:.4f}$.",
    )


index = varied(
    _index,
    [
        (3, 30, 200),
        (2, 40, 500),
        (5, 20, 100),
        (1, 50, 1000),
        (22, 40, 200),
        (4, 80, 300),
        (6, 25, 400),
        (10, 50, 800),
        (8, 100, 5000),
        (6, 60, 800),
    ],
)


def _regret(p, best):
    nats = kl_divergence([p, 1 - p], [best, 1 - best], base=math.e)
    back = kl_divergence([best, 1 - best], [p, 1 - p], base=math.e)
    return Number(
        "ask-regret",
        stars=2,
        minutes=4,
        unit="",
        tolerance=5e-3,
        question=f"Two machines pay with the chances {p:g} and {best:g}. By the bound of Lai and Robbins, what "
        "does a policy that is good everywhere lose, in rewards per $\\ln t$ for large $t$, at least?",
        answer=(best - p) / nats,
        why="The worse machine must be played $\\ln t/D(p‖q)$ times, and each time costs the difference.",
        mistakes=[
            Mistake(
                1 / nats, "That is the number of plays. Each costs the difference of the chances."
            ),
            Mistake(
                (best - p) / back,
                "The other direction: the data come from the worse machine, and the question is "
                "whether it could be as good as the best.",
            ),
            Mistake((best - p) / nats * math.log(2), "The divergence belongs in nats."),
        ],
        limits=[Limit("To play the worse machine is a loss, so the number is positive.", below=0)],
        hint=[
            "How often must the worse machine be played, and what does each time cost?",
            "$\\dfrac{q - p}{D(p‖q)}$ with $D$ in nats.",
            f"$D({p:g}‖{best:g}) = {nats:.5f}$ nats.",
        ],
        solution=f"${best - p:.3g}/{nats:.5f} = {(best - p) / nats:.3f}$.",
    )


regret = varied(
    _regret,
    [
        (0.1, 0.3),
        (0.1, 0.25),
        (0.2, 0.5),
        (0.05, 0.15),
        (0.7, 0.8),
        (0.8, 0.95),
        (0.02, 0.1),
        (0.25, 0.45),
        (0.6, 0.85),
        (0.75, 0.9),
    ],
)


def _thompson(a, b):
    return Number(
        "ask-thompson",
        stars=2,
        minutes=4,
        unit="",
        tolerance=2e-3,
        question=f"Two machines start from uniform beliefs and have paid every time so far: the first "
        f"{times(a - 1)}, the second {times(b - 1)}. So the beliefs are Beta({a}, 1) and Beta({b}, 1). With which "
        "chance does Thompson sampling play the first?",
        answer=a / (a + b),
        why="It plays a machine with the chance that this machine is the best one.",
        mistakes=[
            Mistake(
                a / (a + 1),
                "That is the mean of the first belief. How often is its draw above the other's?",
            ),
            Mistake(
                (a / (a + 1)) / (a / (a + 1) + b / (b + 1)),
                "Not in proportion to the means: the larger of two draws decides.",
            ),
            Mistake(b / (a + b), "That is the chance of the second."),
            Mistake(
                (a - 1) / (a + b - 2),
                "That is its share of the wins; each belief counts one more than its wins.",
            ),
            percent_for_fraction(a / (a + b)),
        ],
        limits=[Limit("No chance is negative.", below=0), Limit("No chance exceeds 1.", above=1)],
        hint=[
            "With which chance is a draw from the first belief larger than one from the second?",
            "$\\int_0^1 a x^{a-1} \\cdot x^{b}\\,dx$: the density of the first, times $P(\\text{second} < x)$.",
            f"$\\int_0^1 {a} x^{{{a + b - 1}}}\\,dx$.",
        ],
        solution=f"${a}/({a} + {b}) = {a / (a + b):.4f}$.",
    )


thompson = varied(
    _thompson,
    [(6, 4), (2, 5), (9, 5), (8, 3), (2, 7), (8, 5), (7, 4), (3, 8), (9, 4), (4, 9)],
)

value = Choice(
    "ask-value",
    stars=2,
    minutes=3,
    question="You must choose between two treatments, of which A is better with the chance 0.95. Four tests "
    "cost the same. Which is worth most for this one decision?",
    options=[
        Option(
            "one that tells 0.9 bits about the patient's blood group, and nothing about which treatment is "
            "better",
            "It tells much about something on which the choice does not hang.",
        ),
        Option(
            "one that tells 0.05 bits about the treatments, and leaves A ahead after each of its answers",
            "You would choose A without it and after each of its answers.",
        ),
        Option(
            "one that tells 0.1 bits about the treatments, and for some answers makes B the better choice",
            "Only an answer after which you would act otherwise is worth anything for the decision.",
            right=True,
        ),
        Option(
            "one that tells 0.2 bits about how fast A works, if it works, and nothing about which treatment "
            "is better",
            "The choice does not hang on it.",
        ),
    ],
    hint=[
        "After which answers would you do something else?",
        "Value = mean of the best expected utility after the answer, less the best before.",
        "It is 0 for a test whose every answer leaves the same choice best.",
    ],
    solution="Bits count what is learned, about anything. Value counts what is decided better.",
)

# ---- in machine learning ----

which_measure = Choice(
    "ask-which-measure",
    stars=2,
    minutes=3,
    question="A lab has one trained network without dropout, and computes BALD on its pool with it. What "
    "comes out?",
    options=[
        Option(
            "the same order as by entropy",
            "Entropy of the mean and mean of the entropies are then the same number.",
        ),
        Option(
            "0 for every input",
            "One model leaves nothing to find out about which model is right.",
            right=True,
        ),
        Option("the entropy of each prediction", "The mean entropy is taken off it."),
        Option(
            "large values far from the data",
            "A single network may be sure or unsure there; it cannot disagree with itself.",
        ),
    ],
    hint=[
        "Over what is the mean taken?",
        "$H(\\bar p) - \\overline{H(p)}$, the mean over the models.",
        "With one model $\\bar p = p$.",
    ],
    solution="BALD needs several models: an ensemble, or draws from a posterior.",
)

# ---- at the end ----


def my_eig(prior, likelihood):
    """Return what an answer tells about theta on average, in bits."""
    joint = np.asarray(prior, float)[:, None] * np.asarray(likelihood, float)
    answer = joint.sum(axis=0)
    product = np.asarray(prior, float)[:, None] * answer
    there = joint > 0
    return float(np.sum(joint[there] * np.log2(joint[there] / product[there])))


def _h(p):
    p = np.asarray(p, float)
    p = p[p > 0]
    return float(-np.sum(p * np.log2(p)))


def _nan_where_none_comes(prior, likelihood):
    answer = np.dot(prior, likelihood)
    return -np.sum(answer * np.log2(answer)) - np.dot(prior, [_h(row) for row in likelihood])


def _square(prior, likelihood):
    states = len(prior)
    return my_eig(prior, np.asarray(likelihood)[:, :states])


def _entropy_of_answer(prior, likelihood):
    return _h(np.asarray(prior) @ np.asarray(likelihood))


def _in_nats(prior, likelihood):
    return my_eig(prior, likelihood) * math.log(2)


def _flat_prior(prior, likelihood):
    return my_eig(np.full(len(prior), 1 / len(prior)), likelihood)


def _unweighted_answers(prior, likelihood):
    joint = np.asarray(prior)[:, None] * np.asarray(likelihood)
    beliefs = [column / column.sum() for column in joint.T if column.sum() > 0]
    return _h(prior) - float(np.mean([_h(belief) for belief in beliefs]))


def _nan_at_zero(prior, likelihood):
    joint = np.asarray(prior, float)[:, None] * np.asarray(likelihood, float)
    with np.errstate(all="ignore"):
        return float(np.sum(joint * np.log2(np.asarray(likelihood) / joint.sum(axis=0))))


def _reference(prior, likelihood):
    return mutual_information(np.asarray(prior)[:, None] * np.asarray(likelihood))


_NOISY = "An answer that is noisy tells less than its entropy; what it tells is counted in bits."
_PRIOR = "The prior counts: a rare state is rarely the true one."
_WEIGHTS = "Answers count with their probabilities."
_SHAPE = "There may be more answers than states, or fewer."
_ZEROS = "An answer that cannot come adds nothing."

code = Code(
    "ask-code",
    stars=2,
    minutes=10,
    question="Write `my_eig(prior, likelihood)`: how many bits an answer tells about the state on average. "
    "Row $i$ of `likelihood` has the probabilities of the answers in state $i$; some may be 0.",
    solution=my_eig,
    reference=_reference,
    cases=[
        Case(_NOISY, (np.array([0.5, 0.5]), np.array([[0.9, 0.1], [0.1, 0.9]]))),
        Case(_WEIGHTS, (np.array([0.5, 0.5]), np.array([[0.9, 0.1], [0.5, 0.5]]))),
        Case(_PRIOR, (np.array([0.9, 0.1]), np.array([[0.8, 0.2], [0.3, 0.7]]))),
        Case(_SHAPE, (np.array([0.25, 0.75]), np.array([[0.5, 0.25, 0.25], [0.25, 0.125, 0.625]]))),
        Case(_SHAPE, (np.array([0.2, 0.3, 0.5]), np.array([[0.9, 0.1], [0.5, 0.5], [0.3, 0.7]]))),
        Case(_ZEROS, (np.array([0.4, 0.1, 0.4, 0.1]), np.eye(4))),
        Case(_ZEROS, (np.array([0.5, 0.5]), np.array([[0.5, 0.5, 0.0], [0.25, 0.75, 0.0]]))),
    ],
    mistakes=[
        Slip(_entropy_of_answer, _NOISY),
        Slip(_in_nats, _NOISY),
        Slip(_flat_prior, _PRIOR),
        Slip(_unweighted_answers, _WEIGHTS),
        Slip(_square, _SHAPE),
        Slip(_nan_at_zero, _ZEROS),
        Slip(_nan_where_none_comes, _ZEROS),
    ],
    hint=[
        "Which table holds the probabilities of state and answer together?",
        "The mutual information of that table: $H(y) - \\sum_i p_i H(y \\mid i)$.",
        "Begin: `joint = prior[:, None] * likelihood` and `answer = joint.sum(axis=0)`.",
    ],
    why="What a question is worth is the mutual information of its answer and what you want to know.",
    call="exercises.code.check(my_eig)",
)
