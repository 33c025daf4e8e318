### The report for the client: one HTML page.

client-title = { $project }, round { $round }
client-comment = The report of round { $round } on one page, to print or to pass on. It names nobody.
client-short = Report for the client, round { $round }
client-when = { $when }. { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }, { $positives ->
        [one] 1 positive
       *[other] { $positives } positives
    }.
client-measured = Precision: of what the model flags, how much is right. Recall: of what it should flag, how much it finds. F1 is their harmonic mean. They are measured on a random sample with known chances (the audit sample), which the model never learns from, and speak of all items that nobody labelled for training. Brackets hold 95% intervals.

client-figures = Figures
client-figure = Figure
client-now = Now (95% interval)
client-trend = Over the last rounds

client-stands = Where it stands
client-labels = Labels
client-plan = Against plan
client-positives = Positives found
client-all-and-new = { $all } in all, { $new } in this round
client-unlabelled = Still unlabelled
client-unlabelled-flagged = { $items }, of which the model flags { $flagged }
client-threshold = Threshold
client-since = Since the last round
client-certainty = More certainty
client-advice = Advice

client-each-class = Each class
client-each-label = Each label
client-model-says = The model says
