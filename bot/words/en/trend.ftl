### How a figure moves from round to round.

# The three figures within a sentence.
trend-precision = precision
trend-recall = recall
trend-f1 = F1

trend-unchanged = { $name } unchanged at { $now }
# "precision up 3 points to 58% (may be chance)"
trend-change = { $name } { $way ->
        [up] up
       *[down] down
    } { $points ->
        [one] 1 point
       *[other] { $points } points
    } to { $now }{ $chance ->
        [yes] {" "}(may be chance)
       *[no] {""}
    }

# "49% → 55% → 62%: rising"
trend-line = { $values }: { $trend ->
        [rising] rising
        [falling] falling
        [mixed] up and down
       *[unclear] no clear change
    }
