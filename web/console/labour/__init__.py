"""The labour force of poor and near-poor households."""
