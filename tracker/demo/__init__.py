"""The demonstration: the plan of 2016-17 as data of the product, and its loader."""
