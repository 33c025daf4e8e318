### A round's report: one plain sentence, then the figures, what changed, what comes next.

reports-title = { $project }, round { $round }: report

## What the figures mean, without a technical term. `positive` is a label that stands out.

reports-no-model = There is no model yet: it takes labels of at least two kinds to learn from, beside those that only measure.
reports-too-few = Too few audit answers so far ({ $answers }) to say how well the model finds { $positive }: a few more rounds will tell.
# Shares are spans here: "between 0% and 95%".
reports-too-early = Too early to say how well the model finds { $positive }; the figures are still very uncertain: of the items that it flags, { $precision } are { $positive }, and it finds { $recall } of all that are, judged by { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }.
reports-precision-uncertain = What share of the items that the model flags are { $positive } is still very uncertain ({ $precision }); it finds { $recall } of all that are, judged by { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }.
reports-recall-uncertain = Of the items that the model flags, { $precision } are { $positive }; what share it finds of all that are is still very uncertain ({ $recall }), judged by { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }.
reports-sentence = Of the items that the model flags, { $precision } are { $positive }, and it finds { $recall } of all that are, judged by { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }.
reports-finds-nothing = The model does not find { $positive } yet: of { $items ->
        [one] 1 item
       *[other] { $items } items
    } without a label it flags { $flagged }, judged by { $answers } audit answers.
reports-about = about { $point } (between { $low } and { $high })

## The figures

reports-labels = Labels
reports-positives = Positives
reports-threshold = Threshold
reports-agreement = Agreement
reports-flagged = Flagged in the pool

# "650 (+50)", "700 of 9,350"
reports-more = { $all } (+{ $new })
reports-of = { $part } of { $all }
reports-spent = { $spent } of { $planned } planned ({ $share })
reports-spent-over = { $spent } of { $planned } planned ({ $share }, { $over } over it)
reports-no-threshold = none yet
reports-threshold-for = { $threshold }, for { $target }
# What the threshold is chosen for.
reports-target-f1 = best F1
reports-target-precision = precision of { $share } or more
reports-target-recall = recall of { $share } or more
reports-target-cost = least cost, a miss costing { $alarms } false alarms
reports-no-agreement = not known: no item has two answers
reports-agreement-on = { $share } on { $items ->
        [one] 1 item
       *[other] { $items } items
    }

## What changed

reports-since = *Since the last round:* { $changed }
reports-threshold-moved = threshold { $before } to { $now }
reports-new-labels = { $positives } { $positive } among { $labels ->
        [one] 1 new label
       *[other] { $labels } new labels
    }

## The small print

reports-closed-complete = Closed because every item was answered
reports-closed-deadline = Closed because its deadline came
reports-closed-lead = Closed because a lead closed it
reports-strategy = strategy { $strategy }
reports-model = model { $model }
reports-model-none = no model yet
reports-intervals = intervals of 95% from { $answers ->
        [one] 1 audit label
       *[other] { $answers } audit labels
    } over { $items } items
reports-suggested = the model's suggestion was shown, and { $share } of the answers on { $items ->
        [one] 1 item
       *[other] { $items } items
    } agreed with it
reports-rechecked = { $answers ->
        [one] 1 answer
       *[other] { $answers } answers
    } to items that had a label before, which are no new labels
reports-unanswered = { $items ->
        [one] 1 item
       *[other] { $items } items
    } without a label
reports-hard = { $items ->
        [one] 1 item
       *[other] { $items } items
    } disputed, unsure or flagged

# Where items may carry several labels, some figures are of one of them.
reports-one-label = advice, labels saved and pictures speak of { $label } alone

# Why the threshold is not one for its target.
reports-unreached = { $target } can't be reached yet; this is the threshold that comes closest
reports-few-labels = only { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    } on one side: too few to choose a threshold out of fold, so { $threshold } is in force
reports-in-every = every labelled item has it, so nothing can be learned about it yet
reports-in-none = no labelled item has it, so nothing can be learned about it yet
# One of several labels that an item may carry.
reports-note-of-label = { $label }: { $note }

## What comes next

reports-last = This was the last round: nothing more will be asked.
reports-next-paused = The project is paused: `/roundtable resume` starts round { $round }.
reports-next-at = Round { $round } starts { $when }.
reports-next-now = Round { $round } starts now.

## Asked for a report that is not there

reports-none-of-round = Round { $round } has no report; `/roundtable status` shows where things stand.
reports-none-yet = There is no report yet; the first one comes when the first round closes.
