"""The exercises and predictions of the chapter on Fisher information."""

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
from itlib import kl_divergence
from itlib.fisher import fisher_information, fisher_rao_distance, natural_gradient
from itlib_book.fisher_information import data
from itlib_book.shared.common_mistakes import bits_for_nats

# ---- predictions ----

_A, _B, _C = data.importances()

programs = Prediction(
    "three-programs",
    question="Programs A and B agree in the order of the weights. By which factor do their numbers "
    "differ, if A squares the average gradient of batches of 32 examples, drawn with replacement, and "
    "B squares the gradient of each example?",
    happens=float(_B[0] / _A[0]),
    saw="At the best weights the mean gradient is 0. What is left of the average of a batch is "
    "chance, and the variance of an average of 32 is a thirty-second of the variance.",
)

one_ruler = Prediction(
    "one-ruler",
    question="The dashed parabola is half the Fisher information times the squared step. In which "
    "coordinate does it follow $D(p‖q)$ when $q$ is close to $p$? (The angle is $2 \\arcsin\\sqrt p$.)",
    options=["probability", "logit", "angle", "in all three"],
    happens="in all three",
    saw="Near $q = p$ the dashed curve hugs both full lines, whatever the coordinate: the "
    "information changes with it, and so does the step. Far away the three parabolas part. So do "
    "the two directions of the divergence, which agree again at $q = 1 - p$ only.",
)

which_path = Prediction(
    "which-path",
    question="You change the coordinates from σ to log σ and leave the start and a small step as they "
    "are. Which of the two paths stays nearly where it was?",
    options=["the plain one", "the natural one", "both", "neither"],
    happens="the natural one",
    saw="The natural path hardly moves, and the less the smaller the step; you see it move if "
    "the start is three σ or more from μ = 0, or, with a large step, if it is nearer. The plain path is "
    "another one, as a plain gradient measures a step in units of its coordinates. It hardly moves where σ stays near 1; "
    "from μ = 0 it stays on the same line, in other steps.",
)


def _shrunken(batch):
    """Return how many times smaller batches make the squares at (−1, 1), far from the best weights."""
    x, y, _ = data.plane()
    gradients = data.slopes(x, y, np.array([-1.0, 1.0]))
    each, mean = np.sum(gradients**2) / len(x), np.sum(gradients.mean(axis=0) ** 2)
    return each / data.batched(each, mean, batch)


three_matrices = Prediction(
    "three-matrices",
    question="At the best weights the mean square of averages shrinks by the batch size. Take the dot "
    "far away from them, to (−1, 1), and the batch from one example to 64. How many times smaller does "
    "the violet matrix (batches) become there?",
    options=["64 times", "8 times", "about 3 times"],
    happens=f"about {_shrunken(64):.0f} times",
    saw="Far away the mean gradient is large, and its square does not shrink however many examples are "
    "averaged. At the cross the mean gradient is 0: there the violet ellipse is the orange one (data), "
    "smaller by the root of the batch size. The blue one (model) is near orange there, as the labels "
    "came from such a model, but not equal: forty examples are few. At (−1, 1) all three part.",
)

# ---- the score ----


def _poisson(mean):
    return Number(
        "fisher-poisson",
        stars=1,
        minutes=2,
        unit="",
        question=f"Calls arrive as a Poisson count with the mean {mean} an hour. What is the Fisher "
        "information of one hour's count about the mean?",
        answer=1 / mean,
        why="The score is $(n - \\lambda)/\\lambda$, and the variance of $n$ is $\\lambda$.",
        mistakes=[
            Mistake(
                float(mean), "That is the variance of the count. The score is divided by the mean."
            ),
            Mistake(
                1 / mean**2, "Divide the variance of the count, not 1, by the square of the mean."
            ),
            Mistake(
                1 / math.sqrt(mean), "The variance of the score is asked for, not its deviation."
            ),
        ],
        limits=[Limit("A Fisher information is never negative.", below=0)],
        hint=[
            "How does the log-probability of a count change with the mean?",
            "$\\ln p(n) = n \\ln \\lambda - \\lambda - \\ln n!$; differentiate, and take the variance.",
            f"The score is $n/{mean} - 1$, and $n$ has the variance {mean}.",
        ],
        solution=f"$\\mathrm{{Var}}(n/{mean} - 1) = {mean}/{mean}^2 = {1 / mean:.4g}$.",
    )


poisson = varied(_poisson, [5, 2.5, 3, 20, 6, 7, 8, 9, 10, 12])

two_forms = Choice(
    "fisher-two-forms",
    stars=2,
    minutes=2,
    question="For which of these families does the minus second derivative of $\\ln p$ *not* have the "
    "variance of the score as its mean?",
    options=[
        Option(
            "a coin with $P(\\text{heads}) = p$",
            "Its outcomes are two, whatever p: sums and derivatives swap.",
        ),
        Option("a Gaussian with mean $\\mu$", "The line is the support for every $\\mu$."),
        Option(
            "a uniform density on the interval from 0 to $\\theta$",
            "Its support moves with θ. The score is $-1/\\theta$ for every $x$: its variance is 0, "
            "and its mean is not.",
            right=True,
        ),
        Option("a Poisson count with mean $\\lambda$", "All counts are possible for every λ."),
    ],
    hint=[
        "What was used to show that the score has mean 0?",
        "A derivative was exchanged with a sum or an integral.",
        "Look at where each density is positive. Does that change with the parameter?",
    ],
    solution="Here the edge moves with θ, and the derivative may not be taken under the integral.",
)

# ---- adding, processing, coordinates ----


def _log_rate(mean):
    return Number(
        "fisher-log-rate",
        stars=2,
        minutes=3,
        unit="",
        question=f"The information of a Poisson count about its mean $\\lambda$ is $1/\\lambda$. What is it "
        f"about the log rate $\\eta = \\ln \\lambda$, at $\\lambda = {mean}$?",
        answer=float(mean),
        why="The score is multiplied by $d\\lambda/d\\eta = \\lambda$, and the information by its square.",
        mistakes=[
            Mistake(1 / mean, "That is the information about the mean itself."),
            Mistake(1.0, "The information is multiplied by the *square* of $d\\lambda/d\\eta$."),
            Mistake(
                1 / mean**3, "Multiply by the square of $d\\lambda/d\\eta$; you divided by it."
            ),
            Mistake(
                math.log(mean),
                "That is the log rate itself. The information about it is asked for.",
            ),
        ],
        limits=[Limit("A Fisher information is never negative.", below=0)],
        hint=[
            "How far does the mean move when the log rate moves by a little?",
            "$F_\\eta = F_\\lambda \\, (d\\lambda/d\\eta)^2$.",
            f"$d\\lambda/d\\eta = {mean}$, and $F_\\lambda = 1/{mean}$.",
        ],
        solution=f"$\\frac1{{{mean}}} \\cdot {mean}^2 = {mean}$.",
    )


log_rate = varied(_log_rate, [4.5, 2.5, 3.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 12.5])


def _variance(sigma, n):
    return Number(
        "fisher-variance",
        stars=2,
        minutes=4,
        unit="",
        tolerance=5e-4,
        question=f"One draw of a Gaussian with $\\sigma = {sigma}$ tells $2/\\sigma^2$ about $\\sigma$. How "
        f"much do {n} independent draws tell about the variance $v = \\sigma^2$?",
        answer=n / (2 * sigma**4),
        why="$d\\sigma/dv = 1/(2\\sigma)$, squared, times $2/\\sigma^2$; and independent draws add up.",
        mistakes=[
            Mistake(2 * n / sigma**2, "That is about σ. Variance is another coordinate."),
            Mistake(1 / (2 * sigma**4), f"That is one draw; there are {n}."),
            Mistake(2 * n / sigma**4, "The factor $(d\\sigma/dv)^2$ is $1/(4\\sigma^2)$."),
        ],
        limits=[Limit("A Fisher information is never negative.", below=0)],
        hint=[
            "Two things change: the coordinate, and the number of draws.",
            "$F_v = F_\\sigma\\,(d\\sigma/dv)^2$ with $\\sigma = \\sqrt v$; then times the number of draws.",
            f"$d\\sigma/dv = 1/(2 \\cdot {sigma})$ and $F_\\sigma = 2/{sigma}^2$.",
        ],
        solution=f"${n} \\cdot \\frac{{2}}{{{sigma}^2}} \\cdot \\frac{{1}}{{4 \\cdot {sigma}^2}} = "
        f"{n / (2 * sigma**4):.4g}$.",
    )


variance = varied(
    _variance,
    [
        (3, 50),
        (2, 40),
        (3, 20),
        (4, 300),
        (2, 15),
        (5, 400),
        (1.5, 30),
        (2.5, 60),
        (4, 500),
        (3, 90),
    ],
)

# ---- the bound ----


def _tosses(p, deviation):
    needed = p * (1 - p) / deviation**2
    return Number(
        "fisher-tosses",
        stars=2,
        minutes=4,
        unit="tosses",
        tolerance=0.5,
        question=f"A coin shows heads with a probability near {p:g}. How many tosses does an unbiased "
        f"estimate need, at least, to have a standard deviation of {deviation:g}?",
        answer=needed,
        why="The variance cannot be below $1/(nF)$ with $F = 1/(p(1 - p))$.",
        mistakes=[
            Mistake(
                p * (1 - p) / deviation, "The bound is on the variance: square the deviation first."
            ),
            Mistake(
                1 / (p * (1 - p) * deviation**2),
                "The bound is $1/(nF)$ with $F = 1/(p(1 - p))$: so $p(1 - p)$ is a factor of $n$.",
            ),
            Mistake(0.25 / deviation**2, "That would do for a fair coin, the dearest one."),
        ],
        limits=[Limit("A number of tosses is never negative.", below=0)],
        hint=[
            "What is the least variance of an unbiased estimate from $n$ tosses?",
            "By Cramér and Rao it is $\\dfrac1{nF} = \\dfrac{p(1-p)}{n}$; the deviation is its root.",
            f"Solve ${deviation:g}^2 = {p * (1 - p):.4g}/n$ for $n$.",
        ],
        solution=f"$n = {p * (1 - p):.4g}/{deviation:g}^2 = {needed:.0f}$.",
    )


tosses = varied(
    _tosses,
    [
        (0.2, 0.02),
        (0.1, 0.02),
        (0.3, 0.02),
        (0.4, 0.02),
        (0.1, 0.03),
        (0.3, 0.05),
        (0.2, 0.04),
        (0.4, 0.04),
        (0.2, 0.05),
        (0.1, 0.05),
    ],
)

beats = Choice(
    "fisher-beats",
    stars=2,
    minutes=3,
    question="Here are four ways to estimate something from 20 draws. One of them has a smaller mean squared "
    "error than $1/(nF)$ at some places, although all conditions on the densities hold. Which?",
    options=[
        Option("the share of heads, for a coin", "It is unbiased, and reaches the bound exactly."),
        Option(
            "the share of heads, pulled towards ½",
            "It is biased. The bound is for unbiased estimates; what is pulled has less variance, and "
            "near ½ hardly any bias.",
            right=True,
        ),
        Option(
            "the largest draw times 21/20, for a uniform density from 0 to $\\theta$",
            "It does have a smaller error, but here an edge moves: the condition does not hold.",
        ),
        Option(
            "the median, for a Gaussian mean",
            "It is unbiased, and worse than the mean: here its variance is nearly half as large again; "
            "for many draws it tends to $\\pi/2$ times that of the mean.",
        ),
    ],
    hint=[
        "Which conditions does the bound have?",
        "The estimate is unbiased, and no edge of the density moves.",
        "Sort out whose density breaks a condition; then ask which estimate is biased.",
    ],
    solution="With a bias $b(\\theta)$ the bound on the variance is $(1 + b')^2/(nF)$. Pulling makes "
    "$b'$ negative.",
)


def _t(nu):
    return (nu + 1) / (nu + 3)


order = Ordering(
    "fisher-order",
    stars=2,
    minutes=5,
    question="You look for the middle of a density from draws of it. Order these by what one draw "
    "tells. (For Student's t with $\\nu$ degrees of freedom it is $(\\nu + 1)/(\\nu + 3)$, for the "
    "density $\\frac12 e^{-|x|}$ it is the square of the slope of $|x|$.)",
    items=[
        Item("Student's t, ν = 2", _t(2)),
        Item("Gaussian, σ = 2", 1 / 4),
        Item("Laplace, ½ exp(−|x|)", 1.0),
        Item("Student's t, ν = 10", _t(10)),
        Item("Student's t, ν = 1", _t(1)),
    ],
    direction="the least first",
    mistakes=[
        Swap(
            "Student's t, ν = 1",
            "Gaussian, σ = 2",
            "Here the heavy tail costs less than the broad peak: compare $1/\\sigma^2$ with the formula.",
        ),
        Swap(
            "Student's t, ν = 10",
            "Student's t, ν = 2",
            "The formula grows with $\\nu$: of these the one with the lighter tail tells more.",
        ),
        Swap(
            "Laplace, ½ exp(−|x|)",
            "Student's t, ν = 10",
            "The score of the Laplace density is $+1$ or $-1$. What is the mean of its square?",
        ),
    ],
    hint=[
        "The information is the mean square of the slope of the log-density.",
        "For a Gaussian it is $1/\\sigma^2$, for the others the question has it.",
        "Begin: $\\nu = 1$ gives $2/4$, and the Gaussian with $\\sigma = 2$ gives $1/4$.",
    ],
    why="What a draw tells is how steep the log-density is where the draws fall.",
    solution="¼, ½, 3/5, 11/13 and 1.",
)

# ---- distances ----


def _coins(a, b):
    exact = fisher_rao_distance([a, 1 - a], [b, 1 - b])
    gap = abs(b - a)
    return Number(
        "fisher-coins",
        stars=2,
        minutes=4,
        unit="",
        tolerance=2e-3,
        question=f"How far is a coin with P(heads) = {a:g} from one with {b:g}, in the Fisher–Rao distance?",
        answer=exact,
        why="On the circle a coin stands at the angle $\\arcsin\\sqrt{p}$, and the distance is twice "
        "the difference of angles.",
        mistakes=[
            Mistake(
                exact / 2,
                "That is the difference of the $\\arcsin\\sqrt{p}$. The circle has the radius 2.",
            ),
            Mistake(
                gap, "That is the difference of the probabilities, not the way along the circle."
            ),
            Mistake(
                gap / math.sqrt(a * (1 - a)),
                "The root of the information changes on the way; this keeps that of one end.",
            ),
        ],
        limits=[
            Limit("A distance is never negative.", below=0),
            Limit("No two coins are farther apart than heads and tails, $\\pi$.", above=math.pi),
        ],
        hint=[
            "Where on the quarter circle does each coin stand?",
            "$d = 2\\,|\\arcsin\\sqrt{b} - \\arcsin\\sqrt{a}|$, in radians.",
            f"The two angles are $\\arcsin\\sqrt{{{a:g}}} = {math.asin(math.sqrt(a)):.4f}$ and "
            f"$\\arcsin\\sqrt{{{b:g}}} = {math.asin(math.sqrt(b)):.4f}$.",
        ],
        solution=f"$2\\,({math.asin(math.sqrt(b)):.4f} - {math.asin(math.sqrt(a)):.4f}) = {exact:.4f}$.",
    )


coins = varied(
    _coins,
    [
        (0.1, 0.9),
        (0.1, 0.45),
        (0.25, 0.8),
        (0.05, 0.5),
        (0.3, 0.9),
        (0.2, 0.9),
        (0.2, 0.6),
        (0.4, 0.95),
        (0.15, 0.7),
        (0.02, 0.3),
    ],
)

# ---- the natural gradient ----


def _trust(p, nats):
    v = p * (1 - p)
    return Number(
        "fisher-trust",
        stars=2,
        minutes=4,
        unit="",
        tolerance=2e-3,
        question=f"A policy takes an action with probability {p:g}; its parameter is the logit. How far may "
        f"the logit move, by the quadratic approximation, for a divergence of {nats:g} nats?",
        answer=math.sqrt(2 * nats / v),
        why="$\\frac12 F \\Delta^2 = \\varepsilon$ with $F = p(1 - p)$ in the logit.",
        mistakes=[
            Mistake(
                math.sqrt(nats / v), "The divergence is *half* the information times the square."
            ),
            Mistake(
                2 * nats / v, "Take the root: the divergence goes with the square of the step."
            ),
            Mistake(
                math.sqrt(2 * nats * v),
                "In the logit $F = p(1 - p)$, and the step is the root of $2\\varepsilon/F$.",
            ),
        ],
        limits=[Limit("The question is how far, in either direction.", below=0)],
        hint=[
            "Which coordinate moves, and what is the information about it?",
            "$\\varepsilon = \\frac12\\, p(1-p)\\, \\Delta^2$.",
            f"Solve ${nats:g} = \\frac12 \\cdot {v:.4g}\\,\\Delta^2$.",
        ],
        solution=f"$\\Delta = \\sqrt{{2 \\cdot {nats:g}/{v:.4g}}} = {math.sqrt(2 * nats / v):.4f}$.",
    )


trust = varied(
    _trust,
    [
        (0.1, 0.02),
        (0.2, 0.02),
        (0.4, 0.01),
        (0.05, 0.01),
        (0.2, 0.005),
        (0.1, 0.05),
        (0.4, 0.05),
        (0.15, 0.02),
        (0.25, 0.03),
        (0.05, 0.002),
    ],
)

_TOSSED, _P = 0.8, 0.5

last_step = Number(
    "fisher-natural-last-step",
    stars=1,
    minutes=2,
    unit="",
    tolerance=5e-4,
    question="A coin's model stands at $p = 0.5$, that is at the logit $z = 0$; of many tosses 0.8 show "
    "heads. *The slope* of the mean loss in the logit is $p - 0.8 = -0.3$. *The information* about the "
    "logit is $p(1 - p) = 0.25$. *The natural gradient* is their quotient. Where does one full natural "
    "step lead, in the logit?",
    answer=float(-natural_gradient([[_P * (1 - _P)]], [_P - _TOSSED])[0]),
    why="The step of descent subtracts the quotient.",
    mistakes=[
        Mistake(
            (_P - _TOSSED) / 0.25, "That goes uphill. A step of descent subtracts the quotient."
        ),
        Mistake(_TOSSED - _P, "That is the plain step. Divide it by the information."),
        Mistake(
            math.log(_TOSSED / (1 - _TOSSED)),
            "That is the logit of the optimum. In the logit one step does not get there.",
        ),
    ],
    hint=[
        "Which sign has a step downhill?",
        "$z' = z - g/F$.",
        "$z' = 0 - (-0.3)/0.25$.",
    ],
    solution="$z' = 0 + 0.3/0.25 = 1.2$. The best logit is $\\ln 4$: the step is a little short of it.",
)


def _alone(rate, mean):
    return Number(
        "fisher-natural-alone",
        stars=2,
        minutes=4,
        unit="",
        tolerance=5e-4,
        question=f"A model predicts Poisson counts with the log rate $\\eta$, and stands at the rate "
        f"{rate:g}; the counts have the mean {mean:g}. By how much does one full natural step change "
        "$\\eta$?",
        answer=(mean - rate) / rate,
        why="The slope of the mean loss is $\\lambda - \\bar n$, and the information about $\\eta$ is $\\lambda$.",
        mistakes=[
            Mistake((rate - mean) / rate, "The size is right. The sign is that of a step uphill."),
            Mistake(float(mean - rate), "That is the plain step. Divide by the information."),
            Mistake(
                (mean - rate) * rate, "Divide by the information about η, which is the rate itself."
            ),
            Mistake(
                math.log(mean / rate),
                "That leads to the optimum, which one step in $\\eta$ misses.",
            ),
        ],
        hint=[
            "What is the slope of the loss in $\\eta$, and what is the information about it?",
            "$\\ln p(n) = n\\eta - e^{\\eta} - \\ln n!$; the information about $\\eta$ is $e^\\eta$.",
            f"The slope is ${rate:g} - {mean:g}$ and the information {rate:g}.",
        ],
        solution=f"$-({rate:g} - {mean:g})/{rate:g} = {(mean - rate) / rate:.4g}$.",
    )


alone = varied(
    _alone,
    [(5, 9), (5, 8), (8, 5), (8, 10), (2.5, 4), (10, 7), (4, 7), (3.2, 4), (3, 7), (1.6, 2)],
)

# ---- three programs ----


def _batch(size, mean_square):
    return Number(
        "fisher-batch",
        stars=1,
        minutes=2,
        unit="",
        tolerance=1e-5,
        question=f"At a trained optimum the mean square of the per-example gradients of a weight is "
        f"{mean_square:g}. What does a program report, on average, that averages the gradients of "
        f"batches of {size}, drawn with replacement, before it squares?",
        answer=mean_square / size,
        why="Where the mean gradient is 0, the square of an average of $B$ has a $B$th of the mean square.",
        mistakes=[
            Mistake(mean_square, "Averaging first takes away most of it."),
            Mistake(
                mean_square / math.sqrt(size),
                "The deviation shrinks by the root of $B$; its square by $B$.",
            ),
            Mistake(
                0.0, "The mean gradient is 0, but the average of a batch is not.", tolerance=0.0
            ),
        ],
        limits=[Limit("A mean square is never negative.", below=0)],
        hint=[
            "What is the variance of an average of independent draws?",
            "$E[\\bar g^2] = E[g^2]/B + (1 - 1/B)\\,E[g]^2$, and at the optimum $E[g] = 0$.",
            f"Divide {mean_square:g} by {size}.",
        ],
        solution=f"${mean_square:g}/{size} = {mean_square / size:.4g}$.",
    )


batch = varied(
    _batch,
    [
        (32, 0.064),
        (16, 0.024),
        (64, 0.32),
        (128, 0.512),
        (8, 0.02),
        (256, 5.12),
        (64, 0.24),
        (16, 0.056),
        (32, 0.2),
        (128, 0.96),
    ],
)

labels = Choice(
    "fisher-labels",
    stars=2,
    minutes=3,
    question="To estimate the Fisher information of a classifier at an image, a program squares the "
    "gradient of the loss for one label. Which label makes the mean of these squares right?",
    options=[
        Option(
            "the label of the data",
            "That is the empirical Fisher: sure to be right for a true model only.",
        ),
        Option(
            "the label that the model finds most probable",
            "It leaves the improbable ones out, whose gradients are large: as a rule too small a number.",
        ),
        Option(
            "a label drawn from the model's probabilities",
            "Its mean is the sum over all labels, each with the probability that the model gives it.",
            right=True,
        ),
        Option(
            "a label drawn uniformly",
            "The mean must be taken with the model's own probabilities.",
        ),
    ],
    hint=[
        "The Fisher information is a mean. Over which distribution?",
        "$F = \\sum_y p(y \\mid x)\\, g_y g_y^\\mathsf{T}$.",
        "Which way of choosing $y$ has the probabilities $p(y \\mid x)$?",
    ],
    solution="With few classes there is no need to draw: add all labels up with their probabilities.",
)

hessian = Choice(
    "fisher-hessian",
    stars=2,
    minutes=3,
    question="A network with a hidden layer and a softmax is halfway through its training. Which of "
    "these matrices of its weights may have negative eigenvalues?",
    options=[
        Option("the Fisher information", "It is a mean of squares."),
        Option("the empirical Fisher", "It is a mean of squares, too, of other gradients."),
        Option("the Gauss–Newton matrix", "With a softmax it equals the Fisher information."),
        Option(
            "the Hessian of the loss",
            "Beside the Gauss–Newton matrix it has the curvature of the network itself, times the "
            "slopes of the loss; that part has any sign.",
            right=True,
        ),
    ],
    hint=[
        "Which of them are means of $g g^\\mathsf{T}$?",
        "Hessian = $J^\\mathsf{T} F_z J$ + the curvature of the logits times the slopes.",
        "Of the two parts one is never negative.",
    ],
    solution="The second part vanishes in the mean over the model's own labels, and where the fit is "
    "perfect.",
)

# ---- layers and old tasks ----


def _tasks(b, c):
    middle = b / 2
    return Number(
        "fisher-tasks",
        stars=3,
        minutes=6,
        unit="",
        tolerance=2e-3,
        question=f"Three tasks have the losses $\\frac12\\theta^2$, $\\frac12(\\theta - {b})^2$ and "
        f"$\\frac12(\\theta - {c})^2$. After the second, a learner without the old data stands at the best "
        f"place for the first two. For the third it adds *two* penalties of curvature 1: one around the "
        f"old place 0, one around where it stands. Where does it end?",
        answer=(middle + c) / 3,
        why="It minimises the third loss with both penalties: the mean of 0, the middle and the third "
        "optimum.",
        mistakes=[
            Mistake(
                (b + c) / 3,
                "That is the best place for all three. The penalties stand around 0 and around the "
                "middle of the first two: none around the optimum of the second, nor both around "
                "the middle.",
            ),
            Mistake(
                (middle + c) / 2,
                "It would end there with one penalty, around the middle. There are two.",
            ),
            Mistake(
                (b + c) / 2,
                "You took the second and the third optimum only: the first task has its penalty, too.",
            ),
        ],
        hint=[
            "Where does the learner stand after two tasks?",
            f"At {middle:g}. The sum of three parabolas of curvature 1 is least at the mean of their "
            "middles.",
            f"Their middles are 0, {middle:g} and {c}.",
        ],
        solution=f"$(0 + {middle:g} + {c})/3 = {(middle + c) / 3:.4g}$; the best place for all three is "
        f"${(b + c) / 3:.4g}$. The first task has been counted again within the middle.",
    )


tasks = varied(
    _tasks, [(4, 13), (2, 6), (4, 6), (6, 8), (2, 9), (8, 12), (8, 10), (6, 14), (2, 14), (10, 12)]
)

# ---- noise ----


def _noise(sigma, variance):
    rate = 1 / (2 * sigma**2)
    return Number(
        "fisher-noise-speed",
        stars=2,
        minutes=4,
        unit="nats",
        tolerance=2e-5,
        question=f"A variable has a density whose Fisher information about its place is $1/{sigma:g}^2$. About "
        f"how much does its differential entropy grow when a little Gaussian noise of variance {variance:g} "
        "is added, by de Bruijn's identity?",
        answer=rate * variance,
        why="The speed is half the Fisher information, per unit of the variance.",
        mistakes=[
            Mistake(2 * rate * variance, "The speed is *half* the Fisher information."),
            Mistake(
                rate * math.sqrt(variance),
                "The speed is per unit of the variance, not of its root.",
            ),
            Mistake(
                sigma**2 / 2 * variance,
                "The narrower the density, the faster its entropy grows: it is $1/\\sigma^2$, not $\\sigma^2$.",
            ),
            bits_for_nats(rate * variance),
        ],
        limits=[Limit("Independent noise never lowers a differential entropy.", below=0)],
        hint=[
            "What is the speed per unit of the variance of the noise?",
            "$\\Delta h \\approx \\frac12 J\\, t$, where $t$ is the variance.",
            f"$J = 1/{sigma:g}^2$ and $t = {variance:g}$.",
        ],
        solution=f"$\\frac12 \\cdot \\frac{{1}}{{{sigma:g}^2}} \\cdot {variance:g} = {rate * variance:.4g}$ nats.",
    )


noise = varied(
    _noise,
    [
        (5, 0.3),
        (6, 0.4),
        (3, 0.2),
        (3, 0.4),
        (6, 0.9),
        (5, 0.6),
        (8, 3),
        (7, 0.7),
        (5, 0.8),
        (3, 0.3),
    ],
)

# ---- at the end ----

jacobian = Derivation(
    "fisher-jacobian",
    stars=2,
    minutes=8,
    question="Parameters $\\theta$ are functions of others, $\\phi$, with the Jacobian $J_{ij} = "
    "\\partial\\theta_i/\\partial\\phi_j$. Show that the information about $\\phi$ is $J^\\mathsf{T} F J$, and "
    "that a natural step is the same change of $\\theta$, to first order, whichever of the two is used.",
    hint=[
        "How does a score change with the coordinate?",
        "Use the chain rule for the score, and for the gradient of the loss.",
        "Begin: $\\partial_{\\phi_j} \\ln p = \\sum_i J_{ij}\\, \\partial_{\\theta_i} \\ln p$.",
    ],
    steps=[
        Step(
            "By the chain rule the score in $\\phi$ is $s_\\phi = J^\\mathsf{T} s_\\theta$.",
            "Differentiate $\\ln p$ by the new parameters first.",
        ),
        Step(
            "$F_\\phi = E[s_\\phi s_\\phi^\\mathsf{T}] = J^\\mathsf{T} E[s_\\theta s_\\theta^\\mathsf{T}] J = "
            "J^\\mathsf{T} F J$, as $J$ does not depend on the outcome.",
            "Take the mean of the product of scores; what may be taken out?",
        ),
        Step(
            "The gradient of a loss changes in the same way: $g_\\phi = J^\\mathsf{T} g_\\theta$.",
            "The loss depends on $\\phi$ by way of $\\theta$.",
        ),
        Step(
            "If $J$ is invertible, $F_\\phi^{-1} g_\\phi = J^{-1} F^{-1} J^{-\\mathsf{T}} J^\\mathsf{T} g_\\theta = "
            "J^{-1} F^{-1} g_\\theta$.",
            "Put both into the natural step.",
        ),
        Step(
            "A small change $\\delta\\phi$ is $\\delta\\theta = J\\,\\delta\\phi$, so the step is $F^{-1} g_\\theta$ in "
            "$\\theta$, as if it had been taken there.",
            "Translate the step back.",
        ),
    ],
    why="Scores and gradients change alike, and the inverse of the information undoes it.",
)

second_order = Choice(
    "fisher-second-order",
    stars=2,
    minutes=3,
    question="“To second order KL is symmetric, so for a trust region the direction does not matter.” "
    "A step moves a coin from 0.5 to 0.99. What is true?",
    options=[
        Option(
            "$D(\\text{new}‖\\text{old}) = D(\\text{old}‖\\text{new})$",
            "It holds nearly for small steps, and exactly only for mirror images such as 0.3 and 0.7.",
        ),
        Option(
            "$D(\\text{old}‖\\text{new})$ is more than twice $D(\\text{new}‖\\text{old})$",
            "The old coin shows tails half of the time, which the new one finds nearly impossible.",
            right=kl_divergence([0.5, 0.5], [0.99, 0.01])
            > 2 * kl_divergence([0.99, 0.01], [0.5, 0.5]),
        ),
        Option(
            "$D(\\text{new}‖\\text{old})$ is more than twice $D(\\text{old}‖\\text{new})$",
            "It is below one bit, as the old coin finds nothing rarer than one half.",
        ),
        Option("both are infinite", "No outcome has probability 0."),
    ],
    hint=[
        "Is the step small?",
        "Write both divergences out; which has a logarithm of a small probability?",
        "$D(\\text{old}‖\\text{new}) = \\frac12 \\log\\frac{0.5}{0.99} + \\frac12 \\log\\frac{0.5}{0.01}$.",
    ],
    solution="$D(\\text{old}‖\\text{new}) = 0.5 \\ln \\frac{0.5}{0.99} + 0.5 \\ln \\frac{0.5}{0.01} = "
    f"{kl_divergence([0.5, 0.5], [0.99, 0.01], base=math.e):.3f}$ nats and $D(\\text{{new}}‖\\text{{old}}) = "
    "0.99 \\ln \\frac{0.99}{0.5} + 0.01 \\ln \\frac{0.01}{0.5} = "
    f"{kl_divergence([0.99, 0.01], [0.5, 0.5], base=math.e):.3f}$ nats.",
)


def my_fisher(p, dp):
    """Return the Fisher information of one outcome about one parameter."""
    p, dp = np.asarray(p, float), np.asarray(dp, float)
    there = p > 0
    return float(np.sum(dp[there] ** 2 / p[there]))


def _of_means(p, dp):
    return float(np.sum(np.asarray(dp) ** 2))


def _not_squared(p, dp):
    p, dp = np.asarray(p, float), np.asarray(dp, float)
    return float(np.sum(np.abs(dp[p > 0]) / p[p > 0]))


def _without_weights(p, dp):
    p, dp = np.asarray(p, float), np.asarray(dp, float)
    return float(np.sum((dp[p > 0] / p[p > 0]) ** 2))


def _zero_over_zero(p, dp):
    p, dp = np.asarray(p, float), np.asarray(dp, float)
    return np.sum(dp**2 / p)


_WEIGHTS = "Each squared score counts with the probability of its outcome."
_SQUARES = "The scores are squared."
_ZEROS = "An outcome that never happens, and is not about to, adds nothing."

code = Code(
    "fisher-code",
    stars=2,
    minutes=10,
    question="Write `my_fisher(p, dp)`: the Fisher information of one outcome about one parameter, from "
    "the probabilities and their derivatives. Where `p` is 0, `dp` is 0 as well.",
    solution=my_fisher,
    reference=fisher_information,
    cases=[
        Case(_WEIGHTS, (np.array([0.3, 0.7]), np.array([1.0, -1.0]))),
        Case(_SQUARES, (np.array([0.5, 0.3, 0.2]), np.array([0.2, -0.3, 0.1]))),
        Case(_ZEROS, (np.array([0.5, 0.5, 0.0]), np.array([1.0, -1.0, 0.0]))),
        Case(
            "A parameter that changes nothing has no information.",
            (np.array([0.25, 0.75]), np.array([0.0, 0.0])),
        ),
    ],
    mistakes=[
        Slip(_of_means, _WEIGHTS),
        Slip(_without_weights, _WEIGHTS),
        Slip(_not_squared, _SQUARES),
        Slip(_zero_over_zero, _ZEROS),
    ],
    hint=[
        "What is the score of an outcome, in terms of `p` and `dp`?",
        "$F = \\sum_x p(x)\\,{\\bigl(\\dot p(x)/p(x)\\bigr)}^2 = \\sum_x \\dot p(x)^2/p(x)$.",
        "Begin: `there = p > 0`, and sum over these outcomes only.",
    ],
    why="The mean of the squared scores needs the weights $p$, one of which cancels.",
    call="exercises.code.check(my_fisher)",
)
