"""Probabilities summed term by term, in fractions or in decimals of 50 digits or more."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction


def poisson_tails(mean: Fraction, count: int) -> tuple[Decimal, Decimal]:
    """Return the probabilities of under ``count`` events and of ``count`` or more."""
    with localcontext(prec=60):
        level = Decimal(mean.numerator) / Decimal(mean.denominator)
        term = (-level).exp()
        fewer = Decimal(0)
        for k in range(count):
            fewer += term
            term *= level / (k + 1)
        more, k = Decimal(0), count
        while term > more * Decimal("1e-40"):
            more += term
            k += 1
            term *= level / k
        return fewer, more


def binomial_tails(chance: Fraction, trials: int, successes: int) -> tuple[Fraction, Fraction]:
    """Return the probabilities of under so many successes and of as many or more."""
    singles = [
        math.comb(trials, k)
        * chance.numerator**k
        * (chance.denominator - chance.numerator) ** (trials - k)
        for k in range(trials + 1)
    ]
    every = chance.denominator**trials
    return Fraction(sum(singles[:successes]), every), Fraction(sum(singles[successes:]), every)


def negative_binomial_sum(count: int, size: Fraction, success: Fraction) -> Decimal:
    """Return the probability of so many failures or fewer before the ``size``-th success."""
    with localcontext(prec=50):
        chance, real = (Decimal(f.numerator) / f.denominator for f in (success, size))
        single = total = (real * chance.ln()).exp()
        for k in range(1, count + 1):
            single *= (1 - chance) * (real + k - 1) / k
            total += single
        return total
