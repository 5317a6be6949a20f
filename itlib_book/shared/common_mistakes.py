"""The mistakes that people make with information measures, each computed from the question.

Every function returns one `Mistake` for the list of a `Number`. A mistake that happens to fall
on the answer, as the swapped divergence of a symmetric pair does, is refused by the declaration.
"""

import math

import numpy as np

from bookkit.exercise import Mistake, percent_slip, sign_slip, unit_slip
from itlib import conditional_entropy, entropy, joint_entropy

LN2, LOG2_10 = math.log(2), math.log2(10)


def nats_for_bits(bits):
    """Return the mistake of giving a number of bits in nats.

    >>> round(nats_for_bits(1.0).value, 4)
    0.6931
    """
    return unit_slip(bits, LN2, r"That is the value in nats. Divide it by $\ln 2$ for bits.")


def bits_for_nats(nats):
    """Return the mistake of giving a number of nats in bits.

    >>> round(bits_for_nats(1.0).value, 4)
    1.4427
    """
    return unit_slip(nats, 1 / LN2, r"That is the value in bits. Multiply it by $\ln 2$ for nats.")


def base_ten_for_bits(bits):
    """Return the mistake of taking the logarithms to base 10, as the log key often does.

    >>> round(base_ten_for_bits(1.0).value, 4)
    0.301
    """
    message = r"You took the logarithm to base 10. For bits it is $\log_2$."
    return unit_slip(bits, 1 / LOG2_10, message)


def base_ten_for_nats(nats):
    """Return the mistake of taking the logarithms to base 10 instead of $e$.

    >>> round(base_ten_for_nats(1.0).value, 4)
    0.4343
    """
    message = r"You took the logarithm to base 10. For nats it is $\ln$."
    return unit_slip(nats, 1 / (LN2 * LOG2_10), message)


def missing_minus(value):
    """Return the mistake of leaving out the minus before $\\log p$, or before a sum of such terms.

    >>> missing_minus(1.5).value
    -1.5
    """
    return sign_slip(value, r"The size is right. As $\log p \le 0$, a minus stands in front.")


def ratio_upside_down(value):
    """Return the mistake of a logarithm of $q/p$ instead of $p/q$.

    >>> ratio_upside_down(0.25).value
    -0.25
    """
    return sign_slip(value, "The size is right, the sign is not: turn the ratio in the logarithm.")


def swapped(measure, p, q, **options):
    """Return the mistake of exchanging the two arguments of a measure.

    >>> from itlib import kl_divergence
    >>> round(swapped(kl_divergence, [0.75, 0.25], [0.5, 0.5]).value, 4)
    0.2075
    """
    message = "You swapped $p$ and $q$: the mean is taken over the first of the two."
    return Mistake(measure(q, p, **options), message)


def percent_for_fraction(fraction):
    """Return the mistake of answering in percent where a fraction is asked for.

    >>> percent_for_fraction(0.25).value
    25.0
    """
    return percent_slip(fraction)


def fraction_for_percent(percent):
    """Return the mistake of answering with a fraction where percent are asked for.

    >>> fraction_for_percent(25.0).value
    0.25
    """
    message = "That is the fraction; in percent it is a hundred times this."
    return unit_slip(percent, 1 / 100, message)


def forgotten_weights(values):
    """Return the mistake of adding values up instead of weighting them with probabilities.

    >>> forgotten_weights([1.0, 2.0, 2.0]).value
    5.0
    """
    message = "You added all outcomes up. Each one counts with its probability."
    return Mistake(math.fsum(values), message)


def plain_mean(values):
    """Return the mistake of an unweighted mean where a weighted one is asked for.

    >>> plain_mean([1.0, 2.0, 3.0]).value
    2.0
    """
    message = "That is the plain mean. Likely outcomes weigh more than unlikely ones."
    return Mistake(math.fsum(values) / len(values), message)


def as_if_uniform(outcomes):
    """Return the mistake of counting outcomes as if they were equally likely.

    >>> as_if_uniform(8).value
    3.0
    """
    message = f"That would be right if the {outcomes} outcomes were equally likely."
    return Mistake(math.log2(outcomes), message)


def perplexity_for_entropy(bits):
    """Return the mistake of giving the perplexity, not the entropy.

    >>> perplexity_for_entropy(3.0).value
    8.0
    """
    return Mistake(2**bits, "That is the perplexity. Its logarithm to base 2 is the entropy.")


def joint_for_conditional(p_xy):
    """Return the mistake of giving the joint entropy, not a conditional one.

    >>> joint_for_conditional([[0.25, 0.25], [0.25, 0.25]]).value
    2.0
    """
    message = "That is the joint entropy. Subtract the entropy of what is known already."
    return Mistake(joint_entropy(p_xy), message)


def marginal_for_conditional(p_xy, *, given=0):
    """Return the mistake of giving the entropy of a variable without its condition.

    >>> marginal_for_conditional([[0.5, 0.0], [0.0, 0.5]]).value
    1.0
    """
    message = "That is the entropy without the condition. Knowing the other variable lowers it."
    return Mistake(entropy(np.sum(p_xy, axis=given)), message)


def other_condition(p_xy, *, given=0):
    """Return the mistake of conditioning on the wrong variable.

    >>> other_condition([[0.5, 0.25], [0.0, 0.25]]).value < 0.9
    True
    """
    message = "You conditioned on the other variable. What stands after the bar is what is known."
    return Mistake(conditional_entropy(p_xy, given=1 - given), message)
