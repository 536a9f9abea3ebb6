"""Sugar mills: which there are, whose zone a fire lies in, and what is declared of each period."""
