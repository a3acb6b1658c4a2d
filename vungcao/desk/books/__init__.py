"""Pages of the register of money: an account, a voucher, a statement, each with its papers and its story."""
