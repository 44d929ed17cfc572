"""Work shared among other machines: only when it is asked for, through Dask `distributed`."""
