### What the votes tell: lines of everybody's report, people's figures for leads, and items that people differ on.

## In everybody's report

people-differ = Two people differ on { $share } of { $items ->
        [one] 1 item
       *[other] { $items } items
    } that several answered.
people-ceiling = Two people differ on { $share } of { $items ->
        [one] 1 item
       *[other] { $items } items
    } that several answered: judged by another's answers, one person's F1 is { $ceiling } ({ $low } to { $high }), and no model can be seen to do better.
people-effort = An estimate: for each chosen label, random ones would have needed about { $times } ({ $low } to { $high }).
people-effort-unknown = Labels saved against random ones: can't be said yet ({ $why }).
people-over = over { $number }
people-alpha = ; alpha { $alpha } ({ $low } to { $high })

## For leads

people-title = { $project }: people, after round { $round }
people-more = and { $people } more
people-nobody = Nobody has answered anything yet.
people-note = For leads alone. Accuracies come from answers that others gave, too, or that are known; somebody with few such answers is taken for about as right as the others.
people-word = Who may welcome a word
people-gently = Often it is the guidelines that leave something open. Ask what was hard before you tell what is right.
people-look = *Worth another look*: people differ here, or the answer is in doubt.
people-contested = Known answers that may be wrong
people-contested-most = *{ people-contested }*: most people say otherwise.
people-contested-spoken = { people-contested }: { $listed }.
people-contested-until = They stay as they are until a lead overrides them; until then people are measured by them.

# One person, part by part; "; " stands between them.
people-answers = { $who }: { $answers ->
        [one] 1 answer
       *[other] { $answers } answers
    }
people-right = right in about { $share } ({ $low } to { $high }), judged by { $judged } of them
people-skipped = skipped { $skips }
people-unsure = could not say { $times ->
        [one] once
       *[other] { $times } times
    }
people-not-known = accuracy not known: nobody else answered the same items
people-gold = of { $answers ->
        [one] 1 known answer
       *[other] { $answers } known answers
    } mixed in { $share } right ({ $low } to { $high })
people-need = { $who }: { $why }
people-need-right = right in about { $share } ({ $low } to { $high }), the others in { $others }
people-need-passed = passed on { $share } of the items, the others on { $others }

## Items that people differ on. Never who said what.

disputes-title = *Most disputed*
disputes-note = Talking one of these over often helps more than ten further answers.
disputes-quoted = “{ $text }”
disputes-no-text = no text
disputes-go = go to it
disputes-now = { $votes }; now { $label }
disputes-open = { $votes }; still open
disputes-one = “{ $text }” ({ $votes })
disputes-spoken = Most disputed: { $listed }.
