### The learning curve as a chart, a table in fixed width and in words, and how a figure with its interval is written.

curve-title = Learning curve
curve-precision = Precision
curve-recall = Recall
curve-f1 = F1
curve-f1-low = F1 at least
curve-f1-high = F1 at most
curve-axis-rounds = Round (labels)
curve-axis-labels = Labels
curve-axis-percent = Percent

curve-interval = { $point } ({ $low } to { $high })
curve-between = between { $low } and { $high }

# Heads of columns in fixed width: at most 5, 7 and 18 characters.
curve-column-round = Round
curve-column-labels = Labels

# What a picture of the curve says. Each end: "Precision 30% to 50%".
curve-alt = Learning curve, rounds { $first } to { $last }, { $start } to { $end } labels: { $ends }.
curve-alt-end = { $name } { $start } to { $end }
curve-unknown = unknown

# The picture.
curve-picture = { $project }: learning curve to round { $round }
curve-picture-short = Learning curve, round { $round }
curve-picture-below = Bands: 95% intervals. Labels count all that were given, those for measuring included.
