### The pictures of a report's thread: axes, titles, and what they show in words.

# A label that no font here has the letters of.
pictures-label = label { $number }

# Where items may carry several labels, a picture is of one of them: its title, and what it shows in words.
pictures-one-label = { $project }, only { $label }
pictures-one-label-alt = Only { $label }. { $alt }

# In words, for those who can't see it: "flagged and spam 610 (520 to 700); …".
pictures-span = { $low } to { $high }
pictures-answers = Estimated for { $items ->
        [one] 1 item
       *[other] { $items } items
    } from { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }.
pictures-missing = { $name } can't be drawn: it takes the extra 'charts' (matplotlib), and figures to show.

## The confusion matrix

matrix-title = Confusion matrix
matrix-short = Confusion matrix, round { $round }
matrix-picture = { $project }: confusion matrix, round { $round }
matrix-below = Estimated for { $items ->
        [one] 1 item
       *[other] { $items } items
    } from { $answers ->
        [one] 1 audit answer
       *[other] { $answers } audit answers
    }, weighted. In brackets: 95% intervals.
matrix-people = What people say
matrix-model = What the model says
matrix-flagged = flagged
matrix-not-flagged = not flagged
matrix-not = not { $label }
matrix-alt = Confusion matrix after round { $round }, in items, with 95% intervals: flagged and { $label } { $hits }; flagged but not { $label } { $alarms }; { $label } but not flagged { $missed }; neither flagged nor { $label } { $rest }. { $estimated }

## The model's scores

scores-short = Scores and operating point, round { $round }
scores-picture = { $project }: scores, round { $round }
scores-below = Above: items without a label, on a scale of tens. Below: answers of the audit sample, as they came.
scores-items = Items
scores-answers = Audit answers
scores-of = Score of { $label }
scores-flagged = flagged: { $items }
scores-not-flagged = not flagged: { $items }
scores-others = others
scores-threshold = threshold { $threshold }
scores-alt = Scores and operating point after round { $round }: of { $items ->
        [one] 1 item
       *[other] { $items } items
    } without a label, { $flagged } score { $threshold } or more and are flagged; { $near } lie close to that threshold. The audit has { $positives ->
        [one] 1 positive answer
       *[other] { $positives } positive answers
    } and { $others } others.
