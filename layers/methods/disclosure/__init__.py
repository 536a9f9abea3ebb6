"""Which figures of factory returns may be published, so that no reporter can be read from them.

`publication` makes what is published of a `table` of returns, `rule` says which cells are
sensitive, `protection` which to hide, `attack` what others can conclude from what is published.
The p % rule, secondary suppression and the hypercubes that choose it are those of Hundepool et al.,
Statistical Disclosure Control (Wiley 2012), chapter 4.

What is guarded against: everybody knows who reports where, which reporters changed since the last
edition of a year, and that no amount is negative; a reporter also knows its own amounts, and where
it is the only one. From one year to the next everybody reports anew, so that only a cell in which
nobody changed is known to be what it was. Then nobody can tell a reporter's amount in a sensitive
cell, or a change that is, to within p %. What is not:

- reporters that pool what they know;
- who can bound an amount from elsewhere (a capacity, a stack, a satellite), or one measure by
  another (an emission factor); give parts that do not overlap as measures (fossil and biogenic),
  and what is added from them is as safe as they are;
- that an amount is zero: a share of zero is zero, as the rule has it.
"""
