"""Which figures of factory returns may be published, so that no reporter can be read from them.

`publication` decides and makes what is published, `protection` says which cells to hide, `rule`
which cells are sensitive, `attack` what others can conclude from a publication, `table` holds the
returns. Hundepool et al., Statistical Disclosure Control (Wiley 2012), is the source of the
p % rule, of secondary suppression and of the hypercubes that choose it (chapter 4).

What is guarded against: everybody knows who reports where, which reporters changed since the last
edition, and that no amount is negative; a reporter also knows its own amounts, and where it is the
only one. Then nobody can tell a reporter's amount in a sensitive cell, or a change that is, to
within p %. What is not:

- reporters that pool what they know;
- who can bound an amount from elsewhere (a capacity, a stack, a satellite), or one measure by
  another (an emission factor); give parts that do not overlap as measures (fossil and biogenic),
  and what is added from them is as safe as they are;
- that an amount is zero: a share of zero is zero, as the rule has it.
"""
