"""`notecheck audit`: many encounters in, tables and a page out, by a pool here or by Spark.

    sources -> chunks -> pool or spark (each worker: reading -> outcome) -> assemble -> summary

A chunk is the unit of work and of resuming. Its outcome is one part file that appears by a rename;
the tables are put together from the parts, in input order, when all of them are there.
"""
