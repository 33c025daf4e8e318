### Whether to go on labelling: one sentence, by the rule that says most.

advice = *Advice* { $advice }

# People have found nearly all.
advice-found = People have found at least { $share } of all { $positive } items (95% confidence): little is left to find.
# The model finds what was wanted.
advice-recall = The model finds at least { $share } of all { $positive } items (95% confidence), { $settled ->
        [yes] and its predictions have settled
       *[no] though its predictions still move
    }: you may stop if that is what you need.
advice-none-flagged = Go on: the model does not find { $positive } yet; it needs more of them among its labels.
advice-stable = The model's predictions have settled (by { $kappa } of 1 or more they agreed with the round before, three rounds in a row): more labels will hardly change them, which says nothing about how good they are.
advice-gain = 100 more labels now change F1 by { $low } to { $high } points: going on hardly pays.
advice-go-on = Go on: the model still changes from round to round (its predictions agree by { $now } of 1 with the round before; it has settled when that is { $kappa } three times in a row).

## Why it can't be said how many labels were saved

advice-effort-few-positives = { $needed ->
        [one] 1 positive audit answer is
       *[other] { $needed } positive audit answers are
    } needed, there { $there ->
        [one] is 1
       *[other] are { $there }
    }
advice-effort-all-positive = every audit answer is positive
advice-effort-none-flagged = the model flags nothing
advice-effort-few-chosen = { $needed ->
        [one] 1 label
       *[other] { $needed } labels
    } chosen by the strategy { $needed ->
        [one] is
       *[other] are
    } needed, there { $there ->
        [one] is 1
       *[other] are { $there }
    }
advice-effort-alike = the audit has too few answers yet on which the models differ
advice-effort-too-many = there are too many labels to try others between rounds
