"""The exercises and predictions of the chapter on acting under a KL budget."""

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
from itlib import binary_entropy, sigmoid
from itlib.policies import (
    best_of_n,
    best_of_n_kl_bound,
    dpo_loss,
    dpo_loss_grad,
    soft_value,
    tilt,
)
from itlib_book.kl_budget.data import (
    POLICY,
    PROGRAMS,
    REFERENCE,
    along_the_frontier,
    nats,
    slope,
    trained_on_pairs,
)
from itlib_book.shared.common_mistakes import bits_for_nats, percent_for_fraction
from itlib_book.shared.words import counted

# ---- predictions ----


def _rise(program):
    """By how much a short step of the program raises D(π‖ref)."""
    moved = np.exp(np.log(POLICY) - 1e-3 * slope(program, POLICY))
    return nats(moved / moved.sum(), REFERENCE) - nats(POLICY, REFERENCE)


pushes_away = Prediction(
    "pushes-away",
    question="Which of the four programs pushes this policy further away from the reference?",
    options=list(PROGRAMS),
    happens=max(PROGRAMS, key=_rise),
    saw="k2 in the loss and k3 in the loss both lead to the cross, on different paths. With k1 in the "
    "loss nothing moves. With k3 in the reward the policy ends in a corner, as far away as it can be. "
    "Try other starts: from some of them k3 in the reward pulls at first, and pushes later.",
)

how_often = Prediction(
    "tilt-how-often",
    question="The reference gives answer C a probability of 0.2. C earns 4, B earns 2, A earns 1, and a "
    "nat costs 1. How often does the best policy give answer C?",
    happens=float(tilt([0.5, 0.3, 0.2], [1, 2, 4], 1.0)[2]),
    saw="Three times in four: two more units of reward than B multiply its odds against B by $e^2$. Turn the "
    "price down, and C is all that is left; turn it up, and the bars fill the outlines.",
)

many_draws = Prediction(
    "many-draws",
    question="Three answers have the probabilities 0.5, 0.3 and 0.2, the best last. With more and more "
    "draws, what does the divergence of the best of $n$ from the reference do?",
    options=[
        "it grows like $\\ln n$, without end",
        "it rises towards a limit",
        "it rises and falls again",
        "it grows in proportion to $n$",
    ],
    happens="it rises towards a limit"
    if nats(best_of_n([0.5, 0.3, 0.2], 10**6), [0.5, 0.3, 0.2]) < 1.61
    else "it grows like $\\ln n$, without end",
    saw="It comes as close as one likes to $-\\ln 0.2$, where the best answer is all that is left and no "
    "policy is further away. The dashed formula goes on. With a thousand answers both agree for a long time.",
)

_SPENT, _, _TRUE = along_the_frontier(2.0 ** np.arange(6, -4.1, -0.5))

true_reward = Prediction(
    "true-reward",
    question="As the budget grows, the judge likes the policy better and better. What does the true "
    "worth of its answers do?",
    options=[
        "it rises as well",
        "it rises, and then falls below that of the reference",
        "it falls from the start",
        "it stays where it is",
    ],
    happens="it rises, and then falls below that of the reference"
    if _TRUE.max() > 0.1 and _TRUE[-1] < _TRUE[0]
    else "it rises as well",
    saw="At first a better judged answer is mostly a better answer. Then the eight answers that fool the "
    "judge take over, and the true worth falls to theirs.",
)

_CHOSEN, _REJECTED, _LOSSES = trained_on_pairs()

both_fall = Prediction(
    "both-fall",
    question="The loss of a pair falls during training. What is certain?",
    options=[
        "the chosen answer has become more probable",
        "the rejected answer has become less probable",
        "both of these",
        "none of these",
    ],
    happens="none of these",
    saw="Along a violet line the loss is the same, and the lines rise to the right: both log-probabilities "
    "may have fallen far, or have risen. Only the difference of the two changes counts.",
)

noisier = Prediction(
    "noisier-estimate",
    question="The policy is $N(0, 1)$, the reference $N(2, 1)$: a divergence of 2 nats. Which estimate has "
    "the largest standard error?",
    options=["k1", "k2", "k3"],
    happens="k3",
    saw="Where both are equally wide, k3 is the best near 0 and the worst out here: a few draws far to the right, "
    "where the reference is much likelier, make nearly all of its variance. Widen the reference as far as it "
    "goes, and its error is infinite.",
)

# ---- four programs ----

which_pulls = Choice(
    "budget-which",
    stars=1,
    minutes=2,
    question="You want descent on $D(\\pi‖\\mathrm{ref})$ from draws of the policy. Which two programs have "
    "it on average?",
    options=[
        Option(
            "k2 in the loss, k1 in the reward",
            "Both multiply the score by $\\ln(\\pi/\\mathrm{ref})$, and the mean of that is the slope of the divergence.",
            right=True,
        ),
        Option(
            "k1 in the loss, k1 in the reward",
            "The first multiplies the score by 1, and the score has mean 0.",
        ),
        Option(
            "k3 in the loss, k1 in the reward",
            "k3 in the loss multiplies by $1 - \\rho$: that is the slope of the other direction.",
        ),
        Option(
            "k3 in the loss, k3 in the reward",
            "Neither: one has the other direction, and one the difference of both.",
        ),
    ],
    hint=[
        "By what is the score of a draw multiplied?",
        "In the loss by the slope of the estimate in $\\ln\\pi$, in the reward by the estimate.",
        "The slope of $\\frac12(\\ln\\pi - \\ln\\mathrm{ref})^2$ is $\\ln(\\pi/\\mathrm{ref})$.",
    ],
    solution="$\\nabla D(\\pi‖\\mathrm{ref}) = E[\\ln(\\pi/\\mathrm{ref})\\, s]$, as the mean of the score is 0.",
)

other_direction = Choice(
    "budget-other-direction",
    stars=2,
    minutes=2,
    question="The reference uses a hundred phrases, and reward is highest for one of them. A program has k3 "
    "in the loss, with a weight that matters. What does this penalty punish much harder than the "
    "divergence that was meant?",
    options=[
        Option(
            "phrases of the reference that the policy has nearly given up",
            "$D(\\mathrm{ref}‖\\pi)$ is an average over the reference: what it uses and π does not is dear, "
            "without limit as π(phrase) goes to 0.",
            right=True,
        ),
        Option(
            "phrases of the policy that the reference never uses",
            "That is what $D(\\pi‖\\mathrm{ref})$ punishes most; k3 in the loss is the other direction.",
        ),
        Option("long answers", "Both directions add up over words."),
        Option(
            "nothing, as k3 has the right mean", "The mean of a value is not the mean of its slope."
        ),
    ],
    hint=[
        "Which divergence has the slope that k3 in the loss follows?",
        "$D(\\mathrm{ref}‖\\pi) = \\sum \\mathrm{ref} \\ln(\\mathrm{ref}/\\pi)$.",
        "Where is a term of this sum largest?",
    ],
    solution="Its slope in the logits is $\\pi - \\mathrm{ref}$: descent raises the logits of what the reference has more often than π.",
)

# ---- the tilt ----

_Z = 0.8 + 0.2 * math.exp(2)

last_step = Number(
    "budget-tilt-last-step",
    stars=1,
    minutes=2,
    unit="",
    tolerance=2e-3,
    question="Two answers, 0.8 and 0.2 in the reference, earn 0 and 1; a nat costs $\\beta = 0.5$. *The "
    f"weights* are $0.8\\,e^{{0}} = 0.8$ and $0.2\\,e^{{1/0.5}} = {0.2 * math.exp(2):.4f}$. *Their sum* is "
    f"$Z = {_Z:.4f}$. What is the value of the best policy?",
    answer=soft_value([0.8, 0.2], [0, 1], 0.5),
    why="The value is $\\beta \\ln Z$.",
    mistakes=[
        Mistake(math.log(_Z), "That is in nats. A nat is worth β."),
        Mistake(
            0.2 * math.exp(2) / _Z,
            "That is the mean reward of the policy, before the price is paid.",
        ),
        Mistake(0.2, "That is the mean reward of the reference; a policy can do better."),
    ],
    limits=[
        Limit("The reference itself is worth 0.2.", below=0.2),
        Limit("No answer earns more than 1.", above=1),
    ],
    hint=[
        "What does the best policy get, less what it pays?",
        "$J(\\pi^*) = \\beta \\ln Z$.",
        f"$0.5 \\ln {_Z:.4f}$.",
    ],
    solution=f"$0.5 \\ln {_Z:.4f} = {0.5 * math.log(_Z):.4f}$.",
)


def _alone(common, beta):
    p, r = [common, 1 - common], [0, 1]
    found = float(tilt(p, r, beta)[1])
    return Number(
        "budget-tilt-alone",
        stars=2,
        minutes=4,
        unit="",
        tolerance=2e-3,
        question=f"The reference gives two answers with the probabilities {common:g} and {1 - common:g}; "
        f"they earn 0 and 1. A nat costs {beta:g}. How often does the best policy give the second?",
        answer=found,
        why="The odds of the reference are multiplied by $e^{1/\\beta}$.",
        mistakes=[
            Mistake(1 - found, "That is the first answer."),
            Mistake(
                sigmoid(1 / beta),
                "That is right for a reference that gives both answers equally often.",
            ),
            Mistake(
                (1 - common) * math.exp(beta) / (common + (1 - common) * math.exp(beta)),
                "Divide the reward by β: a dear nat moves the policy less.",
            ),
            percent_for_fraction(found),
        ],
        limits=[
            Limit("No probability is negative.", below=0),
            Limit("No probability exceeds 1.", above=1),
        ],
        hint=[
            "What are the two weights, before they are normalised?",
            "$\\pi^*(x) = \\mathrm{ref}(x)\\,e^{r(x)/\\beta}/Z$.",
            f"The weights are {common:g} and ${1 - common:g}\\,e^{{1/{beta:g}}} = "
            f"{(1 - common) * math.exp(1 / beta):.4f}$.",
        ],
        solution=f"${(1 - common) * math.exp(1 / beta):.4f} / "
        f"{common + (1 - common) * math.exp(1 / beta):.4f} = {found:.4f}$.",
    )


alone = varied(
    _alone,
    [
        (0.9, 0.4),
        (0.9, 0.5),
        (0.8, 0.4),
        (0.7, 0.8),
        (0.95, 0.25),
        (0.6, 0.8),
        (0.8, 0.6),
        (0.7, 0.5),
        (0.95, 0.45),
        (0.75, 2),
    ],
)

# ---- what a budget buys ----


def _deviations(budget):
    return Number(
        "budget-deviations",
        stars=1,
        minutes=2,
        unit="standard deviations",
        tolerance=2e-3,
        question=f"Rewards of the reference's answers are Gaussian. By how many standard deviations can a "
        f"policy raise the mean reward at most, with {budget:g} nats?",
        answer=math.sqrt(2 * budget),
        why="A shift by $d$ deviations costs $d^2/2$ nats, and no policy gets it for less.",
        mistakes=[
            Mistake(math.sqrt(budget), "A shift by $d$ deviations costs *half* of $d^2$."),
            Mistake(2 * budget, "Take the root: the cost grows with the square of the shift."),
            Mistake(budget**2 / 2, "That is what so many deviations would cost."),
        ],
        limits=[Limit("The best policy never earns less than the reference.", below=0)],
        hint=[
            "What does a Gaussian cost that is shifted?",
            "$K = d^2/2$.",
            f"Solve ${budget:g} = d^2/2$.",
        ],
        solution=f"$\\sqrt{{2 \\cdot {budget:g}}} = {math.sqrt(2 * budget):.4f}$.",
    )


deviations = varied(_deviations, [3, 5, 6, 0.3, 0.9, 1.5, 10, 12, 2.5, 15])


def _success(low, high):
    cost = nats([high, 1 - high], [low, 1 - low])
    return Number(
        "budget-success",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=2e-3,
        question=f"The reference solves a task in {low:g} of all attempts. How many nats does a policy "
        f"spend at least that solves it in {high:g}?",
        answer=cost,
        why="Among all policies with this success rate the one that keeps the reference within right and "
        "within wrong answers is the closest.",
        mistakes=[
            Mistake(
                nats([low, 1 - low], [high, 1 - high]),
                "That is the other direction: the policy stands first.",
            ),
            Mistake(cost / math.log(2), "That is in bits."),
            Mistake(2 * (high - low) ** 2, "That is Pinsker's bound, which is smaller."),
        ],
        limits=[Limit("A divergence is never negative.", below=0)],
        hint=[
            "Only right or wrong matters. What are the two distributions?",
            "$D = s \\ln\\frac{s}{q} + (1 - s) \\ln\\frac{1 - s}{1 - q}$.",
            f"$s = {high:g}$ and $q = {low:g}$.",
        ],
        solution=f"${high:g} \\ln\\frac{{{high:g}}}{{{low:g}}} + {1 - high:g} "
        f"\\ln\\frac{{{1 - high:g}}}{{{1 - low:g}}} = {cost:.4f}$ nats.",
    )


success = varied(
    _success,
    [
        (0.15, 0.6),
        (0.2, 0.75),
        (0.1, 0.75),
        (0.35, 0.8),
        (0.2, 0.55),
        (0.05, 0.35),
        (0.4, 0.75),
        (0.2, 0.95),
        (0.1, 0.45),
        (0.05, 0.65),
    ],
)

# ---- the best of n ----


def _best_of_two(good):
    p = [1 - good, good]
    exact = nats(best_of_n(p, 2), p)
    return Number(
        "budget-best-of-two",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=5e-4,
        question=f"An answer of the reference is right with probability {good:g} and wrong otherwise. By how "
        "many nats does the better of two draws leave the reference?",
        answer=exact,
        why="The better of two is wrong only if both are.",
        mistakes=[
            Mistake(
                best_of_n_kl_bound(2),
                "That is the bound for $n = 2$, which is exact only where draws never tie.",
            ),
            Mistake(exact / math.log(2), "That is in bits."),
            Mistake(
                nats(p, best_of_n(p, 2)),
                "That is the other direction: the best of two stands first.",
            ),
        ],
        limits=[Limit("A divergence is never negative.", below=0)],
        hint=[
            "How often are both draws wrong?",
            "The better of two is wrong with the square of the probability.",
            f"It is wrong with probability ${1 - good:g}^2 = {(1 - good) ** 2:.4g}$; take the divergence.",
        ],
        solution=f"The better of two has $({(1 - good) ** 2:.4g},\\ {1 - (1 - good) ** 2:.4g})$, and "
        f"$D = {exact:.4f}$ nats.",
    )


best_of_two = varied(_best_of_two, [0.2, 0.1, 0.3, 0.25, 0.4, 0.6, 0.7, 0.05, 0.15, 0.8])


def _draws_needed(target):
    n = next(n for n in range(1, 10**6) if best_of_n_kl_bound(n) >= target)
    return Number(
        "budget-draws-needed",
        stars=2,
        minutes=5,
        unit="draws",
        tolerance=0,
        question=f"No two draws are equally good. From how many draws on does the best of them spend at "
        f"least {counted(target, 'nat')}?",
        answer=n,
        why="$\\ln n - (n-1)/n$ is close to $\\ln n - 1$, so that $n$ is a little below $e^{K+1}$.",
        mistakes=[
            Mistake(
                math.ceil(math.exp(target)), "You left out the term $(n-1)/n$, which is nearly 1."
            ),
            Mistake(n - 1, "There the divergence is still a little below."),
            Mistake(
                math.ceil(math.exp(target + 1)),
                "You took $(n-1)/n$ for 1. It is a little less, so that fewer draws are enough.",
            ),
        ],
        limits=[Limit("It takes one draw at least.", below=1)],
        hint=[
            "Which formula is exact without ties?",
            "$\\ln n - (n - 1)/n \\ge K$.",
            f"Begin near $e^{{{target:g} + 1}} = {math.exp(target + 1):.1f}$, and go down.",
        ],
        solution=f"$n = {n}$ gives {best_of_n_kl_bound(n):.4f} nats, and ${n - 1}$ only "
        f"{best_of_n_kl_bound(n - 1):.4f}.",
    )


draws_needed = varied(_draws_needed, [3, 1, 1.5, 2.5, 2, 1.3, 2.7, 1.8, 2.2, 3.5])

fooled = Choice(
    "budget-fooled",
    stars=2,
    minutes=3,
    question="During training the judge's reward goes up steadily, and so does the KL. What does it tell "
    "about the true reward?",
    options=[
        Option("it goes up as well", "Only while better judged answers are better answers."),
        Option(
            "nothing, without other evidence; the KL only bounds how far the policy can have gone",
            "Compare with fresh judgements of people, or with another judge, at several budgets.",
            right=True,
        ),
        Option("it goes down", "At first it usually rises."),
        Option(
            "it is the judge's reward less β times the KL",
            "That is the objective of the training, not the truth.",
        ),
    ],
    hint=[
        "Where in the figure does the judge's curve fall?",
        "It never does, while the true one does.",
        "So can the judge's curve tell where you are?",
    ],
    solution="The judge's curve has the same shape before and after the point where the true one turns.",
)

# ---- preferences ----


def _pair_loss(margin, beta):
    found = dpo_loss(margin, 0, 0, 0, beta=beta)
    return Number(
        "budget-pair-loss",
        stars=1,
        minutes=3,
        unit="nats",
        tolerance=2e-4,
        question=f"The policy has gained 2 nats on the chosen answer and lost {margin - 2:g} nats on the "
        f"rejected one, both against the reference. What is the loss of the pair with $\\beta = {beta:g}$?",
        answer=found,
        why="The margin is the difference of what was gained.",
        mistakes=[
            Mistake(
                dpo_loss(-margin, 0, 0, 0, beta=beta),
                "The sign: the chosen answer comes first, and the power is $e^{-\\beta m}$.",
            ),
            Mistake(
                dpo_loss(4 - margin, 0, 0, 0, beta=beta),
                "What the rejected answer has lost adds to the margin.",
            ),
            Mistake(dpo_loss(margin, 0, 0, 0, beta=1), "The margin is multiplied by β."),
            bits_for_nats(found),
        ],
        limits=[Limit("It is the surprise of an event, so it is never negative.", below=0)],
        hint=[
            "What is the margin?",
            "$L = \\ln(1 + e^{-\\beta m})$.",
            f"$m = 2 - ({2 - margin:g}) = {margin:g}$ and $\\beta m = {margin * beta:g}$.",
        ],
        solution=f"$\\ln(1 + e^{{-{margin * beta:g}}}) = {found:.4f}$ nats.",
    )


pair_loss = varied(
    _pair_loss,
    [
        (6, 0.1),
        (7, 0.1),
        (7, 0.2),
        (8, 0.05),
        (9, 0.2),
        (10, 0.1),
        (12, 0.05),
        (6, 0.3),
        (9, 0.1),
        (15, 0.1),
    ],
)


def _pair_push(margin, beta):
    found = dpo_loss_grad(margin, 0, 0, 0, beta=beta).rejected
    return Number(
        "budget-pair-push",
        stars=2,
        minutes=3,
        unit="",
        tolerance=2e-4,
        question=f"A pair has the margin {counted(margin, 'nat')}, and $\\beta = {beta:g}$. At which slope does the loss "
        "rise, per nat that the *rejected* answer gains?",
        answer=float(found),
        why="The slope of $-\\ln\\sigma(\\beta m)$ in $m$ is $-\\beta\\,\\sigma(-\\beta m)$.",
        mistakes=[
            Mistake(-float(found), "That is the slope in the chosen answer."),
            Mistake(float(found) / beta, "The chain rule gives a factor β."),
            Mistake(
                beta * sigmoid(beta * margin),
                "It is $\\sigma(-\\beta m)$: the better the margin, the smaller the push.",
            ),
        ],
        limits=[Limit("The loss rises, so its slope is positive.", below=0)],
        hint=[
            "How does the loss change with the margin, and the margin with the rejected answer?",
            "$\\beta\\, \\sigma(-\\beta m)$.",
            f"$\\sigma(-{beta * margin:g}) = {sigmoid(-beta * margin):.4f}$.",
        ],
        solution=f"${beta:g} \\cdot {sigmoid(-beta * margin):.4f} = {found:.4f}$.",
    )


pair_push = varied(
    _pair_push,
    [
        (5, 0.1),
        (10, 0.1),
        (4, 0.2),
        (8, 0.1),
        (2, 0.5),
        (20, 0.05),
        (6, 0.2),
        (3, 0.3),
        (15, 0.1),
        (1.5, 0.5),
    ],
)

resting = Choice(
    "budget-resting",
    stars=2,
    minutes=2,
    question="In every pair of a small data set the same kind of answer wins. With which loss does training "
    "to the end leave the policy at a finite margin?",
    options=[
        Option("DPO, with a small β", "Its slope is never 0; a small β only makes the way longer."),
        Option("DPO, with a large β", "Its slope gets small, but never 0."),
        Option(
            "IPO, with any β",
            "Its parabola has its bottom at a margin of $1/(2\\beta)$.",
            right=True,
        ),
        Option(
            "a reward model and then any β",
            "Logistic regression without errors has no best weights, either.",
        ),
    ],
    hint=[
        "Where is the slope of each loss 0?",
        "$-\\ln\\sigma(\\beta m)$ falls for all $m$; $(m - \\frac{1}{2\\beta})^2$ does not.",
        "Which of them has a lowest point?",
    ],
    solution="A reward model on pairs without a contradiction has the same trouble as DPO.",
)

# ---- texts ----


def _two_words(p, after_a, after_b):
    def toss(s):
        return math.log(2) - binary_entropy(s, base=math.e)

    whole = toss(p) + p * toss(after_a) + (1 - p) * toss(after_b)
    return Number(
        "budget-two-words",
        stars=2,
        minutes=5,
        unit="nats",
        tolerance=1e-3,
        question=f"A policy writes two words, each *a* or *b*. The first is *a* with probability {p:g}; the "
        f"second is *a* with probability {after_a:g} after *a*, and {after_b:g} after *b*. The reference "
        "tosses fair coins. What is the divergence of the whole text from the reference?",
        answer=whole,
        why="The second word's divergence is averaged over the first words that the *policy* writes.",
        mistakes=[
            Mistake(
                toss(p) + (toss(after_a) + toss(after_b)) / 2,
                "The first words are drawn from the policy, not from the reference.",
            ),
            Mistake(whole / 2, "That is the mean per word. The text has the sum."),
            Mistake(whole - toss(p), "You left out the first word."),
            bits_for_nats(whole),
        ],
        limits=[Limit("A divergence is never negative.", below=0)],
        hint=[
            "Which terms does the chain rule have here?",
            "$D_1 + p\\,D_a + (1-p)\\,D_b$, with $D = \\ln 2 - h(s)$ for a coin $s$ against a fair one.",
            f"$D_1 = {toss(p):.4f}$, $D_a = {toss(after_a):.4f}$, $D_b = {toss(after_b):.4f}$.",
        ],
        solution=f"${toss(p):.4f} + {p:g} \\cdot {toss(after_a):.4f} + {1 - p:g} \\cdot "
        f"{toss(after_b):.4f} = {whole:.4f}$ nats.",
    )


two_words = varied(
    _two_words,
    [
        (0.2, 0.6, 0.9),
        (0.8, 0.7, 0.9),
        (0.9, 0.6, 0.8),
        (0.3, 0.9, 0.7),
        (0.6, 0.95, 0.6),
        (0.75, 0.9, 0.65),
        (0.7, 0.9, 0.6),
        (0.7, 0.99, 0.7),
        (0.8, 0.95, 0.7),
        (0.9, 0.8, 0.6),
    ],
)

# ---- estimates ----


def _third_variance(d):
    square = d * d
    found = math.exp(square) - 1 - square
    return Number(
        "budget-third-variance",
        stars=2,
        minutes=5,
        unit="",
        tolerance=float(f"{2e-3 * found:.1g}"),
        question=f"The policy is $N(0, 1)$ and the reference $N({d:g}, 1)$. What is the variance of k3 "
        "of one draw?",
        answer=found,
        why="$\\rho$ has the variance $e^{d^2} - 1$, $\\ell$ the variance $d^2$, and their covariance is $d^2$.",
        mistakes=[
            Mistake(square, "That is the variance of k1."),
            Mistake(
                math.exp(square) - 1,
                "That is the variance of ρ alone; k3 also has the term $-\\ell$.",
            ),
            Mistake(
                math.exp(square) - 1 + square,
                "ρ and ℓ are not independent: twice their covariance, $2 d^2$, is taken off.",
            ),
        ],
        limits=[Limit("A variance is never negative.", below=0)],
        hint=[
            "k3 is $\\rho - 1 - \\ell$: which variances and covariance do you need?",
            "$\\operatorname{Var}(\\rho) + \\operatorname{Var}(\\ell) - 2\\operatorname{Cov}(\\rho, \\ell)$, with $e^{d^2} - 1$, $d^2$ and $d^2$.",
            f"$d^2 = {square:g}$ and $e^{{{square:g}}} = {math.exp(square):.4f}$.",
        ],
        solution=f"$e^{{{square:g}}} - 1 - {square:g} = {found:.4g}$.",
    )


third_variance = varied(_third_variance, [0.8, 0.6, 0.4, 1.2, 1.4, 1.5, 0.7, 0.9, 1.6, 1.3])


def _wrong_sign(p, q):
    logs = math.log(p / q), math.log((1 - p) / (1 - q))
    found = sum(logs) / 2
    return Number(
        "budget-wrong-sign",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=1e-3,
        question=f"A policy says *yes* with probability {p:g}, the reference with {q:g}. Words are drawn at so "
        "high a temperature that *yes* and *no* come practically equally often, and scored without it. What is the "
        "mean of $\\ln(\\pi/\\mathrm{ref})$ over many such draws?",
        answer=found,
        why="The mean is over what is drawn; it is a divergence only for draws from the policy.",
        mistakes=[
            Mistake(
                nats([p, 1 - p], [q, 1 - q]),
                "That is the divergence, the mean over draws from the policy itself.",
            ),
            Mistake(-found, "In the ratio the policy stands above; the mean may be negative."),
            Mistake(sum(map(abs, logs)) / 2, "No absolute value is taken."),
            bits_for_nats(found),
        ],
        limits=[
            Limit(
                "Two logarithms of opposite signs are averaged; the negative one is larger in size.",
                above=0,
            )
        ],
        hint=[
            "With which probabilities are the two logarithms averaged?",
            "$\\frac12 \\ln\\frac{\\pi(\\text{yes})}{\\mathrm{ref}(\\text{yes})} + \\frac12 \\ln\\frac{\\pi(\\text{no})}{\\mathrm{ref}(\\text{no})}$.",
            f"The logarithms are ${logs[0]:.4f}$ and ${logs[1]:.4f}$.",
        ],
        solution=f"$\\frac12({logs[0]:.4f} {logs[1]:+.4f}) = {found:.4f}$ nats, although the divergence is "
        f"{nats([p, 1 - p], [q, 1 - q]):.4f}.",
    )


wrong_sign = varied(
    _wrong_sign,
    [
        (0.9, 0.8),
        (0.8, 0.6),
        (0.95, 0.9),
        (0.9, 0.7),
        (0.7, 0.55),
        (0.85, 0.6),
        (0.95, 0.8),
        (0.8, 0.7),
        (0.9, 0.6),
        (0.75, 0.55),
    ],
)

# ---- groups, and entropy ----

zero_loss = Choice(
    "budget-zero-loss",
    stars=2,
    minutes=3,
    question="A run with group advantages, in which each answer has the same weight, and no penalty reports a loss "
    "of 0.000 in its first steps. What does it mean?",
    options=[
        Option(
            "nothing is learnt",
            "The gradient weighs each word's score by its advantage, and need not be 0.",
        ),
        Option(
            "advantages of a group sum to 0, so the value is 0 while all ratios are 1",
            "The value is no measure of progress; the reward is.",
            right=True,
        ),
        Option("all rewards are equal", "Then it is 0 as well, but that is not the only way."),
        Option(
            "the policy equals the reference",
            "The reference does not come in: there is no penalty.",
        ),
    ],
    hint=[
        "What is the sum of the advantages of a group?",
        "The loss is $-\\frac1n\\sum A_i\\,\\pi/\\pi_{\\text{old}}$.",
        "At the first step all ratios are 1.",
    ],
    solution="Its gradient is $-\\frac1n\\sum A_i s_i$.",
)

reward_or_loss = Choice(
    "budget-reward-or-loss",
    stars=2,
    minutes=3,
    question="A paper says: “we add the unbiased, low-variance k3 to the loss, as a drop-in replacement for the "
    "usual k1 in the reward.” What changes?",
    options=[
        Option("only the variance of the gradient", "The mean of the gradient changes as well."),
        Option(
            "the objective: the other direction of the divergence is minimised",
            "Its gradient is that of $D(\\mathrm{ref}‖\\pi)$.",
            right=True,
        ),
        Option("nothing, on average", "On average the values agree, the gradients do not."),
        Option("the penalty vanishes", "That holds for k1 in the loss."),
    ],
    hint=[
        "Compare factors of the score.",
        "k1 in the reward: $\\ln(\\pi/\\mathrm{ref})$; k3 in the loss: $1 - \\rho$.",
        "Of which divergence is $\\pi - \\mathrm{ref}$ the slope in the logits?",
    ],
    solution="Near the reference the two agree to first order; where the penalty matters they do not.",
)


def _one_state(rewards, temperature):
    found = temperature * math.log(sum(math.exp(r / temperature) for r in rewards))
    shown = " and ".join(f"{r:g}" for r in rewards)
    return Number(
        "budget-one-state",
        stars=2,
        minutes=3,
        unit="",
        tolerance=2e-3,
        question=f"There is one choice and no future. Two actions pay {shown}, and a nat of entropy earns "
        f"{temperature:g}. What is the soft value?",
        answer=found,
        why="$\\tau \\ln \\sum_a e^{r(a)/\\tau}$: the mean reward of the best policy and what its entropy earns.",
        mistakes=[
            Mistake(float(max(rewards)), "That is the value without entropy."),
            Mistake(
                found - temperature * math.log(2),
                "That is with a price on the divergence from the uniform policy; the entropy is "
                "$\\ln 2$ less it.",
            ),
            Mistake(math.log(sum(math.exp(r) for r in rewards)), "That is at $\\tau = 1$."),
        ],
        hint=[
            "A soft maximum replaces the maximum.",
            "$V = \\tau \\ln \\sum_a e^{r(a)/\\tau}$.",
            f"The exponentials are "
            f"{' and '.join(f'{math.exp(r / temperature):.4f}' for r in rewards)}.",
        ],
        solution=f"${temperature:g} \\ln({' + '.join(f'{math.exp(r / temperature):.4f}' for r in rewards)}) "
        f"= {found:.4f}$.",
    )


one_state = varied(
    _one_state,
    [
        ((1, 2), 0.8),
        ((0, 1), 0.7),
        ((2, 3), 0.7),
        ((1, 1.5), 0.4),
        ((0, 2), 2),
        ((3, 4), 0.6),
        ((1, 3), 1.5),
        ((0, 0.5), 0.3),
        ((2, 2.5), 0.5),
        ((4, 5), 0.7),
    ],
)

bonus = Choice(
    "budget-bonus",
    stars=2,
    minutes=3,
    question="From here a policy can go to room A, where every choice is free, or to room B, where one action "
    "must be taken; both pay the same. Which of these makes it prefer A?",
    options=[
        Option(
            "an entropy bonus in the loss",
            "It asks for an undecided choice here and now: half and half.",
        ),
        Option(
            "entropy in the reward",
            "The values count the entropy of later choices, so A is worth more.",
            right=True,
        ),
        Option("both", "With the bonus in the loss the values count rewards only."),
        Option("neither", "One of them looks ahead."),
    ],
    hint=[
        "What do the values of the rooms contain, in each case?",
        "In the soft Bellman equation $V(A)$ has the entropy of the choices in A.",
        "Compare $V(A)$ and $V(B)$ with and without it.",
    ],
    solution="The soft value of A is larger by τ times the entropy of its free choices, discounted.",
)

# ---- directions and attention ----

directions = Choice(
    "budget-directions",
    stars=2,
    minutes=3,
    question="You draw answers from the reference, eight at a time, keep the best of each eight, and fine-tune "
    "on those. Which divergence does this minimise?",
    options=[
        Option(
            "$D(\\text{best of 8}‖\\pi)$: forward, towards the best of 8",
            "The texts are draws of the best of 8, and their likelihood is maximised.",
            right=True,
        ),
        Option(
            "$D(\\pi‖\\text{tilt})$: reverse, towards a tilt",
            "Nothing is drawn from the policy, so it is no average over it.",
        ),
        Option(
            "$D(\\pi‖\\text{reference})$",
            "That would bring the policy to the reference, and keep it there.",
        ),
        Option("$D(\\text{reference}‖\\pi)$", "That would be fine-tuning on all draws."),
    ],
    hint=[
        "From which distribution do the training texts come?",
        "Maximum likelihood is the forward direction from the data.",
        "The data are draws of the best of eight.",
    ],
    solution="It covers the best of eight, with all its variety.",
)

attention = Choice(
    "budget-attention",
    stars=2,
    minutes=3,
    question="A thermostat pays for the information it takes about the temperature. The price is so high that "
    "it takes none. What does it do?",
    options=[
        Option(
            "it heats at random, half and half",
            "A fixed action that is good on average does as well, or better.",
        ),
        Option(
            "what is best on average over all temperatures",
            "Without information the action cannot depend on the state.",
            right=True,
        ),
        Option("it always heats", "Only if that is the best on average."),
        Option(
            "what is best at the present temperature",
            "That would need information about the state.",
        ),
    ],
    hint=[
        "With $I(S; A) = 0$, how does the action depend on the state?",
        "It does not: $\\pi(a \\mid s) = q(a)$.",
        "Which $q$ has the largest mean reward?",
    ],
    solution="In the example of this section it is the safe action.",
)

# ---- at the end ----


def my_tilt(reference, reward, beta):
    """Return the best policy for the price beta of a nat."""
    above = (np.asarray(reward) - np.max(reward)) / beta
    weights = np.asarray(reference) * np.exp(above)
    return weights / weights.sum()


def _times_beta(reference, reward, beta):
    above = (np.asarray(reward) - np.max(reward)) * beta
    found = np.asarray(reference) * np.exp(above)
    return found / found.sum()


def _softmax_only(reference, reward, beta):
    above = np.exp((np.asarray(reward) - np.max(reward)) / beta)
    return above / above.sum()


def _not_normalised(reference, reward, beta):
    return np.asarray(reference) * np.exp(np.asarray(reward) / beta)


def _overflows(reference, reward, beta):
    with np.errstate(all="ignore"):
        found = np.asarray(reference) * np.exp(np.asarray(reward) / beta)
        return found / found.sum()


def _from_first(reference, reward, beta):
    return _overflows(reference, np.asarray(reward) - reward[0], beta)


_SUMS = "The weights are $\\mathrm{ref}\\,e^{r/\\beta}$, and then divided by their sum."
_REFERENCE = "Where all rewards are equal, the policy is the reference."
_PRICE = "A dear nat keeps the policy close to the reference."
_LARGE = "Large rewards, or a small price, are no trouble."

code = Code(
    "budget-code",
    stars=2,
    minutes=10,
    question="Write `my_tilt(reference, reward, beta)`: the best policy over a few answers, from the "
    "probabilities of the reference, the rewards, and the price of a nat.",
    solution=my_tilt,
    reference=tilt,
    cases=[
        Case(_REFERENCE, (np.array([0.5, 0.3, 0.2]), np.array([0.0, 0.0, 0.0]), 0.7)),
        Case(_SUMS, (np.array([0.5, 0.3, 0.2]), np.array([1.0, 2.0, 4.0]), 1.0)),
        Case(_PRICE, (np.array([0.2, 0.3, 0.5]), np.array([3.0, 0.0, 1.0]), 50.0)),
        Case(
            _LARGE,
            (np.array([0.2, 0.3, 0.4, 0.1]), np.array([1.0, 3000.0, 2999.0, 2.0]), 0.5),
        ),
    ],
    mistakes=[
        Slip(_softmax_only, _REFERENCE),
        Slip(_not_normalised, _SUMS),
        Slip(_times_beta, _PRICE),
        Slip(_overflows, _LARGE),
        Slip(_from_first, _LARGE),
    ],
    hint=[
        "What is each answer's weight before the weights are normalised?",
        "$\\mathrm{ref}(x)\\,e^{r(x)/\\beta}$; one number taken off all rewards changes nothing.",
        "Begin: `above = (reward - reward.max()) / beta`.",
    ],
    why="Taking off the largest reward first keeps the exponentials between 0 and 1.",
    call="exercises.code.check(my_tilt)",
)


def _best_of_eight(p):
    return nats(best_of_n(p, 8), p)


order = Ordering(
    "budget-order",
    stars=2,
    minutes=5,
    question="Order these references by how far the best of 8 draws goes from them. The probabilities are "
    "those of the answers, the best last.",
    items=[
        Item("1/4, 1/4, 1/4 and 1/4", _best_of_eight([0.25] * 4)),
        Item("0.1 and 0.9", _best_of_eight([0.1, 0.9])),
        Item("a continuous reward", best_of_n_kl_bound(8)),
        Item("0.5 and 0.5", _best_of_eight([0.5, 0.5])),
        Item("0.95 and 0.05", _best_of_eight([0.95, 0.05])),
    ],
    direction="the nearest first",
    mistakes=[
        Swap(
            "0.5 and 0.5",
            "0.95 and 0.05",
            "A rare good answer is far away once it is all that is left; but after eight draws it has come "
            "up in a third of the tries only. Compute both.",
        ),
        Swap(
            "a continuous reward",
            "1/4, 1/4, 1/4 and 1/4",
            "Without ties the bound is reached; draws of four answers often tie, and stay below it.",
        ),
        Swap(
            "0.5 and 0.5",
            "0.1 and 0.9",
            "No best of $n$ goes further than minus the logarithm of the best answer's probability.",
        ),
    ],
    hint=[
        "For each of them, what is left after eight draws, and how rare was it?",
        "$D \\le -\\ln \\mathrm{ref}(\\text{best})$, and $D \\le \\ln n - (n-1)/n$.",
        "Begin: 0.9 of all answers are the best already, so at most $-\\ln 0.9$ nats are spent.",
    ],
    why="Ties and a probable best answer keep the divergence small.",
    solution="Of 0.95 and 0.05 the best of 8 is the good answer with the chance $1 - 0.95^8 = 0.3366$, and "
    "$0.3366 \\ln\\frac{0.3366}{0.05} + 0.6634 \\ln\\frac{0.6634}{0.95} = "
    f"{_best_of_eight([0.95, 0.05]):.4f}$ nats. In this way the five are, in nats, "
    + "; ".join(
        f"{value:.3f} for {name}"
        for name, value in sorted(
            [
                ("0.1 and 0.9", _best_of_eight([0.1, 0.9])),
                ("0.5 and 0.5", _best_of_eight([0.5, 0.5])),
                ("0.95 and 0.05", _best_of_eight([0.95, 0.05])),
                ("four quarters", _best_of_eight([0.25] * 4)),
                ("a continuous reward", best_of_n_kl_bound(8)),
            ],
            key=lambda pair: pair[1],
        )
    )
    + ".",
)

k3_proof = Derivation(
    "budget-k3-proof",
    stars=2,
    minutes=8,
    question="Let π be positive wherever the reference is. Show that the mean of k3 over draws from π is "
    "$D(\\pi‖\\mathrm{ref})$, and that the mean of its gradient, with the draws held fixed, is the gradient of "
    "$D(\\mathrm{ref}‖\\pi)$.",
    hint=[
        "What is the mean of ρ over draws from π?",
        "$E_\\pi[f\\rho] = E_{\\mathrm{ref}}[f]$, and the score has mean 0 under π.",
        "Begin: $E_\\pi[\\rho] = \\sum_x \\pi\\, \\mathrm{ref}/\\pi = 1$.",
    ],
    steps=[
        Step(
            "$E_\\pi[\\rho] = \\sum \\mathrm{ref} = 1$, as π is positive wherever the reference is.",
            "Take the mean of ρ first.",
        ),
        Step(
            "So $E_\\pi[\\rho - 1 - \\ln\\rho] = -E_\\pi[\\ln\\rho] = D(\\pi‖\\mathrm{ref})$.",
            "Put the mean of ρ into the mean of k3.",
        ),
        Step(
            "With the draw held fixed, $\\nabla(\\rho - 1 - \\ln\\rho) = (1 - \\rho)\\,\\nabla\\ln\\pi$, as "
            "$\\nabla\\rho = -\\rho\\,\\nabla\\ln\\pi$.",
            "Differentiate ρ = ref/π in the parameters of π.",
        ),
        Step(
            "The mean is $E_\\pi[\\nabla\\ln\\pi] - E_\\pi[\\rho\\,\\nabla\\ln\\pi] = 0 - "
            "E_{\\mathrm{ref}}[\\nabla\\ln\\pi]$.",
            "Which mean does the score have under π, and what does ρ do to a mean?",
        ),
        Step(
            "And $\\nabla D(\\mathrm{ref}‖\\pi) = -E_{\\mathrm{ref}}[\\nabla\\ln\\pi]$, as the reference does not move.",
            "Differentiate the other direction as well, and compare.",
        ),
    ],
    why="Which distribution is averaged over, and whether it moves, decides which gradient one gets.",
)

bound_proof = Derivation(
    "budget-bound-proof",
    stars=3,
    minutes=12,
    question="Show that the best of $n$ draws leaves a single draw by at most $\\ln n - (n-1)/n$ nats, with "
    "equality if no two draws are equally good.",
    hint=[
        "Give every draw a place between 0 and 1, better ones further up.",
        "The largest of $n$ uniform places has the density $n u^{n-1}$; and processing never raises a "
        "divergence.",
        "Begin: split the interval from 0 to 1 into pieces as long as the probabilities, in the order of "
        "worth.",
    ],
    steps=[
        Step(
            "Draw a uniform place $u$ and take the answer in whose piece it falls: that is one draw. "
            "The answer of the largest of $n$ places is the best of $n$ draws.",
            "Represent a draw by a uniform number first.",
        ),
        Step(
            "The largest place has the density $n u^{n-1}$, as all are below $u$ with probability $u^n$.",
            "What is the distribution of the largest of $n$ uniform numbers?",
        ),
        Step(
            "Its divergence from the uniform density is $\\int_0^1 n u^{n-1} \\ln(n u^{n-1})\\,du = "
            "\\ln n + (n-1)\\,E[\\ln u]$.",
            "Write out the divergence of the two densities.",
        ),
        Step(
            "$E[\\ln u] = \\int_0^1 n u^{n-1} \\ln u\\,du = -\\frac1n$, which gives $\\ln n - \\frac{n-1}{n}$.",
            "Integrate by parts.",
        ),
        Step(
            "Answers are functions of places, so by the data-processing inequality their divergence is at "
            "most that; it is equal if the answers can be told apart, that is without ties.",
            "What happens to a divergence when only the answer is seen?",
        ),
    ],
    why="All draws without ties look alike from their places; ties lose information.",
)
